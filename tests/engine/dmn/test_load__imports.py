from pathlib import Path

import pytest

from engine import dmn
from engine.errors import PackInvalid
from tests.engine.dmn import models as m

LAW = m.definitions(
    m.item("收入", "number", "<allowedValues><text>>= 0</text></allowedValues>"),
    m.data("家庭 收入", "收入"),
    m.knowledge_model("税", m.parameter("x", "收入") + m.literal("x / 10")),
    m.decision("标准", m.literal("家庭 收入 + 1"), m.inputs("家庭 收入")),
    namespace="urn:law",
)


def using(name: str, namespace: str = "urn:law") -> bytes:
    prefix = f"{name}." if name else ""
    needs = (
        '<informationRequirement><requiredInput href="urn:law#家庭 收入"/></informationRequirement>'
        '<informationRequirement><requiredDecision href="urn:law#标准"/></informationRequirement>'
        '<knowledgeRequirement><requiredKnowledge href="urn:law#税"/></knowledgeRequirement>'
    )
    text = f"[{prefix}税({prefix}家庭 收入), {prefix}标准, {prefix}税(-1)]"
    return m.definitions(
        f'<import name="{name}" namespace="{namespace}" importType="{m.DMN15}"/>',
        m.decision("决", m.literal(text), needs),
    )


@pytest.mark.parametrize("name", ["法", ""])
def test_imported_elements_are_seen_under_the_name_of_the_import(name: str) -> None:
    """An import without a name puts them beside our own (DMN 1.5 section 6.3.3)."""
    model = dmn.read(using(name), resolve=lambda namespace, _: LAW if namespace == "urn:law" else None)
    assert model.decide("决", {"家庭 收入": 50}).value == [5, 51, None]


@pytest.mark.parametrize("given", [{"法": {"家庭 收入": 50}}, {"法.家庭 收入": 50}, {"家庭 收入": 50}])
def test_an_imported_input_is_given_in_three_ways(given: dict[str, object]) -> None:
    """Inside the import's context, with its name in front, or by its own name."""
    model = dmn.read(using("法"), resolve=lambda _namespace, _location: LAW)
    assert dict(model.inputs) == {"法.家庭 收入": "收入"}
    assert model.decide("决", given).value == [5, 51, None]


def test_imported_models_are_found_beside_the_file_and_nowhere_else(tmp_path: Path) -> None:
    """A location that leads out of the folder is not followed."""
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "main.dmn").write_bytes(using("法").replace(b"<import ", b'<import locationURI="../law.dmn" '))
    (tmp_path / "law.dmn").write_bytes(LAW)
    with pytest.raises(PackInvalid, match="urn:law"):
        dmn.read(inside / "main.dmn")
    (inside / "other.dmn").write_bytes(LAW)
    assert dmn.read(inside / "main.dmn").decide("决", {"家庭 收入": 50}).value == [5, 51, None]


def test_models_may_import_each_other() -> None:
    """Files may form a circle, requirements may not."""
    back = f'<import name="主" namespace="urn:test" importType="{m.DMN15}"/>'
    law = LAW.replace(b"<itemDefinition", back.encode() + b"<itemDefinition", 1)
    model = dmn.read(using("法"), resolve=lambda _namespace, _location: law)
    assert model.decide("决", {"家庭 收入": 50}).value == [5, 51, None]


def test_a_foreign_import_is_a_finding() -> None:
    """PMML and XML Schema are not computed; lint refuses what needs them."""
    foreign = '<import name="分" namespace="urn:p" importType="http://www.dmg.org/PMML-4_1"/>'
    assert [finding.rule for finding in m.read(foreign).findings] == ["dmn-import"]

import time

import pytest

from engine import dmn, feel
from engine.dmn import limits
from engine.errors import PackInvalid
from tests.engine.dmn import models as m


def nested(levels: int) -> str:
    return "<list>" * levels + m.literal("1") + "</list>" * levels


BOMB = b'<!DOCTYPE d [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><definitions>&b;</definitions>'


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not xml",
        b"<a/>",
        BOMB,
        ('<?xml version="1.0" encoding="utf-16"?>' + BOMB.decode()).encode("utf-16"),
        b'<!DOCTYPE d SYSTEM "file:///etc/passwd"><d/>',
        m.definitions(m.decision("深", nested(limits.DEPTH))),
        m.definitions("<decision name='a'/>" * (limits.ELEMENTS + 1)),
        b" " * (limits.BYTES + 1),
        m.definitions(m.decision("括", m.literal("(" * 5000 + "1"))),
        m.definitions(m.decision("长", m.literal("1 + " * 9000 + "1"))),
    ],
    ids=["empty", "text", "foreign", "bomb", "utf16", "file", "deep", "many", "large", "brackets", "long"],
)
def test_hostile_files_are_refused_quickly(content: bytes) -> None:
    """Each ends as a finding with a cure, in a fraction of a second."""
    start = time.process_time()
    with pytest.raises(PackInvalid) as refused:
        dmn.read(content)
    assert time.process_time() - start < 1
    assert all(finding.cure_zh for finding in refused.value.findings)


def test_a_file_that_cannot_be_read_is_a_finding() -> None:
    """A wrong path is told like everything else."""
    with pytest.raises(PackInvalid, match=r"missing\.dmn:0"):
        dmn.read("missing.dmn")


def test_a_long_chain_of_decisions_needs_no_depth() -> None:
    """Three thousand decisions one after another are decided, in order."""
    chain = [m.decision("d0", m.literal("0"))]
    chain += [m.decision(f"d{n}", m.literal(f"d{n - 1} + 1"), m.decisions(f"d{n - 1}")) for n in range(1, 3000)]
    assert m.read(*chain).decide("d2999", {}).value == 2999


def doubling(levels: int) -> list[str]:
    """Each knowledge model calls the one before twice."""
    first = m.knowledge_model("f0", m.literal("1"))
    others = [
        m.knowledge_model(f"f{n}", m.literal(f"f{n - 1}() + f{n - 1}()"), m.knowledge(f"f{n - 1}"))
        for n in range(1, levels)
    ]
    return [first, *others, m.decision("决", m.literal(f"f{levels - 1}()"), m.knowledge(f"f{levels - 1}"))]


def test_one_budget_holds_for_all_a_decision_leads_to() -> None:
    """Work that doubles at every level stops with a clear error, not after an hour."""
    start = time.process_time()
    with pytest.raises(feel.FeelLimit):
        m.read(*doubling(40)).decide("决", {})
    assert time.process_time() - start < 3


def test_services_that_start_services_share_the_budget() -> None:
    """A service costs what its decisions cost."""
    parts = [m.decision("d0", m.literal("1"))]
    for n in range(1, 40):
        output = f'<outputDecision href="#d{n - 1}"/>'
        parts.append(f'<decisionService id="s{n}" name="s{n}"><variable name="s{n}"/>{output}</decisionService>')
        parts.append(m.decision(f"d{n}", m.literal(f"s{n}() + s{n}()"), m.knowledge(f"s{n}")))
    start = time.process_time()
    with pytest.raises(feel.FeelLimit):
        m.read(*parts).decide("d39", {})
    assert time.process_time() - start < 3


def test_endless_recursion_ends_as_a_limit() -> None:
    """A boxed function that calls itself without end."""
    body = m.context(("x", m.context(("y", m.literal("f()")))), result=m.literal("x.y"))
    function = f"<functionDefinition>{body}</functionDefinition>"
    with pytest.raises(feel.FeelLimit):
        m.read(m.decision("决", m.context(("f", function), result=m.literal("f()")))).decide("决", {})


def test_a_large_table_is_read_and_decided() -> None:
    """Five thousand rules are no problem."""
    rules = [(f"[{n * 10}..{n * 10 + 9}]", str(n)) for n in range(5000)]
    model = m.read(m.data("x"), m.decision("表", m.table(m.column("x"), m.output(), *rules), m.inputs("x")))
    assert model.decide("表", {"x": 49_995}).value == 4999


def test_a_circle_is_refused_with_its_path() -> None:
    """Also through a decision service, which needs what it gives."""
    service = '<decisionService id="S" name="S"><variable name="S"/><outputDecision href="#甲"/></decisionService>'
    with pytest.raises(PackInvalid, match="→"):
        m.read(service, m.decision("甲", m.literal("S()"), m.knowledge("S")))

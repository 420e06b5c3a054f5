"""A pack and what the applicant said, on the pack of this repository."""

from datetime import UTC, date, datetime

import pytest

from engine import catalog, forms
from engine.catalog import Pack
from engine.errors import PackInvalid

NOW = datetime(2026, 11, 23, tzinfo=UTC)
LOCAL = {"origin": "both_local", "want_birth": "no", "want_migration": "no"}


@pytest.fixture(scope="module")
def family() -> Pack:
    """The marriage pack as it stands in the checkout."""
    return catalog.read(catalog.files_of(catalog.content_root(), "family"))


@pytest.mark.parametrize("code", catalog.packs_on_disk(catalog.content_root()))
def test_packs_have_no_findings(code: str) -> None:
    """Every pack of the repository passes lint, warnings included."""
    assert catalog.lint(catalog.files_of(catalog.content_root(), code)) == []


def test_only_shared_forms_in_use_belong_to_a_pack() -> None:
    """A pack holds its own files, the dictionary and the shared forms it names; everything with `/` between parts."""
    names = set(catalog.files_of(catalog.content_root(), "family"))
    assert {
        "workflows/family/pack.toml",
        "workflows/family/process.bpmn",
        "forms/fields.toml",
        "forms/shared/decide.json",
    } <= names


@pytest.mark.parametrize("code", ["nobody", "../family", "", "family/../family"])
def test_a_pack_that_is_none(code: str) -> None:
    """A name that is no folder of a pack is refused, and nothing outside is read."""
    with pytest.raises(PackInvalid):
        catalog.files_of(catalog.content_root(), code)


def test_the_situation_decides_which_items_apply(family: Pack) -> None:
    """An item applies when its condition is true, and in no other case, null included."""
    assert catalog.applicable(family, LOCAL, NOW) == ("marriage", "status_groom", "status_bride")
    wishes = LOCAL | {"want_birth": "yes", "want_migration": "yes"}
    assert "migration" in catalog.applicable(family, wishes, NOW)
    outside = LOCAL | {"origin": "other_province", "outside_party": "groom"}
    assert catalog.applicable(family, outside, NOW) == ("marriage", "status_bride")


def test_one_form_for_several_items(family: Pack) -> None:
    """The application asks each key once, and only for the items that apply."""
    few = catalog.application(family, ["status_groom"])
    everything = catalog.application(family, [item.code for item in family.items])
    keys = [field.key for field in everything.fields]
    assert len(keys) == len(set(keys))
    assert few.keys < everything.keys
    assert not everything.keys & family.situation.keys


def test_an_item_sees_what_its_forms_ask(family: Pack) -> None:
    """Need to know: the birth registration does not see the marriage declaration."""
    keys = catalog.keys_of(family, "birth_registration")
    assert "groom.id_number" in keys
    assert not any(key.startswith("declaration.") for key in keys)


def test_materials_of_items(family: Pack) -> None:
    """A paper is asked for once, when one of the items needs it and its condition holds."""
    facts = catalog.facts_at_start(family, LOCAL, ["marriage"], "1", "330803", date(2026, 11, 23))
    codes = [material.code for material in catalog.materials_for(family, ["marriage"], facts, NOW)]
    assert len(codes) == len(set(codes))
    assert "householder_consent" not in codes


def test_facts_at_the_start(family: Pack) -> None:
    """The document holds the answers, which items apply, the values in force that day, and the case."""
    facts = catalog.facts_at_start(
        family, LOCAL | {"groom": {"name": "甲"}}, ["marriage"], "N1", "330803", date(2026, 11, 23)
    )
    assert facts["groom"] == {"name": "甲"}
    assert facts["marriage"] == {"applies": True}
    assert facts["migration"] == {"applies": False}
    assert facts["parameters"]["marriage_age_male"] == 22
    assert facts["case"] == {"number": "N1", "area": "330803", "accepted_on": "2026-11-23"}


def test_a_day_before_the_law(family: Pack) -> None:
    """On a day no value is in force yet the pack refuses to guess one."""
    with pytest.raises(PackInvalid):
        family.parameters_on(date(2020, 12, 31))


def test_forms_of_tasks_go_by_their_path(family: Pack) -> None:
    """`shared/decide` is the shared form, and answers of it are checked like any other."""
    decide = catalog.form_for(family, "shared/decide")
    assert forms.check(decide, {"decision": "approved"}, now=NOW)["decision"] == "approved"

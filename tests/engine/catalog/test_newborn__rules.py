"""The rules of birth in one go, of setting a registration right, and of the way between provinces, at their edges."""

from datetime import UTC, date, datetime

import pytest

from engine import catalog, rehearsal
from tests import story

NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)
BIRTH, REVERSAL, FAMILY = (
    catalog.read(catalog.files_of(catalog.content_root(), code)) for code in ("newborn", "marriage-reversal", "family")
)
USUAL = {"certificate": "hospital", "parents": "married", "father_named": None, "settle": "mother",
         "settle_place": "local", "insured": "no"}  # fmt: skip
CHILD = {"children": ["1"], "children.1.name": "丰念安"}


def said(pack, situation, typed, on=date(2026, 11, 20)):
    """Where the checks find something, and whether it only warns."""
    now = datetime(on.year, on.month, on.day, 2, tzinfo=UTC)
    items = catalog.applicable(pack, situation, now)
    form = catalog.application(pack, items)
    found = catalog.remarks(pack, form, typed, situation, items, area=story.AREA, on=on, now=now)
    return [(remark.address, remark.warning) for remark in found]


def papers(**situation):
    """The papers a birth needs."""
    answers = USUAL | situation
    items = catalog.applicable(BIRTH, answers, NOW)
    return {paper.code for paper in catalog.materials_for(BIRTH, items, answers, NOW)}


@pytest.mark.parametrize(
    ("born", "today", "found"),
    [
        ("2025-11-20", "2026-11-20", []),
        ("2025-11-19", "2026-11-20", [("children.1.born_on", False)]),
        ("2026-11-20", "2026-11-20", []),
        ("2028-02-29", "2029-02-28", []),
        ("2028-02-29", "2029-03-01", [("children.1.born_on", False)]),
    ],
)
def test_until_the_first_birthday(born, today, found):
    """The first birthday still counts, the day after is refused; who is born on 29 February is one on the 28th."""
    assert said(BIRTH, USUAL, CHILD | {"children.1.born_on": born}, date.fromisoformat(today)) == found


@pytest.mark.parametrize("parents", ["married", "later", "unmarried"])
@pytest.mark.parametrize("settle", ["mother", "father", "later"])
def test_nobody_has_to_prove_a_marriage(parents, settle):
    """Whatever the parents' situation, no paper about marriage is on the list."""
    names = {paper.name for paper in BIRTH.materials if paper.code in papers(parents=parents, settle=settle)}
    assert names
    assert not any("结婚" in name or "婚姻" in name for name in names)


@pytest.mark.parametrize(
    ("situation", "needed"),
    [
        ({}, False),
        ({"parents": "later", "settle": "father"}, False),
        ({"parents": "unmarried", "father_named": "yes"}, False),
        ({"parents": "unmarried", "father_named": "yes", "settle": "father"}, True),
        ({"certificate": "home"}, True),
    ],
)
def test_when_kinship_is_tested(situation, needed):
    """Only of who is born at home, or settles with a father who is not married to the mother."""
    assert ("kinship" in papers(**situation)) is needed


def test_who_names_no_father_is_not_asked_for_him():
    """Neither his identity card nor the place with him; what depends on that place is said not to apply, and why."""
    alone = USUAL | {"parents": "unmarried", "father_named": "no", "settle": "father"}
    guided = {one.spec.code: one for one in catalog.guided(BIRTH, alone, NOW)}
    for code in ("hukou", "medical_insurance", "social_card", "childcare"):
        assert str(guided[code].need) == "not_applicable"
        assert guided[code].reasons == ("没有登记父亲，不能随父落户；可以改为随母落户",)
    assert "id_father" not in papers(**alone)


def test_twins_are_registered_one_by_one():
    """Two rows of children are two certificates and two registrations; a child too few, or one twice, is not enough."""
    played = [one for one in rehearsal.rehearse(BIRTH).played if "twins" in one.scenario]
    assert [one.problems for one in played] == [(), ()]


@pytest.mark.parametrize(("ground", "found"), [("judgment_void", 1), ("judgment_revoked", 1), ("clerical", 0)])
def test_a_ground_comes_after_what_it_undoes(ground, found):
    """A judgment older than the registration cannot be about it; what was typed wrongly needs no judgment."""
    typed = {"original.registered_on": "2026-05-20", "basis.effective_on": "2026-05-19"}
    situation = {"ground": ground, "groom_here": "yes", "bride_here": "yes", "moved": "no", "birth_done": "no"}
    assert len(said(REVERSAL, situation, typed)) == found


def test_nobody_moves_between_provinces_by_approval_alone():
    """The outcome of a move is open after the approval here until the former place has said that the person left."""
    outcome = FAMILY.model.nodes["review_migration"].properties["outcome"]
    assert 'origin = "other_province"' in outcome
    assert FAMILY.model.nodes["await_departure"].properties["pause"] == "核对"

"""What the packs of social relief say of an application before it is accepted, at the edges."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from stdnum.cn import ric

from engine import catalog
from engine.catalog import limits
from tests import story

NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)
RELIEF, ASSISTANCE, EXPENDITURE = (
    catalog.read(catalog.files_of(catalog.content_root(), code))
    for code in ("temporary-relief", "assistance", "expenditure-relief")
)
SUDDEN = {"channel": "self", "residence": "hukou", "category": "none", "minor": "no", "cause": "medical", "estimate": 1,
          "want_referral": "no"}  # fmt: skip
TWINS = {
    "members": ["1", "2", "3"],
    "members.1.id_number": "330802198801039976",
    "members.2.id_number": "330802198801039976",
    "members.3.id_number": "",
}


def said(pack, situation, typed, on=date(2026, 11, 20)):
    """Where the checks find something, and whether it only warns."""
    now = datetime(on.year, on.month, on.day, 2, tzinfo=UTC)
    items = catalog.applicable(pack, situation, now)
    form = catalog.application(pack, items)
    found = catalog.remarks(pack, form, typed, situation, items, area=story.AREA, on=on, now=now)
    return [(remark.address, remark.warning) for remark in found]


def id_of(born):
    """An invented ID number of somebody born that day."""
    number = f"330802{born.replace('-', '')}997"
    return number + ric.calc_check_digit(number + "0")


@pytest.mark.parametrize(
    ("born", "minor", "found"),
    [
        ("2008-11-20", "no", []),  # eighteen today
        ("2008-11-21", "no", [("victim.birth_date", False)]),
        ("2008-11-20", "yes", [("victim.birth_date", False)]),
        ("2008-11-21", "yes", []),
        ("", "no", []),  # nobody knows who it is
    ],
)
def test_a_child_is_not_published_as_an_adult(born, minor, found):
    """Whoever is eighteen today is grown; the answer about minors has to agree with the ID number."""
    typed = {"victim.id_number": id_of(born)} if born else {"victim.no_id": "true"}
    assert said(RELIEF, SUDDEN | {"minor": minor}, typed) == found


@pytest.mark.parametrize(("back", "found"), [("100.00", []), ("100.01", [("hardship.reimbursed", False)])])
def test_no_more_comes_back_than_was_paid(back, found):
    """One's own share is never negative."""
    assert said(RELIEF, SUDDEN, {"hardship.total_bill": "100", "hardship.reimbursed": back}) == found


@pytest.mark.parametrize(
    ("residence", "cause", "found"),
    [("here", "medical", [("victim.living_address", True)]), ("permit", "medical", []), ("here", "fire", [])],
)
def test_only_what_is_acute_is_handled_where_it_happens(residence, cause, found):
    """Without hukou or permit the window is warned, unless it is an emergency."""
    situation = SUDDEN | {"residence": residence, "cause": cause, "urgent": {"no_food": True}}
    assert said(RELIEF, situation, {}) == found


@pytest.mark.parametrize("pack", [RELIEF, ASSISTANCE, EXPENDITURE], ids=lambda pack: pack.code)
def test_a_member_counts_once(pack):
    """Two rows with one ID number are refused; rows without one are not compared."""
    situation = {"relief": SUDDEN, "assistance": {"current": "none"}, "expenditure": {"category": "none"}}
    found = said(pack, situation[pack.code.removeprefix("temporary-").removesuffix("-relief")], TWINS)
    assert found == [("household.authorised", False)]
    assert said(pack, situation[pack.code.removeprefix("temporary-").removesuffix("-relief")],
                TWINS | {"members.2.id_number": "330822198902019961"}) == []  # fmt: skip


@pytest.mark.parametrize(("day", "warned"), [(date(2024, 10, 23), False), (date(2024, 10, 24), True)])
def test_marginal_families_are_left_out_since_the_measures(day, warned):
    """From the day of the measures on a marginal low-income family is told that it is not recognised again."""
    situation = {"channel": "self", "category": "edge", "want_referral": "no"}
    assert said(EXPENDITURE, situation, {}, day) == ([("household.persons", True)] if warned else [])


@pytest.mark.parametrize(("urgent", "hours"), [({"life_danger": True}, 24), ({"life_danger": False}, 48), ({}, 48)])
def test_danger_to_life_halves_the_time_of_an_emergency(urgent, hours):
    """The clock people see is the one the drawing rings by: a day where life is in danger, else two."""
    promise = RELIEF.item("emergency").promise
    now = datetime(2026, 11, 20, 2, tzinfo=UTC)
    assert limits.promised_in(promise, SUDDEN | {"urgent": urgent}, now).amount == hours
    known = RELIEF.parameters_on(now.date())
    assert known["emergency_hours_life" if hours == 24 else "emergency_hours"] == hours


PAID = {"relief": {"amount": 10000}, "first": {"paid": 2000}, "paid": {"total": 3000}}


@pytest.mark.parametrize(
    ("pack", "node", "facts", "right", "wrong"),
    [
        (RELIEF, "pay_bearer", PAID | {"payment": {"bearer_amount": "?"}}, 5000, ("5000.01", "bearer_amount")),
        (RELIEF, "recover", PAID | {"recovery": {"amount": "?"}}, 5000, ("5000.01", "recovery.amount")),
        (RELIEF, "council", {"relief": {"present": 9, "agreed": "?"}}, 9, (10, "agreed")),
        (ASSISTANCE, "council", {"recognition": {"present": 9, "agreed": "?"}}, 9, (10, "agreed")),
        (EXPENDITURE, "council", {"recognition": {"present": 9, "agreed": "?"}}, 9, (10, "agreed")),
        (ASSISTANCE, "assess", {"recognition": {"persons": 2, "special": "?"}}, 2, (3, "special")),
        (ASSISTANCE, "assess", {"recognition": {"income": 500, "deducted": "?"}}, 500, ("500.01", "deducted")),
        (EXPENDITURE, "audit", {"rigid": {"total": 5}, "recognition": {"deducted": "?"}}, 5, ("5.01", "deducted")),
    ],
)
def test_no_more_than_there_is(pack, node, facts, right, wrong):
    """What is paid, recovered, counted or agreed may be all there is, and not one cent or person more."""

    def refused(value):
        filled = {name: {k: Decimal(value) if v == "?" else v for k, v in part.items()} for name, part in facts.items()}
        form = catalog.form_for(pack, pack.model.nodes[node].form)
        return [error.key for error in catalog.contradictions(pack, form, {}, filled, NOW, node)]

    assert refused(right) == []
    assert refused(wrong[0]) == [wrong[1]]


@pytest.mark.parametrize("pack", [RELIEF, ASSISTANCE, EXPENDITURE], ids=lambda pack: pack.code)
def test_nothing_is_posted_before_it_was_accepted(pack):
    """On the day of acceptance it may be."""
    form = catalog.form_for(pack, "publicise")
    item = "relief" if pack is RELIEF else "recognition"
    for day, keys in (("2026-11-20", []), ("2026-11-19", ["posted_on"])):
        facts = {item: {"posted_on": day}, "case": {"accepted_on": "2026-11-20"}}
        assert [error.key for error in catalog.contradictions(pack, form, {}, facts, NOW, "publicise")] == keys

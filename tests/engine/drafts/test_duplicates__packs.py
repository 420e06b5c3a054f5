"""What each pack calls the same application: the family, the dead, the child; and what it does not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from engine import catalog, ledger, releases, seed, store
from engine.work import SYSTEM
from tests import story

ELSEWHERE = "330824115"
OTHER_MAN, OTHER_WOMAN = "330802198801039976", "330822198902019961"


@pytest.fixture
def office(city):
    """The demo city with these packs."""
    with city.engine.begin(SYSTEM) as work:
        for code in ("assistance", "expenditure-relief", "funeral", "newborn"):
            releases.publish(work, catalog.files_of(catalog.content_root(), code))
    return city.engine


def begun(engine, code, name, area=story.AREA, without="-", **changes):
    """A case accepted as a scenario of the pack begins; returns its id and the cases it doubles.

    `applicant__name` changes an answer, `without` leaves out a row.
    """
    with engine.begin(SYSTEM) as work:
        release = releases.current(work, code)
        told = next(s for s in catalog.scenarios(release.pack) if f"/{name}" in s.file)
        kept = {k: v for k, v in told.answers.items() if not k.startswith(without)}
        changed = replace(told, answers=kept | {k.replace("__", "."): v for k, v in changes.items()})
        case_id = seed.accepted(work, release, changed, area, again="另一件事，已核对")
        doubled = [entry for entry in ledger.entries(work, case_id) if entry.kind == "case:doubled"]
        return case_id, [entry.facts["other"] for entry in doubled]


def number_of(engine, case_id):
    """The number of a case."""
    with engine.look(SYSTEM) as work:
        return work.session.get_one(store.Case, case_id).number


def ended(engine, case_id, **ago):
    """Let a case have ended some time ago."""
    with engine.begin(SYSTEM) as work:
        case = work.session.get_one(store.Case, case_id)
        case.state, case.outcome, case.ended_at = "ended", "all", work.now - timedelta(**ago)


def bills(time):
    """Other bills each time: a bill counts once."""
    return {f"bills__{row}__serial": f"SAMPLE-{time}-{row}" for row in (1, 2, 3)}


@pytest.mark.parametrize("area", [story.AREA, ELSEWHERE])
def test_a_family_asks_for_assistance_once(office, area):
    """The same applicant, and somebody of the family who applies elsewhere while the first case is open."""
    first, none = begun(office, "assistance", "27-")
    assert none == []
    assert begun(office, "assistance", "27-", area)[1] == [number_of(office, first)]


def test_a_member_who_applies_is_the_same_family(office):
    """A wife named in the first case applies herself, without naming the husband."""
    first, _ = begun(office, "assistance", "27-")
    wife = {"applicant__name": "周春花", "applicant__id_number": "330825200005239963", "members": ["2"]}
    assert begun(office, "assistance", "27-", without="members.1.", **wife)[1] == [number_of(office, first)]


def test_the_next_review_is_none(office):
    """Once the first case has ended the family may apply again."""
    ended(office, begun(office, "assistance", "01-")[0], minutes=1)
    assert begun(office, "assistance", "01-")[1] == []


def test_hard_expenses_are_recognised_once_at_a_time(office):
    """With other bills the applicant's is the same application until the first case ends; another family's is none."""
    first, _ = begun(office, "expenditure-relief", "01-")
    assert begun(office, "expenditure-relief", "01-", **bills(2))[1] == [number_of(office, first)]
    other = {"applicant__name": "李志远", "applicant__id_number": OTHER_MAN}
    second, none = begun(office, "expenditure-relief", "01-", **bills(3), **other)
    assert none == []
    ended(office, second, minutes=1)
    assert begun(office, "expenditure-relief", "01-", **bills(4), **other)[1] == []


def test_one_death_one_case(office):
    """Another relative applies for the same dead at another window, also after the first case has ended."""
    first, _ = begun(office, "funeral", "01-")
    ended(office, first, days=300)
    other = {"applicant__name": "李志远", "applicant__id_number": OTHER_MAN}
    assert begun(office, "funeral", "01-", ELSEWHERE, **other)[1] == [number_of(office, first)]


def test_one_relative_may_bury_two(office):
    """Father and mother die in one month: the same applicant, two matters."""
    begun(office, "funeral", "01-")
    assert begun(office, "funeral", "01-", deceased__name="黄雨欣", deceased__id_number=OTHER_WOMAN)[1] == []


def test_one_child_one_case(office):
    """The father applies elsewhere for the child the mother applied for, when that case has ended."""
    first, none = begun(office, "newborn", "02-")
    assert none == []
    ended(office, first, days=10)
    other = {"mother__name": "黄雨欣", "mother__id_number": OTHER_WOMAN}
    assert begun(office, "newborn", "02-", **other)[1] == [number_of(office, first)]


def test_the_second_twin_apart_is_the_same(office):
    """Twins belong in one case: the one alone, in a second case, is found by the birthday."""
    first, _ = begun(office, "newborn", "02-", children__1__born_on="2026-11-09")
    assert begun(office, "newborn", "02-", without="children.1.", children=["2"])[1] == [number_of(office, first)]


def test_a_later_child_is_another_matter(office, clock):
    """A second birth eleven months later is none, though the first case is open still."""
    begun(office, "newborn", "02-")
    clock.forward(days=330)
    later = {f"children__{row}__born_on": "2027-10-10" for row in (1, 2)}
    assert begun(office, "newborn", "02-", **later)[1] == []


def test_a_name_no_row_has_is_refused():
    """`same` may read the rows of a list, and only what they have: an unknown name would make all of them equal."""
    files, name = catalog.files_of(catalog.content_root(), "newborn"), "workflows/newborn/pack.toml"
    assert [found for found in catalog.lint(files) if not found.warning] == []
    files[name] = files[name].replace('same = ["children.born_on"]', 'same = ["children.born"]')
    (found,) = (each for each in catalog.lint(files) if not each.warning)
    assert (found.rule, found.file) == ("duplicates-field", name)
    assert "children.born_on" in found.zh

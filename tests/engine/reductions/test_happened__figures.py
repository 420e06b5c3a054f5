"""What a finished case really took, counted by hand: of what was granted, and of nothing else."""

from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

import pytest

from engine.clocks import Calendar
from engine.ledger import Happened
from engine.reductions.happened import Told, happened
from engine.store import Case, Item, Material, Stop, Task
from engine.words import CITY, EntryKind, Ground, LimitUnit, Reduction
from tests.engine.reductions.test_planned__figures import based


def at(day, hour=10):
    """A moment in November 2026; the 23rd is a Monday."""
    return datetime(2026, 11, day, hour, tzinfo=CITY)


def item(code, outcome, ended=24, started=23):
    """An item of a finished case."""
    return Item(code=code, position=1, outcome=outcome, state="ended", started_at=at(started), ended_at=at(ended))


def task(code, done, stage="review", opened=23, state="done"):
    """A task of an item (None: of no item)."""
    return Task(item=code, node="x", stage=stage, state=state, opened_at=at(opened), done_at=done and at(done))


def paper(code, state, source="applicant"):
    """A paper as it stood in the end."""
    return Material(code=code, state=state, source=source, position=1)


def entry(kind, day, **facts):
    """A line of the history."""
    return Happened(1, at(day), kind, "", facts)


def handed(code, day, way="window"):
    """A result that was handed out."""
    return entry(EntryKind.ITEM_DELIVERED, day, item=code, way=way)


def recorded(code, day, after="original"):
    """A paper that came later."""
    return entry(EntryKind.MATERIAL_RECORDED, day, material=code, before="missing", after=after)


def case(items, tasks=(), papers=(), stops=(), **changes):
    """A case accepted on Monday the 23rd."""
    rows = {"items": list(items), "tasks": list(tasks), "materials": list(papers), "stops": list(stops)}
    return Case(accepted_at=at(23), state="ended", **rows, **changes)


MONDAY = (at(23),)


def taken(row, *entries, came=MONDAY, pack=None):
    """Apart, together and less of each figure."""
    found = happened(pack or based(), row, Told(entries, came), Calendar())
    assert found.happened
    return MappingProxyType({figure.kind: (figure.apart, figure.together, figure.less) for figure in found.figures})


def test_a_case_in_which_everything_was_granted():
    """Steps 3+4 against the application and two reviews, papers 2+3 against 2, two days of 10+15, one visit of 1+2."""
    row = case(
        [item("permit", "approved"), item("grant", "tolerated", ended=25, started=24)],
        [task("permit", 24), task("grant", 25, opened=24)],
        [paper("card", "original"), paper("bank", "copy")],
    )
    assert taken(row) == {
        Reduction.STEPS: (7, 3, 4),
        Reduction.PAPERS: (5, 2, 3),
        Reduction.TIME: (25, 2, 23),
        Reduction.VISITS: (3, 1, 2),
    }
    lines = happened(based(), row, Told((), (at(23),)), Calendar()).lines
    assert [(line.item.code, line.steps, line.papers, line.time.amount) for line in lines] == [
        ("permit", 1, 1, 1), ("grant", 1, 2, 1),
    ]  # fmt: skip


@pytest.mark.parametrize("outcome", ["refused", "withdrawn", "terminated", "not_needed", "not_accepted", "forwarded"])
def test_what_was_not_granted_counts_on_neither_side(outcome):
    """Its steps, papers, visits and days are left out, as is its base."""
    row = case(
        [item("permit", "approved"), item("grant", outcome, ended=30)],
        [task("permit", 24), task("grant", 30), task("grant", 27, stage="supplement")],
        [paper("card", "original"), paper("bank", "original")],
    )
    assert taken(row, recorded("bank", 26), handed("grant", 30)) == {
        Reduction.STEPS: (3, 2, 1),
        Reduction.PAPERS: (2, 1, 1),
        Reduction.TIME: (10, 1, 9),
        Reduction.VISITS: (1, 1, 0),
    }


@pytest.mark.parametrize("outcome", ["refused", "withdrawn", "terminated", "not_needed"])
def test_a_case_in_which_nothing_was_granted(outcome):
    """There is nothing to compare: no figure at all, above all no zero."""
    row = case([item("permit", outcome)], [task("permit", 24)], [paper("card", "original")])
    assert taken(row) == {}


def test_a_case_without_items():
    """Nor is there anything when nothing was asked for."""
    assert taken(case([])) == {}


def test_steps_of_no_item_count_for_all():
    """What the leading department does for the whole is a step of the whole; what was taken away was not done."""
    done = [task("permit", 24), task(None, 24), task("permit", None, state="cancelled"), task("permit", 25)]
    assert taken(case([item("permit", "approved")], done))[Reduction.STEPS] == (3, 4, -1)


@pytest.mark.parametrize(
    ("state", "source", "brought"),
    [
        ("original", "applicant", 1), ("copy", "applicant", 1), ("tolerated", "applicant", 1),
        ("returned", "applicant", 1), ("refuted", "applicant", 1), ("expired", "applicant", 1),
        ("missing", "applicant", 0), ("shared", "shared", 0), ("commitment", "commitment", 0),
        ("refuted", "commitment", 0), ("reused", "applicant", 0), ("original", "licence", 0),
        ("original", "system", 0), ("original", "internal", 0),
    ],
)  # fmt: skip
def test_papers_somebody_brought(state, source, brought):
    """Shared, issued, taken over, committed to and never handed in are not brought; what is still to come is."""
    row = case([item("permit", "approved")], papers=[paper("card", state, source)])
    assert taken(row)[Reduction.PAPERS] == (2, brought, 2 - brought)


def test_a_case_deemed_accepted():
    """Its time counts from the receipt, the day of the receipt is its visit, being accepted is one step as always."""
    row = case([item("permit", "approved")], [task("permit", 24)], counts_from=at(16))
    found = taken(row, came=(at(16),))
    assert found[Reduction.TIME] == (10, 6, 4)
    assert found[Reduction.VISITS] == (1, 1, 0)
    assert found[Reduction.STEPS] == (3, 2, 1)


def test_a_supplement_is_a_step_and_a_visit_and_no_time():
    """While it was waited for the clock stood still, for the item and, as nothing else ran, for the case."""
    row = case(
        [item("permit", "approved", ended=27)],
        [task("permit", 24), task("permit", 26, stage="supplement", opened=24), task("permit", 27, opened=26)],
        [paper("card", "original")],
    )
    found = taken(row, recorded("card", 26))
    assert found[Reduction.STEPS] == (3, 4, -1)
    assert found[Reduction.VISITS] == (1, 2, -1)
    assert found[Reduction.TIME] == (10, 2, 8)  # the 24th and the 27th


def test_a_publicity_does_not_count():
    """What the law lets stand still is in neither: the legal days do not hold it."""
    stop = Stop(item="permit", ground=Ground.PUBLICITY, reason="", since=at(24), until=at(26))
    row = case([item("permit", "approved", ended=30)], [task("permit", 30)], stops=[stop])
    assert taken(row)[Reduction.TIME] == (10, 3, 7)  # the 24th, 27th and 30th


def test_on_the_same_day():
    """A case finished on the day it was accepted used no working day, one finished over a weekend one."""
    assert taken(case([item("permit", "approved", ended=23)]))[Reduction.TIME] == (10, 0, 10)
    friday = {"accepted_at": at(27)}
    row = case([item("permit", "approved", ended=30, started=27)])
    row.accepted_at = friday["accepted_at"]
    assert taken(row)[Reduction.TIME] == (10, 1, 9)


def test_hours_count_when_they_have_begun():
    """Fifteen and a half hours are sixteen."""
    pack = based(legal={"permit": 48}, unit=LimitUnit.HOURS)
    row = case([item("permit", "approved", ended=24)])
    row.items[0].ended_at = datetime(2026, 11, 24, 1, 30, tzinfo=CITY)
    assert taken(row, pack=pack)[Reduction.TIME] == (48, 16, 32)


def test_days_somebody_came():
    """Twice on one day is one visit; what the post brings is none; what was shared later is none."""
    row = case([item("permit", "approved"), item("grant", "approved")])
    assert taken(row, handed("permit", 23), handed("grant", 25, "ems"))[Reduction.VISITS] == (3, 1, 2)
    assert taken(row, handed("permit", 24), handed("grant", 25, "pickup"))[Reduction.VISITS] == (3, 3, 0)
    assert taken(row, recorded("bank", 24), recorded("card", 24, "copy"))[Reduction.VISITS] == (3, 2, 1)
    assert taken(row, recorded("bank", 24, "shared"), recorded("bank", 25, "refuted"))[Reduction.VISITS] == (3, 1, 2)
    assert taken(row, came=(at(16), at(23)))[Reduction.VISITS] == (3, 2, 1)


def test_a_base_that_is_not_stated():
    """What happened is told all the same; less of it is claimed by nobody."""
    pack = based(apart={}, legal={})
    row = case([item("permit", "approved")], [task("permit", 24)], [paper("card", "original")])
    assert taken(row, pack=replace(pack, visits=None)) == {
        Reduction.STEPS: (None, 2, None),
        Reduction.PAPERS: (None, 1, None),
        Reduction.TIME: (None, 1, None),
        Reduction.VISITS: (None, 1, None),
    }

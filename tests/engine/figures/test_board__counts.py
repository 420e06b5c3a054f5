"""The board, counted by hand for one case; every figure is as long as the list behind it, in the actor's areas."""

import re
from datetime import datetime

import pytest
from sqlalchemy import event

from engine import figures
from engine.figures import Counted, Wish
from engine.figures.medians import medians
from engine.words import CITY, Lamp
from engine.work import SYSTEM
from tests import story

W = Counted
BOARD = (W.TASKS_LATE, W.TASKS_OPEN, W.TASKS_DONE)


def board(city, login="sunhui", *said):
    with city.engine.look(city.actor(login)) as work:
        return figures.board(work, figures.term(work.now, *said))


def behind(city, what, login="sunhui", said=(), **narrowed):
    with city.engine.look(city.actor(login)) as work:
        return figures.behind(work, Wish(what, figures.term(work.now, *said), **narrowed))


def loads(found):
    return {load.department.id: [load.counts[what] for what in BOARD] for load in found.loads}


def test_workload_is_counted(city, case_id, clock):
    """Marriage decided twice on its day; the police have two tasks, late once ten working days are over."""
    found = board(city)
    assert loads(found) == {"mz-330802": [0, 0, 2], "ga-330802006": [0, 2, 0]}
    assert [(p.name, p.counts[W.TASKS_DONE], p.median) for p in found.people] == [("张伟", 2, 0)]
    clock.now = datetime(2026, 12, 7, 17, 31, tzinfo=CITY)
    assert loads(board(city, "sunhui", "2026-11")) == {"mz-330802": [0, 0, 2], "ga-330802006": [2, 2, 0]}
    assert loads(board(city)) == {"ga-330802006": [2, 2, 0]}, "in December nobody decided anything"


def test_lamps_and_items_of_a_department(city, case_id, clock):
    """Two items and a phase of one turn red; the matrix says two open, both late."""
    clock.now = datetime(2026, 12, 7, 17, 31, tzinfo=CITY)
    rows = {row.department.id: row for row in board(city).rows}
    lamps, items = rows["ga-330802006"].lamps["family"], rows["ga-330802006"].items["family"]
    assert (lamps[Lamp.RED], items[W.ITEMS_OPEN], items[W.ITEMS_LATE]) == (3, 2, 2)


def test_counties_compare_what_was_decided(city, case_id):
    """One item in time of one decided; a county where nothing was decided has no rate, not nought."""
    found = {county.region.code: county for county in board(city).counties}
    assert len(found) == 6
    kecheng, kaihua = found["330802"], found["330824"]
    told = (W.CASES_ACCEPTED, W.ITEMS_IN_TIME, W.ITEMS_TOO_LATE, W.ITEMS_OPEN)
    assert [kecheng.counts[what] for what in told] == [1, 1, 0, 2]
    assert (kecheng.rate, kaihua.rate) == (1.0, None)


def test_what_was_decided_late_is_late_for_good(city, case_id, clock):
    """Decided after its limit an item is not in time any more; what runs no more is no longer overdue."""
    clock.now = datetime(2026, 12, 8, 9, tzinfo=CITY)
    story.decide(city.engine, city.actor("hejie"), "review_status_groom", decision="approved")
    kecheng = next(county for county in board(city).counties if county.region.code == "330802")
    told = (W.ITEMS_IN_TIME, W.ITEMS_TOO_LATE, W.ITEMS_OPEN, W.ITEMS_LATE)
    assert [kecheng.counts[what] for what in told] == [0, 1, 1, 1]
    assert kecheng.rate == 0.0


def test_each_figure_is_as_long_as_its_list(city, case_id, clock):
    """Whatever is counted, by department, person, pack and county: the list has as many lines."""
    clock.now = datetime(2026, 12, 7, 17, 31, tzinfo=CITY)
    said = ("2026-Q4",)
    found = board(city, "sunhui", *said)
    for load in (*found.loads, *found.people):
        narrowed = {"department": load.department.id, "person": load.person}
        for what in BOARD:
            assert behind(city, what, said=said, **narrowed).total == load.counts[what]
    for row in found.rows:
        for pack, counts in row.items.items():
            for what in (W.ITEMS_OPEN, W.ITEMS_LATE):
                assert behind(city, what, said=said, department=row.department.id, pack=pack).total == counts[what]
    for county in found.counties:
        for what in (W.CASES_ACCEPTED, W.ITEMS_OPEN, W.ITEMS_LATE, W.ITEMS_IN_TIME, W.ITEMS_TOO_LATE):
            assert behind(city, what, said=said, county=county.region.code).total == county.counts[what]


@pytest.mark.parametrize("what", list(Counted))
def test_lists_are_masked(city, case_id, what):
    """A line of any list names its case and department, and the applicant only with a mask."""
    for line in behind(city, what).lines:
        assert (line.case_id, line.pack.code) == (case_id, "family")
        assert line.applicant == "李*、黄*"


@pytest.mark.parametrize(
    ("login", "cases"), [("sunhui", 1), ("yangmin", 1), ("hanxia", 1), ("wuqian", 0), ("wangfang", 0)]
)
def test_areas_bound_what_is_counted(city, case_id, login, cases):
    """The city's supervisor and auditor and the county's coordinator count the case; another county's does not."""
    found = board(city, login)
    assert sum(county.counts[W.CASES_ACCEPTED] for county in found.counties) == cases
    assert len(found.loads) == (2 if cases else 0)
    for what in Counted:
        assert bool(behind(city, what, login, county="330802").total) <= bool(cases)


def test_medians_count_working_days(city):
    """Over a weekend one day, within a day none; of two the lower one."""
    at = {day: datetime(2026, 11, day, 10, tzinfo=CITY) for day in range(16, 28)}
    rows = [("a", at[20], at[23]), ("b", at[23], at[23]), ("b", at[16], at[27]), ("c", at[16], at[20])]
    with city.engine.look(SYSTEM) as work:
        assert medians(work, rows) == {"a": 1, "b": 0, "c": 4}


def test_too_many_decisions_have_no_median(city, case_id, monkeypatch):
    """Beyond what one page reads the counts stay and the medians are left out, and that is said."""
    monkeypatch.setattr("engine.figures.medians.MOST", 1)
    found = board(city)
    assert found.many
    assert loads(found)["mz-330802"] == [0, 0, 2]
    assert {load.median for load in (*found.loads, *found.people)} == {None}


def test_no_tasks_or_cases_are_read_whole(city, case_id):
    """As SQLite plans it, a board and its lists find tasks, clocks and cases by indexes; items have none for it."""
    if city.engine.database.dialect.name != "sqlite":
        pytest.skip("plans are SQLite's here")
    asked = []
    event.listen(city.engine.database, "before_cursor_execute", lambda *said: asked.append(said[2:4]))
    board(city)
    for what in Counted:
        behind(city, what)
    plans = []
    with city.engine.database.connect() as connection:
        for statement, parameters in asked:
            if statement.startswith("SELECT"):
                plans += [r.detail for r in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
    assert any("ix_clock_amber_at" in plan for plan in plans)
    assert not [plan for plan in plans if re.search(r"SCAN (task|clock|entry)\b|SCAN case$", plan)]

"""What is kept of a city in memory is never older than what the database said when somebody asked."""

import ast
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import event, insert

import engine as program
from engine import cases, clocks, identity, store
from engine.app import Engine
from engine.cases.gathered import gather
from engine.clocks import Exceptional
from engine.errors import NoDepartment
from engine.store import Department, Region
from engine.words import DayKind
from engine.work import SYSTEM
from tests import story

AREA, DAY = "330802006", date(2026, 11, 24)
TABLES = {"Region", "Department", "CalendarDay", "CalendarYear"}


@pytest.fixture
def other(city, url, clock):
    """Another process on the same city, as far as memory goes: a pool of its own. It has read everything."""
    database = store.connect(url)
    second = Engine(database, clock)
    known(second)
    yield second
    database.dispose()


def known(engine):
    """What a process says about the city: two names, who serves, a day."""
    with engine.look(SYSTEM) as work:
        return found(work)


def found(work):
    """The same in a transaction that is open."""
    office = identity.serving(work, "zw", "county", AREA)
    name, calendar = identity.area_name(work, AREA), clocks.calendar(work, AREA)
    return name, office.short, calendar.day(DAY).reason, calendar.knows(2030)


def closed(work):
    """A typhoon."""
    clocks.set_day(work, Exceptional(DAY, DayKind.REST, "台风停工"), "330802", "县政府通告")


def renamed(work):
    """A township has another name."""
    identity.load_regions(work, "code,name,level,parent\n330802006,新街道,township,330802\n")


def called(work):
    """A department has another short name."""
    identity.load_departments(work, "kind,region,name,short\nzw,330802,柯城区综合窗口,新窗口\n", ())


def announced(work):
    """A year is imported."""
    year = clocks.parse("date,kind,reason\n2030-01-01,rest,元旦\n", 2030)
    clocks.import_year(work, 2030, year, "国办发明电（样例）")


@pytest.mark.parametrize("change", [closed, renamed, called, announced])
def test_a_change_is_seen_by_every_process(city, other, change):
    """Whoever begins after the commit has it; whoever undid the change does not."""
    before = known(other)
    with city.engine.begin(SYSTEM) as work:
        change(work)
        assert found(work) != before, "its own transaction sees it"
        work.session.rollback()
    assert known(city.engine) == known(other) == before
    with city.engine.begin(SYSTEM) as work:
        change(work)
    assert known(city.engine) == known(other) != before


def test_what_is_known_costs_one_statement(other):
    """The revision is asked once in a transaction and nothing else of the city."""
    said = []
    event.listen(other.database, "before_cursor_execute", lambda *told: said.append(told[2]))
    known(other)
    (asked,) = (one for one in said if not one.startswith(("BEGIN", "PRAGMA")))
    assert "counter" in asked


def test_who_waited_for_a_case_counts_by_the_newest_calendar(city, other):
    """What was read before the lock does not count after it: the calendar may have changed while one waited."""
    if other.database.dialect.name == "sqlite":
        pytest.skip("on SQLite one writer at a time is in")
    story.publish_family(city.engine)
    case_id = story.accepted(city.engine, city.actor("wangfang"))
    with other.begin(SYSTEM) as work:
        assert clocks.calendar(work, AREA).worked(DAY)
        with city.engine.begin(SYSTEM) as quicker:
            closed(quicker)
        gather(work, cases.locked(work, case_id))
        assert not clocks.calendar(work, AREA).worked(DAY)


def test_an_empty_city_is_not_kept(engine):
    """A backup may bring a city into an empty database without any revision."""
    with engine.look(SYSTEM) as work, pytest.raises(NoDepartment):
        identity.serving(work, "zw", "county", "330802")
    with engine.database.begin() as connection:
        region = {"code": "330802", "name": "柯城区", "level": "county"}
        connection.execute(insert(Region.__table__), region)
        office = {"id": "zw-330802", "kind": "zw", "name": "n", "short": "窗口", "region": "330802"}
        connection.execute(insert(Department.__table__), office)
    with engine.look(SYSTEM) as work:
        assert identity.serving(work, "zw", "county", "330802").short == "窗口"


def test_nothing_changes_many_rows_of_a_city_at_once():
    """Such a statement takes no revision; the one there is comes with rows that do."""
    many = []
    for path in Path(program.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("delete", "update", "insert"):
                many += [path.name for name in node.args if getattr(name, "id", "") in TABLES]
    assert many == ["table.py"], "the import of a year, which always writes its row as well"

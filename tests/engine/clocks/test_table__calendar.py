"""The calendar in the store: nearest region first, a year imported whole, only administrators change it."""

from datetime import date

import pytest

from engine import clocks
from engine.clocks import Exceptional
from engine.errors import CalendarInvalid, NotFound, NotYours
from engine.words import DayKind
from engine.work import SYSTEM

YEAR = "date,kind,reason\n2027-01-01,rest,元旦\n2027-01-02,rest,元旦\n2027-01-03,work,元旦调休\n"
SOURCE = "国办发明电（样例）"
COUNTY, TOWNSHIP, OTHER = "330802", "330802006", "330803"


@pytest.fixture
def url(database_url):
    """The calendar behaves the same on both databases."""
    return database_url


def imported(city, text=YEAR, year=2027):
    with city.engine.begin(SYSTEM) as work:
        clocks.import_year(work, year, clocks.parse(text, year), SOURCE)


def read(city, area=""):
    with city.engine.look(SYSTEM) as work:
        return clocks.calendar(work, area)


def test_an_imported_year_is_known(city):
    """Its days off and adjusted working days count, its other days follow the weekend, and all of it is certain."""
    assert not read(city).knows(2027)
    imported(city)
    known = read(city, TOWNSHIP)
    assert known.knows(2027)
    assert [known.worked(date(2027, 1, day)) for day in (1, 3, 4, 9)] == [False, True, True, False]
    assert known.day(date(2027, 6, 1)).source == SOURCE


def test_an_import_replaces_the_year_but_not_what_regions_set(city):
    """The announcement may be corrected; a county's typhoon day stays."""
    imported(city)
    with city.engine.begin(SYSTEM) as work:
        clocks.set_day(work, Exceptional(date(2027, 8, 10), DayKind.REST, "台风停工"), COUNTY, "县政府通告")
    imported(city, "date,kind,reason\n2027-01-01,rest,元旦\n")
    assert read(city).worked(date(2027, 1, 4))
    assert not read(city).worked(date(2027, 1, 2))  # a Saturday again
    assert read(city).worked(date(2027, 8, 10))
    assert not read(city, TOWNSHIP).worked(date(2027, 8, 10))
    assert read(city, OTHER).worked(date(2027, 8, 10))


def test_the_nearest_region_wins(city):
    """A township may work although its county does not."""
    day = date(2026, 11, 24)
    with city.engine.begin(city.actor("pengbin")) as work:
        clocks.set_day(work, Exceptional(day, DayKind.REST, "停电"), COUNTY, "通告")
        clocks.set_day(work, Exceptional(day, DayKind.WORK, "照常"), TOWNSHIP, "通告")
    assert (read(city, COUNTY).worked(day), read(city, TOWNSHIP).worked(day)) == (False, True)


def test_only_administrators_change_the_calendar(city):
    """A clerk cannot move deadlines, nor anybody a region that does not exist."""
    day = Exceptional(date(2026, 11, 24), DayKind.REST, "停电")
    with pytest.raises(NotYours), city.engine.begin(city.actor("wangfang")) as work:
        clocks.set_day(work, day, COUNTY, "通告")
    with pytest.raises(NotYours), city.engine.begin(city.actor("wangfang")) as work:
        clocks.import_year(work, 2027, [day], SOURCE)
    with pytest.raises(NotFound), city.engine.begin(SYSTEM) as work:
        clocks.set_day(work, day, "999999", "通告")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("day,kind\n", 1),
        ("date,kind,reason\n", 0),
        ("date,kind,reason\n2027-13-01,rest,x\n", 2),
        ("date,kind,reason\n2027-01-01,holiday,x\n", 2),
        ("date,kind,reason\n2027-01-01,rest,x\n2026-01-01,rest,x\n", 3),
        ("date,kind,reason\n2027-01-01,rest,\n", 2),
        ("date,kind,reason\n2027-01-01\n", 2),
        ("date,kind,reason\n2027-01-01,rest,x,y\n", 2),
        ("date,kind,reason\n2027-01-01,rest,x\n2027-01-01,work,x\n", 0),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_its_line(text, line):
    """Nothing is imported in part."""
    with pytest.raises(CalendarInvalid) as refused:
        clocks.parse(text, 2027)
    assert refused.value.facts["line"] == line

"""Counting limits: the days of the law, pauses, closing time, unknown years; and laws that always hold."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import clocks
from engine.catalog import limits
from engine.catalog.limits import Limit
from engine.clocks import Calendar, Day, Pause
from engine.words import CITY, DayKind, LimitUnit

WD, ND, H = LimitUnit.WORKING_DAYS, LimitUnit.DAYS, LimitUnit.HOURS
LIBRARY = Calendar()
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2026, 9, 1), timezones=st.just(CITY))
LIMITS = st.builds(Limit, st.integers(0, 60), st.sampled_from(LimitUnit))


def at(text):
    """A moment in the city."""
    return datetime.fromisoformat(text).replace(tzinfo=CITY)


def due(limit, start, *pauses, calendar=LIBRARY):
    found = clocks.due(limits.read(limit), at(start), calendar, pauses)
    return found and found.day.isoformat()


@pytest.mark.parametrize(
    ("limit", "start", "last"),
    [
        ("3 工作日", "2026-11-20T10:00", "2026-11-25"),  # Friday: Monday is the first day
        ("1 工作日", "2026-02-13T10:00", "2026-02-14"),  # a Friday before an adjusted Saturday
        ("2 工作日", "2026-02-13T10:00", "2026-02-24"),  # over Spring Festival
        ("1 工作日", "2026-09-30T10:00", "2026-10-08"),  # over National Day
        ("3 工作日", "2026-10-08T10:00", "2026-10-12"),  # Saturday the 10th is worked
        ("0 工作日", "2026-11-20T10:00", "2026-11-20"),  # on the spot
        ("0 工作日", "2026-11-20T17:31", "2026-11-23"),  # received after closing
        ("1 工作日", "2026-11-21T09:00", "2026-11-24"),  # received on a Saturday
        ("7 自然日", "2026-11-20T10:00", "2026-11-27"),
        ("1 自然日", "2026-11-20T10:00", "2026-11-23"),  # ends on a Saturday: the day after the weekend
        ("10自然日", "2026-09-22T10:00", "2026-10-08"),  # ends in the holiday
    ],
)
def test_limits_of_the_law(limit, start, last):
    """The first day is the day after; holidays and adjusted Saturdays count as they were announced."""
    assert due(limit, start) == last


def test_hours_run_day_and_night():
    """Emergency clocks know no weekend, and their end is a moment people are told, planned with others or not."""
    hours = limits.read("24 小时")
    found = clocks.due(hours, at("2026-11-20T22:30"), LIBRARY)
    assert (found.moment, found.hourly) == (at("2026-11-21T22:30"), True)
    ends = clocks.plan({"a": hours, "b": Limit(1, WD)}, {"b": ["a"]}, at("2026-11-20T22:30"), LIBRARY)
    assert (ends["a"], ends["b"].hourly, clocks.last({"a": ends["a"]}).hourly) == (found, False, True)


def test_a_day_ends_when_the_office_closes():
    """The due moment is closing time in the city, as UTC."""
    found = clocks.due(Limit(1, WD), at("2026-11-23T10:00"), LIBRARY)
    assert found.moment == datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
    late = clocks.due(Limit(1, WD), at("2026-11-23T10:00"), Calendar(closing=time(23, 59)))
    assert late.moment == at("2026-11-24T23:59")


def test_a_pause_takes_out_its_days():
    """The day a pause begins on counts, those after it do not, nor does the one it ends on."""
    pause = Pause(at("2026-11-24T09:00"), at("2026-11-26T16:00"), "补正")
    assert due("3 工作日", "2026-11-23T10:00") == "2026-11-26"
    assert due("3 工作日", "2026-11-23T10:00", pause) == "2026-11-30"
    same_day = Pause(at("2026-11-24T09:00"), at("2026-11-24T16:00"), "补正")
    assert due("3 工作日", "2026-11-23T10:00", same_day) == "2026-11-26"


def test_an_open_pause_has_no_due_day():
    """While it is unknown when the clock goes on, nobody can say when it ends; what was due before stays due."""
    open_ = Pause(at("2026-11-24T09:00"), None, "公示")
    assert due("3 工作日", "2026-11-23T10:00", open_) is None
    assert due("1 工作日", "2026-11-23T10:00", open_) is None
    assert due("1 工作日", "2026-11-23T10:00", Pause(at("2026-11-24T17:30"), None, "公示")) == "2026-11-24"


@pytest.mark.parametrize(
    ("until", "last"),
    [
        ("2026-11-24T16:00", "2026-11-24"),  # begins and ends on the last day: what is left of it is enough
        ("2026-11-26T09:00", "2026-11-26"),  # what was left of the last day is left on the day it goes on
        ("2026-11-26T18:00", "2026-11-27"),  # after closing: on the next day that is worked
        ("2026-11-28T10:00", "2026-11-30"),  # on a Saturday
    ],
)
def test_a_limit_never_ends_within_a_pause(until, last):
    """A pause that begins on the last day, before it closes, takes the end along."""
    assert due("1 工作日", "2026-11-23T10:00", Pause(at("2026-11-24T09:00"), at(until), "公示")) == last


@given(LIMITS, MOMENTS, st.lists(st.tuples(st.integers(0, 500), st.integers(1, 300)), max_size=4))
def test_no_limit_ends_within_any_pause(limit, start, spans):
    """However pauses lie, the due moment lies in none of them."""
    pauses = [Pause(start + timedelta(hours=a), start + timedelta(hours=a + b), "") for a, b in spans]
    found = clocks.due(limit, start, LIBRARY, pauses).moment
    assert not any(p.since < found < p.until for p in clocks.merged(pauses))


def test_an_unknown_year_is_provisional_until_it_is_announced():
    """Beyond the announced years only weekends are known, and the result says so; an imported year is certain."""
    counted = clocks.due(Limit(5, WD), at("2026-12-28T10:00"), LIBRARY)
    assert (counted.day, counted.certain) == (date(2027, 1, 4), False)
    assert clocks.due(Limit(2, WD), at("2026-12-28T10:00"), LIBRARY).certain
    new_year = {date(2027, 1, day): Day(DayKind.REST, "元旦", "通知") for day in (1, 2, 3, 4)}
    imported = Calendar(new_year, {2027: "通知"})
    counted = clocks.due(Limit(5, WD), at("2026-12-28T10:00"), imported)
    assert (counted.day, counted.certain) == (date(2027, 1, 6), True)
    assert (LIBRARY.knows(2027), imported.knows(2027)) == (False, True)


def test_a_region_may_close_its_offices():
    """A typhoon day of the region's own wins over the library."""
    typhoon = Calendar({date(2026, 11, 24): Day(DayKind.REST, "台风停工", "市政府通告")})
    assert due("1 工作日", "2026-11-23T10:00", calendar=typhoon) == "2026-11-25"


@given(LIMITS, MOMENTS, st.integers(1, 20))
def test_more_days_never_end_earlier(limit, start, more):
    """A longer limit ends no earlier."""
    longer = Limit(limit.amount + more, limit.unit)
    assert clocks.due(longer, start, LIBRARY).moment >= clocks.due(limit, start, LIBRARY).moment


@given(LIMITS, MOMENTS, st.integers(0, 2000))
def test_a_later_start_never_ends_earlier(limit, start, hours):
    """What is received later is due no earlier."""
    later = start + timedelta(hours=hours)
    assert clocks.due(limit, later, LIBRARY).moment >= clocks.due(limit, start, LIBRARY).moment


@given(LIMITS, MOMENTS)
def test_days_end_on_a_day_that_is_worked(limit, start):
    """Nothing counted in days is due on a day off, and never before the start."""
    found = clocks.due(limit, start, LIBRARY)
    assert limit.unit is H or LIBRARY.worked(found.day)
    assert found.moment >= start or limit.unit is not H


@given(LIMITS, MOMENTS, st.lists(st.tuples(st.integers(0, 500), st.integers(0, 300)), max_size=4))
def test_pauses_only_lengthen(limit, start, spans):
    """However pauses lie, overlap and touch, the limit ends no earlier with them, and their order does not matter."""
    pauses = [
        Pause(start + timedelta(hours=a), start + timedelta(hours=a + b), f"{n}") for n, (a, b) in enumerate(spans)
    ]
    with_them = clocks.due(limit, start, LIBRARY, pauses)
    assert with_them.moment >= clocks.due(limit, start, LIBRARY).moment
    assert with_them == clocks.due(limit, start, LIBRARY, pauses[::-1])


@given(LIMITS, MOMENTS, st.integers(0, 500), st.integers(0, 300))
def test_a_pause_before_the_start_changes_nothing(limit, start, before, length):
    """Only what lies in the limit's own time counts."""
    ends = start - timedelta(hours=before, days=1)
    pause = Pause(ends - timedelta(hours=length), ends, "")
    assert clocks.due(limit, start, LIBRARY, [pause]) == clocks.due(limit, start, LIBRARY)


@given(st.integers(1, 60), st.sampled_from([WD, ND]), MOMENTS)
def test_at_the_due_moment_everything_is_used(number, unit, start):
    """At closing time of the last day the limit is used up; a moment before it is not."""
    limit = Limit(number, unit)
    last = clocks.due(limit, start, LIBRARY).moment
    assert clocks.used(limit, start, LIBRARY, last) >= number
    assert unit is ND or clocks.used(limit, start, LIBRARY, last - timedelta(seconds=1)) == number - 1

"""Where datetime can follow, the timeline says what datetime says; beyond, the calendar goes on by the same laws."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.feel import limits, timeline
from engine.feel.wide import WideDate, WideDateTime, WideDays, WideTime

MICRO = dt.timedelta(microseconds=1)
ORDINALS = st.integers(-365_242_000_000, 365_242_000_000)  # about the years FEEL has
MONTHS = st.integers(-30_000, 30_000)
ZONES = st.sampled_from([ZoneInfo("Europe/Paris"), ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York")])
WALLS = st.datetimes(dt.datetime(1, 1, 3), dt.datetime(9999, 12, 29))


@given(st.dates())
def test_days_of_datetime_are_kept(day: dt.date) -> None:
    """A day datetime knows is a datetime.date, with its ordinal, weekday, day of the year and ISO week."""
    assert timeline.date(day.year, day.month, day.day) == day == timeline.date_at(day.toordinal())
    assert timeline.ordinal(day) == day.toordinal()
    assert timeline.weekday(day) == day.isoweekday()
    assert timeline.day_of_year(day) == day.timetuple().tm_yday
    assert timeline.week_of_year(day) == day.isocalendar().week


@given(ORDINALS)
@example(0)
@example(3_652_060)
def test_day_and_ordinal_are_inverse(number: int) -> None:
    """Every ordinal is a day and every day its ordinal, and the next day is the next weekday."""
    day, following = timeline.date_at(number), timeline.date_at(number + 1)

    assert timeline.ordinal(day) == number
    assert timeline.weekday(following) == timeline.weekday(day) % 7 + 1
    assert (following.year, following.month, following.day) > (day.year, day.month, day.day)


@given(st.dates(), st.integers(-200_000, 200_000))
def test_calendar_repeats(day: dt.date, cycles: int) -> None:
    """The same day 400 years earlier or later has the same weekday, day of the year and week."""
    moved = timeline.date(day.year + 400 * cycles, day.month, day.day)

    assert timeline.ordinal(moved) == timeline.ordinal(day) + 146_097 * cycles
    assert timeline.weekday(moved) == timeline.weekday(day)
    assert timeline.day_of_year(moved) == timeline.day_of_year(day)
    assert timeline.week_of_year(moved) == timeline.week_of_year(day)


@given(st.timedeltas(), st.timedeltas())
def test_durations_of_datetime_are_kept(left: dt.timedelta, right: dt.timedelta) -> None:
    """A duration is its nanoseconds; sums and differences datetime can hold are datetime's."""
    total = timeline.nanoseconds(left) + timeline.nanoseconds(right)
    try:
        expected: dt.timedelta | None = left + right
    except OverflowError:
        expected = None

    assert timeline.nanoseconds(left) == left // MICRO * 1000
    assert timeline.days(timeline.nanoseconds(left)) == left
    assert timeline.days(total) == (WideDays(total) if expected is None else expected)


@given(WALLS, st.one_of(st.none(), st.just(dt.UTC), ZONES))
def test_moments_of_datetime_are_kept(wall: dt.datetime, zone: dt.tzinfo | None) -> None:
    """A moment taken apart and put together again is the same; its instant is that of datetime."""
    moment = wall.replace(tzinfo=zone)
    day, clock = timeline.ordinal(moment), timeline.clock(moment)
    utc = (moment - (moment.utcoffset() or dt.timedelta(0))).replace(tzinfo=None)

    assert timeline.date_time(day, clock, zone) == moment
    assert timeline.time(clock, zone) == moment.timetz()
    assert timeline.instant(moment) == timeline.ordinal(utc) * timeline.DAY + timeline.clock(utc)


@given(WALLS, ZONES)
def test_instants_on_clocks(wall: dt.datetime, zone: ZoneInfo) -> None:
    """An instant shows on the clock of a zone what datetime shows."""
    utc = wall.replace(tzinfo=dt.UTC)

    shown = timeline.at(timeline.instant(utc), zone)

    assert shown == utc.astimezone(zone)
    assert shown.tzinfo is zone


@given(st.integers(2040, 2399), st.integers(1, 300_000), st.integers(1, 12), st.integers(0, 23), ZONES)
def test_zones_keep_their_rules(year: int, cycles: int, month: int, hour: int, zone: ZoneInfo) -> None:
    """Far in the future a zone has the offset its lasting rules give for the same day of the calendar."""
    far = timeline.date_time(timeline.ordinal(timeline.date(year + 400 * cycles, month, 15)), hour * 3600 * 10**9, zone)

    assert timeline.offset(far) == dt.datetime(year, month, 15, hour, tzinfo=zone).utcoffset()


@given(st.dates(), MONTHS)
def test_months_by_hand(day: dt.date, months: int) -> None:
    """Adding months keeps the day of the month, or takes the last day of a shorter month."""
    moved = timeline.add_months(day, months)
    next_day = timeline.date_at(timeline.ordinal(moved) + 1)

    assert moved.year * 12 + moved.month == day.year * 12 + day.month + months
    assert moved.day == day.day or (moved.day < day.day and next_day.day == 1)


@given(st.integers(-(10**11), 10**11), st.integers(0, timeline.DAY - 1), st.integers(-(10**24), 10**24))
def test_moments_move_and_come_back(number: int, clock: int, distance: int) -> None:
    """Moving a moment by a duration and back is no change, wherever it lies and however fine it is."""
    total = number * timeline.DAY + clock
    moved = timeline.date_time(*divmod(total + distance, timeline.DAY), dt.UTC)

    assert timeline.instant(moved) - distance == total
    assert timeline.date_time(*divmod(timeline.instant(moved) - distance, timeline.DAY), dt.UTC) == timeline.date_time(
        number, clock, dt.UTC
    )


@given(ORDINALS, st.integers(0, timeline.DAY - 1))
def test_one_form_for_each_value(number: int, clock: int) -> None:
    """A value is wide exactly when datetime cannot hold it."""
    fine = clock % 1000 != 0
    far = not 1 <= number <= dt.date.max.toordinal()

    assert isinstance(timeline.date_at(number), WideDate) is far
    assert isinstance(timeline.time(clock, None), WideTime) is fine
    assert isinstance(timeline.date_time(number, clock, None), WideDateTime) is (far or fine)


@pytest.mark.parametrize("parts", [(limits.YEAR + 1, 1, 1), (-limits.YEAR - 1, 1, 1), (10_001, 2, 29), (12_000, 13, 1)])
def test_impossible_days(parts: tuple[int, int, int]) -> None:
    """Years beyond FEEL's and days that do not exist are refused."""
    with pytest.raises(ValueError):
        timeline.date(*parts)

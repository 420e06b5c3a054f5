"""Dates beyond the years 1 to 9999 and times finer than a microsecond, which Python's datetime cannot hold."""

import datetime as dt
from typing import Any

import pytest

from engine import feel
from engine.feel.wide import WideDate, WideDateTime, WideDays, WideTime

TABLE: list[tuple[str, Any]] = [
    ('date("-2017-12-31").year', -2017),
    ("date(-999999999, 12, 31)", "-999999999-12-31"),
    ('date("999999999-12-31").weekday', 5),
    ('date("1000000000-01-01")', None),
    ('date("02017-12-31")', None),
    ('date("0000-02-29").month', 2),
    ('date("10001-02-29")', None),
    ('date("9999-12-31") + duration("P1D")', "10000-01-01"),
    ('date("0001-01-01") - duration("P1D")', "0000-12-31"),
    ('date("10000-01-01") - date("9999-12-31") = duration("P1D")', True),
    ('date("10000-02-29") + duration("P1Y")', "10001-02-28"),
    ('date("999999999-12-31") + duration("P1D")', None),
    ('date("-0044-03-15") < date("0001-01-01")', True),
    ('date("9999-12-31") in [date("9999-01-01")..date("10001-01-01")]', True),
    ('date("10000-01-01") = date(10000, 1, 1)', True),
    ('for d in @"9999-12-31"..@"10000-01-01" return d.year', [9999, 10000]),
    ('years and months duration(@"-0001-06-01", @"12000-06-01")', "P12001Y"),
    ('day of year(@"12000-12-31")', 366),
    ('day of week(@"12000-01-01")', "Saturday"),
    ('week of year(@"12000-01-01")', 52),
    ('month of year(@"-2017-12-31")', "December"),
    ('max(@"2026-01-01", @"12000-01-01")', "12000-01-01"),
    ('@"12000-01-01" instance of date', True),
    ('string(@"-0044-03-15")', "-0044-03-15"),
    ('@"2017-01-01T23:59:01.123456789@Europe/Paris"', "2017-01-01T23:59:01.123456789+01:00"),
    ('string(@"2017-01-01T23:59:01.123456789@Europe/Paris")', "2017-01-01T23:59:01.123456789@Europe/Paris"),
    ('string(@"23:59:01.1234567891Z")', "23:59:01.123456789Z"),
    ('@"10:00:00.000000001" - @"10:00:00" = duration("PT0.000000001S")', True),
    ('@"10:00:00.000000001" > @"10:00:00"', True),
    ('time(10, 0, 1.5, duration("PT8H"))', "10:00:01.500000+08:00"),
    ('time(10, 0, 0.000000001, duration("PT8H"))', "10:00:00.000000001+08:00"),
    ('time("23:59:59.999999999") + duration("PT0.000000001S")', "00:00:00"),
    ('date and time("9999-12-31T24:00:00")', "10000-01-01T00:00:00"),
    ('date and time("999999999-12-31T24:00:00")', None),
    ('date and time(@"12000-06-01", @"08:30:00@Europe/Paris").time offset', "PT2H"),
    ('date and time("-0500-06-01T00:00:00@Asia/Shanghai").time offset', "PT8H5M43S"),
    ('date and time("2026-03-29T00:30:00@Europe/Paris") + duration("PT2H")', "2026-03-29T03:30:00+02:00"),
    ('date and time("12026-03-29T00:30:00@Europe/Paris") + duration("PT2H")', "12026-03-29T03:30:00+02:00"),
    ('@"-999999999-12-31T00:00:00Z" < @"999999999-12-31T00:00:00.000000001+18:00"', True),
    ('is(@"2026-01-01T00:00:00.000000001Z", @"2026-01-01T00:00:00.000000001+00:00")', True),
    ('duration("P1D") / 7 * 7 = duration("P1D")', False),
    ('duration("P1D") / 7', "PT3H25M42.857142857S"),
    ('duration("-PT0.000000001S") + duration("PT0.000000001S")', "PT0S"),
    ('duration("P99999999999D").days', 99999999999),
    ('-duration("P99999999999DT1H")', "-P99999999999DT1H"),
    ('abs(duration("-P99999999999D")) = duration("P99999999999D")', True),
    ('duration("P99999999999D") > duration("P1D")', True),
    # a time in a named zone has no offset until its day is known: nobody can say which of these is earlier
    ('@"10:30:00Z" = @"10:30:00@Europe/Paris"', False),
    ('@"10:30:00Z" < @"10:30:00@Europe/Paris"', None),
    ('@"10:30:00Z" - @"10:30:00@Europe/Paris"', None),
    ('@"10:30:00@Europe/Paris" < @"10:30:01@Europe/Paris"', True),
]


@pytest.mark.parametrize(("expression", "expected"), TABLE, ids=[expression for expression, _ in TABLE])
def test_wide_values(expression: str, expected: Any) -> None:
    """Every operation gives beyond datetime what the standard says, as data."""
    value = feel.from_feel(feel.evaluate(expression, {}).value)

    assert value == expected
    assert type(value) is type(expected)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ('@"2026-11-23"', dt.date(2026, 11, 23)),
        ('@"10000-01-01" - @"P1D"', dt.date(9999, 12, 31)),
        ('@"08:30:00Z"', dt.time(8, 30, tzinfo=dt.UTC)),
        ('@"2026-11-23T08:30:00.5"', dt.datetime(2026, 11, 23, 8, 30, 0, 500_000)),
        ('@"PT0.000000001S" * 1000', dt.timedelta(microseconds=1)),
    ],
)
def test_datetime_when_it_can(expression: str, expected: object) -> None:
    """A value that datetime can hold is given as datetime's own, even when wide values led to it."""
    value = feel.evaluate(expression, {}).value

    assert value == expected
    assert type(value) is type(expected)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (WideTime(8, 30, 0, 1_999, dt.UTC), dt.time(8, 30, 0, 1, tzinfo=dt.UTC)),
        (WideDateTime(2026, 11, 23, 8, 30, 0, 1_999, None), dt.datetime(2026, 11, 23, 8, 30, 0, 1)),
        (WideDays(-1_999), dt.timedelta(microseconds=-1)),
        (dt.date(2026, 11, 23), dt.date(2026, 11, 23)),
        (WideDate(10_000, 1, 1), None),
        (WideDays(10**33), None),
        ("2026-11-23", None),
    ],
)
def test_cut_to_datetime(value: object, expected: object) -> None:
    """as_datetime cuts what is finer than a microsecond and has nothing for what lies outside datetime's years."""
    assert feel.as_datetime(value) == expected


def test_wide_values_are_facts() -> None:
    """A wide value that came out of one expression goes into the next."""
    first = feel.evaluate('@"12000-01-01T00:00:00.000000001"', {}).value

    assert feel.evaluate("x = y and x.year = 12000", {"x": first, "y": first}).value is True

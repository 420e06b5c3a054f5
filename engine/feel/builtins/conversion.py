"""Conversions between types, not() and is() (DMN 1.5 tables 64, 65 and 72)."""

# ruff: noqa: D103  the table of the standard named above describes each function

import datetime as dt
import re
from decimal import Decimal
from typing import TypeVar

from engine.feel import compare, limits, messages, temporal, text
from engine.feel.builtins.arguments import Refused, day, integer, number, of_kind, string
from engine.feel.builtins.registry import builtin
from engine.feel.run import Run
from engine.feel.values import (
    BOOLEAN,
    DATE,
    DATE_TIME,
    DAYS,
    DECIMALS,
    MONTHS,
    NULL,
    STRING,
    TIME,
    Range,
    Value,
    YearsMonths,
    kind,
)

Read = TypeVar("Read")

_NUMBER = re.compile(r"-?(\d+(\.\d+)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_LONGEST_RANGE = 1_000  # characters; the pattern takes quadratic time on texts with many dots
_RANGE = re.compile(r"([\[(\]])(.*)\.\.(.*)([\])\[])", re.S)
_RANGE_TEXT = re.compile(r'"(?:\\.|[^"\\])*"', re.S)
_RANGE_NUMBER = re.compile(r"-?(\d+(\.\d+)?|\.\d+)", re.ASCII)
_RANGE_TEMPORAL = re.compile(r'@"([^"]*)"|(?:date and time|date|time|duration)\s*\(\s*"([^"]*)"\s*\)')


@builtin("date", "from")
def date(value: Value) -> dt.date:
    found = kind(of_kind(value, STRING, DATE, DATE_TIME))
    if found == STRING:
        return _read(temporal.parse_date(string(value)), string(value))
    moment = day(value)
    return moment.date() if isinstance(moment, dt.datetime) else moment


@builtin("date", "year, month, day")
def date_of_parts(year: Value, month: Value, day_of_month: Value) -> dt.date:
    return dt.date(integer(year), integer(month), integer(day_of_month))


@builtin("time", "from")
def time(value: Value) -> dt.time:
    value = of_kind(value, STRING, TIME, DATE, DATE_TIME)
    found = kind(value)
    if found == STRING:
        return _read(temporal.parse_time(value.removeprefix("T")), value)
    if isinstance(value, dt.time):
        return value
    return value.timetz() if isinstance(value, dt.datetime) else dt.time(0, tzinfo=dt.UTC)


@builtin("time", "hour, minute, second, offset?")
def time_of_parts(hour: Value, minute: Value, second: Value, offset: Value = None) -> dt.time:
    seconds = number(second)
    zone = None if offset is None else dt.timezone(of_kind(offset, DAYS))
    fraction = DECIMALS.subtract(seconds, seconds.to_integral_value("ROUND_DOWN"))
    return dt.time(integer(hour), integer(minute), int(seconds), int(fraction.scaleb(6)), tzinfo=zone)


@builtin("date and time", "from")
def date_and_time(value: Value) -> dt.datetime:
    value = of_kind(value, STRING, DATE, DATE_TIME)
    found = kind(value)
    if found == STRING:
        return _read(temporal.parse_date_time(value), value)
    return temporal.utc_midnight(value) if found == DATE else value


@builtin("date and time", "date, time")
def date_and_time_of_parts(date_part: Value, time_part: Value) -> dt.datetime:
    moment = day(date_part)
    clock: dt.time = of_kind(time_part, TIME)
    return dt.datetime.combine(dt.date(moment.year, moment.month, moment.day), clock)


@builtin("number", "from")
def to_number(value: Value) -> Decimal:
    written = string(value)
    if not _NUMBER.fullmatch(written):
        raise Refused(messages.INVALID_TEXT, text=written[:50])
    return DECIMALS.create_decimal(written)


@builtin("number", "from, grouping separator, decimal separator")
def to_number_with_separators(value: Value, grouping: Value, decimal: Value) -> Decimal:
    if grouping not in (None, " ", ",", ".") or decimal not in (None, ",", "."):
        raise Refused
    if grouping is not None and grouping == decimal:
        raise Refused
    written = string(value).replace(grouping or "", "") if grouping else string(value)
    return to_number(written.replace(decimal, ".") if decimal else written)


@builtin("string", "from", with_run=True)
def to_string(run: Run, value: Value) -> str | None:
    if value is None:
        return None
    try:
        return text.write(value)
    except text.TextTooLong:
        raise run.limit(messages.STRING_TOO_LONG, limits.STRING) from None


@builtin("duration", "from")
def duration(value: Value) -> dt.timedelta | YearsMonths:
    value = of_kind(value, STRING, DAYS, MONTHS)
    if isinstance(value, dt.timedelta | YearsMonths):
        return value
    found: dt.timedelta | YearsMonths | None = temporal.parse_duration(value)
    if found is None:
        raise Refused(messages.INVALID_TEXT, text=value[:50])
    return found


@builtin("years and months duration", "from, to")
def years_and_months_duration(start: Value, end: Value) -> YearsMonths:
    first, last = day(start), day(end)
    months = (last.year - first.year) * 12 + last.month - first.month
    if months > 0 and last.day < first.day:
        months -= 1
    elif months < 0 and last.day > first.day:
        months += 1
    return YearsMonths(months)


@builtin("not", "negand")
def not_(value: Value) -> bool | None:
    found = of_kind(value, BOOLEAN, NULL)
    return None if found is None else not found


@builtin("is", "value1?, value2?", with_run=True)
def is_(run: Run, left: Value = None, right: Value = None) -> bool:
    if kind(left) != kind(right):
        return False
    if isinstance(left, dt.time | dt.datetime):
        same_zone = (left.tzinfo is None) == (right.tzinfo is None) and _zone(left) == _zone(right)
        return same_zone and bool(left.replace(tzinfo=None) == right.replace(tzinfo=None))
    return compare.equal(left, right, run) is True


@builtin("range", "from", with_run=True)
def to_range(run: Run, value: Value) -> Range:
    written = string(value).strip()
    found = _RANGE.fullmatch(written) if len(written) <= _LONGEST_RANGE else None
    if not found:
        raise Refused(messages.INVALID_TEXT, text=written[:50])
    start, end = _range_end(found[2].strip()), _range_end(found[3].strip())
    span = Range(start, end, found[1] == "[", found[4] == "]")
    if not _is_sound(span, run):
        raise Refused(messages.INVALID_TEXT, text=written[:50])
    return span


def _read(value: Read | None, written: str) -> Read:
    if value is None:
        raise Refused(messages.INVALID_TEXT, text=written[:50])
    return value


def _zone(moment: dt.time | dt.datetime) -> object:
    name = temporal.zone_name(moment)
    return name if name is not None else moment.utcoffset()


def _range_end(written: str) -> Value:
    if not written:
        return None
    if _RANGE_TEXT.fullmatch(written):
        return written[1:-1]
    if _RANGE_NUMBER.fullmatch(written):
        return DECIMALS.create_decimal(written)
    found = _RANGE_TEMPORAL.fullmatch(written)
    value = temporal.parse_at(found[1] or found[2] or "") if found else None
    if value is None:
        raise Refused(messages.INVALID_TEXT, text=written[:50])
    return value


def _is_sound(span: Range, run: Run) -> bool:
    """An open end cannot be included, one end is needed, and two must be in order."""
    if span.start is None or span.end is None:
        included = span.start_included if span.start is None else span.end_included
        return not included and not (span.start is None and span.end is None)
    order = compare.order(span.start, span.end, run)
    return order is not None and order <= 0

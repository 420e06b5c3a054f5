"""Conversions between types, not() and is() (DMN 1.5 tables 64, 65 and 72)."""

# ruff: noqa: D103  the table of the standard named above describes each function

import datetime as dt
import re
from decimal import Decimal
from typing import NoReturn

from engine.feel import compare, limits, messages, temporal, text, timeline
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
from engine.feel.wide import Date, DateTime, Days, Time

_NUMBER = re.compile(r"-?(\d+(\.\d+)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_LONGEST_RANGE = 1_000  # characters; the pattern takes quadratic time on texts with many dots
_RANGE = re.compile(r"([\[(\]])(.*)\.\.(.*)([\])\[])", re.S)
_RANGE_TEXT = re.compile(r'"(?:\\.|[^"\\])*"', re.S)
_RANGE_NUMBER = re.compile(r"-?(\d+(\.\d+)?|\.\d+)", re.ASCII)
_RANGE_TEMPORAL = re.compile(r'@"([^"]*)"|(?:date and time|date|time|duration)\s*\(\s*"([^"]*)"\s*\)')


@builtin("date", "from")
def date(value: Value) -> Date:
    found = kind(of_kind(value, STRING, DATE, DATE_TIME))
    if found == STRING:
        return temporal.parse_date(string(value)) or _refuse(string(value))
    moment = day(value)
    return timeline.date(moment.year, moment.month, moment.day)


@builtin("date", "year, month, day")
def date_of_parts(year: Value, month: Value, day_of_month: Value) -> Date:
    return timeline.date(integer(year), integer(month), integer(day_of_month))


@builtin("time", "from")
def time(value: Value) -> Time:
    value = of_kind(value, STRING, TIME, DATE, DATE_TIME)
    found = kind(value)
    if found == STRING:
        return temporal.parse_time(value.removeprefix("T")) or _refuse(value)
    if found == DATE:
        return timeline.time(0, dt.UTC)
    return timeline.time(timeline.clock(value), value.tzinfo)


@builtin("time", "hour, minute, second, offset?")
def time_of_parts(hour: Value, minute: Value, second: Value, offset: Value = None) -> Time:
    hours, minutes, seconds = integer(hour), integer(minute), number(second)
    if not (0 <= hours < 24 and 0 <= minutes < 60 and 0 <= seconds < 60):
        raise Refused
    clock = (hours * 60 + minutes) * 60 * timeline.SECOND + int(DECIMALS.scaleb(seconds, 9))
    return timeline.time(clock, None if offset is None else _zone_of(of_kind(offset, DAYS)))


@builtin("date and time", "from")
def date_and_time(value: Value) -> DateTime:
    value = of_kind(value, STRING, DATE, DATE_TIME)
    found = kind(value)
    if found == STRING:
        return temporal.parse_date_time(value) or _refuse(value)
    moment: DateTime = timeline.utc_midnight(value) if found == DATE else value
    return moment


@builtin("date and time", "date, time")
def date_and_time_of_parts(date_part: Value, time_part: Value) -> DateTime:
    clock: Time = of_kind(time_part, TIME)
    return timeline.date_time(timeline.ordinal(day(date_part)), timeline.clock(clock), clock.tzinfo)


@builtin("number", "from")
def to_number(value: Value) -> Decimal:
    written = string(value)
    if not _NUMBER.fullmatch(written):
        _refuse(written)
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
def duration(value: Value) -> Days | YearsMonths:
    value = of_kind(value, STRING, DAYS, MONTHS)
    if not isinstance(value, str):
        already: Days | YearsMonths = value
        return already
    found: Days | YearsMonths | None = temporal.parse_duration(value)
    return _refuse(value) if found is None else found


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
    if kind(left) in (TIME, DATE_TIME):
        same_zone = (left.tzinfo is None) == (right.tzinfo is None) and _zone(left) == _zone(right)
        same_day = kind(left) == TIME or timeline.ordinal(left) == timeline.ordinal(right)
        return same_zone and same_day and timeline.clock(left) == timeline.clock(right)
    return compare.equal(left, right, run) is True


@builtin("range", "from", with_run=True)
def to_range(run: Run, value: Value) -> Range:
    written = string(value).strip()
    found = _RANGE.fullmatch(written) if len(written) <= _LONGEST_RANGE else None
    if not found:
        _refuse(written)
    start, end = _range_end(found[2].strip()), _range_end(found[3].strip())
    span = Range(start, end, found[1] == "[", found[4] == "]")
    if not _is_sound(span, run):
        _refuse(written)
    return span


def _refuse(written: str) -> NoReturn:
    raise Refused(messages.INVALID_TEXT, text=written[:50])


def _zone(moment: Time | DateTime) -> object:
    name = timeline.zone_name(moment)
    return name if name is not None else timeline.offset(moment)


def _zone_of(offset: Days) -> dt.timezone:
    if not isinstance(offset, dt.timedelta) or abs(offset) > temporal.LARGEST_OFFSET:
        raise Refused
    return dt.timezone(offset)


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
        _refuse(written)
    return value


def _is_sound(span: Range, run: Run) -> bool:
    """An open end cannot be included, one end is needed, and two must be in order."""
    if span.start is None or span.end is None:
        included = span.start_included if span.start is None else span.end_included
        return not included and not (span.start is None and span.end is None)
    order = compare.order(span.start, span.end, run) if kind(span.start) == kind(span.end) else None
    return order is not None and order <= 0

"""FEEL values as text: what the built-in function string() gives (DMN 1.5 table 68)."""

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal

from engine.feel import limits, timeline
from engine.feel.values import (
    BOOLEAN,
    CONTEXT,
    DATE,
    DATE_TIME,
    DAYS,
    LIST,
    MONTHS,
    NULL,
    NUMBER,
    RANGE,
    STRING,
    TIME,
    Range,
    Value,
    YearsMonths,
    kind,
)
from engine.feel.wide import Date, DateTime, Days, Time

_PLAIN_KEY = re.compile(r"\w[\w ]*")


class TextTooLong(Exception):
    """The text would be longer than a string may be."""


def write(value: Value) -> str | None:
    """The value as text, None for a function. Raises TextTooLong instead of building a text beyond the limit."""
    if isinstance(value, str):
        return value
    writer = _Writer()
    writer.write(value)
    return None if writer.unwritable else "".join(writer.parts)


def write_number(number: Decimal) -> str:
    """A number without exponent and without trailing zeros."""
    written = format(number, "f")
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    return "0" if written in ("-0", "") else written


def write_date(day: Date | DateTime) -> str:
    """The date in ISO 8601; years of fewer than four digits are filled up."""
    return f"{'-' if day.year < 0 else ''}{abs(day.year):04d}-{day.month:02d}-{day.day:02d}"


def write_time(time: Time | DateTime, named: bool = True) -> str:
    """The time of day with its offset (Z, +08:00) or, if `named`, its zone (@Asia/Shanghai)."""
    fraction = _fraction(timeline.nanosecond(time))
    return f"{time.hour:02d}:{time.minute:02d}:{time.second:02d}{fraction}{_write_zone(time, named)}"


def write_duration(duration: Days | YearsMonths) -> str:
    """A duration in ISO 8601."""
    return _write_months(duration) if isinstance(duration, YearsMonths) else _write_days(duration)


class _Writer:
    """Collects parts and their length, so that a shared, nested list cannot grow into an endless text."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.unwritable = False

    def write(self, value: Value) -> None:
        found = kind(value)
        if found == LIST:
            self.write_list(value)
        elif found == CONTEXT:
            self.write_context(value)
        elif found == RANGE:
            self.write_range(value)
        elif found in _SCALARS:
            self.put(_SCALARS[found](value))
        else:
            self.unwritable = True

    def put(self, part: str) -> None:
        self.length += len(part)
        if self.length > limits.STRING or len(self.parts) > limits.PARTS:
            raise TextTooLong
        self.parts.append(part)

    def write_list(self, items: list[Value]) -> None:
        self.put("[")
        for index, item in enumerate(items):
            self.put(", " if index else "")
            self.write(item)
        self.put("]")

    def write_context(self, entries: dict[str, Value]) -> None:
        self.put("{")
        for index, (key, item) in enumerate(entries.items()):
            self.put(", " if index else "")
            self.put((key if _PLAIN_KEY.fullmatch(key) else _quote(key)) + ": ")
            self.write(item)
        self.put("}")

    def write_range(self, span: Range) -> None:
        self.put("[" if span.start_included else "(")
        self.write(span.start)
        self.put("..")
        self.write(span.end)
        self.put("]" if span.end_included else ")")


def _quote(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _fraction(nanoseconds: int) -> str:
    return "." + f"{nanoseconds:09d}".rstrip("0") if nanoseconds else ""


def _write_zone(time: Time | DateTime, named: bool) -> str:
    if time.tzinfo is None:
        return ""
    name = timeline.zone_name(time)
    offset = timeline.offset(time)
    if name is not None and (named or offset is None):  # a named zone without a date has no offset to write
        return "@" + name
    if not offset:
        return "Z"
    seconds = int(abs(offset).total_seconds())
    sign = "-" if offset < dt.timedelta(0) else "+"
    tail = f":{seconds % 60:02d}" if seconds % 60 else ""
    return f"{sign}{seconds // 3600:02d}:{seconds // 60 % 60:02d}{tail}"


def _write_days(duration: Days) -> str:
    size = timeline.nanoseconds(duration)
    total, fraction = divmod(abs(size), timeline.SECOND)
    hours, minutes, seconds = total // 3600 % 24, total // 60 % 60, total % 60
    time = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    if seconds or fraction:
        time += f"{seconds}{_fraction(fraction)}S"
    days = total // 86_400
    body = (f"{days}D" if days else "") + (f"T{time}" if time else "")
    return ("-" if size < 0 else "") + "P" + (body or "T0S")


def _write_months(duration: YearsMonths) -> str:
    years, months = divmod(abs(duration.months), 12)
    body = (f"{years}Y" if years else "") + (f"{months}M" if months else "")
    return ("-" if duration.months < 0 else "") + "P" + (body or "0M")


_SCALARS: dict[str, Callable[[Value], str]] = {
    NULL: lambda _: "null",
    BOOLEAN: lambda value: "true" if value else "false",
    NUMBER: write_number,
    STRING: _quote,
    DATE: write_date,
    TIME: write_time,
    DATE_TIME: lambda value: f"{write_date(value)}T{write_time(value)}",
    DAYS: _write_days,
    MONTHS: _write_months,
}

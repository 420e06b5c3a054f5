"""Reading an entry of a context or a property of a value: a.b (DMN 1.5 table 62)."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

from engine.feel import messages, timeline
from engine.feel.run import Run
from engine.feel.values import (
    CONTEXT,
    DATE,
    DATE_TIME,
    DAYS,
    LABELS_ZH,
    LIST,
    MONTHS,
    RANGE,
    TIME,
    Range,
    Value,
    kind,
)

Property = Callable[[Value], Value]


def read(value: Value, name: str, run: Run, at: int) -> Value:
    """The entry called `name`, null with a warning when there is none; of a list, the list of its items' entries."""
    if value is None:
        return None
    found = kind(value)
    if found == CONTEXT and name in value:
        return value[name]
    if found == LIST:
        run.spend(2 + len(value) // 2)
        return run.made([read(item, name, run, at) for item in value])
    if name in _PROPERTIES.get(found, {}):
        return _PROPERTIES[found][name](value)
    run.warn(messages.UNKNOWN_ENTRY, at, name=name, kind=LABELS_ZH[found], kind_en=found)
    return None


def _whole(attribute: str) -> Property:
    return lambda value: Decimal(getattr(value, attribute))


def _part(unit: int, cycle: int | None = None) -> Property:
    """A part of a days and time duration counted in `unit` seconds, with the sign of the duration."""

    def property_of(duration: Value) -> Decimal:
        count = _quotient(timeline.nanoseconds(duration), unit * timeline.SECOND)
        return Decimal(_remainder(count, cycle) if cycle else count)

    return property_of


def _seconds(nanoseconds: int) -> Decimal:
    """Seconds with their fraction, if there is one."""
    whole, fraction = _quotient(nanoseconds, timeline.SECOND), _remainder(nanoseconds, timeline.SECOND)
    return Decimal(nanoseconds).scaleb(-9).normalize() if fraction else Decimal(whole)


def _quotient(number: int, divisor: int) -> int:
    return -(-number // divisor) if number < 0 else number // divisor


def _remainder(number: int, divisor: int) -> int:
    return number - _quotient(number, divisor) * divisor


def _months(part: Callable[[int], int]) -> Property:
    return lambda value: Decimal((-1 if value.months < 0 else 1) * part(abs(value.months)))


def _end(attribute: str, of_unequal: bool | None) -> Property:
    """One end of a range; a range written (!= x) has none."""

    def property_of(span: Range) -> Value:
        return of_unequal if span.operator == "!=" else getattr(span, attribute)

    return property_of


_DAY: dict[str, Property] = {
    "year": _whole("year"),
    "month": _whole("month"),
    "day": _whole("day"),
    "weekday": lambda value: Decimal(timeline.weekday(value)),
}
_CLOCK: dict[str, Property] = {
    "hour": _whole("hour"),
    "minute": _whole("minute"),
    "second": lambda value: _seconds(value.second * timeline.SECOND + timeline.nanosecond(value)),
    "time offset": timeline.offset,
    "timezone": timeline.zone_name,
}
_MIDNIGHT: dict[str, Property] = {
    "hour": lambda _: Decimal(0),
    "minute": lambda _: Decimal(0),
    "second": lambda _: Decimal(0),
    "time offset": lambda _: dt.timedelta(0),
    "timezone": lambda _: None,
}
_PROPERTIES: dict[str, dict[str, Property]] = {
    DATE: {**_DAY, **_MIDNIGHT},
    DATE_TIME: {**_DAY, **_CLOCK},
    TIME: _CLOCK,
    DAYS: {
        "days": _part(86_400),
        "hours": _part(3600, 24),
        "minutes": _part(60, 60),
        "seconds": lambda value: _seconds(_remainder(timeline.nanoseconds(value), 60 * timeline.SECOND)),
    },
    MONTHS: {"years": _months(lambda months: months // 12), "months": _months(lambda months: months % 12)},
    RANGE: {
        "start": _end("start", None),
        "end": _end("end", None),
        "start included": _end("start_included", False),
        "end included": _end("end_included", False),
    },
}

"""Reading an entry of a context or a property of a value: a.b (DMN 1.5 table 62)."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

from engine.feel import messages, temporal
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


def _sign(duration: dt.timedelta) -> int:
    return -1 if duration < dt.timedelta(0) else 1


def _part(unit: int, cycle: int) -> Property:
    """A part of the seconds of a duration, with the sign of the duration."""
    return lambda value: Decimal(_sign(value) * (abs(value).seconds // unit % cycle))


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
    "weekday": lambda value: Decimal(value.isoweekday()),
}
_CLOCK: dict[str, Property] = {
    "hour": _whole("hour"),
    "minute": _whole("minute"),
    "second": _whole("second"),
    "time offset": lambda value: value.utcoffset(),
    "timezone": temporal.zone_name,
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
        "days": lambda value: Decimal(_sign(value) * abs(value).days),
        "hours": _part(3600, 24),
        "minutes": _part(60, 60),
        "seconds": _part(1, 60),
    },
    MONTHS: {"years": _months(lambda months: months // 12), "months": _months(lambda months: months % 12)},
    RANGE: {
        "start": _end("start", None),
        "end": _end("end", None),
        "start included": _end("start_included", False),
        "end included": _end("end_included", False),
    },
}

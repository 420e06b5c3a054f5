"""Dates, times and durations that Python's datetime cannot hold: years outside 1 to 9999, parts of a microsecond.

A value that datetime can hold is always held by it (timeline.py makes both), so every value has one form, `==` needs no
conversion, and who embeds FEEL meets these types only where datetime has nothing to offer.
"""

import datetime as dt
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class WideDate:
    """A day of the Gregorian calendar carried on in both directions; the year before 1 is 0, before that -1."""

    year: int
    month: int
    day: int


@dataclass(frozen=True, slots=True)
class WideTime:
    """A time of day; `tzinfo` None means that no zone was given."""

    hour: int
    minute: int
    second: int
    nanosecond: int
    tzinfo: dt.tzinfo | None


@dataclass(frozen=True, slots=True)
class WideDateTime:
    """A day and a time of day."""

    year: int
    month: int
    day: int
    hour: int
    minute: int
    second: int
    nanosecond: int
    tzinfo: dt.tzinfo | None


@dataclass(frozen=True, slots=True)
class WideDays:
    """A days and time duration, in nanoseconds; negative when it points back."""

    nanoseconds: int


Date: TypeAlias = dt.date | WideDate
Time: TypeAlias = dt.time | WideTime
DateTime: TypeAlias = dt.datetime | WideDateTime
Days: TypeAlias = dt.timedelta | WideDays

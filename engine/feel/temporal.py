"""Dates, times and durations from ISO 8601 text (DMN 1.5 section 10.3.4.1).

A parser returns None when the text is not valid. What is smaller than a nanosecond is cut off.
"""

import datetime as dt
import re
from zoneinfo import ZoneInfo

from engine.feel import timeline
from engine.feel.timeline import utc_midnight as utc_midnight
from engine.feel.values import YearsMonths
from engine.feel.wide import Date, DateTime, Days, Time

LARGEST_OFFSET = dt.timedelta(hours=18)

_DATE = re.compile(r"(-?(?:\d{4}|[1-9]\d{4,8}))-(\d{2})-(\d{2})", re.ASCII)
_ZONE = r"Z|[+-]\d{2}:\d{2}(?::\d{2})?|@[A-Za-z0-9_+\-]+(?:/[A-Za-z0-9_+\-]+)*"
_TIME = re.compile(rf"(\d{{2}}):(\d{{2}}):(\d{{2}})(?:\.(\d+))?({_ZONE})?", re.ASCII)
_DAYS = re.compile(r"(-)?P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d*))?S)?)?", re.ASCII)
_MONTHS = re.compile(r"(-)?P(?:(\d+)Y)?(?:(\d+)M)?", re.ASCII)
_LONGEST_NUMBER = 18  # digits: a duration beyond this cannot be held, and int() of a huge text is slow


def parse_date(text: str) -> Date | None:
    """A date from "2024-02-29"; years have at least four digits and may be negative."""
    found = _DATE.fullmatch(text)
    try:
        return timeline.date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def parse_time(text: str) -> Time | None:
    """A time from "08:30:00", with an optional fraction and an optional offset, Z or @Zone/Name."""
    found = _TIME.fullmatch(text)
    if not found:
        return None
    hour, minute, second = int(found[1]), int(found[2]), int(found[3])
    if hour > 23 or minute > 59 or second > 59:
        return None
    try:
        zone = _zone(found[5])
    except (ValueError, KeyError, OSError):  # the last two: no such time zone in the database
        return None
    return timeline.time(((hour * 60 + minute) * 60 + second) * timeline.SECOND + _nanoseconds(found[4]), zone)


def parse_date_time(text: str) -> DateTime | None:
    """A date and time from "2024-02-29T08:30:00Z"; a date alone means midnight; hour 24 is the next midnight."""
    day_text, mark, time_text = text.partition("T")
    day = parse_date(day_text)
    if day is None:
        return None
    if not mark:
        return timeline.date_time(timeline.ordinal(day), 0, None)
    at_end = time_text.startswith("24:00:00")
    time = parse_time("00" + time_text[2:] if at_end else time_text)
    if time is None or (at_end and timeline.clock(time)):
        return None
    try:
        return timeline.date_time(timeline.ordinal(day) + at_end, timeline.clock(time), time.tzinfo)
    except ValueError:  # the midnight after the last day
        return None


def parse_duration(text: str) -> Days | YearsMonths | None:
    """A duration: years and months from "P1Y6M", days and time from "P3DT4H"."""
    if any(len(digits) > _LONGEST_NUMBER for digits in re.findall(r"\d+", text.partition(".")[0])):
        return None
    found = _MONTHS.fullmatch(text)
    if found and (found[2] or found[3]):
        months = int(found[2] or 0) * 12 + int(found[3] or 0)
        return YearsMonths(-months if found[1] else months)
    return _parse_days(text)


def parse_at(text: str) -> Date | Time | DateTime | Days | YearsMonths | None:
    """The value of @"…": which kind is decided by the shape of the text."""
    if text.startswith(("P", "-P")):
        return parse_duration(text)
    if "T" in text:
        return parse_date_time(text)
    return parse_time(text) if ":" in text else parse_date(text)


def _zone(text: str | None) -> dt.tzinfo | None:
    if text is None:
        return None
    if text == "Z":
        return dt.UTC
    if text[0] == "@":
        return ZoneInfo(text[1:])
    hours, minutes, *seconds = (int(part) for part in text[1:].split(":"))
    offset = dt.timedelta(hours=hours, minutes=minutes, seconds=seconds[0] if seconds else 0)
    if minutes > 59 or offset > LARGEST_OFFSET:
        raise ValueError("offset out of range")
    return dt.timezone(-offset if text[0] == "-" else offset)


def _nanoseconds(fraction: str | None) -> int:
    return int((fraction or "0")[:9].ljust(9, "0"))


def _parse_days(text: str) -> Days | None:
    found = _DAYS.fullmatch(text)
    if not found or not any(found[part] for part in (2, 3, 4, 5)) or text.endswith("T"):
        return None
    days, hours, minutes, seconds = (int(found[part] or 0) for part in (2, 3, 4, 5))
    size = (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * timeline.SECOND + _nanoseconds(found[6])
    try:
        return timeline.days(-size if found[1] else size)
    except OverflowError:
        return None

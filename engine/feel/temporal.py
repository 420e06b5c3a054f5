"""Dates, times and durations from ISO 8601 text (DMN 1.5 section 10.3.4.1), and moving them.

A parser returns None when the text is not valid. Years outside 1..9999 and parts of a microsecond are not supported:
the former are refused as invalid, the latter cut off.
"""

import datetime as dt
import re
from decimal import Decimal
from zoneinfo import ZoneInfo

from engine.feel.values import YearsMonths

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_ZONE = r"Z|[+-]\d{2}:\d{2}(?::\d{2})?|@[A-Za-z0-9_+\-]+(?:/[A-Za-z0-9_+\-]+)*"
_TIME = re.compile(rf"(\d{{2}}):(\d{{2}}):(\d{{2}})(?:\.(\d+))?({_ZONE})?", re.ASCII)
_DAYS = re.compile(r"(-)?P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d*))?S)?)?", re.ASCII)
_MONTHS = re.compile(r"(-)?P(?:(\d+)Y)?(?:(\d+)M)?", re.ASCII)
_LARGEST_OFFSET = dt.timedelta(hours=18)
_LONGEST_NUMBER = 18  # digits: a duration beyond this cannot be held, and int() of a huge text is slow
MICROSECOND = dt.timedelta(microseconds=1)


def parse_date(text: str) -> dt.date | None:
    """A date from "2024-02-29"."""
    found = _DATE.fullmatch(text)
    try:
        return dt.date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def parse_time(text: str) -> dt.time | None:
    """A time from "08:30:00", with an optional fraction and an optional offset, Z or @Zone/Name."""
    found = _TIME.fullmatch(text)
    if not found:
        return None
    try:
        zone = _zone(found[5])
        return dt.time(int(found[1]), int(found[2]), int(found[3]), _microseconds(found[4]), tzinfo=zone)
    except (ValueError, KeyError, OSError):  # the last two: no such time zone in the database
        return None


def parse_date_time(text: str) -> dt.datetime | None:
    """A date and time from "2024-02-29T08:30:00Z"; a date alone means midnight; hour 24 is the next midnight."""
    day_text, mark, time_text = text.partition("T")
    day = parse_date(day_text)
    if day is None:
        return None
    if not mark:
        return dt.datetime(day.year, day.month, day.day)
    time = parse_time(time_text)
    if time is None and time_text.startswith("24:00:00"):
        time = parse_time("00" + time_text[2:])
        return None if time is None or time.microsecond else _next_day(day, time)
    return None if time is None else dt.datetime.combine(day, time)


def parse_duration(text: str) -> dt.timedelta | YearsMonths | None:
    """A duration: YearsMonths from "P1Y6M", timedelta from "P3DT4H"."""
    if any(len(digits) > _LONGEST_NUMBER for digits in re.findall(r"\d+", text.partition(".")[0])):
        return None
    found = _MONTHS.fullmatch(text)
    if found and (found[2] or found[3]):
        months = int(found[2] or 0) * 12 + int(found[3] or 0)
        return YearsMonths(-months if found[1] else months)
    return _parse_days(text)


def parse_at(text: str) -> dt.date | dt.time | dt.timedelta | YearsMonths | None:
    """The value of @"…": which kind is decided by the shape of the text."""
    if text.startswith(("P", "-P")):
        return parse_duration(text)
    if "T" in text:
        return parse_date_time(text)
    return parse_time(text) if ":" in text else parse_date(text)


def add_months(moment: dt.date, months: int) -> dt.date | None:
    """The moment `months` later; the 31st becomes the last day of a shorter month. Works for date and datetime."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    first_of_next = dt.date(year + (month == 11), (month + 1) % 12 + 1, 1) if (year, month) != (9999, 11) else None
    last_day = (first_of_next - dt.timedelta(days=1)).day if first_of_next else 31
    return moment.replace(year=year, month=month + 1, day=min(moment.day, last_day))


def microseconds(duration: dt.timedelta) -> Decimal:
    """A days and time duration as a whole number of microseconds."""
    return Decimal(duration // MICROSECOND)


def microseconds_of_day(time: dt.time | dt.datetime) -> int:
    """Microseconds since midnight on the wall clock of `time`."""
    return ((time.hour * 60 + time.minute) * 60 + time.second) * 1_000_000 + time.microsecond


def utc_midnight(day: dt.date) -> dt.datetime:
    """A date as date and time: FEEL takes it as midnight UTC (DMN 1.5 table 55)."""
    return dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)


def without_zone(moment: dt.datetime) -> dt.datetime:
    """An aware moment as naive UTC, a naive one as it is."""
    offset = moment.utcoffset()
    return moment if offset is None else moment.replace(tzinfo=None) - offset


def zone_name(moment: dt.time | dt.datetime) -> str | None:
    """The name of the time zone, None when there is none or only an offset."""
    return moment.tzinfo.key if isinstance(moment.tzinfo, ZoneInfo) else None


def _zone(text: str | None) -> dt.tzinfo | None:
    if text is None:
        return None
    if text == "Z":
        return dt.UTC
    if text[0] == "@":
        return ZoneInfo(text[1:])
    hours, minutes, *seconds = (int(part) for part in text[1:].split(":"))
    offset = dt.timedelta(hours=hours, minutes=minutes, seconds=seconds[0] if seconds else 0)
    if minutes > 59 or offset > _LARGEST_OFFSET:
        raise ValueError("offset out of range")
    return dt.timezone(-offset if text[0] == "-" else offset)


def _microseconds(fraction: str | None) -> int:
    return int((fraction or "0")[:6].ljust(6, "0"))


def _next_day(day: dt.date, time: dt.time) -> dt.datetime | None:
    try:
        return dt.datetime.combine(day + dt.timedelta(days=1), time)
    except OverflowError:
        return None


def _parse_days(text: str) -> dt.timedelta | None:
    found = _DAYS.fullmatch(text)
    if not found or not any(found[part] for part in (2, 3, 4, 5)) or text.endswith("T"):
        return None
    days, hours, minutes, seconds = (int(found[part] or 0) for part in (2, 3, 4, 5))
    try:
        duration = dt.timedelta(
            days=days, hours=hours, minutes=minutes, seconds=seconds, microseconds=_microseconds(found[6])
        )
    except OverflowError:
        return None
    return -duration if found[1] else duration

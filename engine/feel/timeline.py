"""Dates, times and durations as whole numbers, so that those of datetime and the wide ones compute alike.

A day is its ordinal (1 for 0001-01-01, 0 for the day before), a time of day and a duration are nanoseconds. Whatever
is made here is a datetime value when datetime can hold it. Beyond, the calendar repeats every 400 years, so datetime
still does the work, in a year it knows. ValueError or OverflowError when a value is beyond what FEEL can hold.
"""

import datetime as dt
from zoneinfo import ZoneInfo

from engine.feel import limits
from engine.feel.values import YearsMonths
from engine.feel.wide import Date, DateTime, Days, Time, WideDate, WideDateTime, WideDays, WideTime

SECOND = 1_000_000_000
DAY = 86_400 * SECOND

_CYCLE_YEARS = 400
_CYCLE_DAYS = 146_097
_LAST_DAY = dt.date.max.toordinal()
_SHORTEST, _LONGEST = (one // dt.timedelta(microseconds=1) for one in (dt.timedelta.min, dt.timedelta.max))
# Where a zone is asked about years datetime does not have: before all its changes, and under its lasting rules.
_EARLY, _LATE = 400, 9200


def date(year: int, month: int, day: int) -> Date:
    """The day of a year, month and day."""
    if 1 <= year <= dt.MAXYEAR:
        return dt.date(year, month, day)
    _check_year(year)
    known = dt.date(_alike(year, 0), month, day)
    return WideDate(year, known.month, known.day)


def date_at(ordinal: int) -> Date:
    """The day with an ordinal."""
    if 1 <= ordinal <= _LAST_DAY:
        return dt.date.fromordinal(ordinal)
    cycles, rest = divmod(ordinal - 1, _CYCLE_DAYS)
    known = dt.date.fromordinal(rest + 1)
    return date(known.year + cycles * _CYCLE_YEARS, known.month, known.day)


def ordinal(day: Date | DateTime) -> int:
    """The ordinal of a day."""
    if isinstance(day, dt.date):
        return day.toordinal()
    known = _alike(day.year, 0)
    return dt.date(known, day.month, day.day).toordinal() + (day.year - known) // _CYCLE_YEARS * _CYCLE_DAYS


def weekday(day: Date | DateTime) -> int:
    """1 for Monday to 7 for Sunday."""
    return (ordinal(day) - 1) % 7 + 1


def day_of_year(day: Date | DateTime) -> int:
    """1 for 1 January."""
    return ordinal(day) - ordinal(date(day.year, 1, 1)) + 1


def week_of_year(day: Date | DateTime) -> int:
    """The ISO 8601 week: it belongs to the year its Thursday lies in."""
    thursday = ordinal(day) - weekday(day) + 4
    return (day_of_year(dt.date(_alike(day.year, 0), 1, 4)) - 4 + _days_into_year(day, thursday)) // 7 + 1


def time(nanoseconds: int, zone: dt.tzinfo | None) -> Time:
    """The time of day so long after midnight."""
    hour, minute, second, fraction = _clock(nanoseconds)
    if fraction % 1000:
        return WideTime(hour, minute, second, fraction, zone)
    return dt.time(hour, minute, second, fraction // 1000, tzinfo=zone)


def date_time(ordinal: int, nanoseconds: int, zone: dt.tzinfo | None) -> DateTime:
    """The moment so long after midnight of a day, on the clock of the zone."""
    day = date_at(ordinal)
    hour, minute, second, fraction = _clock(nanoseconds)
    if fraction % 1000 or isinstance(day, WideDate):
        return WideDateTime(day.year, day.month, day.day, hour, minute, second, fraction, zone)
    return dt.datetime(day.year, day.month, day.day, hour, minute, second, fraction // 1000, tzinfo=zone)


def midnight(day: Date) -> DateTime:
    """A date as date and time: FEEL takes it as midnight UTC (DMN 1.5 table 55)."""
    return date_time(ordinal(day), 0, dt.UTC)


def clock(moment: Time | DateTime) -> int:
    """Nanoseconds since midnight on the clock of the value itself."""
    return ((moment.hour * 60 + moment.minute) * 60 + moment.second) * SECOND + nanosecond(moment)


def nanosecond(moment: Time | DateTime) -> int:
    """The part of a second, in nanoseconds."""
    return moment.nanosecond if isinstance(moment, WideTime | WideDateTime) else moment.microsecond * 1000


def offset(moment: Time | DateTime) -> dt.timedelta | None:
    """How far the clock is ahead of UTC; None without a zone, and for a time in a named zone: it depends on the day."""
    if isinstance(moment, dt.time | dt.datetime):
        return moment.utcoffset()
    if moment.tzinfo is None or isinstance(moment, WideTime):
        return moment.tzinfo and moment.tzinfo.utcoffset(None)
    known = dt.datetime(_known_to_zones(moment.year), moment.month, moment.day, moment.hour, moment.minute)
    return moment.tzinfo.utcoffset(known)


def zone_name(moment: Time | DateTime) -> str | None:
    """The name of the time zone, None when there is none or only an offset."""
    return moment.tzinfo.key if isinstance(moment.tzinfo, ZoneInfo) else None


def instant(moment: Time | DateTime) -> int:
    """Nanoseconds from a fixed moment, in UTC where a zone is known; of a time, from midnight."""
    ahead = offset(moment)
    wall = clock(moment) - (nanoseconds(ahead) if ahead else 0)
    return wall if isinstance(moment, dt.time | WideTime) else ordinal(moment) * DAY + wall


def at(instant: int, zone: dt.tzinfo) -> DateTime:
    """The moment of an instant, on the clock of the zone."""
    utc = date_time(*divmod(instant, DAY), dt.UTC)
    year = _known_to_zones(utc.year)
    if year == utc.year and isinstance(utc, dt.datetime):
        return utc.astimezone(zone)
    known = dt.datetime(year, utc.month, utc.day, utc.hour, utc.minute, utc.second, tzinfo=dt.UTC)
    ahead = known.astimezone(zone).utcoffset()
    return date_time(*divmod(instant + nanoseconds(ahead or dt.timedelta(0)), DAY), zone)


def nanoseconds(duration: Days) -> int:
    """A days and time duration in nanoseconds."""
    if isinstance(duration, WideDays):
        return duration.nanoseconds
    return (duration.days * 86_400 + duration.seconds) * SECOND + duration.microseconds * 1000


def days(nanoseconds: int) -> Days:
    """The days and time duration of so many nanoseconds."""
    micro, rest = divmod(nanoseconds, 1000)
    if not rest and _SHORTEST <= micro <= _LONGEST:
        return dt.timedelta(microseconds=micro)
    if abs(nanoseconds) > limits.DURATION:
        raise OverflowError("duration out of range")
    return WideDays(nanoseconds)


def months(months: int) -> YearsMonths:
    """The years and months duration of so many months."""
    if abs(months) > limits.DURATION:
        raise OverflowError("duration out of range")
    return YearsMonths(months)


def add_months(moment: Date | DateTime, months: int) -> Date | DateTime:
    """The date, or date and time, `months` later; the 31st becomes the last day of a shorter month."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    first_of_next = date(year + (month == 11), (month + 1) % 12 + 1, 1) if year < limits.YEAR or month < 11 else None
    last_day = date_at(ordinal(first_of_next) - 1).day if first_of_next else 31
    day = date(year, month + 1, min(moment.day, last_day))
    if isinstance(moment, dt.datetime | WideDateTime):
        return date_time(ordinal(day), clock(moment), moment.tzinfo)
    return day


def _clock(nanoseconds: int) -> tuple[int, int, int, int]:
    """Hour, minute, second and nanosecond."""
    seconds, fraction = divmod(nanoseconds, SECOND)
    return seconds // 3600, seconds // 60 % 60, seconds % 60, fraction


def _check_year(year: int) -> None:
    if abs(year) > limits.YEAR:
        raise ValueError("year out of range")


def _alike(year: int, base: int) -> int:
    """The year from base + 1 to base + 400 with the same calendar."""
    return (year - 1) % _CYCLE_YEARS + 1 + base


def _known_to_zones(year: int) -> int:
    """The year itself, or one with the same calendar for which a zone can be asked."""
    if year <= _EARLY:
        return _alike(year, _EARLY)
    return year if year <= _LATE else _alike(year, _LATE)

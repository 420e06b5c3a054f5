"""Dates, times and durations as whole numbers, so that those of datetime and the wide ones compute alike.

A day is its ordinal (1 for 0001-01-01, 0 for the day before), a time of day and a duration are nanoseconds. Whatever
is made here is a datetime value when datetime can hold it. Beyond, the calendar repeats every 400 years, so datetime
still does the work, in a year it knows. ValueError or OverflowError when a value is beyond what FEEL can hold.
"""

import calendar
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
    if abs(year) > limits.YEAR:
        raise ValueError("year out of range")
    dt.date(_alike_year(year, _EARLY), month, day)  # refuses a day that does not exist
    return WideDate(year, month, day)


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
    known = _alike(day)
    return known.toordinal() + (day.year - known.year) // _CYCLE_YEARS * _CYCLE_DAYS


def weekday(day: Date | DateTime) -> int:
    """1 for Monday to 7 for Sunday."""
    return _alike(day).isoweekday()


def day_of_year(day: Date | DateTime) -> int:
    """1 for 1 January."""
    return _alike(day).timetuple().tm_yday


def week_of_year(day: Date | DateTime) -> int:
    """The ISO 8601 week: it belongs to the year its Thursday lies in."""
    return _alike(day).isocalendar().week


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


def utc_midnight(day: Date) -> DateTime:
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
    if moment.tzinfo is None:
        return None
    if isinstance(moment, WideTime):
        return moment.tzinfo.utcoffset(None)
    known = dt.datetime(_known_to_zones(moment.year), moment.month, moment.day, moment.hour, moment.minute)
    return moment.tzinfo.utcoffset(known)


def zone_name(moment: Time | DateTime) -> str | None:
    """The name of the time zone, None when there is none or only an offset."""
    return moment.tzinfo.key if isinstance(moment.tzinfo, ZoneInfo) else None


def comparable(left: Time | DateTime, right: Time | DateTime) -> bool:
    """Whether it is known which is earlier: both have an offset, or both have none but are in the same zone."""
    if (left.tzinfo is None) != (right.tzinfo is None):
        return False
    if left.tzinfo is None:
        return True
    known = (offset(left) is not None, offset(right) is not None)
    return all(known) or (not any(known) and left.tzinfo == right.tzinfo)


def instant(moment: Time | DateTime) -> int:
    """Nanoseconds from a fixed moment, in UTC where a zone is known; of a time, from midnight."""
    ahead = offset(moment)
    return wall(moment) - (nanoseconds(ahead) if ahead else 0)


def wall(moment: Time | DateTime) -> int:
    """The same on the clock of the value itself, whatever its zone."""
    return clock(moment) if isinstance(moment, dt.time | WideTime) else ordinal(moment) * DAY + clock(moment)


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
    last_day = calendar.monthrange(_alike_year(year, _EARLY), month + 1)[1]
    day = date(year, month + 1, min(moment.day, last_day))
    if isinstance(moment, dt.datetime | WideDateTime):
        return date_time(ordinal(day), clock(moment), moment.tzinfo)
    return day


def narrowed(value: object) -> dt.date | dt.time | dt.timedelta | None:
    """What datetime can hold of a value: parts of a microsecond are cut off. None for what is no such value."""
    if isinstance(value, WideDays):
        micro = abs(value.nanoseconds) // 1000
        return dt.timedelta(microseconds=-micro if value.nanoseconds < 0 else micro)
    if isinstance(value, WideTime):
        return _narrowed_time(value)
    if isinstance(value, WideDateTime):
        day = dt.date(value.year, value.month, value.day)
        return dt.datetime.combine(day, _narrowed_time(value))
    if isinstance(value, WideDate):
        return dt.date(value.year, value.month, value.day)
    return value if isinstance(value, dt.date | dt.time | dt.timedelta) else None


def _narrowed_time(value: WideTime | WideDateTime) -> dt.time:
    return dt.time(value.hour, value.minute, value.second, value.nanosecond // 1000, tzinfo=value.tzinfo)


def _clock(nanoseconds: int) -> tuple[int, int, int, int]:
    """Hour, minute, second and nanosecond."""
    seconds, fraction = divmod(nanoseconds, SECOND)
    return seconds // 3600, seconds // 60 % 60, seconds % 60, fraction


def _alike(day: Date | DateTime) -> dt.date:
    """The day itself, or one in a year datetime knows that has the same calendar."""
    return day if isinstance(day, dt.date) else dt.date(_alike_year(day.year, _EARLY), day.month, day.day)


def _alike_year(year: int, base: int) -> int:
    """The year from base + 1 to base + 400 with the same calendar."""
    return (year - 1) % _CYCLE_YEARS + 1 + base


def _known_to_zones(year: int) -> int:
    """The year itself, or one with the same calendar for which a zone can be asked."""
    if year <= _EARLY:
        return _alike_year(year, _EARLY)
    return year if year <= _LATE else _alike_year(year, _LATE)

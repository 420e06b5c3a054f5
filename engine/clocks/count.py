"""Counting a limit. Pure: start, pauses and calendar in, a due moment out.

《行政许可法》第八十二条: limits are counted in working days, without the legal holidays. 《民法典》第二百零一条: the
day a period begins on does not count; 第二百零三条: one whose last day is a holiday ends on the day after the holiday.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from engine.catalog.limits import Limit
from engine.clocks.calendar import Calendar
from engine.words import CITY, LimitUnit

_ONE = timedelta(days=1)


@dataclass(frozen=True)
class Pause:
    """An interval in which the clock stands still, and the ground it has in law; `until` None: it still does."""

    since: datetime
    until: datetime | None
    ground: str


@dataclass(frozen=True)
class Due:
    """When a limit ends: the last day, its last moment (UTC), and whether every day up to it was announced.

    An `hourly` one ends at a moment that has to be said; the others when their last day closes.
    """

    day: date
    moment: datetime
    certain: bool
    hourly: bool = False


def due(limit: Limit, start: datetime, calendar: Calendar, pauses: Iterable[Pause] = ()) -> Due | None:
    """When a limit that began at `start` ends; None while a pause is open and it can therefore not be said.

    A pause takes out the days after the one on which it begins, up to and with the one on which it ends. A limit never
    ends within a pause: if its last day has not closed when one begins, it ends on the day the clock goes on.
    """
    stops = merged(pauses)
    return _hours(limit, start, stops) if limit.unit is LimitUnit.HOURS else _days(limit, start, calendar, stops)


def used(limit: Limit, start: datetime, calendar: Calendar, now: datetime, pauses: Iterable[Pause] = ()) -> int:
    """How many of the limit's units are over at `now`; more than its number when it is overdue."""
    stops = merged(pauses)
    if limit.unit is LimitUnit.HOURS:
        return max(0, int((now - start - _paused(start, now, stops)) / timedelta(hours=1)))
    first, last = calendar.received(start), now.astimezone(CITY).date()
    if now < calendar.closes(last):
        last -= _ONE
    counted = (first + _ONE * n for n in range(1, (last - first).days + 1))
    return sum(_counts(limit, day, calendar) and not _stopped(day, stops) for day in counted)


def counted(limit: Limit, start: datetime, calendar: Calendar, pauses: Iterable[Pause] = ()) -> datetime | None:
    """When the last unit of a limit is used up, on whatever day that is; None while an open pause comes before it."""
    stops = merged(pauses)
    if limit.unit is LimitUnit.HOURS:
        found = _hours(limit, start, stops)
        return found.moment if found else None
    day = _last(limit, start, calendar, stops)
    return calendar.closes(day) if day else None


def merged(pauses: Iterable[Pause]) -> list[Pause]:
    """Pauses in order, those that touch made one: two grounds at once stop a clock once."""
    found: list[Pause] = []
    for pause in sorted(pauses, key=lambda p: p.since):
        if pause.until is not None and pause.until < pause.since:
            raise ValueError("a pause ends before it begins")
        if found and (found[-1].until is None or pause.since <= found[-1].until):
            last = found.pop()
            ends = None if last.until is None or pause.until is None else max(last.until, pause.until)
            pause = Pause(last.since, ends, last.ground)
        found.append(pause)
    return found


def _days(limit: Limit, start: datetime, calendar: Calendar, stops: Sequence[Pause]) -> Due | None:
    day = _last(limit, start, calendar, stops)
    last = day and _outside(calendar.next_worked(day), calendar, stops)
    if last is None:
        return None
    return Due(last, calendar.closes(last), _certain(calendar, start.astimezone(CITY).date(), last))


def _last(limit: Limit, start: datetime, calendar: Calendar, stops: Sequence[Pause]) -> date | None:
    """The day on which the last unit is counted; None while a pause that is open comes before it."""
    day, left = calendar.received(start), limit.amount
    while left:
        day += _ONE
        if _stands(day, stops):
            return None
        if _counts(limit, day, calendar) and not _stopped(day, stops):
            left -= 1
    return day


def _outside(last: date, calendar: Calendar, stops: Sequence[Pause]) -> date | None:
    """The last day, or the one on which the clock goes on if the day closes within a pause; None: nobody knows yet."""
    for stop in stops:
        closes = calendar.closes(last)
        if stop.since < closes and (stop.until is None or stop.until > closes):
            if stop.until is None:
                return None
            last = calendar.received(stop.until)
    return last


def _hours(limit: Limit, start: datetime, stops: Sequence[Pause]) -> Due | None:
    ends = start + timedelta(hours=limit.amount)
    for stop in stops:
        if stop.since >= ends:
            break
        if stop.until is None:
            return None
        ends += max(timedelta(0), stop.until - max(stop.since, start))
    return Due(ends.astimezone(CITY).date(), ends.astimezone(UTC), certain=True, hourly=True)


def _counts(limit: Limit, day: date, calendar: Calendar) -> bool:
    return limit.unit is LimitUnit.DAYS or calendar.worked(day)


def _stopped(day: date, stops: Sequence[Pause]) -> bool:
    """Whether a day is taken out by a pause."""
    return any(_day(stop.since) < day and (stop.until is None or day <= _day(stop.until)) for stop in stops)


def _stands(day: date, stops: Sequence[Pause]) -> bool:
    """Whether a day lies in a pause that is still open."""
    return any(stop.until is None and _day(stop.since) < day for stop in stops)


def _paused(start: datetime, now: datetime, stops: Sequence[Pause]) -> timedelta:
    spans = (min(stop.until or now, now) - max(stop.since, start) for stop in stops if stop.since < now)
    return sum((max(timedelta(0), span) for span in spans), timedelta(0))


def _certain(calendar: Calendar, first: date, last: date) -> bool:
    return all(calendar.day(first + _ONE * n).certain for n in range((last - first).days + 1))


def _day(moment: datetime) -> date:
    return moment.astimezone(CITY).date()

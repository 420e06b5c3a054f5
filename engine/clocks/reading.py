"""How a clock stands at a moment: the lamp people see, and when each share of a limit is used up."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from math import ceil

from engine.catalog.limits import Limit
from engine.clocks.calendar import Calendar
from engine.clocks.count import Due, Pause, counted, due, merged, used
from engine.words import Lamp, LimitUnit

SOON = {
    LimitUnit.WORKING_DAYS: 1,
    LimitUnit.DAYS: 1,
    LimitUnit.HOURS: 4,
}  # left of the limit when the lamp turns yellow


@dataclass(frozen=True)
class Reading:
    """A clock at a moment. `due` is None while it is paused; `left` counts the limit's units, negative when overdue."""

    lamp: Lamp
    due: Due | None
    left: int


def read(
    limit: Limit,
    start: datetime,
    calendar: Calendar,
    now: datetime,
    pauses: Iterable[Pause] = (),
    ended: datetime | None = None,
) -> Reading:
    """How a clock stands at `now`, or stood when its work `ended`."""
    moment = ended or now
    stops = [stop for stop in merged(pauses) if stop.since <= moment]
    last = due(limit, start, calendar, stops)
    left = limit.amount - used(limit, start, calendar, moment, stops)
    return Reading(_lamp(limit, last, left, moment, ended is not None), last, left)


def reached(
    limit: Limit, percent: int, start: datetime, calendar: Calendar, pauses: Iterable[Pause] = ()
) -> Due | None:
    """When so many per cent of a limit are used up (domain.md 2.0.6: 50, 80, 100); part of a unit counts as one."""
    part = replace(limit, amount=ceil(limit.amount * percent / 100))
    return due(part, start, calendar, pauses)


def turns(limit: Limit, start: datetime, calendar: Calendar, pauses: Iterable[Pause] = ()) -> datetime | None:
    """From when on the lamp is yellow; None while a pause that is open comes before that. Lists ask rows for it."""
    if limit.amount <= SOON[limit.unit]:
        return start
    return counted(replace(limit, amount=limit.amount - SOON[limit.unit]), start, calendar, pauses)


def _lamp(limit: Limit, last: Due | None, left: int, moment: datetime, ended: bool) -> Lamp:
    if last is None:
        return Lamp.BLUE if ended else Lamp.GREY
    if moment > last.moment:
        return Lamp.RED
    if ended:
        return Lamp.BLUE
    return Lamp.YELLOW if left <= SOON[limit.unit] else Lamp.GREEN

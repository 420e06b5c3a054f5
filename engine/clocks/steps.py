"""Escalation: at which shares of a limit, and how long after it, somebody is told. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from engine.catalog.limits import Limit
from engine.catalog.pack import EscalationStep
from engine.clocks.calendar import Calendar
from engine.clocks.count import Pause, due
from engine.clocks.reading import reached

WHOLE = 100  # per cent


def moments(
    steps: Sequence[EscalationStep], limit: Limit, start: datetime, calendar: Calendar, pauses: Iterable[Pause] = ()
) -> list[datetime | None]:
    """When each step is taken; None while a pause that is open comes before it. Never earlier than the step before."""
    stops, found = list(pauses), list[datetime | None]()
    for step in steps:
        moment = _moment(step, limit, start, calendar, stops)
        before = found[-1] if found else moment
        found.append(None if moment is None or before is None else max(before, moment))
    return found


def _moment(
    step: EscalationStep, limit: Limit, start: datetime, calendar: Calendar, stops: Sequence[Pause]
) -> datetime | None:
    last = reached(limit, min(step.percent, WHOLE), start, calendar, stops)
    if last is None or step.after is None:
        return last.moment if last else None
    later = due(step.after, last.moment, calendar, [stop for stop in stops if _goes_on(stop, last.moment)])
    return later.moment if later else None


def _goes_on(stop: Pause, moment: datetime) -> bool:
    """Whether a pause has a part after a moment."""
    return stop.until is None or stop.until > moment

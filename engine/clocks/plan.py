"""When several limits end that wait for each other: what the applicant is told before anything began. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from engine.catalog.limits import Limit
from engine.clocks.calendar import Calendar
from engine.clocks.count import Due, due


def plan(
    limits: Mapping[str, Limit | None], depends: Mapping[str, Sequence[str]], start: datetime, calendar: Calendar
) -> dict[str, Due | None]:
    """When each limit ends at the latest, if none is paused.

    It begins when the last one it waits for ends, else at `start`. One that waits for something that is not among
    `limits` waits for what that one waits for. None where no limit is promised, or one it waits for has none. `depends`
    has no cycle.
    """
    found: dict[str, Due | None] = {}
    for code in limits:
        _place(code, limits, depends, start, calendar, found)
    return found


def last(ends: Mapping[str, Due | None]) -> Due | None:
    """The end of the whole; None when one part has no end, or there are none. Certain when every part is."""
    known = [end for end in ends.values() if end]
    if not known or len(known) < len(ends):
        return None
    latest = max(known, key=lambda end: end.moment)
    return replace(latest, certain=all(end.certain for end in known))


def _place(
    code: str,
    limits: Mapping[str, Limit | None],
    depends: Mapping[str, Sequence[str]],
    start: datetime,
    calendar: Calendar,
    found: dict[str, Due | None],
) -> None:
    if code in found:
        return
    before = _before(code, limits, depends)
    for other in before:
        _place(other, limits, depends, start, calendar, found)
    limit, ends = limits[code], {other: found[other] for other in before}
    latest = last(ends)
    if limit is None or (before and latest is None):
        found[code] = None
        return
    own = due(limit, latest.moment if latest else start, calendar)
    found[code] = replace(own, certain=own.certain and (latest is None or latest.certain)) if own else None


def _before(code: str, limits: Mapping[str, Limit | None], depends: Mapping[str, Sequence[str]]) -> list[str]:
    """What comes directly before one, among those there are."""
    found: list[str] = []
    for other in depends.get(code, ()):
        found += [other] if other in limits else _before(other, limits, depends)
    return list(dict.fromkeys(found))

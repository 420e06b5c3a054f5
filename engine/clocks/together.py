"""When several clocks stand still together: a case waits while every item at work in it waits. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest

from engine.clocks.count import Pause, merged


@dataclass(frozen=True)
class Span:
    """Work from `since` to `until` (None: it goes on), and the pauses in it."""

    since: datetime
    until: datetime | None
    pauses: tuple[Pause, ...] = ()

    def at_work(self, moment: datetime) -> bool:
        """Whether the work had begun and not ended just after a moment."""
        return self.since <= moment and (self.until is None or moment < self.until)

    def paused(self, moment: datetime) -> Pause | None:
        """The pause it was in just after a moment."""
        inside = (p for p in self.pauses if p.since <= moment and (p.until is None or moment < p.until))
        return next(inside, None)


def together(spans: Sequence[Span]) -> list[Pause]:
    """The intervals in which there was work and all of it stood still; the ground is that of the first one paused."""
    moments = sorted({m for span in spans for m in _edges(span)})
    found: list[Pause] = []
    for since, until in zip_longest(moments, moments[1:]):
        working = [span for span in spans if span.at_work(since)]
        stops = [stop for span in working if (stop := span.paused(since))]
        if working and len(stops) == len(working):
            found.append(Pause(since, until, stops[0].ground))
    return merged(found)


def _edges(span: Span) -> Iterable[datetime]:
    yield span.since
    if span.until:
        yield span.until
    for pause in span.pauses:
        yield pause.since
        if pause.until:
            yield pause.until

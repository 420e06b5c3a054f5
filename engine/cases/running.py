"""Which clocks a case has: of the case, of its items and their phases, of tasks; promised and by law. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from engine import clocks
from engine.cases import stops
from engine.catalog import EscalationStep, Pack, Promise, limits
from engine.catalog.limit import Limit
from engine.clocks import Pause
from engine.store import Case, Item, Task
from engine.words import ClockKind, ExtensionState, TaskState

WHOLE = 100  # per cent


@dataclass(frozen=True)
class Running:
    """A clock that was started. `item` is empty for the case; `phase` or `task` name the part of the item it counts.

    `limit` holds what was granted beside it (`more`); `source` is who says so.
    """

    item: str
    kind: ClockKind
    limit: Limit
    started: datetime
    ended: datetime | None
    pauses: tuple[Pause, ...]
    phase: str = ""
    task: str = ""
    more: int = 0
    source: str = ""

    def steps(self, escalation: Sequence[EscalationStep]) -> tuple[EscalationStep, ...]:
        """The steps this clock takes: one by law tells when it is over, a phase not after that."""
        if self.kind is ClockKind.LEGAL:
            return tuple(step for step in escalation if step.percent >= WHOLE)
        return tuple(step for step in escalation if not (self.phase and step.after))


def kept(pack: Pack, case: Case) -> list[Running]:
    """The clocks rows are kept of: those of the case, the items, their phases."""
    started = [item for item in case.items if item.started_at]
    found = [*_of_case(pack, case)]
    for item in started:
        found += [*_of_item(pack, case, item), *_phases(pack, case, item)]
    return found


def tasks(pack: Pack, case: Case) -> list[Running]:
    """The clocks of open tasks with a limit. What began with the task or before it does not stop its own clock."""
    found = []
    for task in (t for t in case.tasks if t.state == TaskState.OPEN):
        node = pack.model.nodes.get(task.node)
        limit = limits.read(node.properties.get("limit", "")) if node else None
        if limit:
            later = tuple(p for p in stops.pauses(case, task.item or "") if p.since > task.opened_at)
            found.append(
                Running(task.item or "", ClockKind.PROMISE, limit, task.opened_at, None, later, task=task.name)
            )
    return found


def began(pack: Pack, case: Case, item: Item) -> datetime:
    """From when an item counts: from the receipt, if its case was deemed accepted and it waits for no other item."""
    assert item.started_at is not None
    return case.counts_from if case.counts_from and not pack.item(item.code).depends else item.started_at


def granted(case: Case, item: str) -> int:
    """By how much the time of an item was extended, in the unit of its limits."""
    return sum(e.amount for e in case.extensions if e.item == item and e.state == ExtensionState.GRANTED)


def _of_item(pack: Pack, case: Case, item: Item) -> Iterator[Running]:
    spec = pack.item(item.code)
    for kind, promise in ((ClockKind.PROMISE, spec.promise), (ClockKind.LEGAL, spec.legal)):
        if promise:
            own = spec.extension and spec.extension.unit == promise.unit
            more = granted(case, item.code) if own else 0
            stands = stops.pauses(case, item.code) if promise.pausable else ()
            start = began(pack, case, item)
            limit = limits.promised_in(promise, case.facts, start)
            yield _running(item.code, kind, promise, limit, start, item.ended_at, stands, more)


def _of_case(pack: Pack, case: Case) -> Iterator[Running]:
    """What was granted to an item is granted to the case that waits for it."""
    for kind, promise in ((ClockKind.PROMISE, pack.promise), (ClockKind.LEGAL, pack.legal)):
        if promise:
            more = max((_granted(pack, case, item, promise) for item in case.items), default=0)
            stands = stops.of_case(case) if promise.pausable else ()
            limit = limits.promised(promise)
            yield _running("", kind, promise, limit, case.counts_from or case.accepted_at, case.ended_at, stands, more)


def _granted(pack: Pack, case: Case, item: Item, promise: Promise) -> int:
    extension = pack.item(item.code).extension
    return granted(case, item.code) if extension and extension.unit == promise.unit else 0


def _running(
    item: str,
    kind: ClockKind,
    promise: Promise,
    limit: Limit,
    started: datetime,
    ended: datetime | None,
    pauses: tuple[Pause, ...],
    more: int,
) -> Running:
    whole = Limit(limit.amount + more, limit.unit)
    return Running(item, kind, whole, started, ended, pauses, more=more, source=promise.source)


def _phases(pack: Pack, case: Case, item: Item) -> Iterator[Running]:
    """A phase runs while a task of it is open; it goes on where it stopped if it is entered again."""
    spec = pack.item(item.code)
    for phase, limit in spec.phases.items():
        own = [t for t in case.tasks if t.item == item.code and _phase(pack, t) == phase]
        if not own:
            continue
        open_ = clocks.merged(Pause(t.opened_at, _left(t), "") for t in own)
        stands = stops.pauses(case, item.code) if spec.promise is None or spec.promise.pausable else ()
        gaps = [Pause(a.until, b.since, "") for a, b in pairwise(open_) if a.until]
        yield Running(
            item.code,
            ClockKind.PROMISE,
            limit,
            open_[0].since,
            item.ended_at or open_[-1].until,
            (*stands, *gaps),
            phase,
        )


def _phase(pack: Pack, task: Task) -> str:
    node = pack.model.nodes.get(task.node)
    return node.properties.get("phase", "") if node else ""


def _left(task: Task) -> datetime | None:
    return None if task.state == TaskState.OPEN else task.done_at or task.opened_at

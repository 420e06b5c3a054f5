"""Why and when the clocks of a case stand still, and the ground each time has in law.

《行政许可法》第四十五条: what a hearing, an inspection, an appraisal or an expert review takes does not count. When an
item waited for papers (补正) is told by its supplement tasks, all other grounds by rows.
"""

from engine import clocks, ledger, runtime
from engine.cases.gathered import gather
from engine.catalog import Pack
from engine.clocks import Pause, Span
from engine.store import Case, Item, Stop, Task
from engine.words import SPECIAL, EntryKind, Ground, Stage, TaskState
from engine.work import Work

Told = frozenset[tuple[str, str]]  # items and grounds


def follow(work: Work, case: Case, pack: Pack, *, anew: bool = False) -> tuple[Told, Told]:
    """Stop and let go on what the drawing says, as the tokens stand now; what began to stand still, what goes on.

    `anew` says that the case had another drawing before, in which other steps may have stopped clocks.
    """
    said = pack.model.pausing
    if not said and not anew:
        return frozenset(), frozenset()
    gather(work, case)
    standing = runtime.marks(pack.model, case.process).current if said else frozenset()
    wanted = {said[node] for node in standing & said.keys()}
    open_ = {(stop.item, stop.ground): stop for stop in case.stops if stop.until is None and stop.ground in SPECIAL}
    begun, over = frozenset(wanted - open_.keys()), frozenset(open_.keys() - wanted)
    for item, ground in sorted(over):
        end(work, case, open_[item, ground])
    for item, ground in sorted(begun):
        begin(work, case, item, Ground(ground))
    return begun, over


def begin(work: Work, case: Case, item: str, ground: Ground, reason: str = "") -> None:
    """Stop the clocks of an item, or of the whole case (`item` is empty)."""
    case.stops.append(Stop(item=item, ground=ground, reason=reason, since=work.now))
    facts = {"item": item, "ground": ground, "reason": reason}
    ledger.record(work, case.id, EntryKind.CLOCK_PAUSED, **{name: value for name, value in facts.items() if value})


def end(work: Work, case: Case, stop: Stop) -> None:
    """Let the clocks go on."""
    stop.until = work.now
    facts = {"item": stop.item, "ground": stop.ground}
    ledger.record(work, case.id, EntryKind.CLOCK_RESUMED, **{name: value for name, value in facts.items() if value})


def reopened(work: Work, case: Case, item: Item) -> None:
    """The time an item was finished does not count when it is decided again. Call it before that is forgotten."""
    if item.ended_at:
        case.stops.append(Stop(item=item.code, ground=Ground.ENDED, since=item.ended_at, until=work.now))


def pauses(case: Case, item: str) -> tuple[Pause, ...]:
    """When the clock of an item stood still, overlapping grounds one by one."""
    waits = [_waited(t) for t in case.tasks if t.item == item and t.stage == Stage.SUPPLEMENT and _was(t)]
    rows = [Pause(s.since, s.until, s.ground) for s in case.stops if s.item in ("", item)]
    return tuple(sorted([*waits, *rows], key=lambda pause: pause.since))


def of_case(case: Case) -> tuple[Pause, ...]:
    """When the clock of the case stood still: all items at work in it did, or the supervisor suspended it."""
    spans = [_span(case, item) for item in case.items if item.started_at]
    whole = [Pause(s.since, s.until, s.ground) for s in case.stops if not s.item]
    return tuple(sorted([*clocks.together(spans), *whole], key=lambda pause: pause.since))


def _span(case: Case, item: Item) -> Span:
    assert item.started_at is not None
    return Span(item.started_at, item.ended_at, tuple(clocks.merged(pauses(case, item.code))))


def _was(task: Task) -> bool:
    return task.state == TaskState.OPEN or task.done_at is not None


def _waited(task: Task) -> Pause:
    return Pause(task.opened_at, None if task.state == TaskState.OPEN else task.done_at, Ground.SUPPLEMENT)

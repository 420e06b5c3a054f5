"""The clocks of a case as rows: started, stopped, extended, ended, and counted again when the calendar changes."""

from dataclasses import dataclass

from sqlalchemy import select

from engine import clocks, ledger, releases
from engine.cases import running, stops
from engine.cases.gathered import gather
from engine.cases.held import locked
from engine.cases.running import Running
from engine.cases.stops import Told
from engine.catalog import Pack
from engine.clocks import Calendar, Reading
from engine.store import Case, Clock, Item, change, together
from engine.words import ClockKind, EntryKind, ItemState
from engine.work import Work

Standing = tuple[str, ...]
# Columns of a clock and of an item that a step changes.
MOVING = ("started_at", "due_at", "due_certain", "amber_at", "alarm_at", "ended_at", "amount", "raised")
STANDING = ("state", "outcome", "started_at", "ended_at", "due_at", "due_certain")


@dataclass(frozen=True)
class ShownClock:
    """A clock and how it stands now."""

    clock: Running
    reading: Reading


def standing(case: Case) -> Standing:
    """What clocks depend on in the rows, to see later whether it changed."""
    return (str(case.state), *(str(item.state) for item in case.items))


def follow(work: Work, case: Case, pack: Pack, before: Standing) -> Told:
    """Let the clocks follow a step of the process; the items that began to stand still, and on which ground.

    A step in which nothing starts, stops or ends asks nothing.
    """
    begun, over = stops.follow(work, case, pack)
    if begun or over or before != standing(case) or any(item.phases for item in pack.items):
        wind(work, case, pack)
    return begun


def wind(work: Work, case: Case, pack: Pack, *, again: bool = False) -> None:
    """Make the rows what the clocks are now. `again`: steps whose moment is ahead now are taken once more."""
    gather(work, case)
    kept = running.kept(pack, case)
    if not kept and not case.clocks:
        return
    calendar = clocks.calendar(work, case.area)
    rows = {(row.item, row.phase, row.kind): row for row in case.clocks}
    for one in kept:
        row = rows.pop((one.item, one.phase, str(one.kind)), None) or _row(case, one)
        if again or row.ended_at is None or row.ended_at != one.ended:
            _set(row, one, calendar)
            _alarm(row, one, pack, calendar, work, again=again)
    for gone in rows.values():  # the release the case moved to has no such clock
        gone.ended_at, gone.amber_at, gone.alarm_at = gone.ended_at or work.now, None, None
    for item in case.items:
        _due(case, item)
    together(work.session, case.clocks, MOVING)
    together(work.session, case.items, STANDING)


def recompute(work: Work, case_id: str) -> int:
    """Count the deadlines of one case again, after the calendar changed; how many moved. Each move is in the ledger."""
    case = locked(work, case_id)
    pack = releases.of_case(work, case)
    before = {row.id: row.due_at for row in case.clocks}
    wind(work, case, pack, again=True)
    moved = [row for row in case.clocks if row.ended_at is None and row.due_at != before.get(row.id)]
    for row in moved:
        shown = [moment.isoformat() if moment else None for moment in (before.get(row.id), row.due_at)]
        facts = {"item": row.item, "phase": row.phase, "clock": row.kind}
        told = {name: value for name, value in facts.items() if value}
        ledger.record(work, case.id, EntryKind.DEADLINE_MOVED, **told, before=shown[0], after=shown[1])
    return len(moved)


def with_deadlines(work: Work) -> list[str]:
    """Ids of cases in which a clock runs, or an item has started and not ended, in order."""
    open_ = select(Item.case_id).where(Item.started_at.is_not(None), Item.state != ItemState.ENDED)
    runs = select(Clock.case_id).where(Clock.ended_at.is_(None))
    return sorted(set(work.session.scalars(open_.union(runs))))


def shown_clocks(work: Work, case: Case, pack: Pack) -> tuple[ShownClock, ...]:
    """Every clock of a case, those of its open tasks included, and how it stands."""
    found = [*running.kept(pack, case), *running.tasks(pack, case)]
    calendar = clocks.calendar(work, case.area) if found else Calendar()
    return tuple(ShownClock(one, read(one, calendar, work)) for one in found)


def readings(shown: tuple[ShownClock, ...]) -> dict[str, Reading]:
    """How the clocks of the items stand, by item: what was promised, else what the law allows."""
    own = [one for one in shown if one.clock.item and not one.clock.phase and not one.clock.task]
    ordered = sorted(own, key=lambda one: one.clock.kind is ClockKind.PROMISE)
    return {one.clock.item: one.reading for one in ordered}


def read(one: Running, calendar: Calendar, work: Work) -> Reading:
    """How a clock stands at this moment."""
    return clocks.read(one.limit, one.started, calendar, work.now, one.pauses, one.ended)


def _row(case: Case, one: Running) -> Clock:
    row = Clock(item=one.item, phase=one.phase, kind=one.kind, raised=0)
    case.clocks.append(row)
    return row


def _set(row: Clock, one: Running, calendar: Calendar) -> None:
    due = clocks.due(one.limit, one.started, calendar, one.pauses)
    live = due is not None and one.ended is None
    change(
        row,
        amount=one.limit.amount,
        unit=one.limit.unit,
        started_at=one.started,
        ended_at=one.ended,
        due_at=due.moment if due else None,
        due_certain=due.certain if due else None,
        amber_at=clocks.turns(one.limit, one.started, calendar, one.pauses) if live else None,
    )


def _alarm(row: Clock, one: Running, pack: Pack, calendar: Calendar, work: Work, *, again: bool) -> None:
    """The next step of the escalation and its moment; none while the clock stands still."""
    steps = one.steps(pack.escalation)
    ahead = steps if again else steps[: row.raised + 1]  # what comes after the next step does not matter now
    moments = clocks.moments(ahead, one.limit, one.started, calendar, one.pauses)
    if again:
        over = sum(moment is not None and moment <= work.now for moment in moments)
        row.raised = min(row.raised, over)
    still = any(pause.until is None for pause in one.pauses)
    coming = moments[row.raised] if row.raised < len(moments) else None
    change(row, alarm_at=None if still or one.ended else coming)


def _due(case: Case, item: Item) -> None:
    """An item shows until when it was promised, else what the law allows, while it is at work."""
    if item.started_at is None or item.state == ItemState.ENDED:
        return
    own = [row for row in case.clocks if row.item == item.code and not row.phase and row.ended_at is None]
    first = next(iter(sorted(own, key=lambda row: row.kind != ClockKind.PROMISE)), None)
    change(item, due_at=first.due_at if first else None, due_certain=first.due_certain if first else None)

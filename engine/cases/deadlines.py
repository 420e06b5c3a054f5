"""When each item of a case is due: its promise, counted from its start, without the time it waited for papers."""

from datetime import datetime

from sqlalchemy import select

from engine import clocks, ledger, releases
from engine.cases.held import locked
from engine.catalog import Pack
from engine.catalog.limits import Limit, promised
from engine.clocks import Calendar, Pause, Reading
from engine.store import Case, Item
from engine.words import N_, EntryKind, ItemState, Stage, TaskState
from engine.work import Work

SUPPLEMENT = N_("waiting for supplement")  # 补正, the ground of these pauses


def set_due(work: Work, case: Case, pack: Pack, item: Item) -> None:
    """Store when an item is due, after its state changed. Nothing while it has not started or is paused."""
    limit = limit_of(pack, item.code)
    if limit is None or item.started_at is None or item.state == ItemState.ENDED:
        return
    fresh = item.started_at == work.now and item.state != ItemState.SUPPLEMENT
    waits = [] if fresh else pauses(case, item.code)
    due = clocks.due(limit, item.started_at, clocks.calendar(work, case.area), waits)
    item.due_at, item.due_certain = (due.moment, due.certain) if due else (None, None)


def recompute(work: Work, case_id: str) -> int:
    """Count the deadlines of one case again, after the calendar changed; how many moved. Each move is in the ledger."""
    case = locked(work, case_id)
    pack = releases.of_case(work, case)
    moved = 0
    for item in case.items:
        before = item.due_at
        set_due(work, case, pack, item)
        if before != item.due_at:
            moved += 1
            shown = [moment.isoformat() if moment else None for moment in (before, item.due_at)]
            ledger.record(work, case.id, EntryKind.DEADLINE_MOVED, item=item.code, before=shown[0], after=shown[1])
    return moved


def with_deadlines(work: Work) -> list[str]:
    """Ids of cases in which an item has started and not ended, in order."""
    open_ = select(Item.case_id).where(Item.started_at.is_not(None), Item.state != ItemState.ENDED).distinct()
    return list(work.session.scalars(open_.order_by(Item.case_id)))


def readings(work: Work, case: Case, pack: Pack) -> dict[str, Reading]:
    """How the clocks of a case stand, by item; items that have not started or have no promise are left out."""
    started = [(item, limit) for item in case.items if item.started_at and (limit := limit_of(pack, item.code))]
    calendar = clocks.calendar(work, case.area) if started else Calendar()
    return {item.code: _reading(item, limit, case, calendar, work.now) for item, limit in started}


def limit_of(pack: Pack, code: str) -> Limit | None:
    """What is promised for an item."""
    promise = pack.item(code).promise
    return promised(promise) if promise else None


def pauses(case: Case, item: str) -> list[Pause]:
    """When an item waited for the applicant's papers."""
    asked = [t for t in case.tasks if t.item == item and t.stage == Stage.SUPPLEMENT]
    return [
        Pause(t.opened_at, None if t.state == TaskState.OPEN else t.done_at, SUPPLEMENT)
        for t in asked
        if t.state == TaskState.OPEN or t.done_at
    ]


def _reading(item: Item, limit: Limit, case: Case, calendar: Calendar, now: datetime) -> Reading:
    assert item.started_at is not None
    return clocks.read(limit, item.started_at, calendar, now, pauses(case, item.code), item.ended_at)

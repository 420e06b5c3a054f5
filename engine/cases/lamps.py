"""The lamps of many cases at once, from rows and without a calendar: for lists."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from engine.store import Clock, Task
from engine.words import ClockKind, Lamp, TaskState
from engine.work import Work


@dataclass(frozen=True)
class Lit:
    """A lamp, and until when; nothing while the clock stands still."""

    lamp: Lamp
    due: datetime | None


def lamps(work: Work, tasks: Collection[Task]) -> dict[str, Lit]:
    """How the clock of the item of each open task stands, of the case for work of no item; by task."""
    open_ = [task for task in tasks if task.state == TaskState.OPEN]
    wanted = select(Clock).where(Clock.case_id.in_({task.case_id for task in open_}))
    rows = work.session.scalars(wanted.where(Clock.ended_at.is_(None), Clock.phase == "")) if open_ else ()
    found = {(row.case_id, row.item): row for row in sorted(rows, key=lambda row: row.kind == ClockKind.PROMISE)}
    own = ((task.id, found.get((task.case_id, task.item or ""))) for task in open_)
    return {task: lit(row, work.now) for task, row in own if row}


def lit(row: Clock, now: datetime) -> Lit:
    """How a clock that has not ended stands."""
    if row.due_at is None:
        return Lit(Lamp.GREY, None)
    if now > row.due_at:
        return Lit(Lamp.RED, row.due_at)
    return Lit(Lamp.YELLOW if row.amber_at and now >= row.amber_at else Lamp.GREEN, row.due_at)

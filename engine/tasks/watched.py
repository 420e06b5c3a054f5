"""Tasks under supervision 督办: a slip asks their department why they are late, or somebody urged them 催办."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, or_, select, union

from engine.store import Clock, Slip, Task, Urge, User
from engine.words import TaskState
from engine.work import Work


@dataclass(frozen=True)
class Urged:
    """When a task was urged last, by whom, and what they said."""

    by: str
    note: str
    at: datetime


def watched(work: Work) -> CompoundSelect[str]:
    """Ids of the open tasks of the actor's departments with a slip nobody has answered, or that were urged."""
    own = work.actor.departments()
    slips = select(Task.id).select_from(Slip).join(Clock, Clock.id == Slip.clock_id).join(Task, _about())
    late = slips.where(Slip.department_id.in_(own), Slip.answered_at.is_(None), Task.state == TaskState.OPEN)
    urged = select(Task.id).where(Task.urged_at.is_not(None), Task.department_id.in_(own), Task.state == TaskState.OPEN)
    return union(late, urged)


def slips_of(work: Work, tasks: Collection[Task]) -> dict[str, str]:
    """Ids of the slips to answer about these tasks, the oldest of each, by the task's id."""
    open_ = {task.id for task in tasks if task.state == TaskState.OPEN}
    if not open_:
        return {}
    found = select(Task.id, Slip.id).select_from(Task).join(Slip, Slip.case_id == Task.case_id)
    found = found.join(Clock, and_(Clock.id == Slip.clock_id, _about()))
    waiting: Select[str, str] = found.where(Task.id.in_(open_), Slip.answered_at.is_(None))
    return dict(work.session.execute(waiting.order_by(Slip.issued_at.desc())).all())


def urges_of(work: Work, tasks: Collection[Task]) -> dict[str, Urged]:
    """How those of these tasks that are open were urged last, by the task's id."""
    urged = {task.id for task in tasks if task.urged_at and task.state == TaskState.OPEN}
    if not urged:
        return {}
    wanted = select(Urge, User.name).join(User, User.id == Urge.urged_by).where(Urge.task_id.in_(urged))
    rows = work.session.execute(wanted.order_by(Urge.urged_at)).all()
    return {row.task_id: Urged(name, row.note, row.urged_at) for row, name in rows}


def _about() -> ColumnElement[bool]:
    """A slip is about the work of its department on the item that is late, or on the case if all of it is."""
    late = or_(Clock.item == "", Clock.item == Task.item)
    return and_(Task.case_id == Slip.case_id, Task.department_id == Slip.department_id, late)

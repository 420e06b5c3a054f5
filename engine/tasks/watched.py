"""Tasks under supervision 督办: their department has to say in writing why they are late."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, and_, or_, select

from engine.store import Clock, Slip, Task
from engine.words import TaskState
from engine.work import Work


def watched(work: Work) -> Select[str]:
    """Ids of the open tasks of the actor's departments with a slip nobody has answered."""
    found = select(Task.id).select_from(Slip).join(Clock, Clock.id == Slip.clock_id).join(Task, _about())
    own = work.actor.departments()
    return found.where(Slip.department_id.in_(own), Slip.answered_at.is_(None), Task.state == TaskState.OPEN)


def slips_of(work: Work, tasks: Collection[Task]) -> dict[str, str]:
    """Ids of the slips to answer about these tasks, the oldest of each, by the task's id."""
    open_ = {task.id for task in tasks if task.state == TaskState.OPEN}
    if not open_:
        return {}
    found = select(Task.id, Slip.id).select_from(Task).join(Slip, Slip.case_id == Task.case_id)
    found = found.join(Clock, and_(Clock.id == Slip.clock_id, _about()))
    rows = work.session.execute(
        found.where(Task.id.in_(open_), Slip.answered_at.is_(None)).order_by(Slip.issued_at.desc())
    )
    return dict(rows.all())


def _about() -> ColumnElement[bool]:
    """A slip is about the work of its department on the item that is late, or on the case if all of it is."""
    late = or_(Clock.item == "", Clock.item == Task.item)
    return and_(Task.case_id == Slip.case_id, Task.department_id == Slip.department_id, late)

"""Loading a task and checking who asks, in one step."""

from functools import cache

from sqlalchemy import Select, and_, bindparam, or_, select
from sqlalchemy.orm import contains_eager

from engine import identity
from engine.errors import NotFound, TaskCancelled, TaskGone, TaskHeld
from engine.store import Case, Opinion, Task
from engine.tasks.absence import stands_in
from engine.tasks.kept import not_for_others
from engine.words import Post, TaskState
from engine.work import Work


def visible(work: Work, task_id: str) -> Task:
    """The task, its case locked, if it lies in a department and post of the actor and is not kept for others.

    Else `NotFound`. With it comes the actor's own opinion.
    """
    found = work.session.scalars(_visible(), {"task": task_id, "me": work.actor.id})
    task = found.unique().one_or_none()
    if task is None or task.department_id not in work.actor.departments([Post(post) for post in task.posts]):
        raise NotFound
    return task


def actionable(work: Work, task_id: str) -> Task:
    """A visible task that is open and not in other hands, but for whom one stands in; else it says who was first."""
    return ready(work, visible(work, task_id))


def ready(work: Work, task: Task) -> Task:
    """The same of a task that is visible already."""
    if task.state == TaskState.DONE:
        raise TaskGone(by=_name(work, task.done_by), at=task.done_at)
    if task.state == TaskState.CANCELLED:
        raise TaskCancelled
    if task.holder not in (None, work.actor.id) and identity.is_active(work, task.holder) and not stands_in(work, task):
        raise TaskHeld(by=_name(work, task.holder))
    return task


@cache
def _visible() -> Select[Task]:
    """One statement; the case's row is locked first, as everybody does, and both are as they are under the lock."""
    me = bindparam("me", type_=Task.holder.type)
    own = or_(Task.holder == me, Task.done_by == me, not_for_others(me))
    typed = and_(Opinion.task_id == Task.id, Opinion.user_id == me)
    whole = (contains_eager(Task.case), contains_eager(Task.opinions))
    wanted = select(Task).join(Task.case).outerjoin(Opinion, typed).options(*whole)
    wanted = wanted.where(Task.id == bindparam("task"), own)
    return wanted.with_for_update(key_share=True, of=[Case, Task]).execution_options(populate_existing=True)


def _name(work: Work, user_id: str | None) -> str:
    return identity.names(work, {user_id}).get(user_id, "") if user_id else ""

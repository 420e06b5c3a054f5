"""Loading a task and checking who asks, in one step."""

from sqlalchemy import select

from engine import cases, identity
from engine.errors import NotFound, TaskCancelled, TaskGone, TaskHeld
from engine.store import Task
from engine.tasks.kept import not_for_others
from engine.words import Post, TaskState
from engine.work import Work


def visible(work: Work, task_id: str) -> Task:
    """The task, its case locked, if it lies in a department and post of the actor and is not kept for others.

    Else `NotFound`.
    """
    case_id = work.session.scalar(select(Task.case_id).where(Task.id == task_id))
    if case_id is None:
        raise NotFound
    cases.locked(work, case_id)
    # Read again under the lock: somebody may have finished it between the two looks.
    task = work.session.get_one(Task, task_id, populate_existing=True)
    posts = [Post(post) for post in task.posts]
    if task.department_id not in work.actor.departments(posts):
        raise NotFound
    held = task.holder == work.actor.id or task.done_by == work.actor.id
    if not held and work.session.scalar(select(Task.id).where(Task.id == task_id, not_for_others(work))) is None:
        raise NotFound
    return task


def actionable(work: Work, task_id: str) -> Task:
    """A visible task that is open and not in somebody else's hands; otherwise the refusal says who was first."""
    task = visible(work, task_id)
    if task.state == TaskState.DONE:
        raise TaskGone(by=_name(work, task.done_by), at=task.done_at)
    if task.state == TaskState.CANCELLED:
        raise TaskCancelled
    if task.holder not in (None, work.actor.id) and identity.is_active(work, task.holder):
        raise TaskHeld(by=_name(work, task.holder))
    return task


def _name(work: Work, user_id: str | None) -> str:
    return identity.names(work, {user_id}).get(user_id, "") if user_id else ""

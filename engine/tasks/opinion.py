"""What a reviewer has typed but not submitted. It outlives a closed browser, a lost race and an expired session."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete

from engine import cases
from engine.store import Opinion, Task
from engine.tasks.held import visible
from engine.work import Work


def keep_opinion(work: Work, task_id: str, raw: Mapping[str, Any]) -> None:
    """Keep what was typed, valid or not, for this user and task; also after the task is gone."""
    answers = cases.bounded(raw)
    task = visible(work, task_id)
    opinion = work.session.get(Opinion, (task.id, work.actor.id), populate_existing=True)  # as it is under the lock
    if opinion is None:
        opinion = Opinion(task_id=task.id, user_id=work.actor.id)
        work.session.add(opinion)
    opinion.answers, opinion.saved_at = answers, work.now


def kept(work: Work, task_id: str) -> dict[str, Any]:
    """What this user typed for this task, or nothing."""
    opinion = work.session.get(Opinion, (task_id, work.actor.id), populate_existing=True)
    return dict(opinion.answers) if opinion else {}


def forget_opinion(work: Work, task: Task) -> None:
    """Drop this user's own unsent opinion on a visible task; what others typed is theirs to copy or discard."""
    # One that is being kept at this very moment may stay, as if it had come after: nothing typed is lost.
    if task.opinions:
        work.session.execute(delete(Opinion).where(Opinion.task_id == task.id, Opinion.user_id == work.actor.id))

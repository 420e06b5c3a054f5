"""Conflicts of interest 回避: who accepts does not review, and nobody checks what they decided themselves.

《公务员法》第七十六条: whatever may keep somebody from carrying out a duty impartially keeps them from it. What a case
knows of it is who did what in it.
"""

from engine.store import Task
from engine.words import Stage


def conflicted(task: Task, user_id: str) -> bool:
    """Whether this person accepted the case a task reviews, or decided another review of the same item."""
    if task.stage != Stage.REVIEW:
        return False
    others = (t for t in task.case.tasks if t.stage == Stage.REVIEW and t.item == task.item and t.node != task.node)
    return user_id == task.case.accepted_by or any(each.done_by == user_id for each in others)

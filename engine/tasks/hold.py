"""Claim 签收 and release 释放: saying that a task is mine, or nobody's again."""

from engine import ledger
from engine.tasks.held import actionable
from engine.words import EntryKind
from engine.work import Work


def claim(work: Work, task_id: str) -> None:
    """Reserve an open task. Claiming one's own again changes nothing."""
    task = actionable(work, task_id)
    if task.holder == work.actor.id:
        return
    task.holder, task.claimed_at = work.actor.id, work.now
    ledger.record(work, task.case_id, EntryKind.TASK_CLAIMED, task=task.id, name=task.name, item=task.item)


def release(work: Work, task_id: str) -> None:
    """Give a claimed task back. Only its holder can, or any colleague once the holder's account is closed."""
    task = actionable(work, task_id)
    if task.holder is None:
        return
    task.holder, task.claimed_at = None, None
    ledger.record(work, task.case_id, EntryKind.TASK_RELEASED, task=task.id, name=task.name, item=task.item)

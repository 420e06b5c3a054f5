"""Passing a task on 转办: to a colleague by name, with a reason; they may give it back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from engine import cases, commands, identity, ledger
from engine.errors import ConflictOfInterest, NotPassedOn, ReceiverUnable
from engine.store import Task, Transfer
from engine.tasks.conflicts import conflicted
from engine.tasks.held import ready, visible
from engine.words import N_, EntryKind, TaskState
from engine.work import Work

REASON = N_("Reason to pass the task on")
ANSWER = N_("Reason to give the task back")


@dataclass(frozen=True)
class Passed:
    """How a task came to whoever has it: from whom, to whom, why. `returned_at`: it was given back then, with `answer`.

    `mine`: the actor has it this way and may give it back.
    """

    giver: str
    receiver: str
    reason: str
    given_at: datetime
    returned_at: datetime | None
    answer: str
    mine: bool


def transfer(work: Work, task_id: str, receiver: str, reason: str, *, key: str) -> None:
    """Give an open task, one's own or nobody's, to a colleague who may do it (id of a user), once per `key`.

    `ReceiverUnable` for anybody without the post in the department, or that the task is not kept for;
    `ConflictOfInterest`, `FormInvalid`, `NotFound`, `TaskGone`, `TaskHeld`, `TaskCancelled`, `KeyReused`.
    """
    task = visible(work, task_id)
    why = cases.said(work, reason, REASON)
    if commands.once(work, key, {"transfer": task_id, "to": receiver, "reason": why}, task.case_id):
        return
    ready(work, task)
    name = _colleagues(work, task).get(receiver)
    if name is None:
        raise ReceiverUnable
    if conflicted(task, receiver):
        raise ConflictOfInterest(name=name)
    given = Transfer(task_id=task.id, giver=work.actor.id, receiver=receiver, reason=why, given_at=work.now)
    work.session.add(given)
    _hand(work, task, receiver)
    _record(work, task, EntryKind.TASK_TRANSFERRED, name, why)


def give_back(work: Work, task_id: str, reason: str, *, key: str) -> None:
    """Return a task to whoever passed it on, once per `key`; to the department if they cannot do it any more.

    `NotPassedOn` if the actor did not get it that way; `FormInvalid` and what a task is refused for.
    """
    task = visible(work, task_id)
    why = cases.said(work, reason, ANSWER)
    if commands.once(work, key, {"give back": task_id, "reason": why}, task.case_id):
        return
    ready(work, task)
    given = _last(work, {task.id}).get(task.id)
    if given is None or not _holds(work, task, given):
        raise NotPassedOn
    given.returned_at, given.answer = work.now, why
    name = _colleagues(work, task).get(given.giver)
    _hand(work, task, given.giver if name else None)
    _record(work, task, EntryKind.TASK_RETURNED, name or "", why)


def receivers(work: Work, task: Task) -> tuple[tuple[str, str], ...]:
    """Ids and names of the colleagues a task may be given to."""
    return tuple((one, name) for one, name in _colleagues(work, task).items() if not conflicted(task, one))


def passed(work: Work, tasks: Collection[Task]) -> dict[str, Passed]:
    """How open tasks were last passed on, by the task's id, as long as it says who has them and why."""
    open_ = {task.id: task for task in tasks if task.state == TaskState.OPEN and task.holder}
    rows = _last(work, open_)
    people = identity.names(work, {one for row in rows.values() for one in (row.giver, row.receiver)})
    said = {
        key: row for key, row in rows.items() if open_[key].holder == (row.giver if row.returned_at else row.receiver)
    }
    return {key: _shown(work, open_[key], row, people) for key, row in said.items()}


def _last(work: Work, task_ids: Collection[str]) -> dict[str, Transfer]:
    """The last transfer of each task."""
    wanted = select(Transfer).where(Transfer.task_id.in_(task_ids)).order_by(Transfer.given_at, Transfer.id)
    return {row.task_id: row for row in work.session.scalars(wanted)} if task_ids else {}


def _colleagues(work: Work, task: Task) -> dict[str, str]:
    """Names by id of the others who may do the task: whoever it is kept for, as long as one of them can."""
    able = identity.holding(work, task.department_id, task.posts)
    kept = {user.user_id for user in task.users} & able.keys()
    return {one: name for one, name in able.items() if one != work.actor.id and (not kept or one in kept)}


def _hand(work: Work, task: Task, holder: str | None) -> None:
    task.holder, task.claimed_at = holder, work.now if holder else None


def _holds(work: Work, task: Task, given: Transfer) -> bool:
    return given.returned_at is None and given.receiver == task.holder == work.actor.id


def _record(work: Work, task: Task, kind: EntryKind, receiver: str, reason: str) -> None:
    said = {"task": task.id, "name": task.name, "item": task.item, "receiver": receiver, "reason": reason}
    ledger.record(work, task.case_id, kind, **said)


def _shown(work: Work, task: Task, row: Transfer, people: dict[str, str]) -> Passed:
    return Passed(
        giver=people.get(row.giver, ""),
        receiver=people.get(row.receiver, ""),
        reason=row.reason,
        given_at=row.given_at,
        returned_at=row.returned_at,
        answer=row.answer,
        mine=_holds(work, task, row),
    )

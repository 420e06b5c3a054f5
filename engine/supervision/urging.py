"""Urging 催办: whoever answers to the applicant asks a department to get on with a task, once a working day.

It is a nudge, no supervision slip: nobody has to answer it, but everybody who can do the task sees it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from engine import cases, clocks, commands, identity, ledger, notices, releases
from engine.cases import said
from engine.errors import NotFound, NothingToUrge, UrgedAlready
from engine.identity import DepartmentInfo
from engine.store import Case, Task, Urge
from engine.words import CITY, N_, EntryKind, Occasion, Post, TaskState
from engine.work import Work

NOTE = N_("What is asked for")
URGING = (Post.WINDOW, Post.LEAD, Post.SUPERVISOR)
AT_WINDOW = (Post.WINDOW, Post.LEAD)
OVERSEEING = (Post.LEAD, Post.SUPERVISOR)


@dataclass(frozen=True)
class Urgeable:
    """An open task that can be urged: who has it, and when it was urged last."""

    id: str
    name: str
    item: str
    department: DepartmentInfo
    holder: str
    urged_at: datetime | None


def urge(work: Work, task_id: str, note: str, *, key: str) -> str:
    """Urge an open task of a case, once per `key`; returns the case's id.

    By the window that took the case, and by its coordinator or supervisor, else `NotFound`. `FormInvalid`,
    `NothingToUrge`, `UrgedAlready`, `KeyReused`.
    """
    task = work.session.get(Task, task_id)
    if task is None:
        raise NotFound
    case = cases.locked(work, task.case_id)
    work.session.refresh(task)
    if not may_urge(work, case):
        raise NotFound
    words = said(work, note, NOTE)
    if commands.once(work, key, {"urge": task_id, "note": words}, case.id):
        return case.id
    if task.state != TaskState.OPEN:
        raise NothingToUrge
    if task.urged_at and not _another_day(work, case, task.urged_at):
        raise UrgedAlready(at=task.urged_at)
    task.urged_at = work.now
    work.session.add(Urge(task_id=task.id, note=words, urged_at=work.now, urged_by=work.actor.id))
    facts = {"task": task.id, "name": task.name, "item": task.item, "department": task.department_id, "reason": words}
    ledger.record(work, case.id, EntryKind.TASK_URGED, **facts)
    if task.item:
        told = {"note": words, "by": work.actor.name, "task": task.name}
        notices.on(work, case, releases.of_case(work, case), Occasion.ITEM_URGED, item=task.item, said=told)
    return case.id


def urgeable(work: Work, case: Case) -> tuple[Urgeable, ...]:
    """The open tasks of a case, if the actor may urge them."""
    if not may_urge(work, case):
        return ()
    open_ = [task for task in case.tasks if task.state == TaskState.OPEN]
    offices = identity.departments(work, {task.department_id for task in open_})
    people = identity.names(work, {task.holder for task in open_ if task.holder})
    return tuple(
        Urgeable(t.id, t.name, t.item or "", offices[t.department_id], people.get(t.holder or "", ""), t.urged_at)
        for t in open_
    )


def may_urge(work: Work, case: Case) -> bool:
    """Whether the actor answers to the applicant of this case: its window, its coordinator, its supervisor."""
    return case.window_id in work.actor.departments(AT_WINDOW) or cases.oversees(work, case, OVERSEEING)


def _another_day(work: Work, case: Case, last: datetime) -> bool:
    """Whether a working day has begun since the day of the last time."""
    before, today = (moment.astimezone(CITY).date() for moment in (last, work.now))
    return clocks.calendar(work, case.area).next_worked(before + timedelta(days=1)) <= today

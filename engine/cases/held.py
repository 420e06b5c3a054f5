"""Loading a case and checking who asks, in one step: a case one may not see is never in one's hands."""

from collections.abc import Collection

from sqlalchemy import select

from engine import identity
from engine.errors import NotFound
from engine.store import Case
from engine.words import Post
from engine.work import Work

WORKING = (Post.WINDOW, Post.HANDLER, Post.REVIEWER, Post.APPROVER, Post.LEAD)  # who handles cases of a department
OVERSIGHT = (Post.SUPERVISOR, Post.LEAD, Post.AUDITOR)


def locked(work: Work, case_id: str) -> Case:
    """The case, its row locked until the transaction ends. No authorisation: for commands that bring their own.

    Nobody changes its key, so rows that only refer to it, such as the job of a signal, may be written meanwhile.
    """
    case = work.session.scalar(
        select(Case).where(Case.id == case_id).with_for_update(key_share=True).execution_options(populate_existing=True)
    )
    if case is None:
        raise NotFound
    return case


def spare(work: Work, case_id: str) -> Case | None:
    """The case, locked, unless somebody holds it now: for the clock, which comes again."""
    return work.session.scalar(
        select(Case)
        .where(Case.id == case_id)
        .with_for_update(key_share=True, skip_locked=True)
        .execution_options(populate_existing=True)
    )


def readable(work: Work, case_id: str) -> Case:
    """The case, locked, if the actor may read it; else `NotFound`, the same as for a case that does not exist."""
    case = locked(work, case_id)
    if not may_read(work, case):
        raise NotFound
    return case


def may_read(work: Work, case: Case) -> bool:
    """Whether the actor works in the case, at its window or for one of its departments, or oversees it."""
    return bool(departments_in(case) & work.actor.departments(WORKING)) or oversees(work, case)


def departments_in(case: Case) -> frozenset[str]:
    """The window that took the case and every department with an item or a task in it."""
    return frozenset({case.window_id, *(i.department_id for i in case.items), *(t.department_id for t in case.tasks)})


def worked_on(work: Work, case: Case) -> frozenset[str]:
    """Codes of the items the actor's departments answer for, or have a task of: a county decides for a township."""
    own = work.actor.departments(WORKING)
    tasks = (task.item for task in case.tasks if task.item and task.department_id in own)
    return frozenset({*(item.code for item in case.items if item.department_id in own), *tasks})


def sees_all(work: Work, case: Case) -> bool:
    """Whether the actor may see the whole application (masked): the window that took it, and oversight."""
    at_window = case.window_id in work.actor.departments((Post.WINDOW, Post.LEAD))
    return at_window or oversees(work, case)


def oversees(work: Work, case: Case, posts: Collection[Post] = OVERSIGHT) -> bool:
    """Whether the actor holds one of these posts over the area of the case."""
    offices = work.actor.departments(posts)
    return bool(offices) and identity.covers(work, offices, case.area)

"""Who may do what about time."""

from engine import cases, identity
from engine.cases.held import WORKING
from engine.errors import NotYours
from engine.store import Case
from engine.words import Post
from engine.work import Work

ANSWERING = WORKING
SUSPENDING = (Post.SUPERVISOR,)
ASKING = (Post.HANDLER, Post.REVIEWER)
APPROVING = (Post.APPROVER,)


def timed(work: Work, case_id: str) -> Case:
    """The case, locked, for looking after its time: whoever may read it, and approvers above its departments."""
    case = cases.locked(work, case_id)
    if led(work).isdisjoint(item.department_id for item in case.items):
        return cases.readable(work, case_id)
    return case


def led(work: Work) -> frozenset[str]:
    """Departments whose approver the actor is: their own, and those of its kind below, which may have none."""
    return frozenset().union(*(identity.inferior(work, own) for own in work.actor.departments(APPROVING)))


def suspendable(work: Work, case_id: str) -> Case:
    """The case, locked. `NotFound` if it is not the actor's to read, `NotYours` if not theirs to suspend."""
    case = cases.readable(work, case_id)
    if not may_suspend(work, case):
        raise NotYours
    return case


def may_suspend(work: Work, case: Case) -> bool:
    """Whether the actor may suspend this case."""
    return cases.oversees(work, case, SUSPENDING)

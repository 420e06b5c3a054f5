"""Who may do what about time, and the reasons they give."""

from engine import cases, forms, identity
from engine.cases.held import WORKING
from engine.errors import FieldError, FormInvalid, NotYours
from engine.forms import SHORTEST_REASON, Field, FieldType, Form, Section
from engine.store import Case
from engine.words import N_, Post
from engine.work import Work

ANSWERING = WORKING
SUSPENDING = (Post.SUPERVISOR,)
ASKING = (Post.HANDLER, Post.REVIEWER)
APPROVING = (Post.APPROVER,)
TOO_SHORT = N_("Say why, in at least 4 characters; the reason is recorded.")


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


def said(work: Work, text: str, label: str, most: int = 200) -> str:
    """What somebody gave as a reason or an answer, clean; `FormInvalid` for nothing, too little or too much."""
    asked = Field("reason", FieldType.TEXTAREA, label, required=True, max_length=most)
    clean = str(forms.check(Form("reason", "", (Section("", "", (asked,)),)), {"reason": text}, now=work.now)["reason"])
    if len(clean) < SHORTEST_REASON:
        raise FormInvalid([FieldError("reason", label, TOO_SHORT)])
    return clean

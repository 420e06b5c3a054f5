"""Loading a case to be adjusted and checking who asks, in one step.

The coordinator of the lead department and the supervisor adjust the cases of the areas they oversee. A finished case is
opened again by the supervisor alone (撤销办结). The system administrator may not read cases and so adjusts none.
"""

from engine import cases, identity
from engine.errors import NotYours
from engine.store import Case
from engine.words import CaseState, Post
from engine.work import Work

POSTS = (Post.SUPERVISOR, Post.LEAD)


def adjustable(work: Work, case_id: str) -> Case:
    """The case, locked. `NotFound` if it is not the actor's to read, `NotYours` if it is not theirs to adjust."""
    case = cases.readable(work, case_id)
    posts = (Post.SUPERVISOR,) if case.state == CaseState.ENDED else POSTS
    if not identity.covers(work, work.actor.departments(posts), case.area):
        raise NotYours
    return case


def may_adjust(work: Work, case_id: str) -> bool:
    """Whether the actor may adjust this case, which they may read."""
    try:
        adjustable(work, case_id)
    except NotYours:
        return False
    return True

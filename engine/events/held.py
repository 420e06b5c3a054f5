"""Loading an event and checking who asks, in one step.

Whoever works on a case may report what they learned. The coordinator and the supervisor of the area confirm a death and
decide what an event means; a mistaken event is reversed by the supervisor alone.
"""

from collections.abc import Collection

from sqlalchemy import select

from engine import cases, identity
from engine.errors import NotFound, NotYours
from engine.store import Case, Concern, LifeEvent
from engine.words import Post
from engine.work import Work

REPORTING = (Post.WINDOW, Post.HANDLER, Post.REVIEWER, Post.APPROVER, Post.LEAD, Post.SUPERVISOR)
DECIDING = (Post.LEAD, Post.SUPERVISOR)
REVERSING = (Post.SUPERVISOR,)


def reportable(work: Work, case_id: str) -> Case:
    """A case in which the actor may report something, locked. An auditor reads and reports nothing."""
    case = cases.readable(work, case_id)
    if not work.actor.holds(*REPORTING):
        raise NotYours
    return case


def event(work: Work, event_id: str, posts: Collection[Post]) -> LifeEvent:
    """The event, locked, if the actor holds one of the posts over the area it was reported in; else `NotFound`."""
    wanted = select(LifeEvent).where(LifeEvent.id == event_id).with_for_update(key_share=True)
    found = work.session.scalar(wanted.execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    area = work.session.get_one(Case, found.reported_in).area
    if not identity.covers(work, work.actor.departments(posts), area):
        raise NotFound
    return found


def concern(work: Work, event_id: str, case_id: str) -> Concern:
    """What an event means to a case, as it is under the case's lock, which the caller holds."""
    found = work.session.get(Concern, (event_id, case_id), populate_existing=True)
    if found is None:
        raise NotFound
    return found

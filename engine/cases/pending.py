"""Life events that wait for a decision: whoever works on the case has to know."""

from sqlalchemy import select

from engine.store import Case, Concern, LifeEvent
from engine.words import ConcernState, EventKind
from engine.work import Work


def pending(work: Work, case: Case) -> tuple[EventKind, ...]:
    """What was reported of a case and nobody has decided on yet, the oldest first."""
    wanted = select(LifeEvent.kind).join(Concern, Concern.event_id == LifeEvent.id).where(Concern.case_id == case.id)
    rows = work.session.scalars(wanted.where(Concern.state == ConcernState.UNDECIDED).order_by(LifeEvent.reported_at))
    return tuple(EventKind(kind) for kind in rows)

"""An event reaches a case: the drawing takes it if it waits for it, else a person is asked what it means there."""

from sqlalchemy import select

from engine import cases, ledger, messages
from engine.events import names
from engine.events.held import concern
from engine.store import Awaited, Case, Concern, LifeEvent
from engine.words import CaseState, ConcernState, EntryKind
from engine.work import Work

MOST = 500  # concerns of one sweep


def pending(work: Work) -> tuple[tuple[str, str], ...]:
    """Event and case of what nobody has passed on yet."""
    wanted = select(Concern.event_id, Concern.case_id).where(Concern.state == ConcernState.WAITING)
    rows = work.session.execute(wanted.order_by(Concern.event_id, Concern.case_id).limit(MOST))
    return tuple((row.event_id, row.case_id) for row in rows)


def reach(work: Work, event_id: str, case_id: str) -> None:
    """Let one case have the event; nothing if somebody was first."""
    case = cases.locked(work, case_id)
    own = concern(work, event_id, case_id)
    if own.state == ConcernState.WAITING:
        reached(work, work.session.get_one(LifeEvent, event_id), own, case)


def reached(work: Work, event: LifeEvent, own: Concern, case: Case) -> None:
    """The same under the lock of the case."""
    if case.state == CaseState.ENDED and event.kind not in names.AFTER_THE_END:
        own.state = ConcernState.OVER
    elif taken(work, event, case, own.place, names.MESSAGES[event.kind]):
        own.state = ConcernState.DELIVERED
    else:
        own.state = ConcernState.UNDECIDED
    ledger.record(
        work, case.id, EntryKind.EVENT_REACHED, event=event.id, what=event.kind, place=own.place, now=own.state
    )


def taken(work: Work, event: LifeEvent, case: Case, place: str, name: str) -> bool:
    """Whether the drawing waits for this now and takes it. Only what its event maps is written into the case."""
    waits = select(Awaited.id).where(Awaited.case_id == case.id, ~Awaited.signal)
    if work.session.scalar(waits.where(Awaited.name == name, Awaited.key == case.number).limit(1)) is None:
        return False
    day = event.day.isoformat() if event.day else None
    payload = {"what": event.kind, "place": place, "day": day, "evidence": event.evidence}
    once = f"{event.id}.{case.id}" + (names.REVERSED if name.endswith(names.REVERSED) else "")
    return messages.receive(work, name, case.number, payload, once).delivered

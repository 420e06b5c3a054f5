"""A person says what an event means to a case: it goes on, the objection is right, or the case ends."""

from engine import cases, commands, identity, ledger
from engine.errors import EventOver, NotFound
from engine.events.held import DECIDING, concern
from engine.events.stop import stop
from engine.events.typed import why
from engine.store import Case, Concern, LifeEvent
from engine.words import CaseState, ConcernState, EntryKind, EventKind, Outcome
from engine.work import Work

ENDINGS = {
    EventKind.DECEASED: "申请人死亡，终止办理",
    EventKind.CHANGED: "情形变化，终止办理",
    EventKind.OBJECTED: "异议成立，终止办理",
    EventKind.WITHDRAWN: "申请人撤回申请",
}


def choices(kind: EventKind, *, running: bool) -> tuple[ConcernState, ...]:
    """What may be decided about an event of this kind; a case that is over cannot be ended again."""
    upheld = (ConcernState.UPHELD,) if kind == EventKind.OBJECTED else ()
    return (ConcernState.CONTINUED, *upheld, *((ConcernState.TERMINATED,) if running else ()))


def decide(work: Work, event_id: str, case_id: str, decision: ConcernState, reason: str, *, key: str) -> None:
    """Decide, once per `key`, for a reason that is recorded.

    `EventOver` when it was decided meanwhile; `FormInvalid` for a reason that is none; `NotFound` if it is not theirs.
    """
    case = _overseen(work, case_id)
    content = {"event": event_id, "case": case_id, "decision": decision, "reason": reason}
    if commands.once(work, key, content, case.id):
        return
    own = concern(work, event_id, case_id)
    event = work.session.get_one(LifeEvent, event_id)
    said = why(work, reason)
    if own.state != ConcernState.UNDECIDED:
        raise EventOver
    if decision not in choices(EventKind(event.kind), running=case.state != CaseState.ENDED):
        raise NotFound
    settle(work, own, decision, said)
    told = {"event": event.id, "what": event.kind, "decision": decision, "reason": said}
    ledger.record(work, case.id, EntryKind.EVENT_DECIDED, **told)
    if decision == ConcernState.TERMINATED:
        stop(work, case, own, Outcome.TERMINATED, ENDINGS[EventKind(event.kind)])


def settle(work: Work, own: Concern, state: ConcernState, reason: str) -> None:
    """Write down who decided what and why."""
    own.state, own.reason = state, reason
    own.decided_at, own.decided_by = work.now, work.actor.id


def _overseen(work: Work, case_id: str) -> Case:
    case = cases.readable(work, case_id)
    if not identity.covers(work, work.actor.departments(DECIDING), case.area):
        raise NotFound
    return case

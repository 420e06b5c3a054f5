"""A mistaken event is reversed: what it did is taken back where nothing else has happened since (纠错)."""

from engine import cases, commands, ledger, releases
from engine.errors import EventOver
from engine.events.decide import settle
from engine.events.held import REVERSING, event
from engine.events.names import MESSAGES, REVERSED
from engine.events.reach import taken
from engine.events.typed import why
from engine.store import Case, Concern, LifeEvent
from engine.words import ConcernState, EntryKind
from engine.work import Work

BY_HAND = "事件已撤销，但本办件此后又有办理，请人工处理 / reversed, but the case has gone on since: look at it"
CALM = (ConcernState.WAITING, ConcernState.UNDECIDED, ConcernState.CONTINUED, ConcernState.OVER, ConcernState.UPHELD)


def reverse(work: Work, event_id: str, reason: str, *, key: str) -> None:
    """Reverse an event, once per `key`, for a reason that is recorded. Where it cannot be undone, a person is asked.

    `EventOver` when it was reversed already; `FormInvalid`; `NotFound` for everybody but the supervisor of the area.
    """
    row = event(work, event_id, REVERSING)
    if commands.once(work, key, {"event": event_id, "reason": reason}, row.reported_in):
        return
    said = why(work, reason)
    if row.reversed_at:
        raise EventOver
    row.reversed_at, row.reversed_by, row.reversal = work.now, work.actor.id, said
    for own in list(row.concerns):  # in the order of the cases' ids, so that two reversals never wait for each other
        case = cases.locked(work, own.case_id)
        work.session.refresh(own)
        restored = _undo(work, row, own, case)
        told = {"event": row.id, "what": row.kind, "reason": said, "now": own.state}
        ledger.record(work, case.id, EntryKind.EVENT_REVERSED, **told, restored=restored)
    if not row.concerns:
        cases.locked(work, row.reported_in)
        told = {"event": row.id, "what": row.kind, "reason": said}
        ledger.record(work, row.reported_in, EntryKind.EVENT_REVERSED, **told)


def _undo(work: Work, row: LifeEvent, own: Concern, case: Case) -> list[str]:
    """Take back what the event did to one case; returns the tasks that are open again."""
    if own.before is not None and own.revision == case.revision:
        before = own.before
        cases.put_back(work, case, releases.load(work, case.release_hash), before)
        own.before = None
        settle(work, own, ConcernState.UNDONE, row.reversal)
        return list(before["tasks"])
    told = own.state == ConcernState.DELIVERED and taken(work, row, case, own.place, MESSAGES[row.kind] + REVERSED)
    if told or own.state in CALM:
        settle(work, own, ConcernState.UNDONE, row.reversal)
    else:
        settle(work, own, ConcernState.UNDECIDED, BY_HAND)
    return []

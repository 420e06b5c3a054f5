"""The applicant takes the application back, whole or some of its items (申请人撤回)."""

from collections.abc import Collection

from engine import cases, commands, identity, ledger, releases, runtime
from engine.errors import EventOver, NotAdjusted, NotYours
from engine.events.decide import ENDINGS, settle
from engine.events.held import DECIDING
from engine.events.names import MESSAGES
from engine.events.reach import taken
from engine.events.stop import stop
from engine.events.typed import why
from engine.runtime import Cancel, Refusal
from engine.store import Case, Concern, LifeEvent
from engine.words import CaseState, ConcernState, EntryKind, EventKind, ItemState, Outcome, Post
from engine.work import Work


def withdraw(work: Work, case_id: str, reason: str, items: Collection[str] = (), *, key: str) -> str:
    """Withdraw the whole case, or these items of it, once per `key`; returns the case's id.

    What has a result keeps it. By the window that took the case, the coordinator or the supervisor. `FormInvalid`;
    `EventOver` when nothing is left to withdraw; `NotAdjusted` when an item cannot be taken out; `NotYours`.
    """
    case = cases.readable(work, case_id)
    _may(work, case)
    content = {"case": case_id, "reason": reason, "items": sorted(items)}
    if commands.once(work, key, content, case.id):
        return case.id
    said = why(work, reason)
    open_ = [item.code for item in case.items if item.state != ItemState.ENDED]
    if case.state == CaseState.ENDED or not open_ or not set(items) <= set(open_):
        raise EventOver
    row = _reported(work, case, said)
    own = Concern(event_id=row.id, case_id=case.id, place="", state=ConcernState.WAITING)
    work.session.add(own)
    work.session.flush()
    settle(work, own, ConcernState.TERMINATED, said)
    told = {"event": row.id, "what": row.kind, "items": sorted(items or open_)}
    ledger.record(work, case.id, EntryKind.EVENT_REPORTED, **told, reason=said)
    if items and set(items) != set(open_):
        _items(work, case, sorted(items))
        own.state = ConcernState.CONTINUED
    elif taken(work, row, case, "", MESSAGES[EventKind.WITHDRAWN]):
        own.state = ConcernState.DELIVERED
    else:
        stop(work, case, own, Outcome.WITHDRAWN, ENDINGS[EventKind.WITHDRAWN])
    return case.id


def may_withdraw(work: Work, case: Case) -> bool:
    """Whether the actor may withdraw this case for its applicant."""
    at_window = case.window_id in work.actor.departments((Post.WINDOW,))
    return at_window or identity.covers(work, work.actor.departments(DECIDING), case.area)


def _may(work: Work, case: Case) -> None:
    if not may_withdraw(work, case):
        raise NotYours


def _reported(work: Work, case: Case, said: str) -> LifeEvent:
    row = LifeEvent(
        kind=EventKind.WITHDRAWN,
        person=None,
        name="",
        evidence="",
        said=said,
        reported_in=case.id,
        reported_at=work.now,
        reported_by=work.actor.id,
        confirmed_at=work.now,
        confirmed_by=work.actor.id,
    )
    work.session.add(row)
    work.session.flush()
    return row


def _items(work: Work, case: Case, items: Collection[str]) -> None:
    pack = releases.load(work, case.release_hash)
    wish = Cancel(tuple(items), Outcome.WITHDRAWN)
    found = runtime.repair(pack.model, case.process, wish, case.facts, now=work.now)
    if isinstance(found, Refusal):
        raise NotAdjusted(reason=f"{found.zh} / {found.en}")
    if found.incident:
        raise NotAdjusted(reason=f"{found.incident.zh} / {found.incident.en}")
    cases.move(work, case, pack, cases.vetted(case, found), cause=cases.CLOCK)

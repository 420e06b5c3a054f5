"""More time for an item 延期: asked for by its handler, decided by an approver, at most what the pack allows, once.

《行政许可法》第四十二条: what cannot be decided in twenty days may take ten more, approved by the person in charge of
the organ, and the applicant is told the reason.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from engine import cases, identity, ledger, notices, releases
from engine.cases import said
from engine.catalog import ItemSpec, Pack, Promise
from engine.errors import (
    EngineError,
    ExtendedOnce,
    ExtensionDecided,
    ExtensionTooLong,
    LimitOver,
    NotExtended,
    NotFound,
    NothingRuns,
    NotYours,
)
from engine.store import Case, Extension, Item
from engine.supervision.held import ASKING, led
from engine.words import CITY, N_, ClockKind, EntryKind, ExtensionState, ItemState, Occasion
from engine.work import Work

REASON = N_("Reason to take more time")
ANSWER = N_("Reason for the decision")
MOST = 100  # wishes of one list


@dataclass(frozen=True)
class ShownExtension:
    """A wish for more time, `amount` in the unit of the item; `mine`: the actor may decide it."""

    id: str
    case_id: str
    case: str
    pack: Pack
    item: str
    limit: Promise
    amount: int
    reason: str
    state: ExtensionState
    asked_at: datetime
    asked_by: str
    decided_at: datetime | None
    decided_by: str
    answer: str
    mine: bool


def extendable(work: Work, case_id: str) -> tuple[ItemSpec, ...]:
    """The items of a case the actor may ask more time for now."""
    case = cases.locked(work, case_id)
    pack = releases.of_case(work, case)
    own = work.actor.departments(ASKING)
    able = [i for i in case.items if i.department_id in own and _refusal(work, case, pack.item(i.code), i) is None]
    return tuple(pack.item(item.code) for item in able)


def request(work: Work, case_id: str, code: str, days: int, reason: str) -> str:
    """Ask for so many more units of an item's time; returns the wish's id.

    `NotFound` for others than a handler or reviewer of its department, `NotExtended`, `FormInvalid`.
    """
    case = cases.readable(work, case_id)
    pack = releases.of_case(work, case)
    item = next((i for i in case.items if i.code == code), None)
    if item is None or item.department_id not in work.actor.departments(ASKING):
        raise NotFound
    spec = pack.item(code)
    refusal = _refusal(work, case, spec, item)
    if refusal or spec.extension is None:
        raise refusal or NotExtended
    if not 0 < days <= spec.extension.days:
        raise ExtensionTooLong(most=spec.extension.days, unit=spec.extension.unit)
    why = said(work, reason, REASON)
    wish = Extension(
        item=code,
        department_id=item.department_id,
        amount=days,
        reason=why,
        state=ExtensionState.ASKED,
        asked_at=work.now,
        asked_by=work.actor.id,
    )
    case.extensions.append(wish)
    work.session.flush()
    ledger.record(work, case.id, EntryKind.EXTENSION_ASKED, item=code, days=days, reason=why)
    return wish.id


def decide(work: Work, extension_id: str, *, grant: bool, reason: str) -> str:
    """Grant or refuse more time; returns the case's id. New due dates follow at once.

    `NotFound` for others than an approver of the department or above it, `NotYours` for whoever asked; `NotExtended`,
    `FormInvalid`.
    """
    wish = work.session.get(Extension, extension_id)
    if wish is None or not _approves(work, wish):
        raise NotFound
    case = cases.locked(work, wish.case_id)
    work.session.refresh(wish)
    if wish.asked_by == work.actor.id:
        raise NotYours
    item = next(i for i in case.items if i.code == wish.item)
    pack = releases.of_case(work, case)
    _still(case, pack, item, wish, work, grant=grant)
    why = said(work, reason, ANSWER)
    wish.state = ExtensionState.GRANTED if grant else ExtensionState.REFUSED
    wish.decided_at, wish.decided_by, wish.answer = work.now, work.actor.id, why
    kind = EntryKind.EXTENSION_GRANTED if grant else EntryKind.EXTENSION_REFUSED
    facts = {"item": wish.item, "days": wish.amount, "reason": why}
    before = item.due_at
    if grant:
        cases.wind(work, case, pack, again=True)
        facts |= {"due": item.due_at.isoformat() if item.due_at else None}
    ledger.record(work, case.id, kind, **facts)
    if grant:
        days = {"before": _day(before), "until": _day(item.due_at)}
        told = {"reason": wish.reason, "approver": work.actor.name, **days}
        notices.on(work, case, pack, Occasion.ITEM_EXTENDED, item=wish.item, said=told)
    return case.id


def asked(work: Work) -> tuple[ShownExtension, ...]:
    """Wishes that wait for the actor's decision, the oldest first."""
    waits = select(Extension).where(Extension.state == ExtensionState.ASKED, Extension.department_id.in_(led(work)))
    return tuple(_shown(work, row) for row in work.session.scalars(waits.order_by(Extension.asked_at).limit(MOST)))


def extensions(work: Work, case_id: str) -> tuple[ShownExtension, ...]:
    """What was asked for in a case the caller may read, and what came of it."""
    rows = select(Extension).where(Extension.case_id == case_id).order_by(Extension.asked_at)
    return tuple(_shown(work, row) for row in work.session.scalars(rows))


def _day(moment: datetime | None) -> str | None:
    return moment.astimezone(CITY).date().isoformat() if moment else None


def _approves(work: Work, wish: Extension) -> bool:
    """Whether the actor is an approver of the department, or of one of its kind above it: a station has none itself."""
    return wish.department_id in led(work)


def _refusal(work: Work, case: Case, spec: ItemSpec, item: Item) -> EngineError | None:
    """Why nobody may ask for more time now."""
    if spec.extension is None:
        return NotExtended()
    if item.started_at is None or item.state == ItemState.ENDED:
        return NothingRuns()
    if any(e.item == item.code and e.state != ExtensionState.REFUSED for e in case.extensions):
        return ExtendedOnce()
    return LimitOver() if _over(work, case, item) else None


def _still(case: Case, pack: Pack, item: Item, wish: Extension, work: Work, *, grant: bool) -> None:
    if wish.state != ExtensionState.ASKED:
        raise ExtensionDecided
    extension = pack.item(item.code).extension
    if grant and (extension is None or wish.amount > extension.days):  # the case moved to another release since
        raise NotExtended
    if grant and item.state == ItemState.ENDED:
        raise NothingRuns
    if grant and _over(work, case, item):
        raise LimitOver


def _over(work: Work, case: Case, item: Item) -> bool:
    """Whether the last limit of an item is over: the one by law, if there is one."""
    own = [row for row in case.clocks if row.item == item.code and not row.phase and row.ended_at is None]
    rows = sorted(own, key=lambda row: row.kind != ClockKind.LEGAL)
    return bool(rows) and rows[0].due_at is not None and work.now > rows[0].due_at


def _shown(work: Work, row: Extension) -> ShownExtension:
    case = work.session.get_one(Case, row.case_id)
    pack = releases.of_case(work, case)
    people = identity.names(work, {one for one in (row.asked_by, row.decided_by) if one})
    able = _approves(work, row) and row.asked_by != work.actor.id
    spec = pack.item(row.item)
    limit = spec.extension or spec.legal or spec.promise
    assert limit is not None, "what was extended had a limit"
    return ShownExtension(
        id=row.id,
        case_id=case.id,
        case=case.number,
        pack=pack,
        item=row.item,
        limit=limit,
        amount=row.amount,
        reason=row.reason,
        state=ExtensionState(row.state),
        asked_at=row.asked_at,
        asked_by=people.get(row.asked_by, ""),
        decided_at=row.decided_at,
        decided_by=people.get(row.decided_by or "", ""),
        answer=row.answer,
        mine=able and row.state == ExtensionState.ASKED,
    )

"""Reading events: those of a case, and those that wait for somebody to confirm or to decide."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, or_, select

from engine import cases, forms, identity, people, releases
from engine.catalog import Pack
from engine.events.decide import choices
from engine.events.held import DECIDING, REPORTING, REVERSING
from engine.events.withdraw import may_withdraw
from engine.store import Case, Concern, LifeEvent
from engine.words import CaseState, ConcernState, EventKind, PersonRole, Post
from engine.work import Work

MOST = 200  # lines of the desk


@dataclass(frozen=True)
class ShownPerson:
    """Somebody in a case, masked, to choose from."""

    place: str
    role: PersonRole
    name: str


@dataclass(frozen=True)
class ShownConcern:
    """What an event means to one case. `choices` are what the actor may decide about it now."""

    case_id: str
    number: str
    pack: Pack
    applicant: str
    role: PersonRole | None
    state: ConcernState
    decided_at: datetime | None
    decided_by: str
    reason: str
    choices: tuple[ConcernState, ...]


@dataclass(frozen=True)
class ShownEvent:
    """An event, masked, and what the actor may do about it."""

    id: str
    kind: EventKind
    name: str
    day: date | None
    evidence: str
    said: str
    reported_in: str
    reported_at: datetime
    reported_by: str
    confirmed_at: datetime | None
    confirmed_by: str
    reversed_at: datetime | None
    reversed_by: str
    reversal: str
    concerns: tuple[ShownConcern, ...]
    can_confirm: bool
    can_reverse: bool


@dataclass(frozen=True)
class Desk:
    """What a page about the events of one case shows: who is in it, what is known, what may be reported."""

    case_id: str
    number: str
    pack: Pack
    applicant: str
    people: tuple[ShownPerson, ...]
    items: tuple[tuple[str, str], ...]
    events: tuple[ShownEvent, ...]
    can_report: tuple[EventKind, ...]


def desk(work: Work, case_id: str) -> Desk:
    """The events of a case, and what the actor may report in it. `NotFound` if it is not theirs to read."""
    case = cases.readable(work, case_id)
    pack = releases.load(work, case.release_hash)
    return Desk(
        case_id=case.id,
        number=case.number,
        pack=pack,
        applicant=cases.masked_names(case.applicant),
        people=tuple(
            ShownPerson(p.place, p.role, forms.mask("name", p.name)) for p in people.of_case(pack, case.facts)
        ),
        items=tuple((i.code, pack.item(i.code).name) for i in case.items if not i.outcome),
        events=of_case(work, case),
        can_report=_reportable(work, case),
    )


def of_case(work: Work, case: Case) -> tuple[ShownEvent, ...]:
    """What was reported in a case or reached it, the newest first. Of other cases nothing is said here."""
    reached = select(Concern.event_id).where(Concern.case_id == case.id)
    wanted = select(LifeEvent).where(or_(LifeEvent.reported_in == case.id, LifeEvent.id.in_(reached)))
    rows = work.session.scalars(wanted.order_by(LifeEvent.reported_at.desc(), LifeEvent.id)).all()
    return tuple(_shown(work, row, [c for c in row.concerns if c.case_id == case.id]) for row in rows)


def undecided(work: Work) -> tuple[ShownEvent, ...]:
    """What waits in the areas the actor oversees: deaths to be confirmed, cases to be decided; the oldest first."""
    areas = {r.code for d in work.actor.departments(DECIDING) for r in identity.areas(work, d)}
    mine = select(Case.id).where(Case.area.in_(areas))
    open_ = select(Concern.event_id).where(Concern.state == ConcernState.UNDECIDED, Concern.case_id.in_(mine))
    fresh = and_(LifeEvent.confirmed_at.is_(None), LifeEvent.reversed_at.is_(None), LifeEvent.reported_in.in_(mine))
    wanted = select(LifeEvent).where(or_(LifeEvent.id.in_(open_), fresh))
    rows = work.session.scalars(wanted.order_by(LifeEvent.reported_at, LifeEvent.id).limit(MOST)).all()
    return tuple(_shown(work, row, [c for c in row.concerns if c.case.area in areas]) for row in rows)


def waiting(work: Work) -> int:
    """How many lines `undecided` has."""
    return len(undecided(work))


def _reportable(work: Work, case: Case) -> tuple[EventKind, ...]:
    if not work.actor.holds(*REPORTING):
        return ()
    if case.state == CaseState.ENDED:
        return (EventKind.OBJECTED,)
    withdrawn = (EventKind.WITHDRAWN,) if may_withdraw(work, case) else ()
    return (*withdrawn, EventKind.DECEASED, EventKind.CHANGED, EventKind.OBJECTED)


def _shown(work: Work, row: LifeEvent, concerns: Iterable[Concern]) -> ShownEvent:
    own = list(concerns)
    said_by = {row.reported_by, row.confirmed_by, row.reversed_by, *(c.decided_by for c in own)}
    names = identity.names(work, {who for who in said_by if who})
    area = work.session.get_one(Case, row.reported_in).area
    decides = _covers(work, area, DECIDING)
    return ShownEvent(
        id=row.id,
        kind=EventKind(row.kind),
        name=row.name,
        day=row.day,
        evidence=row.evidence,
        said=row.said,
        reported_in=row.reported_in,
        reported_at=row.reported_at,
        reported_by=names.get(row.reported_by, ""),
        confirmed_at=row.confirmed_at,
        confirmed_by=names.get(row.confirmed_by or "", ""),
        reversed_at=row.reversed_at,
        reversed_by=names.get(row.reversed_by or "", ""),
        reversal=row.reversal,
        concerns=tuple(_concern(work, row, c, names) for c in own),
        can_confirm=decides and not (row.confirmed_at or row.reversed_at) and row.reported_by != work.actor.id,
        can_reverse=not row.reversed_at and _covers(work, area, REVERSING),
    )


def _concern(work: Work, row: LifeEvent, own: Concern, names: Mapping[str, str]) -> ShownConcern:
    case = own.case
    open_ = own.state == ConcernState.UNDECIDED and _covers(work, case.area, DECIDING)
    running = case.state != CaseState.ENDED
    return ShownConcern(
        case_id=case.id,
        number=case.number,
        pack=releases.load(work, case.release_hash),
        applicant=cases.masked_names(case.applicant),
        role=PersonRole(own.role) if own.role else None,
        state=ConcernState(own.state),
        decided_at=own.decided_at,
        decided_by=names.get(own.decided_by or "", ""),
        reason=own.reason,
        choices=choices(EventKind(row.kind), running=running) if open_ else (),
    )


def _covers(work: Work, area: str, posts: tuple[Post, ...]) -> bool:
    offices = work.actor.departments(posts)
    return bool(offices) and identity.covers(work, offices, area)

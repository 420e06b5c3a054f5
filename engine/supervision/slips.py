"""Supervision slips 督办单: a department has to say in writing why something is late, and what it does about it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, or_, select

from engine import cases, clocks, identity, ledger, numbers, releases
from engine.cases import said
from engine.cases.held import OVERSIGHT, WORKING
from engine.catalog import Pack
from engine.catalog.limit import Limit
from engine.errors import NotFound, SlipAnswered
from engine.identity import DepartmentInfo
from engine.store import Case, Clock, Slip
from engine.words import N_, ClockKind, EntryKind, LimitUnit, TaskState
from engine.work import Work

TO_ANSWER = Limit(5, LimitUnit.WORKING_DAYS)  # SAMPLE: what supervision rules of cities give a handler to answer
MOST = 100  # slips of one list
PREFIX = "DB"  # 督办
ANSWER = N_("Answer to the slip")
LONGEST = 500  # characters


@dataclass(frozen=True)
class ShownSlip:
    """A slip as people see it; `item` is empty when the whole case is late. `own`: the actor may answer it.

    `level`: 1 for the first about this delay, 2 for the one that follows when it goes on (一级、二级督办).
    """

    id: str
    number: str
    case_id: str
    case: str
    pack: Pack
    item: str
    kind: ClockKind
    department: DepartmentInfo
    person: str
    issued_at: datetime
    due_at: datetime
    late: bool
    answer: str
    answered_at: datetime | None
    answered_by: str
    own: bool
    level: int = 1


def issue(work: Work, case: Case, clock: Clock, department: str) -> None:
    """Write a slip to a department, and to whoever holds the open work there."""
    due = clocks.due(TO_ANSWER, work.now, clocks.calendar(work, case.area))
    assert due is not None, "nothing pauses the answer to a slip"
    holders = (t.holder for t in case.tasks if t.state == TaskState.OPEN and t.department_id == department)
    number = numbers.next_paper_number(work, PREFIX, case.area, releases.local_day(work.now))
    work.session.add(
        Slip(
            number=number,
            case_id=case.id,
            clock_id=clock.id,
            department_id=department,
            user_id=next((holder for holder in holders if holder), None),
            issued_at=work.now,
            due_at=due.moment,
        )
    )
    facts = {"slip": number, "item": clock.item, "clock": clock.kind, "department": department}
    ledger.record(work, case.id, EntryKind.SLIP_ISSUED, **{name: value for name, value in facts.items() if value})


def mine(work: Work) -> tuple[ShownSlip, ...]:
    """Slips nobody has answered, of the actor's departments and of the areas they oversee, the oldest first."""
    own = work.actor.departments(WORKING)
    areas = {region.code for d in work.actor.departments(OVERSIGHT) for region in identity.areas(work, d)}
    wanted = select(Slip).join(Case, Case.id == Slip.case_id).where(Slip.answered_at.is_(None))
    rows = wanted.where(or_(Slip.department_id.in_(own), Case.area.in_(areas))).order_by(Slip.issued_at, Slip.number)
    return tuple(_shown(work, row) for row in work.session.scalars(rows.limit(MOST)))


def of_case(work: Work, case_id: str) -> tuple[ShownSlip, ...]:
    """All slips of a case the caller may read."""
    rows = select(Slip).where(Slip.case_id == case_id).order_by(Slip.issued_at)
    return tuple(_shown(work, row) for row in work.session.scalars(rows))


def slip(work: Work, slip_id: str) -> ShownSlip:
    """One slip, for its department and for oversight; else `NotFound`."""
    return _shown(work, _held(work, slip_id))


def answer(work: Work, slip_id: str, text: str) -> None:
    """Answer a slip, once. `NotFound` for others than its department, `SlipAnswered`, `FormInvalid`."""
    row = _held(work, slip_id)
    if row.department_id not in work.actor.departments(WORKING):
        raise NotFound
    if row.answered_at:
        by = identity.names(work, {row.answered_by or ""}).get(row.answered_by or "", "")
        raise SlipAnswered(by=by, at=row.answered_at)
    row.answer = said(work, text, ANSWER, LONGEST)
    row.answered_at, row.answered_by = work.now, work.actor.id
    ledger.record(work, row.case_id, EntryKind.SLIP_ANSWERED, slip=row.number, department=row.department_id)


def _held(work: Work, slip_id: str) -> Slip:
    """The slip, its case locked, if it is the actor's to see."""
    row = work.session.get(Slip, slip_id)
    if row is None:
        raise NotFound
    case = cases.locked(work, row.case_id)
    work.session.refresh(row)
    if row.department_id not in work.actor.departments(WORKING) and not cases.oversees(work, case):
        raise NotFound
    return row


def _shown(work: Work, row: Slip) -> ShownSlip:
    case, clock = work.session.get_one(Case, row.case_id), work.session.get_one(Clock, row.clock_id)
    people = identity.names(work, {one for one in (row.user_id, row.answered_by) if one})
    return ShownSlip(
        id=row.id,
        number=row.number,
        case_id=case.id,
        case=case.number,
        pack=releases.of_case(work, case),
        item=clock.item,
        kind=ClockKind(clock.kind),
        department=identity.departments(work, {row.department_id})[row.department_id],
        person=people.get(row.user_id or "", ""),
        issued_at=row.issued_at,
        due_at=row.due_at,
        late=row.answered_at is None and work.now > row.due_at,
        answer=row.answer,
        answered_at=row.answered_at,
        answered_by=people.get(row.answered_by or "", ""),
        own=row.department_id in work.actor.departments(WORKING),
        level=1 + (work.session.scalar(_before(row)) or 0),
    )


def _before(row: Slip) -> Select[int]:
    """How many slips the same clock had brought about when this one was issued."""
    return select(func.count(Slip.id)).where(Slip.clock_id == row.clock_id, Slip.number < row.number)

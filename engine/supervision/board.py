"""The board: clocks whose lamp is yellow or red, of the actor's departments and of the areas they oversee."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy import case as case_

from engine import cases, identity, releases
from engine.cases.held import OVERSIGHT, WORKING
from engine.cases.pages import SIZE, Page, counted, within
from engine.catalog import Pack
from engine.identity import DepartmentInfo
from engine.store import Case, Clock, Item
from engine.supervision import extensions, slips
from engine.supervision.held import led
from engine.words import ClockKind, Lamp
from engine.work import Work

_OFFICE = func.coalesce(Item.department_id, Case.window_id)


@dataclass(frozen=True)
class BoardLine:
    """A clock that runs out or has; `item` is empty when it is the whole case's. The applicant is masked."""

    case_id: str
    number: str
    pack: Pack
    applicant: str
    item: str
    phase: str
    kind: ClockKind
    department: DepartmentInfo
    lamp: Lamp
    due_at: datetime | None


def board(
    work: Work, *, page: int = 1, department: str = "", pack: str = "", lamp: Lamp | None = None
) -> Page[BoardLine]:
    """What is late or soon will be, the longest late first; of one department, pack or lamp if one is named."""
    said = ((department, _OFFICE), (pack, Case.pack), (lamp, _lamp(work)))
    wanted = _wanted(work).where(*(column == value for value, column in said if value))
    total = counted(work, wanted)
    number = within(page, total)
    shown = wanted.add_columns(Case, Item).order_by(Clock.due_at, Clock.id)
    rows = work.session.execute(shown.limit(SIZE).offset((number - 1) * SIZE)).all()
    offices = identity.departments(work, {_office(case, item) for _, case, item in rows})
    return Page(
        tuple(_line(work, clock, case, offices[_office(case, item)]) for clock, case, item in rows), total, number
    )


def tallied(work: Work) -> dict[tuple[str, str, Lamp], int]:
    """How many lines of the board there are by department, pack and lamp."""
    by = (_OFFICE, Case.pack, _lamp(work))
    wanted = _wanted(work).with_only_columns(*by, func.count()).group_by(*by)
    return {(office, pack, Lamp(lamp)): count for office, pack, lamp, count in work.session.execute(wanted)}


def waiting(work: Work) -> int:
    """How much needs the actor's attention: clocks that run out, slips to answer, wishes to decide."""
    return counted(work, _wanted(work)) + len(slips.mine(work)) + len(extensions.asked(work))


def _wanted(work: Work) -> Select[Clock]:
    own = work.actor.departments(WORKING) | led(work)
    areas = {region.code for d in work.actor.departments(OVERSIGHT) for region in identity.areas(work, d)}
    of = and_(Item.case_id == Clock.case_id, Item.code == Clock.item)
    found = select(Clock).join(Case, Case.id == Clock.case_id).outerjoin(Item, of)
    whole = and_(Clock.item == "", Case.window_id.in_(own))
    seen = or_(Item.department_id.in_(own), whole, Case.area.in_(areas))
    return found.where(Clock.amber_at <= work.now, Clock.ended_at.is_(None), seen)


def _lamp(work: Work) -> ColumnElement[str]:
    """Which of the two lamps a line shows, as `cases.lit` says it."""
    return case_((Clock.due_at < work.now, str(Lamp.RED)), else_=str(Lamp.YELLOW))


def _office(case: Case, item: Item | None) -> str:
    return item.department_id if item else case.window_id


def _line(work: Work, clock: Clock, case: Case, office: DepartmentInfo) -> BoardLine:
    lit = cases.lit(clock, work.now)
    return BoardLine(
        case_id=case.id,
        number=case.number,
        pack=releases.of_case(work, case),
        applicant=cases.masked_names(case.applicant),
        item=clock.item,
        phase=clock.phase,
        kind=ClockKind(clock.kind),
        department=office,
        lamp=lit.lamp,
        due_at=lit.due,
    )

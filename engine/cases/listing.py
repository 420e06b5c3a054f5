"""Lists of cases: what a window took, what somebody may read; found by number or name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, or_, select

from engine import identity, numbers, releases
from engine.cases.held import OVERSIGHT, WORKING
from engine.cases.pages import SIZE, Page, counted, within
from engine.cases.view import masked_names
from engine.catalog import Pack
from engine.store import Case, Item, Material, Task
from engine.words import CaseOutcome, CaseState, ItemState, MaterialState, Post
from engine.work import Work


@dataclass(frozen=True)
class CaseLine:
    """One row; `ended` of `items` items are finished, `supplement` of them wait for papers.

    `late` papers should have followed by now.
    """

    id: str
    number: str
    pack: Pack
    applicant: str
    state: CaseState
    outcome: CaseOutcome | None
    accepted_at: datetime
    items: int
    ended: int
    supplement: int
    late: int


def taken(work: Work, *, search: str = "", page: int = 1) -> Page[CaseLine]:
    """Cases taken by the actor's windows, the newest first; `search` is a number or a name."""
    windows = work.actor.departments((Post.WINDOW,))
    return _page(work, select(Case).where(Case.window_id.in_(windows)), search, page)


def listing(work: Work, *, search: str = "", page: int = 1) -> Page[CaseLine]:
    """Every case the actor may read (`held.readable` says the same of one), the newest first."""
    own = work.actor.departments(WORKING)
    items = select(Item.case_id).where(Item.department_id.in_(own))
    overseen = {r.code for d in work.actor.departments(OVERSIGHT) for r in identity.areas(work, d)}
    tasks = select(Task.case_id).where(Task.department_id.in_(own))
    seen = or_(Case.window_id.in_(own), Case.id.in_(items), Case.id.in_(tasks), Case.area.in_(overseen))
    return _page(work, select(Case).where(seen), search, page)


def _page(work: Work, wanted: Select[Case], search: str, page: int) -> Page[CaseLine]:
    if search.strip():
        wanted = _matching(wanted, search.strip()[:60])
    total = counted(work, wanted)
    number = within(page, total)
    newest = wanted.order_by(Case.accepted_at.desc(), Case.id).limit(SIZE).offset((number - 1) * SIZE)
    rows = list(work.session.scalars(newest))
    items = _items(work, [c.id for c in rows])
    late = _late(work, [c.id for c in rows])
    return Page(tuple(_line(work, c, items.get(c.id, []), late.get(c.id, 0)) for c in rows), total, number)


def _matching(wanted: Select[Case], typed: str) -> Select[Case]:
    return wanted.where(
        or_(
            Case.number.startswith(numbers.typed(typed), autoescape=True),
            Case.applicant.contains(typed, autoescape=True),
        )
    )


def _items(work: Work, cases: list[str]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for case_id, state in work.session.execute(select(Item.case_id, Item.state).where(Item.case_id.in_(cases))):
        found.setdefault(case_id, []).append(state)
    return found


def _late(work: Work, cases: list[str]) -> Mapping[str, int]:
    late = select(Material.case_id, func.count()).where(Material.case_id.in_(cases))
    late = late.where(Material.state == MaterialState.TOLERATED, Material.due_at <= work.now)
    return {case_id: int(count) for case_id, count in work.session.execute(late.group_by(Material.case_id))}


def _line(work: Work, case: Case, states: list[str], late: int) -> CaseLine:
    return CaseLine(
        id=case.id,
        number=case.number,
        pack=releases.of_case(work, case),
        applicant=masked_names(case.applicant),
        state=CaseState(case.state),
        outcome=CaseOutcome(case.outcome) if case.outcome else None,
        accepted_at=case.accepted_at,
        items=len(states),
        ended=states.count(ItemState.ENDED),
        supplement=states.count(ItemState.SUPPLEMENT),
        late=late,
    )

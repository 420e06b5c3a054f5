"""Lists of cases: what a window took, what somebody may read; found by number or name."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select

from engine import forms, identity, numbers, releases
from engine.cases.held import OVERSIGHT, WORKING
from engine.cases.pages import MOST, Page, cut
from engine.cases.view import masked_names
from engine.catalog import Pack
from engine.store import Case, Item, Material, Person, Task
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
    return _page(work, Case.window_id.in_(windows), search, page)


def listing(work: Work, *, search: str = "", page: int = 1) -> Page[CaseLine]:
    """Every case the actor may read (`held.readable` says the same of one), the newest first."""
    own = sorted(work.actor.departments(WORKING))
    overseen = sorted({r.code for d in work.actor.departments(OVERSIGHT) for r in identity.areas(work, d)})
    few = _few(work, own, overseen)
    if few is None:
        return _page(work, _seen(own, overseen), search, page, MOST + 1)
    return _page(work, Case.id.in_(few), search, page, len(few))


def matching(work: Work, typed: str) -> ColumnElement[bool]:
    """Cases with somebody of this ID number, with this number or beginning of a number, or these words in a name."""
    if person := forms.id_number(typed):
        return Case.id.in_(select(Person.case_id).where(Person.id_hash == work.vault.blind("id", person)))
    number = numbers.typed(typed)
    return numbers.beginning(Case.number, number) if number else Case.applicant.contains(typed, autoescape=True)


def _few(work: Work, own: Collection[str], overseen: Collection[str]) -> list[str] | None:
    """The ids of the cases somebody may read, if they are no more than anybody pages; else None.

    Few among a city's cases are found by what makes them readable; many, by going through all, the newest first.
    """
    taken = select(Case.id).where(Case.window_id.in_(own))
    items = select(Item.case_id).where(Item.department_id.in_(own)).distinct()
    tasks = select(Task.case_id).where(Task.department_id.in_(own)).distinct()
    areas = select(Case.id).where(Case.area.in_(overseen)).order_by(Case.accepted_at.desc())
    found: set[str] = set()
    for way in (*((taken, items, tasks) if own else ()), *((areas,) if overseen else ())):
        found.update(work.session.scalars(way.limit(MOST + 1)))
        if len(found) > MOST:
            return None
    return sorted(found)


def _seen(own: Collection[str], overseen: Collection[str]) -> ColumnElement[bool]:
    """Said of each case: so it can be asked along the newest, and stops when the page is full."""
    # One value, and not EXISTS, which PostgreSQL would answer by collecting every case of the department first.
    item = select(Item.id).where(Item.case_id == Case.id, Item.department_id.in_(own)).limit(1)
    task = select(Task.id).where(Task.case_id == Case.id, Task.department_id.in_(own)).limit(1)
    involved = (each.scalar_subquery().is_not(None) for each in (item, task))
    return or_(Case.area.in_(overseen), Case.window_id.in_(own), *involved)


def _page(work: Work, which: ColumnElement[bool], search: str, page: int, known: int | None = None) -> Page[CaseLine]:
    # First only what lies in the index of lists, then the whole rows of one page.
    wanted = select(Case.id).where(which).order_by(Case.accepted_at.desc(), Case.id.desc())
    if search.strip():
        wanted, known = wanted.where(matching(work, search.strip()[:60])), None
    rows, total, number = cut(work, wanted, page, known)
    ids = [row.id for row in rows]
    found = {case.id: case for case in work.session.scalars(select(Case).where(Case.id.in_(ids)))}
    items, late = _items(work, ids), _late(work, ids)
    return Page(tuple(_line(work, found[i], items.get(i, []), late.get(i, 0)) for i in ids), total, number)


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

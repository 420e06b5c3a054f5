"""The list behind a figure: the very rows that were counted."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine import cases, identity, releases
from engine.cases.pages import Page, cut
from engine.catalog import Pack
from engine.figures.counted import CASES, NOW, TASKS, Counted, Wish, selected
from engine.identity import DepartmentInfo
from engine.store import Case, Item, Task
from engine.work import Work

Thing = Case | Task | Item


@dataclass(frozen=True)
class Line:
    """One thing that was counted: a task, an item or a case. The applicant is masked.

    `name` is the task's, `item` its code, `person` who has or had it; each is empty where there is none. `since`: when
    it was opened, started or accepted; `until`: when it was done or ended.
    """

    case_id: str
    number: str
    pack: Pack
    applicant: str
    name: str
    item: str
    department: DepartmentInfo
    person: str
    since: datetime
    until: datetime | None


def behind(work: Work, wish: Wish, *, page: int = 1) -> Page[Line]:
    """What was counted: open things the oldest first, finished ones the newest first."""
    moment, kind = _columns(wish.what)
    order = (moment, kind.id) if wish.now else (moment.desc(), kind.id.desc())
    found, total, number = cut(work, selected(work, wish).with_only_columns(Case, kind).order_by(*order), page)
    rows: list[tuple[Case, Thing]] = [(case, row) for case, row in found]
    offices = identity.departments(work, {_department(row) for _, row in rows})
    people = identity.names(work, {who for _, row in rows if (who := _person(row))})
    return Page(tuple(_line(work, case, row, offices, people) for case, row in rows), total, number)


def _columns(what: Counted) -> tuple[Any, Any]:
    if what in CASES:
        return Case.accepted_at, Case
    if what in TASKS:
        return Task.opened_at if what in NOW else Task.done_at, Task
    return Item.started_at if what in NOW else Item.ended_at, Item


def _department(row: Thing) -> str:
    return row.window_id if isinstance(row, Case) else row.department_id


def _person(row: Thing) -> str:
    return (row.done_by or row.holder or "") if isinstance(row, Task) else ""


def _line(work: Work, case: Case, row: Thing, offices: dict[str, DepartmentInfo], people: dict[str, str]) -> Line:
    return Line(
        case_id=case.id,
        number=case.number,
        pack=releases.of_case(work, case),
        applicant=cases.masked_names(case.applicant),
        name=row.name if isinstance(row, Task) else "",
        item=(row.item or "") if isinstance(row, Task) else row.code if isinstance(row, Item) else "",
        department=offices[_department(row)],
        person=people.get(_person(row), ""),
        since=_since(case, row),
        until=row.done_at if isinstance(row, Task) else row.ended_at,
    )


def _since(case: Case, row: Thing) -> datetime:
    if isinstance(row, Task):
        return row.opened_at
    return (row.started_at if isinstance(row, Item) else None) or case.accepted_at

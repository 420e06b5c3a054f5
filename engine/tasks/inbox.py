"""The inbox: what waits for me and my departments, one page at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVarTuple

from sqlalchemy import ColumnElement, Select, Text, and_, false, or_, select, type_coerce, union_all

from engine import cases, identity, numbers, releases
from engine.cases import Lit
from engine.cases.pages import MOST, SIZE, Page, counted, cut, follow
from engine.catalog import Pack
from engine.identity import DepartmentInfo
from engine.store import Case, Item, Task, User
from engine.tasks.absence import held_for, stood_in_for
from engine.tasks.kept import not_for_others
from engine.tasks.transfer import Passed, passed
from engine.tasks.watched import Urged, slips_of, urges_of, watched
from engine.words import N_, Stage, TaskState, Word
from engine.work import Work

Columns = TypeVarTuple("Columns")
ALL = MOST + 1  # as far as anybody pages, and one to say that there are more


class Box(Word):
    """The tabs of an inbox (domain.md 3.2: 待办, 在办, 已办, 督办)."""

    FREE = "free", N_("to do")
    MINE = "mine", N_("mine")
    DONE = "done", N_("done by me")
    WATCHED = "watched", N_("under supervision")


@dataclass(frozen=True)
class Line:
    """One row of the list; the applicant is masked. `slip`: id of the supervision slip its department has to answer.

    `instead`: an absent colleague holds it, for whom the actor stands in.
    """

    id: str
    case_id: str
    number: str
    pack: Pack
    item: str
    name: str
    stage: Stage
    state: TaskState
    applicant: str
    department: DepartmentInfo
    holder: str
    opened_at: datetime
    done_at: datetime | None
    lit: Lit | None = None
    slip: str = ""
    passed: Passed | None = None
    urged: Urged | None = None
    instead: bool = False


def inbox(work: Work, box: Box, *, search: str = "", page: int = 1, after: str = "") -> Page[Line]:
    """A page of the actor's tasks: free ones oldest first, those in hand and under supervision by what is due first.

    Done ones newest first, from a place on (`after`, as a page says it in `beyond`); the others by number of the page.
    `search`: case number, name or task name.
    """
    typed = search.strip()[:60]
    most = min(max(page, 1) * SIZE, ALL)
    wanted = _in_box(work, box, typed, most).join(Case, Case.id == Task.case_id)
    if typed:
        wanted = wanted.where(_matches(work, typed))
    rowed = wanted.with_only_columns(Task, Case.number, Case.applicant, Case.release_hash)
    if box == Box.DONE:
        rows, beyond = follow(work, rowed, Task.done_at, Task.id, after)
        return Page(_lines(work, [row[:4] for row in rows]), counted(work, wanted), 1, beyond)
    rows, total, number = cut(work, _ordered(rowed, box), page, None if typed else count(work, box))
    return Page(_lines(work, rows), total, number)


def count(work: Work, box: Box) -> int:
    """How many tasks lie in a box, counted as far as anybody pages."""
    return counted(work, _in_box(work, box))


def _ordered(wanted: Select[*Columns], box: Box) -> Select[*Columns]:
    """What one has in hand is little and sorted by what is due first; what is free is read as an index has it."""
    if box == Box.FREE:
        return wanted.order_by(Task.opened_at, Task.id)
    wanted = wanted.outerjoin(Item, and_(Item.case_id == Task.case_id, Item.code == Task.item))
    return wanted.order_by(Item.due_at.is_(None), Item.due_at, Task.opened_at, Task.id)


def _in_box(work: Work, box: Box, search: str = "", most: int = ALL) -> Select[Task]:
    """The tasks of a box; those to claim of several departments `most` of each: the oldest, which pages begin with."""
    wanted = select(Task)
    if box == Box.DONE:
        return wanted.where(Task.state == TaskState.DONE, Task.done_by == work.actor.id)
    if box == Box.MINE:
        return wanted.where(Task.state == TaskState.OPEN, held_for(work))
    if box == Box.WATCHED:
        return wanted.where(Task.id.in_(watched(work)), _within_reach(work))
    mine = not_for_others(work.actor.id)
    ways = [and_(Task.state == TaskState.OPEN, _nobodys(), way, mine) for way in _allowed(work)]
    if len(ways) > 1 and not search:
        return wanted.where(Task.id.in_(union_all(*(_oldest(way, most) for way in ways))))
    return wanted.where(or_(false(), *ways))


def _within_reach(work: Work) -> ColumnElement[bool]:
    """What the actor or whoever they stand in for holds, or what they may take."""
    free = and_(_nobodys(), not_for_others(work.actor.id), or_(false(), *_allowed(work)))
    return or_(held_for(work), free)


def _oldest(way: ColumnElement[bool], most: int) -> Select[str]:
    """As many of a department as are paged to: an index answers one in order, but not several together."""
    found = select(Task.id).where(way).order_by(Task.opened_at, Task.id).limit(most).subquery()
    return select(found.c.id)


def _nobodys() -> ColumnElement[bool]:
    """Unclaimed, or claimed by somebody whose account was closed since."""
    # Said as a negation, so that no planner reads all unclaimed tasks of the city by an index of holders.
    return ~and_(Task.holder.is_not(None), Task.holder.not_in(select(User.id).where(User.disabled)))


def _allowed(work: Work) -> list[ColumnElement[bool]]:
    """Tasks of a department and post the actor holds together, department by department."""
    held: dict[str, list[str]] = {}
    for department, post in sorted((a.department, str(a.post)) for a in work.actor.appointments):
        held.setdefault(department, []).append(post)
    posts = type_coerce(Task.posts, Text)
    return [
        and_(Task.department_id == department, or_(*(posts.contains(f'"{post}"') for post in several)))
        for department, several in held.items()
    ]


def _matches(work: Work, typed: str) -> ColumnElement[bool]:
    """A number is looked up among the cases; words are compared with each task of the box and its case."""
    found = cases.matching(work, typed)
    return found if numbers.typed(typed) else or_(found, _named(typed))


def _named(typed: str) -> ColumnElement[bool]:
    return Task.name.contains(typed, autoescape=True)


def _lines(work: Work, rows: Sequence[Sequence[Any]]) -> tuple[Line, ...]:
    """Lines of rows of a task, number and applicant of its case, and its release."""
    tasks = [row[0] for row in rows]
    people = identity.names(work, {t.holder for t in tasks if t.holder})
    offices = identity.departments(work, {t.department_id for t in tasks})
    lit, slips = cases.lamps(work, tasks), slips_of(work, tasks)
    given, urged, instead = passed(work, tasks), urges_of(work, tasks), stood_in_for(work, tasks)
    shown = ((line.id, line) for line in (_line(work, people, offices, *row) for row in rows))
    return tuple(
        replace(
            line,
            lit=lit.get(key),
            slip=slips.get(key, ""),
            passed=given.get(key),
            urged=urged.get(key),
            instead=key in instead,
        )
        for key, line in shown
    )


def _line(
    work: Work,
    people: dict[str, str],
    offices: dict[str, DepartmentInfo],
    task: Task,
    number: str,
    applicant: str,
    release: str,
) -> Line:
    pack = releases.load(work, release)
    return Line(
        id=task.id,
        case_id=task.case_id,
        number=number,
        pack=pack,
        item=_item_name(pack, task.item),
        name=task.name,
        stage=Stage(task.stage),
        state=TaskState(task.state),
        applicant=cases.masked_names(applicant),
        department=offices[task.department_id],
        holder=people.get(task.holder or "", ""),
        opened_at=task.opened_at,
        done_at=task.done_at,
    )


def _item_name(pack: Pack, code: str | None) -> str:
    names: Iterable[str] = (i.name for i in pack.items if i.code == code)
    return next(iter(names), "")

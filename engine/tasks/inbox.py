"""The inbox: what waits for me and my departments, one page at a time."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Select, Text, and_, false, or_, select, type_coerce

from engine import cases, identity, numbers, releases
from engine.cases import Lit
from engine.cases.pages import SIZE, Page, counted, within
from engine.catalog import Pack
from engine.identity import DepartmentInfo
from engine.store import Case, Task, User
from engine.tasks.kept import not_for_others
from engine.words import N_, Stage, TaskState, Word
from engine.work import Work


class Box(Word):
    """The tabs of an inbox (domain.md 3.2: 待签收, 在办, 已办)."""

    FREE = "free", N_("to claim")
    MINE = "mine", N_("mine")
    DONE = "done", N_("done by me")


@dataclass(frozen=True)
class Line:
    """One row of the list; the applicant is masked."""

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


def inbox(work: Work, box: Box, *, search: str = "", page: int = 1) -> Page[Line]:
    """A page of the actor's tasks, oldest first (done ones newest first). `search`: case number, name or task name."""
    wanted = _in_box(work, box, search)
    total = counted(work, wanted)
    number = within(page, total)
    order = Task.done_at.desc() if box == Box.DONE else Task.opened_at
    rows = work.session.execute(
        wanted.join(Case, Case.id == Task.case_id)
        .with_only_columns(Task, Case.number, Case.applicant, Case.release_hash)
        .order_by(order, Task.id)
        .limit(SIZE)
        .offset((number - 1) * SIZE)
    ).all()
    tasks = [row[0] for row in rows]
    people = identity.names(work, {t.holder for t in tasks if t.holder})
    offices = identity.departments(work, {t.department_id for t in tasks})
    lit = cases.lamps(work, tasks)
    lines = (replace(_line(work, *row, people, offices), lit=lit.get(row[0].id)) for row in rows)
    return Page(tuple(lines), total, number)


def counts(work: Work) -> dict[Box, int]:
    """How many tasks lie in each box, counted as far as anybody pages."""
    return {box: counted(work, _in_box(work, box, "")) for box in Box}


def _in_box(work: Work, box: Box, search: str) -> Select[Task]:
    wanted = select(Task)
    if box == Box.DONE:
        wanted = wanted.where(Task.state == TaskState.DONE, Task.done_by == work.actor.id)
    elif box == Box.MINE:
        wanted = wanted.where(Task.state == TaskState.OPEN, Task.holder == work.actor.id)
    else:
        wanted = wanted.where(Task.state == TaskState.OPEN, _nobodys(), _allowed(work), not_for_others(work))
    return wanted.where(_matches(search)) if search.strip() else wanted


def _nobodys() -> ColumnElement[bool]:
    """Unclaimed, or claimed by somebody whose account was closed since."""
    # Said as a negation, so that no planner reads all unclaimed tasks of the city by an index of holders.
    return ~and_(Task.holder.is_not(None), Task.holder.not_in(select(User.id).where(User.disabled)))


def _allowed(work: Work) -> ColumnElement[bool]:
    """Tasks of a department and post the actor holds together."""
    held: dict[str, list[str]] = {}
    for department, post in sorted((a.department, str(a.post)) for a in work.actor.appointments):
        held.setdefault(department, []).append(post)
    posts = type_coerce(Task.posts, Text)
    ways = [
        and_(Task.department_id == department, or_(*(posts.contains(f'"{post}"') for post in several)))
        for department, several in held.items()
    ]
    # One department is a plain condition, which an index answers in order; several are named once more for it.
    return and_(Task.department_id.in_(held), or_(*ways)) if len(ways) > 1 else or_(false(), *ways)


def _matches(search: str) -> ColumnElement[bool]:
    typed = search.strip()[:60]
    number = numbers.typed(typed)
    of_case = or_(Case.number.startswith(number, autoescape=True), Case.applicant.contains(typed, autoescape=True))
    return or_(Task.case_id.in_(select(Case.id).where(of_case)), Task.name.contains(typed, autoescape=True))


def _line(
    work: Work,
    task: Task,
    number: str,
    applicant: str,
    release: str,
    people: dict[str, str],
    offices: dict[str, DepartmentInfo],
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

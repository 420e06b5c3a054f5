"""What is counted, and of what: the one place that says so, for the figure and for the list behind it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, tuple_

from engine import identity
from engine.cases.held import OVERSIGHT
from engine.figures.term import Term
from engine.identity import RegionInfo
from engine.store import Asked, Case, Clock, Department, Extension, Item, Task, User
from engine.words import N_, ExtensionState, ItemState, Level, Outcome, Stage, TaskState, Word
from engine.work import Work

POSTS = OVERSIGHT
# A decision was made. Whoever withdrew, or whose item fell away, got none: nothing was in time or late about it.
DECIDED = (Outcome.APPROVED, Outcome.TOLERATED, Outcome.REFUSED, Outcome.NOT_ACCEPTED, Outcome.FORWARDED)

REFUSED = (Outcome.REFUSED, Outcome.NOT_ACCEPTED)


class Counted(Word):
    """What a figure counts: as it stands now, or of the term."""

    TASKS_OPEN = "tasks_open", N_("tasks to do")
    TASKS_LATE = "tasks_late", N_("overdue tasks")
    TASKS_DONE = "tasks_done", N_("tasks decided in the period")
    ITEMS_OPEN = "items_open", N_("items in progress")
    ITEMS_LATE = "items_late", N_("overdue items")
    ITEMS_DECIDED = "items_decided", N_("items decided in the period")
    ITEMS_IN_TIME = "items_in_time", N_("items decided in time")
    ITEMS_TOO_LATE = "items_too_late", N_("items decided too late")
    ITEMS_REFUSED = "items_refused", N_("items refused in the period")
    ITEMS_EXTENDED = "items_extended", N_("items decided with more time")
    CASES_ACCEPTED = "cases_accepted", N_("cases accepted in the period")
    CASES_JOINT = "cases_joint", N_("cases of several departments")
    CASES_SUPPLEMENTED = "cases_supplemented", N_("cases in which something more was asked for")


TASKS = frozenset({Counted.TASKS_OPEN, Counted.TASKS_LATE, Counted.TASKS_DONE})
CASES = frozenset({Counted.CASES_ACCEPTED, Counted.CASES_JOINT, Counted.CASES_SUPPLEMENTED})
NOW = frozenset({Counted.TASKS_OPEN, Counted.TASKS_LATE, Counted.ITEMS_OPEN, Counted.ITEMS_LATE})


@dataclass(frozen=True)
class Wish:
    """What is counted, and of whom; what is empty does not matter. `county` is a region with all below it."""

    what: Counted
    term: Term
    department: str = ""
    person: str = ""
    pack: str = ""
    county: str = ""

    @property
    def now(self) -> bool:
        """Whether it is counted as it stands now, whatever the term."""
        return self.what in NOW


def overseen(work: Work) -> tuple[RegionInfo, ...]:
    """The counties and townships the actor oversees, in order of code; asked once a transaction."""
    known: dict[str, tuple[RegionInfo, ...]] = work.session.info.setdefault("overseen", {})
    if work.actor.id not in known:
        found = {r.code: r for d in work.actor.departments(POSTS) for r in identity.areas(work, d)}
        known[work.actor.id] = tuple(found[code] for code in sorted(found))
    return known[work.actor.id]


def selected(work: Work, wish: Wish) -> Select[*tuple[Any, ...]]:
    """The rows counted: tasks, items or cases, each with its case, of the areas the actor oversees."""
    found = select(Case.id) if wish.what in CASES else select(Case.id).join(_rows(wish.what), _of_case(wish.what))
    return found.where(Case.area.in_(_areas(work, wish)), _is(work, wish), *_narrowed(wish))


def tally(work: Work, what: Counted, term: Term, *by: Any) -> dict[tuple[Any, ...], int]:
    """How many there are by the values of these columns."""
    wanted = selected(work, Wish(what, term)).with_only_columns(*by, func.count()).group_by(*by)
    return {tuple(row[:-1]): row[-1] for row in work.session.execute(wanted)}


def department(what: Counted) -> Any:
    """Whose it is: of a task, of an item; of a case its window."""
    return Task.department_id if what in TASKS else Case.window_id if what in CASES else Item.department_id


def person(what: Counted) -> Any:
    """Who has it, or had it."""
    return Task.done_by if what is Counted.TASKS_DONE else Task.holder


def county_of(area: str, regions: Mapping[str, RegionInfo]) -> str:
    """The county of an area; the area itself if no county is known above it."""
    found = regions.get(area)
    return found.parent if found and found.level is Level.TOWNSHIP and found.parent else area


def _rows(what: Counted) -> type[Task] | type[Item]:
    return Task if what in TASKS else Item


def _of_case(what: Counted) -> ColumnElement[bool]:
    return Task.case_id == Case.id if what in TASKS else Item.case_id == Case.id


def _areas(work: Work, wish: Wish) -> Collection[str]:
    regions = {region.code: region for region in overseen(work)}
    return [code for code in regions if not wish.county or county_of(code, regions) == wish.county]


def _is(work: Work, wish: Wish) -> ColumnElement[bool]:
    term = wish.term
    open_ = and_(Task.state == TaskState.OPEN, Task.department_id.in_(select(Department.id)))  # as the inbox has them
    decided = and_(Item.state == ItemState.ENDED, Item.outcome.in_(DECIDED), _within(Item.ended_at, term))
    accepted = _within(Case.accepted_at, term)
    ways: Mapping[Counted, ColumnElement[bool]] = {
        Counted.TASKS_OPEN: open_,
        Counted.TASKS_LATE: and_(open_, tuple_(Task.case_id, func.coalesce(Task.item, "")).in_(_over(work))),
        Counted.TASKS_DONE: and_(
            Task.state == TaskState.DONE, _within(Task.done_at, term), Task.done_by.in_(select(User.id))
        ),
        Counted.ITEMS_OPEN: and_(Item.started_at.is_not(None), Item.state != ItemState.ENDED),
        Counted.ITEMS_LATE: and_(Item.state != ItemState.ENDED, tuple_(Item.case_id, Item.code).in_(_over(work))),
        Counted.ITEMS_DECIDED: decided,
        Counted.ITEMS_IN_TIME: and_(decided, _kept(broken=False), ~_kept(broken=True)),
        Counted.ITEMS_TOO_LATE: and_(decided, _kept(broken=True)),
        Counted.ITEMS_REFUSED: and_(decided, Item.outcome.in_(REFUSED)),
        Counted.ITEMS_EXTENDED: and_(decided, _extended()),
        Counted.CASES_ACCEPTED: accepted,
        Counted.CASES_JOINT: and_(accepted, _offices() > 1),
        Counted.CASES_SUPPLEMENTED: and_(accepted, _supplemented()),
    }
    return ways[wish.what]


def _narrowed(wish: Wish) -> list[ColumnElement[bool]]:
    pairs = (
        (wish.department, department(wish.what)),
        (wish.person, person(wish.what)),
        (wish.pack, Case.pack),
    )
    return [column == value for value, column in pairs if value]


def _within(column: Any, term: Term) -> ColumnElement[bool]:
    return and_(column >= term.begins, column < term.ends)


def _over(work: Work) -> Select[str, str]:
    """Cases and items whose limit has run out and that are not finished; found by when their lamps turned yellow."""
    late = select(Clock.case_id, Clock.item).where(Clock.amber_at <= work.now, Clock.due_at < work.now)
    return late.where(Clock.ended_at.is_(None), Clock.phase == "")


def _kept(*, broken: bool) -> ColumnElement[bool]:
    """Whether a clock of the item, a phase of it left out, was kept or broken when the item ended."""
    own = select(Clock.id).where(Clock.case_id == Item.case_id, Clock.item == Item.code, Clock.phase == "")
    over = Item.ended_at > Clock.due_at
    return own.where(over if broken else ~over).exists()


def _extended() -> ColumnElement[bool]:
    """Whether more time was granted to the item."""
    own = select(Extension.id).where(Extension.case_id == Item.case_id, Extension.item == Item.code)
    return own.where(Extension.state == ExtensionState.GRANTED).exists()


def _offices() -> ColumnElement[int]:
    """How many departments have an item of the case that was needed."""
    needed = or_(Item.outcome.is_(None), Item.outcome != Outcome.NOT_NEEDED)
    offices = select(func.count(Item.department_id.distinct())).where(Item.case_id == Case.id, needed)
    return offices.scalar_subquery()


def _supplemented() -> ColumnElement[bool]:
    """Whether the applicant was asked for something more, in a notice or by a step of the drawing."""
    step = select(Task.id).where(Task.case_id == Case.id, Task.stage == Stage.SUPPLEMENT).exists()
    return or_(step, select(Asked.id).where(Asked.case_id == Case.id).exists())

"""How long decisions took: medians in working days, over the rows themselves."""

from collections.abc import Hashable, Iterable
from datetime import date, datetime, timedelta
from functools import cache
from statistics import median_low
from typing import TypeVar

from engine import clocks
from engine.figures.counted import Counted, Wish, selected
from engine.figures.term import Term
from engine.store import Task
from engine.words import CITY
from engine.work import Work

MOST = 100_000  # decisions read for one page; of more no median is stated
Group = TypeVar("Group", bound=Hashable)
Taken = tuple[str, str, datetime, datetime]  # department, person, opened, done


def taken(work: Work, term: Term) -> list[Taken] | None:
    """Every decision of the term; None if there are more than `MOST`."""
    wanted = selected(work, Wish(Counted.TASKS_DONE, term))
    columns = wanted.with_only_columns(Task.department_id, Task.done_by, Task.opened_at, Task.done_at)
    rows = work.session.execute(columns.limit(MOST + 1)).all()
    found = [(office, who, begun, done) for office, who, begun, done in rows if who and done]
    return found if len(rows) <= MOST else None


def medians(work: Work, rows: Iterable[tuple[Group, datetime, datetime]]) -> dict[Group, int]:
    """The median in working days of each group; of an even number the lower of both in the middle.

    The day something began does not count (《民法典》第二百零一条), so what is decided on the same day took 0. The days
    are those of the nation's calendar.
    """
    calendar = clocks.calendar(work)

    @cache
    def days(first: date, last: date) -> int:
        return sum(calendar.worked(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))

    found: dict[Group, list[int]] = {}
    for group, begun, ended in rows:
        found.setdefault(group, []).append(days(begun.astimezone(CITY).date(), ended.astimezone(CITY).date()))
    return {group: median_low(several) for group, several in found.items()}

"""One page of a list, the same for cases and tasks.

Long lists are counted only as far as anybody pages: counting a million rows would cost more than the page itself.
A list that only grows at its beginning is read from a place on: it never ends early, and no line comes twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar, TypeVarTuple

from sqlalchemy import Row, Select, func, literal, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from engine.store.columns import Moment
from engine.work import Work

SIZE = 20
MOST = 1_000  # lines one can page to; the rest is found by searching
Line = TypeVar("Line")
Columns = TypeVarTuple("Columns")


@dataclass(frozen=True)
class Page(Generic[Line]):
    """Lines of one page; `total` counts all of them up to `MOST`, one more if there are more; `number` is from 1.

    `beyond` is the place the following page of a list read by place begins after, if there is one.
    """

    lines: tuple[Line, ...]
    total: int
    number: int
    beyond: str = ""

    @property
    def last(self) -> int:
        """The number of the last page, at least 1."""
        return last_page(self.total)


def cut(
    work: Work, wanted: Select[*Columns], page: int, total: int | None = None
) -> tuple[Sequence[Row[*Columns]], int, int]:
    """The rows of a page of an ordered selection, the total as in `Page`, and the number of the page that was read.

    `total`, if somebody knows it; else it is counted, unless the page itself says how many there are.
    """
    number = within(page, MOST if total is None else total)
    rows = _rows(work, wanted, number)
    if not rows and number > 1:
        total = counted(work, wanted)
        number = within(page, total)
        rows = _rows(work, wanted, number)
    if total is None:
        total = counted(work, wanted) if len(rows) == SIZE else (number - 1) * SIZE + len(rows)
    return rows, total, number


def follow(
    work: Work,
    wanted: Select[*Columns],
    moment: InstrumentedAttribute[datetime | None],
    key: InstrumentedAttribute[str],
    after: str,
) -> tuple[Sequence[Row[*Columns]], str]:
    """A page of rows, the newest first, that come after a place ("" or no place at all: from the first on).

    With it the place of its last row, if more follow.
    """
    place = _place(after)
    if place:
        wanted = wanted.where(tuple_(moment, key) < tuple_(literal(place[0], Moment), literal(place[1])))
    places: Select[Any] = wanted.add_columns(moment, key).order_by(moment.desc(), key.desc()).limit(SIZE + 1)
    found = work.session.execute(places).all()
    shown = found[:SIZE]
    return shown, f"{shown[-1][-2].isoformat()} {shown[-1][-1]}" if len(found) > SIZE else ""


def _place(after: str) -> tuple[datetime, str] | None:
    """A place of `follow`; None for anything else."""
    said, _, key = after.partition(" ")
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        return None
    return (moment, key) if moment.tzinfo and key.isascii() and key.isprintable() else None


def counted(work: Work, wanted: Select[*Columns]) -> int:
    """How many rows a selection has, up to one more than `MOST`."""
    few = wanted.with_only_columns(literal(1)).order_by(None).limit(MOST + 1).subquery()
    return work.session.scalar(select(func.count()).select_from(few)) or 0


def shown_total(total: int) -> str:
    """A total as people read it: 87, or 1000+."""
    return str(total) if total <= MOST else f"{MOST}+"


def last_page(total: int) -> int:
    """How many pages that many lines fill, at least 1."""
    return max(1, -(-min(total, MOST) // SIZE))


def within(page: int, total: int) -> int:
    """The page asked for, or the nearest one there is."""
    return min(max(1, page), last_page(total))


def _rows(work: Work, wanted: Select[*Columns], number: int) -> Sequence[Row[*Columns]]:
    return work.session.execute(wanted.limit(SIZE).offset((number - 1) * SIZE)).all()

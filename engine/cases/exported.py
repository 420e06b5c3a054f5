"""Taking a list out of the system: as far as anybody pages, and written down in each case it names."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import select

from engine import ledger
from engine.cases.pages import Page
from engine.store import Case
from engine.words import EntryKind
from engine.work import Work

Line = TypeVar("Line")


def taken_out(
    work: Work, name: str, read: Callable[[int], Page[Line]], case_of: Callable[[Line], str]
) -> tuple[tuple[Line, ...], int]:
    """The lines of all pages of a list, and how many there are in all: more than `pages.MOST` are cut.

    `read` gives a page by its number, `case_of` the case a line is about. The ledger of each case says which list
    (`name`) was taken out by whom. It is read page by page: what is decided meanwhile may be on none, or on two.
    """
    first = read(1)
    found = list(first.lines)
    for number in range(2, first.last + 1):
        found += read(number).lines
    ids = sorted({case_of(line) for line in found})
    locked = select(Case.id).where(Case.id.in_(ids)).order_by(Case.id).with_for_update(key_share=True)
    for case_id in work.session.scalars(locked).all():
        ledger.record(work, case_id, EntryKind.CASE_LISTED, list=name)
    return tuple(found), first.total

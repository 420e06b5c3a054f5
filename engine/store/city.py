"""What a city seldom changes, kept in memory: its regions, its departments, its calendar.

Every row of these tables a session changes takes the next revision in the same transaction. A statement that changes
many rows at once does not: somebody who writes one has to change a row as well. What is read after the revision is of
that revision or, if others commit in between, of a later one, and then nobody finds the earlier one any more. So
whoever finds the same revision may use what another transaction of this process has read. A transaction that changes
the city keeps what it reads to itself.
"""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Pool, event, select
from sqlalchemy.orm import Mapper, Session, object_session

from engine.store.calendar import CalendarDay, CalendarYear
from engine.store.ledger import NEXT, Counter
from engine.store.people import Department, Region
from engine.store.rows import Row

REVISION = "city"  # its name among the counters; a city that was never changed since there are revisions has none
_SHELF, _CHANGED = "city", "city changed"  # what a session knows: the things of its revision; that they are its own
_shelves: WeakKeyDictionary[Pool, tuple[int, dict[Hashable, Any]]] = WeakKeyDictionary()
Found = TypeVar("Found")


def kept(session: Session, key: Hashable, read: Callable[[], Found]) -> Found:
    """What `read` finds in the tables of the city, from memory if it was read at this revision. Nobody changes it.

    What is empty is not kept: a city may be restored from a backup into an empty database, with whatever revision.
    """
    if _SHELF not in session.info:
        put(session, session.scalar(_ASKED))
    shelf: dict[Hashable, Any] = session.info[_SHELF]
    if key in shelf:
        found: Found = shelf[key]
        return found
    if new := read():
        shelf[key] = new
    return new


def put(session: Session, revision: int | None) -> None:
    """Say which revision this transaction has read just now; who waited for a lock says so again."""
    if _CHANGED in session.info:
        return
    pool, number = session.get_bind().engine.pool, revision or 0
    if (known := _shelves.get(pool)) is None or known[0] != number:
        known = _shelves[pool] = (number, {})
    session.info[_SHELF] = known[1]


def _changed(_mapper: Mapper[Row], connection: Connection, row: Row) -> None:
    connection.execute(NEXT, {"name": REVISION})
    session = object_session(row)
    if session is not None:
        session.info |= {_CHANGED: True, _SHELF: {}}


_ASKED = select(Counter.value).where(Counter.name == REVISION)
for _table in (Region, Department, CalendarDay, CalendarYear):
    for _change in ("after_insert", "after_update", "after_delete"):
        event.listen(_table, _change, _changed)

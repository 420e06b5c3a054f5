"""What a transaction has said and not yet written. An entry takes its place in the chain when its case is written.

The case carries the end of its chain. A flush that writes the case anyway takes it along; where nothing else of the
case has changed, as when it was only read, the end is written by itself and the case's revision stays.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, cast

from sqlalchemy import Table, Text, bindparam, event, insert, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.exc import StaleDataError

from engine.ledger import chain
from engine.store import Case, Entry
from engine.store.columns import dumps
from engine.words import EntryKind
from engine.work import Work

_BOOK = "ledger"  # where a session keeps its book
_END = ("ledger_length", "ledger_head", "ledger_seal")
_CASE = cast("Table", Case.__table__)
_ADD = insert(cast("Table", Entry.__table__)).values(facts=bindparam("said", type_=Text))


@dataclass(frozen=True)
class Said:
    """An entry without its place."""

    work: Work
    case_id: str
    kind: EntryKind
    facts: dict[str, Any]


@dataclass
class Book:
    """Of one transaction: what has no place yet, and rows that have one and wait for the end."""

    said: list[Said] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)


def book_of(session: Session) -> Book:
    """The book of this session, an empty one at first."""
    found: Book = session.info.setdefault(_BOOK, Book())
    return found


@contextmanager
def undoable(work: Work) -> Iterator[None]:
    """A part of the transaction that an error undoes whole: its rows, and its entries, which are no rows yet."""
    work.session.flush()
    before = book_of(work.session)
    work.session.info[_BOOK] = Book([*before.said], [*before.rows])
    try:
        with work.session.begin_nested():
            yield
    except BaseException:
        work.session.info[_BOOK] = before
        raise


def write(session: Session) -> None:
    """Write what was recorded since, in one batch."""
    book = session.info.get(_BOOK)
    if not book or not (book.said or book.rows):
        return
    session.flush()
    for case_id, said in _by_case(book.said):
        case = session.get_one(Case, case_id)
        _move(session, case, _placed(book, case, said))
    book.said.clear()
    if book.rows:
        session.connection().execute(_ADD, book.rows)
        book.rows.clear()


def _take_along(session: Session, *_rest: object) -> None:
    """Before a flush: what was said of cases it will write gets its place, so that they are written once."""
    book = session.info.get(_BOOK)
    if not book or not book.said:
        return
    cases = {each.id: each for each in session.dirty if isinstance(each, Case) and _changed(session, each)}
    for case_id, said in _by_case([said for said in book.said if said.case_id in cases]):
        for name, value in zip(_END, _placed(book, cases[case_id], said), strict=True):
            setattr(cases[case_id], name, value)
    book.said = [said for said in book.said if said.case_id not in cases]


def _changed(session: Session, case: Case) -> bool:
    return session.is_modified(case, include_collections=False)


def _by_case(said: Collection[Said]) -> Iterator[tuple[str, list[Said]]]:
    for case_id, group in groupby(sorted(said, key=_case_of), key=_case_of):
        yield case_id, list(group)


def _case_of(said: Said) -> str:
    return said.case_id


def _placed(book: Book, case: Case, said: Collection[Said]) -> tuple[int, str, str]:
    """Add rows that continue the chain of the case; returns where it ends then: length, hash and its seal."""
    length, head = case.ledger_length, case.ledger_head
    for each in said:
        length += 1
        row = _row(each, length)
        fields = (row["case_id"], str(length), chain.written(row["at"]), row["kind"])
        head = chain.link(head, *fields, row["actor"], row["actor_name"], row["said"])
        book.rows.append({**row, "hash": head, "seal": chain.sealed(each.work.vault.blind, head)})
    return length, head, chain.crowned(each.work.vault.blind, head)


def _row(said: Said, seq: int) -> dict[str, Any]:
    work = said.work
    who = {"actor": work.actor.id, "actor_name": work.actor.name}
    what = {"kind": str(said.kind), "said": dumps(said.facts)}
    return {"case_id": said.case_id, "seq": seq, "at": work.now, **what, **who}


def _move(session: Session, case: Case, end: tuple[int, str, str]) -> None:
    """Write the end of a chain by itself. Whoever has read the case without its lock may come too late."""
    told = dict(zip(_END, end, strict=True))
    mine = update(_CASE).where(_CASE.c.id == case.id, _CASE.c.ledger_length == case.ledger_length)
    if session.connection().execute(mine.values(told)).rowcount != 1:
        raise StaleDataError("the ledger of this case has gone on since the case was read")
    for name, value in told.items():
        set_committed_value(case, name, value)


event.listen(Session, "before_flush", _take_along)
event.listen(Session, "before_commit", write)  # of every session: one of its own for each costs more than writing

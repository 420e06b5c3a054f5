"""The ledger 台账: whatever happens in a case, who did it, when. Entries are added, never changed.

The case's row must be locked by the caller, which makes `seq` gapless. Facts hold ids, codes and words people chose
from a list, with two exceptions that docs/ledger.md names. Entries are written together when the transaction ends,
in one batch whose every row takes the next number itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, event, func, insert, select
from sqlalchemy.orm import Session, aliased

from engine.store import Entry
from engine.words import EntryKind
from engine.work import Work

_PENDING = "ledger"  # where a session keeps what is not written yet
_before = aliased(Entry)
_LAST = select(func.coalesce(func.max(_before.seq), 0)).where(_before.case_id == bindparam("of"))
_ADD = insert(Entry.__table__).values(seq=_LAST.scalar_subquery() + 1)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Happened:
    """One entry as shown to people."""

    seq: int
    at: datetime
    kind: EntryKind
    actor: str
    facts: dict[str, Any]


def record(work: Work, case_id: str, kind: EntryKind, **facts: Any) -> None:
    """Add an entry to the case's ledger, by this actor at this moment."""
    work.session.info.setdefault(_PENDING, []).append(
        {
            "of": case_id,
            "case_id": case_id,
            "at": work.now,
            "kind": kind,
            "actor": work.actor.id,
            "actor_name": work.actor.name,
            "facts": facts,
        }
    )


@contextmanager
def undoable(work: Work) -> Iterator[None]:
    """A part of the transaction that an error undoes whole: its rows, and its entries, which are no rows yet."""
    before = list(work.session.info.get(_PENDING, ()))
    try:
        with work.session.begin_nested():
            yield
    except BaseException:
        work.session.info[_PENDING] = before
        raise


def entries(work: Work, case_id: str) -> tuple[Happened, ...]:
    """All entries of a case, oldest first. The caller has checked that the actor may read the case."""
    _write(work.session)
    rows = work.session.scalars(select(Entry).where(Entry.case_id == case_id).order_by(Entry.seq))
    return tuple(Happened(r.seq, r.at, EntryKind(r.kind), r.actor_name, r.facts) for r in rows)


def _write(session: Session) -> None:
    """Write what was recorded since. A batch is a statement a row, so each sees the rows before it."""
    rows = session.info.get(_PENDING)
    if rows:
        session.flush()
        session.connection().execute(_ADD, rows)
        rows.clear()


event.listen(Session, "before_commit", _write)  # of every session: one of its own for each costs more than writing

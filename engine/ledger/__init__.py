"""The ledger 台账: whatever happens in a case, who did it, when. Entries are added, never changed.

The case's row must be locked by the caller, which makes `seq` gapless. Facts hold ids, codes and words people chose
from a list, with two exceptions that docs/ledger.md names. Entries are chained (chain.py), and written together when
the transaction ends (book.py). Checkpoints over all cases are what a cut is found by (checkpoint.py, verify.py).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from engine.ledger.book import Said, book_of, undoable, write
from engine.ledger.chain import Blind
from engine.ledger.checkpoint import checkpoint
from engine.ledger.flaws import Chain, Flaw, Link, first_flaw
from engine.ledger.verify import Checked, chain_of, verify
from engine.store import Entry
from engine.words import EntryKind
from engine.work import Work

__all__ = [
    "Blind", "Chain", "Checked", "Flaw", "Happened", "Link", "chain_of", "checkpoint", "entries", "first_flaw",
    "record", "undoable", "verify",
]  # fmt: skip


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
    book_of(work.session).said.append(Said(work, case_id, kind, facts))


def entries(work: Work, case_id: str) -> tuple[Happened, ...]:
    """All entries of a case, oldest first. The caller has checked that the actor may read the case."""
    write(work.session)
    rows = work.session.scalars(select(Entry).where(Entry.case_id == case_id).order_by(Entry.seq))
    return tuple(Happened(r.seq, r.at, EntryKind(r.kind), r.actor_name, r.facts) for r in rows)

"""The ledger 台账: whatever happens in a case, who did it, when. Entries are added, never changed.

The case's row must be locked by the caller, which makes `seq` gapless. Facts hold ids, codes and words people chose
from a list, with two exceptions that docs/ledger.md names.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from engine.store import Entry
from engine.words import EntryKind
from engine.work import Work


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
    last: dict[str, int] = work.session.info.setdefault("ledger", {})
    if case_id not in last:
        newest = select(func.max(Entry.seq)).where(Entry.case_id == case_id)
        last[case_id] = work.session.scalar(newest) or 0
    last[case_id] += 1
    work.session.add(
        Entry(
            case_id=case_id,
            seq=last[case_id],
            at=work.now,
            kind=kind,
            actor=work.actor.id,
            actor_name=work.actor.name,
            facts=facts,
        )
    )


def entries(work: Work, case_id: str) -> tuple[Happened, ...]:
    """All entries of a case, oldest first. The caller has checked that the actor may read the case."""
    rows = work.session.scalars(select(Entry).where(Entry.case_id == case_id).order_by(Entry.seq))
    return tuple(Happened(r.seq, r.at, EntryKind(r.kind), r.actor_name, r.facts) for r in rows)

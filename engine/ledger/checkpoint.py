"""Checkpoints: how far every ledger has come, sealed as one, so that a cut end or a whole ledger gone is found.

The worker makes one every hour in which something happened, and a backup makes one before it begins. Its hash is in the
log of the program: whoever keeps logs elsewhere can tell that even the last checkpoint was taken away.
"""

import logging
from collections.abc import Sequence
from hashlib import sha256

from sqlalchemy import Row, Select, and_, func, insert, or_, select, update
from sqlalchemy.orm import aliased

from engine.ledger import chain
from engine.store import Anchor, Case, Checkpoint, Entry, take_turns
from engine.work import Work

log = logging.getLogger(__name__)
_TURN = sha256(b"checkpoint").hexdigest()


def checkpoint(work: Work) -> int:
    """Move the anchors to where the ledgers are and seal them all; returns how many moved, and does nothing for none.

    An anchor whose entry is not what it was stays where it is: what was changed must not be made good.
    """
    take_turns(work.session, [_TURN])
    rows = work.session.execute(_moved()).all()
    if rows:
        _anchor(work, rows)
        made = _sealed(work)
        log.info("ledger checkpoint %d: %d entries of %d cases, %s", made.number, made.entries, made.cases, made.hash)
    return len(rows)


def _moved() -> Select[str, str, int, str, str]:
    """Cases whose ledger is longer than its anchor says, up to which it is the same."""
    last = select(Entry.case_id, func.max(Entry.seq).label("seq")).group_by(Entry.case_id).subquery()
    old = aliased(Entry)
    end = (Entry.case_id, Case.number, Entry.seq.label("length"), Entry.hash.label("head"))
    return (
        select(*end, Anchor.head.label("was"))
        .join(last, and_(last.c.case_id == Entry.case_id, last.c.seq == Entry.seq))
        .join(Case, Case.id == Entry.case_id)
        .outerjoin(Anchor, Anchor.case_id == Entry.case_id)
        .outerjoin(old, and_(old.case_id == Entry.case_id, old.seq == Anchor.length))
        .where(or_(Anchor.case_id.is_(None), and_(Anchor.length < Entry.seq, Anchor.head == old.hash)))
    )


def _anchor(work: Work, rows: Sequence[Row[str, str, int, str, str]]) -> None:
    ends = [{name: getattr(row, name) for name in ("case_id", "number", "length", "head")} for row in rows]
    new = [end for end, row in zip(ends, rows, strict=True) if row.was is None]
    known = [end for end, row in zip(ends, rows, strict=True) if row.was is not None]
    if new:
        work.session.execute(insert(Anchor), new)
    if known:
        work.session.execute(update(Anchor), known)


def _sealed(work: Work) -> Checkpoint:
    last = work.session.scalar(select(Checkpoint).order_by(Checkpoint.number.desc()).limit(1))
    cases, entries = work.session.execute(select(func.count(), func.sum(Anchor.length)).select_from(Anchor)).one()
    number, root = last.number + 1 if last else 1, _root(work)
    counted = (str(number), chain.written(work.now), str(cases), str(entries))
    hash_ = chain.link(last.hash if last else chain.NOTHING, *counted, root)
    seal = chain.sealed(work.vault.blind, hash_)
    made = Checkpoint(number=number, at=work.now, cases=cases, entries=int(entries), root=root, hash=hash_, seal=seal)
    work.session.add(made)
    return made


def _root(work: Work) -> str:
    anchors = select(Anchor.case_id, Anchor.number, Anchor.length, Anchor.head).order_by(Anchor.case_id)
    return chain.root(map(str, row) for row in work.session.execute(anchors))

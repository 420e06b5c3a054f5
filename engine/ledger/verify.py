"""Is every ledger what was written? Reads each byte of each entry, and names the first of a case that does not fit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import select

from engine.ledger import chain
from engine.ledger.book import write
from engine.ledger.exact import bytes_of, exact
from engine.ledger.flaws import Chain, Flaw, Link, first_flaw
from engine.store import Anchor, Case, Checkpoint, Entry
from engine.work import Work

CASES = 500  # at a time
_LINK = [getattr(Entry, name) for name in Link._fields]
_CHAIN = (Case.id, Case.number, Case.ledger_length, Case.ledger_head, Case.ledger_seal)
_ANCHOR = (Anchor.case_id, Anchor.number, Anchor.length, Anchor.head)
_SEALED = (Checkpoint.number, Checkpoint.at, Checkpoint.cases, Checkpoint.entries, Checkpoint.root)


@dataclass(frozen=True)
class Checked:
    """The ledger of a case, or the checkpoints (`case` is empty): how many entries, and what is wrong first."""

    case: str
    length: int
    flaw: Flaw | None


def verify(work: Work, *, keyed: bool = True) -> Iterator[Checked]:
    """Look at every ledger, and then whether any is gone. Not `keyed`: without seals, for who has not the secret."""
    blind = work.vault.blind if keyed else None
    for page in _pages(work):
        for asked, found in groupby(page, key=lambda row: row[:7]):
            links = [Link(*row[7:]) for row in found if row[8]]
            known = Chain(*asked)
            yield Checked(known.number.decode(errors="replace"), len(links), first_flaw(known, links, blind))
    yield from _strays(work)
    yield from _gone(work)
    yield _checkpoints(work, blind)


def chain_of(work: Work, case_id: str) -> tuple[Chain, list[Link]]:
    """The ledger of one case byte by byte, with what was recorded in this transaction, and the end its case carries."""
    write(work.session)
    wanted = select(*exact(work, (*_CHAIN, *_LINK))).join(Entry, Entry.case_id == Case.id).where(Case.id == case_id)
    rows = [bytes_of(row) for row in work.session.execute(wanted.order_by(Entry.seq))]
    return Chain(*rows[0][:5]), [Link(*row[5:]) for row in rows]


def _pages(work: Work) -> Iterator[list[list[bytes]]]:
    """Some cases at a time: rows of what is known of a case (as in `Chain`) with an entry, or with nothing for one."""
    last = ""
    while ids := work.session.scalars(select(Case.id).where(Case.id > last).order_by(Case.id).limit(CASES)).all():
        wanted = select(*exact(work, (*_CHAIN, *_ANCHOR[2:], *_LINK))).where(Case.id > last, Case.id <= ids[-1])
        wanted = wanted.outerjoin(Anchor, Anchor.case_id == Case.id).outerjoin(Entry, Entry.case_id == Case.id)
        yield [bytes_of(row) for row in work.session.execute(wanted.order_by(Case.id, Entry.seq))]
        last = ids[-1]


def _strays(work: Work) -> Iterator[Checked]:
    """Entries of a case that does not exist."""
    lost = select(*exact(work, _LINK)).where(~select(Case.id).where(Case.id == Entry.case_id).exists())
    for row in work.session.execute(lost.order_by(Entry.case_id, Entry.seq)):
        link = Link(*bytes_of(row))
        flaw = link.flaw("它所属的办件不存在。", "The case it belongs to does not exist.")
        yield Checked(link.case_id.decode(errors="replace"), 1, flaw)


def _gone(work: Work) -> Iterator[Checked]:
    """Cases a checkpoint knew."""
    here = select(Case.id).where(Case.id == Anchor.case_id).exists()
    for row in work.session.execute(select(*exact(work, _ANCHOR[1:3])).where(~here).order_by(Anchor.case_id)):
        number, length = (said.decode(errors="replace") for said in bytes_of(row))
        zh, en = f"整个办件连同台账 {length} 条已不存在。", f"The whole case is gone, with {length} entries."
        yield Checked(number, 0, Flaw(1, "", "", zh, en))


def _checkpoints(work: Work, blind: chain.Blind | None) -> Checked:
    """The first checkpoint that does not fit; the last one has to be of the anchors there are."""
    wanted = select(*exact(work, (*_SEALED, Checkpoint.hash, Checkpoint.seal))).order_by(Checkpoint.number)
    rows = [bytes_of(row) for row in work.session.execute(wanted)]
    return Checked("", len(rows), _misfit(rows, blind) or _unanchored(work, rows))


def _misfit(rows: Sequence[Sequence[bytes]], blind: chain.Blind | None) -> Flaw | None:
    before = chain.NOTHING
    for number, (*said, hash_, seal) in enumerate(rows, 1):
        if said[0] != b"%d" % number:
            return Flaw(number, "", "", f"检查点 {number} 缺失。", f"Checkpoint {number} is missing.")
        before = chain.link(before, *said)
        if hash_ != before.encode() or (blind and seal != chain.sealed(blind, before).encode()):
            zh = f"检查点 {number} 被改动，或本机密钥 LIANBAN_SECRET 与写入时不同。"
            en = f"Checkpoint {number} was changed, or LIANBAN_SECRET is another one."
            return Flaw(number, said[1].decode(errors="replace"), "", zh, en)
    return None


def _unanchored(work: Work, rows: Sequence[Sequence[bytes]]) -> Flaw | None:
    anchors = work.session.execute(select(*exact(work, _ANCHOR)).order_by(Anchor.case_id))
    root = chain.root(bytes_of(row) for row in anchors)
    if root.encode() == (rows[-1][4] if rows else chain.root(()).encode()):
        return None
    zh, en = (
        "检查点所依的记录被改动、删去或添加。",
        "What the last checkpoint was made of was changed.",
    )
    return Flaw(len(rows), rows[-1][1].decode(errors="replace") if rows else "", "", zh, en)

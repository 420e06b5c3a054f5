"""The first entry of one chain that does not fit, and in which way. Pure: nothing here knows where entries are kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from engine.ledger import chain


@dataclass(frozen=True)
class Flaw:
    """What is wrong: number of the entry, its moment (UTC) and kind where it is there, and a sentence."""

    seq: int
    at: str
    kind: str
    zh: str
    en: str


class Link(NamedTuple):
    """An entry, byte by byte."""

    case_id: bytes
    seq: bytes
    at: bytes
    kind: bytes
    actor: bytes
    actor_name: bytes
    facts: bytes
    hash: bytes
    seal: bytes

    def flaw(self, zh: str, en: str) -> Flaw:
        """What is wrong with this one."""
        return Flaw(_number(self.seq), self.at.decode(errors="replace"), self.kind.decode(errors="replace"), zh, en)

    def follows(self, before: str) -> bool:
        """Whether its hash is that of what it says after `before`."""
        return chain.link(before, *self[:-2]).encode() == self.hash


class Chain(NamedTuple):
    """What is known of a chain beside its entries, byte by byte: its end by its case, and by the last checkpoint."""

    case_id: bytes
    number: bytes
    length: bytes
    head: bytes
    seal: bytes
    reached: bytes = b""
    anchored: bytes = b""


def first_flaw(asked: Chain, links: Sequence[Link], blind: chain.Blind | None) -> Flaw | None:
    """The first entry that does not fit, None if all do. Without `blind` no seal is looked at."""
    before = chain.NOTHING
    for seq, link in enumerate(links, 1):
        flaw = _misfit(links, seq, before) or _unsealed(link, blind) or _otherwise(asked, seq, link)
        if flaw:
            return flaw
        before = link.hash.decode()
    return _cut(asked, links) or _end(asked, links, before, blind)


def _misfit(links: Sequence[Link], seq: int, before: str) -> Flaw | None:
    """Missing, moved, inserted or changed: what is the case with the entry at this place?"""
    link = links[seq - 1]
    if link.seq == b"%d" % seq and link.follows(before):
        return None
    if link.seq != b"%d" % seq and link.seq.isdigit() and int(link.seq) > seq:
        return _missing(seq)
    if own := _own_place(links, link):
        zh, en = f"不在原位：它写入时是第 {own} 条。", f"It is not in its place: it was written as entry {own}."
        return link.flaw(zh, en)
    if seq < len(links) and links[seq]._replace(seq=b"%d" % seq).follows(before):
        return link.flaw("是后来插入的。", "It was inserted.")
    zh = "与前一条接不上：被改动，或它之前的一条被删去。"
    en = "It does not follow the one before it: it was changed, or one before it was taken away."
    return link.flaw(zh, en)


def _own_place(links: Sequence[Link], link: Link) -> int | None:
    """At which place the hash of this entry would be right, if somebody moved it."""
    befores = [chain.NOTHING, *(each.hash.decode(errors="replace") for each in links)]
    for seq in range(1, len(links) + 2):
        if b"%d" % seq != link.seq and any(link._replace(seq=b"%d" % seq).follows(before) for before in befores):
            return seq
    return None


def _missing(seq: int) -> Flaw:
    return Flaw(seq, "", "", f"第 {seq} 条缺失。", f"Entry {seq} is missing.")


def _unsealed(link: Link, blind: chain.Blind | None) -> Flaw | None:
    """The hash fits, the seal does not: only the secret of the installation makes one."""
    if blind is None or chain.sealed(blind, link.hash.decode()).encode() == link.seal:
        return None
    zh = "散列相符，封印不符：绕过本系统写入，或本机密钥 LIANBAN_SECRET 与写入时不同。"
    en = "Its hash fits, its seal does not: it was written past this program, or LIANBAN_SECRET is another one."
    return link.flaw(zh, en)


def _otherwise(asked: Chain, seq: int, link: Link) -> Flaw | None:
    """A checkpoint saw another entry here."""
    if asked.reached != b"%d" % seq or asked.anchored == link.hash:
        return None
    return link.flaw("不是检查点所见的那一条。", "It is not the entry the last checkpoint saw.")


def _cut(asked: Chain, links: Sequence[Link]) -> Flaw | None:
    """Fewer than the case or a checkpoint knows, or none: every ledger begins with the acceptance."""
    known = max(_number(asked.length), _number(asked.reached), 1)
    return _missing(len(links) + 1) if len(links) < known else None


def _end(asked: Chain, links: Sequence[Link], before: str, blind: chain.Blind | None) -> Flaw | None:
    """The last entry has to be the one its case names as the last, under a seal of its own."""
    length = _number(asked.length)
    if length < len(links):
        zh, en = "办件所记的台账在此之前结束：是后来添加的。", "By its case the ledger ends before: it was added."
        return links[length].flaw(zh, en)
    if asked.head != before.encode() or (blind and asked.seal != chain.crowned(blind, before).encode()):
        zh, en = (
            "与办件所记的末条不符：末尾被截去或改动。",
            "By its case it is not the last: the end was cut or changed.",
        )
        return links[-1].flaw(zh, en)
    return None


def _number(said: bytes) -> int:
    return int(said) if said.isdigit() else 0

"""Issuing: when something happens, the letters of the pack for it become notices, in the same transaction."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from engine import catalog, ledger, letters, numbers
from engine.catalog import LetterSpec, Pack
from engine.errors import NoticeUnmade, NotReplaced
from engine.feel import FeelError
from engine.letters import Unwritable, Written
from engine.notices import facts
from engine.notices.facts import Sender
from engine.store import Case, Department, Notice, new_id
from engine.store.columns import dumps
from engine.words import CITY, INTERNAL, EntryKind, Issuer, Occasion
from engine.work import Work


@dataclass(frozen=True)
class Happened:
    """Something notices are issued for. `code` only when a node of the drawing names the letter (`Occasion.NODE`)."""

    occasion: Occasion
    item: str = ""
    said: Mapping[str, Any] = field(default_factory=dict)
    code: str = ""


@dataclass(frozen=True)
class _Due:
    """A letter that is to be issued, and by whom."""

    letter: LetterSpec
    happened: Happened
    sender: Sender


def on(
    work: Work, case: Case, pack: Pack, occasion: Occasion, *, item: str = "", said: Mapping[str, Any] | None = None
) -> list[str]:
    """Issue what the pack has for one occasion; the ids of the notices. The case's row must be locked.

    `said` is what the letter reads as `notice.said`: exactly the names of `catalog.said_of(occasion)`, else ValueError.
    Values are texts, numbers, true and false, or a list of rows of these; a day is ISO text, which a letter reads with
    `date(…)`.
    """
    return issue(work, case, pack, [Happened(occasion, item, said or {})])


def issue(work: Work, case: Case, pack: Pack, happenings: Iterable[Happened]) -> list[str]:
    """Issue the notices for all that happened in one step; their ids. `NoticeUnmade` when a letter cannot be written.

    They take their numbers in one fixed order, so that two transactions never wait for each other in a circle.
    """
    due = [each for happened in happenings for each in _due(work, case, pack, happened)]
    due.sort(key=lambda each: (each.sender.id, each.letter.kind))
    return [_issued(work, case, pack, each) for each in due]


def correct(work: Work, case: Case, pack: Pack, notice: Notice, reason: str) -> str:
    """Issue a notice again from what the case knows now; the new one replaces it. Returns the new one's id.

    `NotReplaced` when it was replaced already, its letter is gone, or it would say the same.
    """
    letter = next((one for one in pack.letters if _same(one, pack, notice)), None)
    if letter is None or _successor(work, notice.id):
        raise NotReplaced
    happened = Happened(Occasion(notice.occasion), notice.item or "", notice.said)
    due = _Due(letter, happened, _sender(work, notice.department_id))
    if _written(work, case, pack, due).html == notice.body:
        raise NotReplaced
    return _issued(work, case, pack, due, replaces=notice, reason=reason)


def _due(work: Work, case: Case, pack: Pack, happened: Happened) -> Iterator[_Due]:
    """The letters for what happened: one that names the item before one for any item; conditions hold."""
    if happened.said.keys() != catalog.said_of(happened.occasion):
        raise ValueError(f"{happened.occasion} says {sorted(catalog.said_of(happened.occasion))}")
    fits = [letter for letter in pack.letters if _fits(letter, happened)]
    own = {letter.kind for letter in fits if letter.item}
    for letter in fits:
        if letter.item or letter.kind not in own:
            due = _Due(letter, happened, _sender(work, _office(case, letter, happened.item)))
            if _wanted(work, case, pack, due):
                yield due


def _fits(letter: LetterSpec, happened: Happened) -> bool:
    if letter.item not in ("", happened.item):
        return False
    if happened.code:
        return letter.kind == happened.code
    return happened.occasion in letter.on


def _office(case: Case, letter: LetterSpec, item: str) -> str:
    if letter.by is Issuer.WINDOW or not item:
        return case.window_id
    return next(each.department_id for each in case.items if each.code == item)


def _sender(work: Work, department: str) -> Sender:
    row = work.session.get_one(Department, department)
    return Sender(row.id, row.name, row.word or row.short)


def _wanted(work: Work, case: Case, pack: Pack, due: _Due) -> bool:
    """Whether its condition holds; anything but true is no."""
    if due.letter.when == catalog.ALWAYS:
        return True
    known = facts.facts_for(work, case, pack, due.letter, due.happened.item, due.happened.said, due.sender)
    try:
        return due.letter.when.evaluate(known, work.now).value is True
    except FeelError as why:
        raise _unmade(due, why) from why


def _written(work: Work, case: Case, pack: Pack, due: _Due) -> Written:
    known = facts.facts_for(work, case, pack, due.letter, due.happened.item, due.happened.said, due.sender)
    fields = facts.labels(pack)
    try:
        return letters.write(
            pack.templates[due.letter.file],
            known,
            now=work.now,
            label=lambda name, value: facts.label(fields[name], value) if name in fields else None,
        )
    except Unwritable as why:
        raise _unmade(due, why) from why


def _unmade(due: _Due, why: Unwritable | FeelError) -> NoticeUnmade:
    return NoticeUnmade(name=due.letter.name, why=f"{why.zh} / {why.en}", zh=why.zh, en=why.en)


def _issued(work: Work, case: Case, pack: Pack, due: _Due, *, replaces: Notice | None = None, reason: str = "") -> str:
    before = replaces or _before(work, case, pack, due)
    row = _row(work, case, pack, due)
    row.replaces = before.id if before else None
    row.content = content_of(row)
    work.session.add(row)
    told = {"notice": row.id, "number": row.number, "name": row.name, "item": row.item}
    told |= {"replaces": before.number} if before else {}
    ledger.record(work, case.id, EntryKind.NOTICE_ISSUED, **told, **({"reason": reason} if reason else {}))
    return row.id


def _row(work: Work, case: Case, pack: Pack, due: _Due) -> Notice:
    """The letter as written now, under the next number of its series."""
    letter, happened, sender = due.letter, due.happened, due.sender
    written = _written(work, case, pack, due)
    year = work.now.astimezone(CITY).year
    serial = numbers.next_in(work, f"notice:{sender.id}:{letter.kind}:{year}")
    return Notice(
        id=new_id(),
        case_id=case.id,
        item=happened.item or None,
        kind=letter.kind,
        name=letter.name,
        occasion=happened.occasion,
        said=dict(happened.said),
        department_id=sender.id,
        department=sender.name,
        year=year,
        serial=serial,
        number=f"{sender.word}{letter.word}〔{year}〕{serial:05d}号",
        code=numbers.unguessable(),
        recipients=[] if letter.kind in INTERNAL else list(facts.recipients(pack, letter)),
        addressee=facts.addressee(pack, case, letter),
        body=written.html,
        blanks=[list(blank) for blank in written.blanks],
        issued_at=work.now,
        issued_by=work.actor.id,
        issuer=work.actor.name,
    )


def content_of(row: Notice) -> str:
    """SHA-256 of all that is printed."""
    printed = (row.name, row.number, row.department, row.addressee, row.code, row.issued_at.isoformat(), row.body)
    return hashlib.sha256(dumps(list(printed)).encode()).hexdigest()


def _before(work: Work, case: Case, pack: Pack, due: _Due) -> Notice | None:
    """The last notice of the same letter that said how the same thing ended, when that was decided again."""
    occasion = due.happened.occasion
    if occasion is not Occasion.CASE_ENDED and occasion.removeprefix("item:") not in set(facts.OUTCOMES):
        return None
    rows = work.session.scalars(
        select(Notice).where(Notice.case_id == case.id, Notice.occasion == occasion).order_by(Notice.issued_at.desc())
    )
    same = [row for row in rows if (row.item or "") == due.happened.item and _same(due.letter, pack, row)]
    return next((row for row in same if not _successor(work, row.id)), None)


def _same(letter: LetterSpec, pack: Pack, notice: Notice) -> bool:
    to = [] if letter.kind in INTERNAL else list(facts.recipients(pack, letter))
    return (letter.kind, letter.name, to) == (notice.kind, notice.name, notice.recipients)


def _successor(work: Work, notice: str) -> bool:
    return work.session.scalar(select(Notice.id).where(Notice.replaces == notice)) is not None

"""Asking for papers 补正: what departments ask for becomes one list, told once 一次性告知 (行政许可法 第三十二条).

A line that could have been on an earlier notice is refused: the item was being worked on when that notice went out.
What was on it and is still not right may be asked for again, and so may what an item that began later needs. A
supervisor may add any line, with the reason why it comes late.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from engine import ledger
from engine.catalog import Pack
from engine.errors import SupplementOnce
from engine.materials.checklist import LACKING, Paper
from engine.store import Asked, Case, Item
from engine.words import N_, EntryKind, MaterialState
from engine.work import Work

LACKS = N_("required and not handed in")


@dataclass(frozen=True)
class Line:
    """One thing asked for, for one item: a paper (`code`, empty for anything else), why, and by which law."""

    item: str
    code: str
    reason: str
    basis: str
    name: str = ""
    asked_at: datetime | None = None
    excuse: str = ""


@dataclass(frozen=True)
class Notice:
    """One list told to the applicant. `number` counts the notices of a case from 1; None is the list not told yet."""

    number: int | None
    told_at: datetime | None
    due_on: date | None
    lines: tuple[Line, ...]


def ask(work: Work, case: Case, line: Line) -> None:
    """Put a line on the list that is told next; the same paper of the same item only once. `SupplementOnce`."""
    rows = _rows(work, case)
    if not line.excuse and _came_late(rows, case, line):
        raise SupplementOnce
    same = (r for r in rows if r.told_at is None and r.item == line.item and r.code == line.code)
    row = next(same, None) if line.code else None
    if row is None:
        row = Asked(case_id=case.id, item=line.item, code=line.code)
        work.session.add(row)
    row.reason, row.basis, row.excuse = line.reason, line.basis, line.excuse
    row.asked_at, row.asked_by = work.now, work.actor.id
    said = {"item": line.item, "material": line.code} | ({"reason": line.excuse} if line.excuse else {})
    ledger.record(work, case.id, EntryKind.SUPPLEMENT_ASKED, **{k: v for k, v in said.items() if v})


def ask_by_decision(work: Work, case: Case, item: str, said: str, basis: str) -> None:
    """A review sends an item back: what it said is asked for, unless lines for the item wait already."""
    if not any(r.told_at is None and r.item == item for r in _rows(work, case)):
        ask(work, case, Line(item, "", said, basis))


def tell_once(work: Work, case: Case, due_on: date) -> int:
    """Tell everything asked for so far, in one notice; returns its number. What was handed in is to be replaced."""
    rows = _rows(work, case)
    number = max((r.notice or 0 for r in rows), default=0) + 1
    waiting = [r for r in rows if r.told_at is None]
    for row in waiting:
        row.notice, row.told_at, row.due_on = number, work.now, due_on
    for paper in (m for m in case.materials if m.code in {r.code for r in waiting}):
        if paper.state not in (*LACKING, MaterialState.TOLERATED):
            before, paper.state, paper.trust, paper.expires_at = paper.state, MaterialState.RETURNED, None, None
            told = {"material": paper.code, "before": before, "after": str(MaterialState.RETURNED)}
            ledger.record(work, case.id, EntryKind.MATERIAL_RECORDED, **told)
    ledger.record(work, case.id, EntryKind.SUPPLEMENT_TOLD, notice=number, due=due_on.isoformat(), lines=len(waiting))
    return number


def supplied(work: Work, case: Case, item: str) -> None:
    """The applicant came back for an item: its lines were told, if only by word of mouth."""
    for row in _rows(work, case):
        if row.item == item and row.told_at is None:
            row.told_at = work.now


def notices(work: Work, case: Case, pack: Pack) -> tuple[Notice, ...]:
    """The notices of a case, the oldest first, and last what is asked for and not told yet, if anything is."""
    rows = _rows(work, case)
    names = {spec.code: spec.name for spec in pack.materials}
    numbers = sorted({r.notice for r in rows if r.notice})
    found = [_notice(number, [r for r in rows if r.notice == number], names) for number in numbers]
    waiting = [r for r in rows if r.told_at is None]
    return (*found, *((_notice(None, waiting, names),) if waiting else ()))


def lacking(papers: Sequence[Paper]) -> tuple[Line, ...]:
    """What a window has to ask for before it can accept: every required paper that is not there, all at once."""
    missing = [paper.spec for paper in papers if paper.spec.required and paper.state in LACKING]
    return tuple(Line(spec.items[0], spec.code, LACKS, "", spec.name) for spec in missing)


def _rows(work: Work, case: Case) -> list[Asked]:
    place = {item.code: item.position for item in case.items}
    rows = work.session.scalars(select(Asked).where(Asked.case_id == case.id))
    return sorted(rows, key=lambda row: (row.asked_at, place.get(row.item, 0), row.code, row.id))


def _came_late(rows: Sequence[Asked], case: Case, line: Line) -> bool:
    """Whether a notice went out while the item was being worked on, and did not have this paper on it."""
    item = next(i for i in case.items if i.code == line.item)
    told = [r for r in rows if r.told_at and (r.notice or r.item == line.item) and _worked_on(item, r.told_at)]
    return bool(told) and not any(_same(r, line) for r in told)


def _same(row: Asked, line: Line) -> bool:
    """The same paper, or the same words for what is no paper."""
    return row.code == line.code and (bool(line.code) or (row.item, row.reason) == (line.item, line.reason))


def _worked_on(item: Item, moment: datetime) -> bool:
    return item.started_at is not None and item.started_at <= moment


def _notice(number: int | None, rows: Sequence[Asked], names: dict[str, str]) -> Notice:
    lines = tuple(Line(r.item, r.code, r.reason, r.basis, names.get(r.code, ""), r.asked_at, r.excuse) for r in rows)
    return Notice(number, rows[0].told_at, rows[0].due_on, lines)

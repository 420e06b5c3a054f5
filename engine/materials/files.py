"""The scans of papers: rows that name what the vault keeps, of a draft first and of its case later."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select, update

from engine.errors import FieldError, FormInvalid, NotFound
from engine.materials.taking import Taken
from engine.store import MaterialFile
from engine.words import N_
from engine.work import Work

TOO_MANY = N_("{label}: this paper has {pages} pages already.")
DAY = 86_400.0  # seconds; whoever puts a file names it within one request
LOOKED = 500  # names asked for at once


@dataclass(frozen=True)
class Scan:
    """A file of a paper. `twice`: the same content is on this paper more than once."""

    id: str
    code: str
    hash: str
    kind: str
    bytes: int
    pages: int
    name: str
    added_at: datetime
    twice: bool = False


def add(
    work: Work, taken: Sequence[Taken], code: str, *, case_id: str | None = None, draft_id: str | None = None
) -> tuple[str, ...]:
    """Name files that are kept as scans of a paper; returns their ids. `FormInvalid` above the limit of pages."""
    there = scans(work, code, case_id=case_id, draft_id=draft_id)
    last = len(there)
    if sum(each.pages for each in there) + sum(each.pages for each in taken) > work.vault.pages:
        limits = {"label": taken[-1].name, "pages": work.vault.pages}
        raise FormInvalid([FieldError("files", taken[-1].name, TOO_MANY, limits)])
    rows = [
        MaterialFile(
            case_id=case_id, draft_id=draft_id, code=code, position=position, hash=each.hash, kind=each.kind,
            bytes=each.bytes, pages=each.pages, name=each.name, added_at=work.now, added_by=work.actor.id,
        )
        for position, each in enumerate(taken, last + 1)
    ]  # fmt: skip
    work.session.add_all(rows)
    work.session.flush()
    return tuple(row.id for row in rows)


def scans(work: Work, code: str, *, case_id: str | None = None, draft_id: str | None = None) -> tuple[Scan, ...]:
    """The scans of a paper, in the order they were added."""
    wanted = select(MaterialFile).where(_owner(case_id, draft_id), MaterialFile.code == code)
    rows = list(work.session.scalars(wanted.order_by(MaterialFile.position, MaterialFile.id)))
    times = Counter(row.hash for row in rows)
    return tuple(_scan(row, twice=times[row.hash] > 1) for row in rows)


def scan(work: Work, file_id: str, *, case_id: str | None = None, draft_id: str | None = None) -> Scan:
    """One scan of this case or draft; `NotFound` if it has none with this id."""
    wanted = select(MaterialFile).where(_owner(case_id, draft_id), MaterialFile.id == file_id)
    row = work.session.scalar(wanted)
    if row is None:
        raise NotFound
    return _scan(row)


def counts(work: Work, *, case_id: str | None = None, draft_id: str | None = None) -> Mapping[str, int]:
    """How many scans each paper has."""
    wanted = select(MaterialFile.code, func.count()).where(_owner(case_id, draft_id)).group_by(MaterialFile.code)
    return {code: int(number) for code, number in work.session.execute(wanted)}


def drop(work: Work, file_id: str, *, draft_id: str) -> None:
    """Take a scan off a draft. What was accepted stays: a case shows what was handed in."""
    work.session.execute(delete(MaterialFile).where(_owner(None, draft_id), MaterialFile.id == file_id))


def discard(work: Work, draft_id: str) -> None:
    """Forget every scan of a draft that goes away."""
    work.session.execute(delete(MaterialFile).where(_owner(None, draft_id)))


def hand_over(work: Work, draft_id: str, case_id: str) -> None:
    """The scans of an accepted draft are the case's."""
    work.session.execute(update(MaterialFile).where(_owner(None, draft_id)).values(draft_id=None, case_id=case_id))


def unnamed(work: Work) -> Iterator[str]:
    """Files of the vault no row has named for a day: uploads that were broken off, scans that were taken off.

    None where no row names any: then this is more likely the wrong database than a folder to be emptied.
    """
    if work.session.scalar(select(MaterialFile.id).limit(1)) is None:
        return
    names = list(work.vault.names(older=DAY))
    for start in range(0, len(names), LOOKED):
        some = names[start : start + LOOKED]
        named = set(work.session.scalars(select(MaterialFile.hash).where(MaterialFile.hash.in_(some))))
        yield from (name for name in some if name not in named)


def _owner(case_id: str | None, draft_id: str | None) -> ColumnElement[bool]:
    if (case_id is None) == (draft_id is None):
        raise ValueError("a scan belongs to a case or to a draft")
    return MaterialFile.case_id == case_id if case_id else MaterialFile.draft_id == draft_id


def _scan(row: MaterialFile, *, twice: bool = False) -> Scan:
    return Scan(row.id, row.code, row.hash, row.kind, row.bytes, row.pages, row.name, row.added_at, twice)

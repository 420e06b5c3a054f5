"""Finding a release and reading the pack it holds; each is read, and its hash checked, once per process."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from engine import catalog
from engine.catalog import Pack
from engine.errors import NoSuchRelease, ReleaseTampered
from engine.store import Case, Release
from engine.store.columns import dumps
from engine.words import CITY
from engine.work import Work

SHELF = 200  # packs kept in memory; a city has some dozens in force

LISTED = select(Release.hash, Release.number, Release.published_at)  # without the files: they are long
_shelf: dict[str, Pack] = {}  # by content hash, so an entry can never be stale


@dataclass(frozen=True)
class Published:
    """A release and the pack it holds."""

    hash: str
    number: int
    published_at: datetime
    pack: Pack


def load(work: Work, name: str) -> Pack:
    """The pack of a release, by its hash. `ReleaseTampered` when the row is not what was published under this hash."""
    kept = _shelf.get(name)
    if kept is not None:
        return kept
    row = work.session.get_one(Release, name)
    if content_hash(row.files) != name:
        raise ReleaseTampered(pack=row.pack, number=row.number)
    return remember(name, catalog.read(row.files))


def of_case(work: Work, case: Case) -> Pack:
    """The pack of a case's release as it holds in the case's area since the day it was accepted."""
    return here(load(work, case.release_hash), case)


def here(pack: Pack, case: Case) -> Pack:
    """A pack as it holds for a case: in its area, on the day it was accepted."""
    return catalog.local(pack, case.area, local_day(case.accepted_at))


def numbered(work: Work, name: str) -> Published:
    """A release by its hash, with its number and date."""
    return Published(*work.session.execute(LISTED.where(Release.hash == name)).one(), pack=load(work, name))


def of_number(work: Work, code: str, number: int) -> Published:
    """A release of a pack by its number; `NoSuchRelease` if there is none."""
    name = work.session.scalar(select(Release.hash).where(Release.pack == code, Release.number == number))
    if name is None:
        raise NoSuchRelease(pack=code, number=number)
    return numbered(work, name)


def newest(work: Work, code: str) -> int:
    """The number of a pack's newest release; 0 if there is none."""
    return work.session.scalar(select(func.max(Release.number)).where(Release.pack == code)) or 0


def content_hash(files: Mapping[str, str]) -> str:
    """SHA-256 over the files' paths and texts."""
    return hashlib.sha256(dumps(dict(files)).encode()).hexdigest()


def local_day(moment: datetime) -> date:
    """The calendar day of a moment in the city."""
    return moment.astimezone(CITY).date()


def remember(name: str, pack: Pack) -> Pack:
    """Keep a pack under the hash of its files; the oldest one makes room."""
    while len(_shelf) >= SHELF:
        _shelf.pop(next(iter(_shelf)), None)
    _shelf[name] = pack
    return pack

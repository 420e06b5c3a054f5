"""Releases 版本: published packs. A release never changes, and a case stays on the one it was accepted under."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from engine import catalog
from engine.catalog import Pack
from engine.errors import NoRelease, PackInvalid
from engine.store import Release
from engine.store.columns import dumps
from engine.work import Work

CITY = ZoneInfo("Asia/Shanghai")
SHELF = 200  # packs kept in memory; a city has some dozens in force

_LISTED = select(Release.hash, Release.number, Release.published_at)  # without the files: they are long
_shelf: dict[str, Pack] = {}  # by content hash, so an entry can never be stale


@dataclass(frozen=True)
class Published:
    """A release and the pack it holds."""

    hash: str
    number: int
    published_at: datetime
    pack: Pack


def publish(work: Work, files: Mapping[str, str]) -> Published:
    """Make a release of a pack's files, or find the one with this content. `PackInvalid` if the pack is not clean."""
    wrong = [finding for finding in catalog.lint(files) if not finding.warning]
    if wrong:
        raise PackInvalid(wrong)
    pack = catalog.read(files)
    name = content_hash(files)
    if work.session.get(Release, name) is None:
        release = Release(
            hash=name,
            pack=pack.code,
            number=newest(work, pack.code) + 1,
            files=dict(files),
            published_at=work.now,
            published_by=work.actor.id,
        )
        work.session.add(release)
        work.session.flush()
    row = work.session.execute(_LISTED.where(Release.hash == name)).one()
    return Published(*row, pack=_remember(name, pack))


def current(work: Work, code: str) -> Published:
    """The newest release of a pack whose effective dates contain today in the city; `NoRelease` if there is none."""
    today = local_day(work.now)
    rows = work.session.execute(_LISTED.where(Release.pack == code).order_by(Release.number.desc()))
    for name, number, published_at in rows.all():
        pack = load(work, name)
        if _in_force(pack, today):
            return Published(name, number, published_at, pack)
    raise NoRelease


def newest(work: Work, code: str) -> int:
    """The number of a pack's newest release; 0 if there is none."""
    return work.session.scalar(select(func.max(Release.number)).where(Release.pack == code)) or 0


def in_force(work: Work) -> tuple[Published, ...]:
    """The release in force today of every pack that has one, by pack code."""
    found = []
    for code in work.session.scalars(select(Release.pack).distinct().order_by(Release.pack)):
        try:
            found.append(current(work, code))
        except NoRelease:
            continue
    return tuple(found)


def load(work: Work, name: str) -> Pack:
    """The pack of a release, by its hash; read once per process."""
    kept = _shelf.get(name)
    if kept is not None:
        return kept
    return _remember(name, catalog.read(work.session.get_one(Release, name).files))


def numbered(work: Work, name: str) -> Published:
    """A release by its hash, with its number and date."""
    return Published(*work.session.execute(_LISTED.where(Release.hash == name)).one(), pack=load(work, name))


def content_hash(files: Mapping[str, str]) -> str:
    """SHA-256 over the files' paths and texts."""
    return hashlib.sha256(dumps(dict(files)).encode()).hexdigest()


def local_day(moment: datetime) -> date:
    """The calendar day of a moment in the city."""
    return moment.astimezone(CITY).date()


def _in_force(pack: Pack, day: date) -> bool:
    return pack.effective_from <= day and (pack.effective_to is None or day <= pack.effective_to)


def _remember(name: str, pack: Pack) -> Pack:
    while len(_shelf) >= SHELF:
        _shelf.pop(next(iter(_shelf)), None)
    _shelf[name] = pack
    return pack

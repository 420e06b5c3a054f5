"""When a release takes new applications: days in the city, both included. Nothing here reaches backwards.

Two periods may overlap; the newest release whose period contains the day is in force, so it is always clear which.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from engine.catalog import Pack
from engine.errors import NoRelease, PeriodBackwards, PeriodBegun, PeriodOutside, PeriodPast
from engine.releases.shelf import LISTED, Published, load, local_day
from engine.store import Period, Release
from engine.work import Work


@dataclass(frozen=True)
class Span:
    """One row of a release's history: `since` None means it was withdrawn, `until` None that no end is known."""

    since: date | None
    until: date | None
    note: str
    at: datetime
    by: str

    def contains(self, day: date) -> bool:
        """Whether the release takes applications on this day."""
        return self.since is not None and self.since <= day and (self.until is None or day <= self.until)


def current(work: Work, code: str, on: date | None = None) -> Published:
    """The newest release of a pack whose period contains a day (today in the city); `NoRelease` if there is none."""
    day = on or local_day(work.now)
    last = (
        select(Period.release_hash, func.max(Period.seq).label("seq"))
        .join(Release, Release.hash == Period.release_hash)
        .where(Release.pack == code)
        .group_by(Period.release_hash)
        .subquery()
    )
    row = work.session.execute(
        LISTED.join(last, last.c.release_hash == Release.hash)
        .join(Period, (Period.release_hash == last.c.release_hash) & (Period.seq == last.c.seq))
        .where(Period.since <= day, Period.until.is_(None) | (Period.until >= day))
        .order_by(Release.number.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        raise NoRelease
    return Published(*row, pack=load(work, row.hash))


def in_force(work: Work) -> tuple[Published, ...]:
    """The release in force today of every pack that has one, by pack code."""
    found = []
    for code in work.session.scalars(select(Release.pack).distinct().order_by(Release.pack)):
        try:
            found.append(current(work, code))
        except NoRelease:
            continue
    return tuple(found)


def history(work: Work, name: str) -> tuple[Span, ...]:
    """Everything that was said about a release's period, oldest first; the last one counts."""
    rows = work.session.scalars(select(Period).where(Period.release_hash == name).order_by(Period.seq))
    return tuple(Span(row.since, row.until, row.note, row.at, row.actor_name) for row in rows)


def begin(work: Work, name: str, pack: Pack, since: date | None, until: date | None, note: str) -> None:
    """Say the first period of a new release: what was asked for, else the dates of its `pack.toml`."""
    if since is not None and since < local_day(work.now):
        raise PeriodPast(day=since)
    _say(work, name, pack, since or pack.effective_from, until or pack.effective_to, note)


def reschedule(work: Work, release: Published, *, since: date | None, until: date | None, note: str = "") -> None:
    """Give a release another beginning, as long as it has not begun, or another end, today or later."""
    held, today = history(work, release.hash)[-1], local_day(work.now)
    begun = held.since is not None and held.since <= today
    if since not in (None, held.since) and begun:
        raise PeriodBegun(number=release.number, since=held.since)
    for day in (since if since != held.since else None, until):
        if day is not None and day < today:
            raise PeriodPast(day=day)
    wanted = (since or held.since or release.pack.effective_from, until or held.until)
    if wanted != (held.since, held.until):
        _say(work, release.hash, release.pack, *wanted, note)


def withdraw(work: Work, release: Published, note: str = "") -> None:
    """Take back a release that has not begun: it never takes an application. `PeriodBegun` once it has."""
    held = history(work, release.hash)[-1]
    if held.since is not None and held.since <= local_day(work.now):
        raise PeriodBegun(number=release.number, since=held.since)
    _add(work, release.hash, None, None, note)


def _say(work: Work, name: str, pack: Pack, since: date, until: date | None, note: str) -> None:
    if until is not None and until < since:
        raise PeriodBackwards(since=since, until=until)
    last = pack.effective_to
    if since < pack.effective_from or (last is not None and (until is None or until > last)):
        raise PeriodOutside(since=pack.effective_from, until=last or "…")
    _add(work, name, since, until, note)


def _add(work: Work, name: str, since: date | None, until: date | None, note: str) -> None:
    last = work.session.scalar(select(func.max(Period.seq)).where(Period.release_hash == name)) or 0
    who = {"actor": work.actor.id, "actor_name": work.actor.name}
    work.session.add(Period(release_hash=name, seq=last + 1, since=since, until=until, note=note, at=work.now, **who))
    work.session.flush()

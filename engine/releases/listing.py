"""The releases of a pack: their periods, who published them, and the cases that run on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select

from engine.errors import NoRelease
from engine.releases.periods import current, history
from engine.releases.shelf import local_day
from engine.store import Case, Draft, Release
from engine.words import CaseState
from engine.work import Work


@dataclass(frozen=True)
class Listed:
    """One release. `running` cases and `drafts` stay on it whatever is published later; `since` None: withdrawn."""

    pack: str
    number: int
    hash: str
    since: date | None
    until: date | None
    published_at: datetime
    published_by: str
    note: str
    running: int
    drafts: int
    in_force: bool


def listing(work: Work, code: str) -> tuple[Listed, ...]:
    """All releases of a pack, the newest first."""
    try:
        ruling = current(work, code).hash
    except NoRelease:
        ruling = ""
    rows = work.session.execute(
        select(Release.hash, Release.number, Release.published_at)
        .where(Release.pack == code)
        .order_by(Release.number.desc())
    )
    running = _counted(work, Case, Case.state != CaseState.ENDED)
    drafts = _counted(work, Draft, Draft.case_id.is_(None))
    found = []
    for name, number, published_at in rows.all():
        said = history(work, name)
        found.append(
            Listed(
                pack=code,
                number=number,
                hash=name,
                since=said[-1].since,
                until=said[-1].until,
                published_at=published_at,
                published_by=said[0].by,
                note=said[-1].note,
                running=running.get(name, 0),
                drafts=drafts.get(name, 0),
                in_force=name == ruling,
            )
        )
    return tuple(found)


def announced(work: Work, listed: Sequence[Listed], number: int) -> tuple[str, str]:
    """What publishing or rescheduling a release means from now on, in Chinese and English."""
    this = next(line for line in listed if line.number == number)
    zh, en = _from_when(this, local_day(work.now), next((line for line in listed if line.in_force), None))
    others = [line for line in listed if line.running and line.number != number]
    if others:
        zh += "；在办的不变：" + "、".join(f"{o.running} 件仍用版本 {o.number}" for o in others)
        en += "; running cases stay: " + ", ".join(f"{o.running} on release {o.number}" for o in others)
    return f"{zh}。", f"{en}."


def _from_when(this: Listed, today: date, ruling: Listed | None) -> tuple[str, str]:
    name_zh, name_en = f"版本 {this.number}", f"release {this.number}"
    if this.since is None:
        return f"{name_zh}已撤回，不会受理任何申请", f"{name_en} is withdrawn and takes no application"
    if this.since <= today:
        if not this.in_force:
            return f"{name_zh}现在不受理新的申请", f"{name_en} takes no new applications now"
        since_zh, since_en = "现在", "now"
    else:
        since_zh, since_en = f" {this.since} ", str(this.since)
    until_zh, until_en = (f"到 {this.until} ", f"to {this.until}") if this.until else ("起", "on")
    zh = f"从{since_zh}{until_zh}受理的用{name_zh}"
    en = f"applications accepted from {since_en} {until_en} use {name_en}"
    if ruling and ruling is not this:
        return f"{zh}，此前仍用版本 {ruling.number}", f"{en}, until then release {ruling.number}"
    return zh, en


def _counted(work: Work, rows: type[Case] | type[Draft], alive: ColumnElement[bool]) -> dict[str, int]:
    """How many cases or drafts stand on each release, by its hash."""
    counted = select(rows.release_hash, func.count()).where(alive).group_by(rows.release_hash)
    return {name: count for name, count in work.session.execute(counted).all()}  # noqa: C416  rows are no tuples

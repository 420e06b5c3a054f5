"""The cases that stopped on an error, for those who can set them going again."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from engine import cases, identity, releases
from engine.cases.pages import SIZE, Page, within
from engine.catalog import Pack
from engine.repairs.held import POSTS
from engine.store import Case, Entry
from engine.words import CaseState, EntryKind, TaskState
from engine.work import Work


@dataclass(frozen=True)
class Stopped:
    """One row: where it stopped, since when, why (Chinese, English), and who waits for it (offices and holders)."""

    case_id: str
    number: str
    pack: Pack
    applicant: str
    node: str
    since: datetime
    zh: str
    en: str
    by_clock: bool
    affected: tuple[str, ...]


def incidents(work: Work, *, page: int = 1) -> Page[Stopped]:
    """Cases of the areas the actor oversees that stopped, the longest waiting first; the applicant is masked."""
    newest = select(Entry.case_id, func.max(Entry.seq).label("seq")).where(Entry.kind == EntryKind.CASE_INCIDENT)
    last = newest.group_by(Entry.case_id).subquery()
    overseen = {r.code for d in work.actor.departments(POSTS) for r in identity.areas(work, d)}
    wanted = (
        select(Case, Entry)
        .join(last, last.c.case_id == Case.id)
        .join(Entry, (Entry.case_id == Case.id) & (Entry.seq == last.c.seq))
        .where(Case.state == CaseState.INCIDENT, Case.area.in_(overseen))
    )
    total = work.session.scalar(wanted.with_only_columns(func.count())) or 0
    number = within(page, total)
    rows = work.session.execute(wanted.order_by(Entry.at, Case.id).limit(SIZE).offset((number - 1) * SIZE))
    return Page(tuple(_line(work, case, entry) for case, entry in rows), total, number)


def _line(work: Work, case: Case, entry: Entry) -> Stopped:
    pack = releases.load(work, case.release_hash)
    node = pack.model.nodes.get(str(entry.facts.get("node")))
    zh, _, en = (case.trouble or "").partition("\n")
    return Stopped(
        case_id=case.id,
        number=case.number,
        pack=pack,
        applicant=cases.masked_names(case.applicant),
        node=node.called if node else "",
        since=entry.at,
        zh=zh,
        en=en or zh,
        by_clock=case.trouble_cause == cases.CLOCK,
        affected=_affected(work, case),
    )


def _affected(work: Work, case: Case) -> tuple[str, ...]:
    waiting = [t for t in case.tasks if t.state == TaskState.OPEN]
    stopped = [t for t in waiting if t.id == case.trouble_cause] or waiting
    offices = identity.departments(work, {t.department_id for t in stopped})
    people = identity.names(work, {t.holder for t in stopped if t.holder})
    found = (f"{offices[t.department_id].short} {people.get(t.holder or '', '')}".strip() for t in stopped)
    return tuple(dict.fromkeys(found))

"""One list of what needs a person: cases that stopped on an error, and jobs that failed for good."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, literal, select, union_all

from engine import cases, identity, jobs, releases
from engine.cases.pages import SIZE, Page, within
from engine.catalog import Pack
from engine.repairs.held import POSTS
from engine.store import Case, Entry, Job
from engine.words import CaseState, EntryKind, JobState, Post, TaskState
from engine.work import Work


@dataclass(frozen=True)
class Stopped:
    """One row: where it stopped, since when, why (Chinese, English), and who waits for it (offices and holders).

    `job` is the id of the job that failed, if it was one. `readable`: the actor may read and adjust the case; else the
    applicant is empty (the system administrator sees what failed, not for whom).
    """

    case_id: str
    number: str
    pack: Pack
    applicant: str
    node: str
    name: str
    since: datetime
    zh: str
    en: str
    by_clock: bool
    affected: tuple[str, ...]
    job: str
    readable: bool


def incidents(work: Work, *, page: int = 1) -> Page[Stopped]:
    """What stopped in the areas the actor oversees, the longest waiting first; the applicant is masked.

    A job that stopped its case is one line, not two.
    """
    reads, mends = _areas(work, POSTS), _areas(work, jobs.MENDING)
    found = union_all(_cases(reads, mends), _jobs(mends)).subquery()
    total = work.session.scalar(select(func.count()).select_from(found)) or 0
    number = within(page, total)
    wanted = select(found).order_by(found.c.since, found.c.case_id, found.c.job)
    rows = work.session.execute(wanted.limit(SIZE).offset((number - 1) * SIZE)).all()
    return Page(tuple(_line(work, row.case_id, row.job, row.since, reads) for row in rows), total, number)


def _areas(work: Work, posts: Collection[Post]) -> frozenset[str]:
    return frozenset(r.code for d in work.actor.departments(posts) for r in identity.areas(work, d))


def _cases(reads: Collection[str], mends: Collection[str]) -> Select[str, str, datetime]:
    """Cases that stopped, each since its last incident, without those a job of the other half stopped."""
    since = select(func.max(Entry.at)).where(Entry.case_id == Case.id, Entry.kind == EntryKind.CASE_INCIDENT)
    by_job = select(Job.id).where(Job.id == Case.trouble_cause, Job.state == JobState.FAILED, Case.area.in_(mends))
    stopped = select(Case.id.label("case_id"), literal("").label("job"), since.scalar_subquery().label("since"))
    return stopped.where(Case.state == CaseState.INCIDENT, Case.area.in_(reads), ~by_job.exists())


def _jobs(mends: Collection[str]) -> Select[str, str, datetime | None]:
    failed = select(Job.case_id, Job.id, Job.failed_at).join(Case, Case.id == Job.case_id)
    return failed.where(Job.state == JobState.FAILED, Case.area.in_(mends))


def _line(work: Work, case_id: str, job_id: str, since: datetime, reads: Collection[str]) -> Stopped:
    case = work.session.get_one(Case, case_id)
    job = work.session.get(Job, job_id) if job_id else None
    pack = releases.of_case(work, case)
    zh, _, en = (job.last_error if job else case.trouble or "").partition("\n")
    name = job.node if job else _node(work, case_id)
    node = pack.model.nodes.get(name)
    readable = case.area in reads
    return Stopped(
        case_id=case.id,
        number=case.number,
        pack=pack,
        applicant=cases.masked_names(case.applicant) if readable else "",
        node=node.id if node else "",
        name=node.called if node else job.type if job else "",
        since=since,
        zh=zh,
        en=en or zh,
        by_clock=job is None and case.trouble_cause == cases.CLOCK,
        affected=_office(work, case, node.item if node else None) if job else _affected(work, case),
        job=job_id,
        readable=readable,
    )


def _node(work: Work, case_id: str) -> str:
    mine = select(Entry).where(Entry.case_id == case_id, Entry.kind == EntryKind.CASE_INCIDENT)
    entry = work.session.scalar(mine.order_by(Entry.seq.desc()).limit(1))
    return str(entry.facts.get("node")) if entry else ""


def _office(work: Work, case: Case, item: str | None) -> tuple[str, ...]:
    """The departments of the item the job belongs to; of all items, if it belongs to none."""
    ids = {i.department_id for i in case.items if not i.outcome and item in (None, i.code)}
    found = identity.departments(work, ids)
    return tuple(sorted(found[name].short for name in ids))


def _affected(work: Work, case: Case) -> tuple[str, ...]:
    waiting = [t for t in case.tasks if t.state == TaskState.OPEN]
    stopped = [t for t in waiting if t.id == case.trouble_cause] or waiting
    offices = identity.departments(work, {t.department_id for t in stopped})
    people = identity.names(work, {t.holder for t in stopped if t.holder})
    found = (f"{offices[t.department_id].short} {people.get(t.holder or '', '')}".strip() for t in stopped)
    return tuple(dict.fromkeys(found))

"""The incidents of machines: jobs that wait for a person, for the supervisors of their areas."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from engine import cases, identity, releases
from engine.cases.pages import SIZE, Page, within
from engine.catalog import Pack
from engine.errors import NotFailed, NotFound
from engine.store import Case, Job
from engine.words import JobKind, JobState, Post
from engine.work import Work

MENDING = (Post.SUPERVISOR, Post.ADMIN)


@dataclass(frozen=True)
class FailedJob:
    """One line: which step of which case, what it wanted, why it failed and since when. Nothing of the applicant."""

    id: str
    case_id: str
    number: str
    pack: Pack
    node: str
    name: str
    item: str | None
    kind: JobKind
    type: str
    attempts: int
    cause: str
    since: datetime | None


def failure(work: Work, job_id: str) -> FailedJob:
    """One failed job. `NotFound` if there is none in the areas the actor oversees, `NotFailed` if it goes on again."""
    job = work.session.get(Job, job_id)
    if job is None or not cases.oversees(work, job.case, MENDING):
        raise NotFound
    if job.state != JobState.FAILED:
        raise NotFailed
    return _line(work, job, job.case.number, job.case.release_hash)


def failed(work: Work, *, page: int = 1) -> Page[FailedJob]:
    """Failed jobs of the areas the actor oversees as supervisor or administrator, the oldest first."""
    areas = {region.code for d in work.actor.departments(MENDING) for region in identity.areas(work, d)}
    wanted = select(Job, Case.number, Case.release_hash).join(Case, Case.id == Job.case_id)
    wanted = wanted.where(Job.state == JobState.FAILED, Case.area.in_(areas))
    total = work.session.scalar(wanted.with_only_columns(func.count()).order_by(None)) or 0
    number = within(page, total)
    rows = work.session.execute(wanted.order_by(Job.failed_at, Job.id).limit(SIZE).offset((number - 1) * SIZE))
    return Page(tuple(_line(work, *row) for row in rows.all()), total, number)


def _line(work: Work, job: Job, number: str, release: str) -> FailedJob:
    pack = releases.load(work, release)
    node = pack.model.nodes.get(job.node)  # a signal names a node of the case that threw it
    return FailedJob(
        id=job.id,
        case_id=job.case_id,
        number=number,
        pack=pack,
        node=job.node,
        name=node.called if node else job.type,
        item=node.item if node else None,
        kind=JobKind(job.kind),
        type=job.type,
        attempts=job.attempts,
        cause=job.last_error,
        since=job.failed_at,
    )

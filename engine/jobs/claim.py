"""Taking a job: who works on it, which try it is, and until when nobody else may."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, select

from engine.store import Case, Job
from engine.words import JobKind, JobState
from engine.work import Work

LEASE = timedelta(minutes=2)  # longer than any call may take
CLAIMABLE = (JobState.WAITING, JobState.RUNNING, JobState.ASKED)


@dataclass(frozen=True)
class Errand:
    """A job somebody has claimed. `attempt` proves the claim when it is finished.

    `lost`: no try is left, because whoever ran the last one (or was asked then) never came back; only `finish` is.
    """

    id: str
    attempt: int
    kind: JobKind
    type: str
    node: str
    headers: Mapping[str, str]
    inputs: Mapping[str, Any]
    case_id: str
    number: str
    lost: JobState | None = None


def due(work: Work, limit: int = 100) -> tuple[str, ...]:
    """Ids of jobs that may be taken now, the longest due first."""
    return tuple(work.session.scalars(select(Job.id).where(_claimable(work)).order_by(Job.due).limit(limit)))


def claim(work: Work, worker: str, *, limit: int = 1, only: Collection[str] | None = None) -> tuple[Errand, ...]:
    """Take up to `limit` jobs (of those in `only`, if given) for `worker`; jobs others are taking are passed over."""
    wanted = select(Job).where(_claimable(work)).order_by(Job.due).limit(limit).with_for_update(skip_locked=True)
    if only is not None:
        wanted = wanted.where(Job.id.in_(only))
    jobs = work.session.scalars(wanted.execution_options(populate_existing=True)).all()
    numbers = dict(_numbers(work, {job.case_id for job in jobs})) if jobs else {}
    return tuple(_taken(work, job, worker, numbers[job.case_id]) for job in jobs)


def asked(work: Work, job_id: str) -> Errand | None:
    """What a job of the drawing asked, as its present try; None if there is none. Nobody claims it by this."""
    job = work.session.get(Job, job_id)
    if job is None or job.kind == JobKind.SIGNAL:
        return None
    return _errand(job, dict(_numbers(work, {job.case_id}))[job.case_id], None)


def _claimable(work: Work) -> ColumnElement[bool]:
    return and_(Job.state.in_(CLAIMABLE), Job.due <= work.now)


def _numbers(work: Work, cases: Collection[str]) -> list[tuple[str, str]]:
    return [
        (row.id, row.number) for row in work.session.execute(select(Case.id, Case.number).where(Case.id.in_(cases)))
    ]


def _taken(work: Work, job: Job, worker: str, number: str) -> Errand:
    lost = None if job.retries > 0 else JobState(job.state)
    job.state, job.claimed_by, job.due = JobState.RUNNING, worker, work.now + LEASE
    job.retries, job.attempts = max(job.retries - 1, 0), job.attempts + 1
    return _errand(job, number, lost)


def _errand(job: Job, number: str, lost: JobState | None) -> Errand:
    said = {name: getattr(job, name) for name in ("id", "type", "node", "headers", "inputs", "case_id")}
    return Errand(**said, attempt=job.attempts, kind=JobKind(job.kind), number=number, lost=lost)

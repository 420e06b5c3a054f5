"""The incident of a machine: a job that waits for a person. `repairs.incidents` lists them with the stopped cases."""

from dataclasses import dataclass
from datetime import datetime

from engine import cases, releases
from engine.catalog import Pack
from engine.errors import NotFailed, NotFound
from engine.store import Job
from engine.words import JobKind, JobState, Post
from engine.work import Work

MENDING = (Post.SUPERVISOR, Post.ADMIN)


@dataclass(frozen=True)
class FailedJob:
    """Which step of which case, what it wanted, why it failed and since when. Nothing of the applicant."""

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

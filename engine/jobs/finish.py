"""A result comes back: by the same two lines as a person's decision, once, and only to whoever still holds the job."""

import logging
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from engine import cases, ledger, releases, runtime
from engine.errors import TaskCancelled
from engine.jobs import rechecks
from engine.jobs.failing import give_up, next_try
from engine.jobs.reply import Answer, Failure, Later, Reply, Thrown
from engine.runtime import Advance
from engine.store import Case, Job
from engine.words import Answered, EntryKind, JobKind, JobState
from engine.work import Work

log = logging.getLogger(__name__)


def finish(work: Work, job_id: str, attempt: int | None, reply: Reply) -> bool:
    """Take the reply to a claimed job; False if it came twice, or late: the job is over or somebody else's by now.

    `attempt` is the claim's; None for a system that calls back, which answers whatever try is running.
    """
    job = held(work, job_id)
    running = job is not None and job.state in (JobState.RUNNING, JobState.ASKED)
    if job is None or not running or attempt not in (None, job.attempts):
        log.warning("reply to job %s attempt %s came too late and is ignored", job_id, attempt)
        return False
    if isinstance(reply, Later):
        job.state, job.due = JobState.ASKED, reply.until
    elif isinstance(reply, Failure):
        _failed(work, job, reply)
    else:
        settle(work, job, reply)
    return True


def held(work: Work, job_id: str) -> Job | None:
    """The job, its case locked before it; None if there is none."""
    case_id = work.session.scalar(select(Job.case_id).where(Job.id == job_id))
    if case_id is None:
        return None
    cases.locked(work, case_id)
    # Read again under the lock: somebody may have claimed, finished or cancelled it between the two looks.
    locked = select(Job).where(Job.id == job_id).with_for_update().execution_options(populate_existing=True)
    return work.session.scalar(locked)


def settle(
    work: Work, job: Job, reply: Answer | Thrown, told: tuple[EntryKind, Mapping[str, Any]] | None = None
) -> None:
    """Let the case have what came of the job. What the case cannot take is an incident of this job.

    `told` is what the ledger says, if it is not simply that the job is done.
    """
    kind, said = told or _told(work, job, reply)
    case = job.case
    advance = _advance(work, job, case, reply)
    if advance is None:
        close(work, job)
        return

    def step() -> None:
        if isinstance(reply, Answer) and reply.later:
            rechecks.plan(work, job)
        close(work, job)
        ledger.record(work, job.case_id, kind, job=job.id, node=job.node, **said)
        cases.move(work, case, releases.of_case(work, case), advance, cause=job.id)

    incident = advance.incident or cases.whole(work, job.node, step)
    if incident:
        give_up(work, job, incident.zh, incident.en)


def close(work: Work, job: Job) -> None:
    """The job is done; what it was given is personal data nobody needs any more."""
    job.state, job.ended_at, job.inputs, job.failed_at = JobState.DONE, work.now, {}, None


def _told(work: Work, job: Job, reply: Answer | Thrown) -> tuple[EntryKind, Mapping[str, Any]]:
    """What the ledger says of a job that came to its end: of an answer its kind, never what is in it."""
    if job.kind == JobKind.SIGNAL:
        return EntryKind.SIGNAL_CAUGHT, {"name": job.type, "from": job.inputs["from"]}
    name = releases.of_case(work, job.case).model.nodes[job.node].called
    answer = reply.result.get(job.headers.get("resultVariable", "")) if isinstance(reply, Answer) else None
    kind = answer.get("kind") if isinstance(answer, Mapping) else None
    said = {"name": name} | ({"answer": str(kind)} if kind in list(Answered) else {})
    return (EntryKind.JOB_RECHECKED if job.kind == JobKind.RECHECK else EntryKind.JOB_DONE), said


def _failed(work: Work, job: Job, reply: Failure) -> None:
    job.last_error = f"{reply.zh}\n{reply.en}"
    if reply.again and job.kind == JobKind.RECHECK:
        rechecks.postpone(work, job)
    elif reply.again and job.retries > 0:
        job.state, job.due = JobState.WAITING, next_try(work, job)
    elif reply.again and reply.last is not None:
        settle(work, job, Answer(reply.last, later=True))
    else:
        give_up(work, job, reply.zh, reply.en)


def _advance(work: Work, job: Job, case: Case, reply: Answer | Thrown) -> Advance | None:
    """What follows in the case; None if nothing in it waits for this any more."""
    model = releases.of_case(work, case).model
    said: Mapping[str, Any] = reply.result if isinstance(reply, Answer) else reply.payload
    if job.kind == JobKind.SIGNAL:
        found = runtime.signal(model, case.process, job.type, job.inputs["payload"], case.facts, now=work.now)
    elif job.kind == JobKind.RECHECK:
        found = rechecks.advance(work, job, case, said)
    else:
        found = _answered(work, job, case, reply)
    return cases.vetted(work, case, releases.of_case(work, case), found) if found else None


def _answered(work: Work, job: Job, case: Case, reply: Answer | Thrown) -> Advance | None:
    model = releases.of_case(work, case).model
    try:
        if isinstance(reply, Answer):
            return runtime.answer(model, case.process, job.id, reply.result, case.facts, now=work.now)
        return runtime.fail(model, case.process, job.id, reply.code, reply.payload, case.facts, now=work.now)
    except TaskCancelled:
        log.warning("job %s is not waited for by its case any more", job.id)
        return None

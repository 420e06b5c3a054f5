"""A job nobody tries any more is an incident: it says why, where, since when, and a person has to look."""

from datetime import datetime, timedelta
from random import SystemRandom

from engine import cases, ledger
from engine.runtime import Incident
from engine.store import Job
from engine.words import EntryKind, JobState
from engine.work import Work

FIRST = timedelta(seconds=10)  # the distance after the first try; it doubles
LONGEST = timedelta(hours=1)
_chance = SystemRandom()


def give_up(work: Work, job: Job, zh: str, en: str) -> None:
    """Fail a job for good. An incident the case has already stays what the case says; this one is listed with it."""
    job.state, job.failed_at, job.last_error = JobState.FAILED, work.now, f"{zh}\n{en}"
    ledger.record(work, job.case_id, EntryKind.JOB_FAILED, job=job.id, node=job.node, zh=zh, en=en)
    case = cases.locked(work, job.case_id)
    if case.trouble_cause in (None, job.id):
        cases.stop(work, case, Incident(job.node, zh, en), job.id)


def next_try(work: Work, job: Job) -> datetime:
    """When to try again: after the drawing's distance, else twice as long each time; a little apart from others."""
    if job.backoff is not None:
        return work.now + timedelta(seconds=job.backoff)
    doubled = FIRST * float(2 ** min(job.attempts - 1, 10))
    return work.now + min(doubled, LONGEST) * _chance.uniform(0.75, 1.25)

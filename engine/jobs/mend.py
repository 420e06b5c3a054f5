"""What a person does with a job that failed: let it be tried again, or say themselves what came of it."""

from collections.abc import Mapping
from typing import Any

from engine import cases, forms, ledger
from engine.errors import NotFailed, NotFound
from engine.forms import Field, FieldType, Form, Section
from engine.jobs.failed import MENDING
from engine.jobs.finish import held, settle
from engine.jobs.reply import Answer
from engine.store import Job
from engine.words import N_, EntryKind, JobState
from engine.work import Work

AGAIN = 3  # tries
REASON = Form(
    "mend",
    "",
    (Section("", "", (Field("reason", FieldType.TEXTFIELD, N_("Reason"), required=True, max_length=200),)),),
)


def retry(work: Work, job_id: str, reason: str) -> None:
    """Let a failed job be tried again, at once. `NotFound`, `NotFailed`, `FormInvalid` without a reason."""
    job, why = _mendable(work, job_id, reason)
    job.state, job.retries, job.due, job.failed_at = JobState.WAITING, AGAIN, work.now, None
    ledger.record(work, job.case_id, EntryKind.JOB_RETRIED, job=job.id, node=job.node, reason=why)


def skip(work: Work, job_id: str, result: Mapping[str, Any], reason: str) -> bool:
    """Go on with this result instead of the machine's; False if the case cannot take it (the job stays failed)."""
    job, why = _mendable(work, job_id, reason)
    settle(work, job, Answer(result), (EntryKind.JOB_SKIPPED, {"reason": why}))
    return job.state == JobState.DONE


def _mendable(work: Work, job_id: str, reason: str) -> tuple[Job, str]:
    """The failed job and the reason, clean; only for supervisors and administrators of the case's area."""
    job = held(work, job_id)
    if job is None or not cases.oversees(work, job.case, MENDING):
        raise NotFound
    if job.state != JobState.FAILED:
        raise NotFailed
    return job, str(forms.check(REASON, {"reason": reason}, now=work.now)["reason"])

"""Asking again later what was unavailable when it was needed (domain.md 2.0.3: 告知承诺, 需复核).

The case went on with a paper or a written commitment. A job that belongs to no token asks once more after the time in
the header `recheck`, until there is an answer or the case is over. The answer replaces the old one among the facts, and
conditional events of the drawing can react to it.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from engine import forms, releases, runtime
from engine.runtime import Advance, tries
from engine.store import Case, Job, new_id
from engine.words import JobKind, JobState
from engine.work import Work

HEADER = "recheck"
USUAL = timedelta(hours=1)


def plan(work: Work, job: Job) -> None:
    """Ask again later, if the drawing says so."""
    span = interval(job.headers)
    if span is None:
        return
    work.session.add(
        Job(
            id=new_id(),
            case_id=job.case_id,
            kind=JobKind.RECHECK,
            type=job.type,
            node=job.node,
            headers=job.headers,
            inputs=job.inputs,
            retries=1,
            backoff=job.backoff,
            due=work.now + span,
            opened_at=work.now,
        )
    )


def interval(headers: Mapping[str, str]) -> timedelta | None:
    """How long after an unavailable answer to ask again."""
    text = headers.get(HEADER, "")
    return tries.span(text) if text else None


def postpone(work: Work, job: Job) -> None:
    """Still unavailable: the same job asks again after the same time."""
    job.state, job.retries = JobState.WAITING, 1
    job.due = work.now + (interval(job.headers) or USUAL)


def advance(work: Work, job: Job, case: Case, result: Mapping[str, Any]) -> Advance | None:
    """Write the answer where the first one stands, and let conditional events look."""
    pack = releases.of_case(work, case)
    item = pack.model.nodes[job.node].item
    written = {item: dict(result)} if item else dict(result)
    return runtime.fire(pack.model, case.process, forms.overlay(case.facts, written), now=work.now)

"""A case as it is, to put it back if what ended it turns out to be a mistake."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from engine import runtime
from engine.cases import stops
from engine.cases.machines import OPEN
from engine.cases.move import MIGRATION, move, recount
from engine.catalog import Pack
from engine.store import Case, Job
from engine.words import CaseState, TaskState
from engine.work import Work

_ITEM = ("state", "outcome", "started_at", "ended_at", "due_at", "due_certain")


def taken(work: Work, case: Case) -> dict[str, Any]:
    """Everything that ending the case from outside changes."""
    jobs = work.session.scalars(select(Job).where(Job.case_id == case.id, Job.state.in_(OPEN)))
    return {
        "process": case.process,
        "state": case.state,
        "trouble": [case.trouble, case.trouble_cause],
        "items": {item.code: {name: _plain(getattr(item, name)) for name in _ITEM} for item in case.items},
        "tasks": [task.id for task in case.tasks if task.state == TaskState.OPEN],
        "jobs": {job.id: {"state": job.state, "inputs": job.inputs} for job in jobs},
    }


def put_back(work: Work, case: Case, pack: Pack, before: dict[str, Any]) -> None:
    """Let the case go on where it was, with the same tasks and jobs; the caller knows that nothing happened since."""
    case.state, case.outcome, case.ended_at, case.ending = before["state"], None, None, None
    case.trouble, case.trouble_cause = before["trouble"]
    for item in case.items:
        if before["items"][item.code]["ended_at"] is None:
            stops.reopened(work, case, item)
        for name, value in before["items"][item.code].items():
            setattr(item, name, _moment(value) if name.endswith("_at") else value)
    for task in (t for t in case.tasks if t.id in before["tasks"]):
        task.state, task.done_at = TaskState.OPEN, None
    for job in work.session.scalars(select(Job).where(Job.id.in_(before["jobs"]))):
        job.state, job.inputs = before["jobs"][job.id]["state"], before["jobs"][job.id]["inputs"]
        job.ended_at = None
    model = pack.model
    same = runtime.migrate(model, model, before["process"], case.facts, renamed={}, now=work.now)
    assert same.advance is not None, "a case fits the drawing it had"
    stopped = case.state == CaseState.INCIDENT
    trouble = (case.trouble, case.trouble_cause)
    move(work, case, pack, same.advance, cause=MIGRATION)
    recount(work, case, pack)
    if stopped:
        case.state, (case.trouble, case.trouble_cause) = CaseState.INCIDENT, trouble


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _moment(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None

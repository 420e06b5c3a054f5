"""Where a case stands: its tasks, jobs, timers and awaited messages are those its process waits for."""

from collections.abc import Iterator

from sqlalchemy import select

from engine import runtime
from engine.audit.discrepancy import Discrepancy
from engine.cases import outcome
from engine.catalog import Pack
from engine.store import Awaited, Case, Job, Timer
from engine.words import CaseState, ItemState, JobKind, JobState, Outcome, TaskState
from engine.work import Work

OVER = (JobState.DONE, JobState.CANCELLED)


def items(case: Case) -> Iterator[Discrepancy]:
    """The state of each item, and the outcome of the case, follow from what is known."""
    known = [Outcome(item.outcome) for item in case.items if item.outcome]
    if any(item.state != outcome.item_state(item, case.tasks) for item in case.items):
        yield Discrepancy(
            case.number, "事项状态与其任务不一致。", "The state of an item does not follow from its tasks."
        )
    if case.outcome != (outcome.case_outcome(known) if case.state == CaseState.ENDED else None):
        yield Discrepancy(case.number, "办件结果与事项结果不一致。", "Its outcome does not follow from its items.")
    if (case.state == CaseState.INCIDENT) != (case.trouble is not None):
        yield Discrepancy(
            case.number, "办件状态与异常说明不一致。", "It is stopped and does not say why, or says so and is not."
        )


def ended(work: Work, case: Case) -> Iterator[Discrepancy]:
    """Nothing of an ended case waits, and each of its items has an outcome. A signal may still be on its way to it."""
    jobs = select(Job.id).where(Job.case_id == case.id, Job.state.not_in(OVER), Job.kind != JobKind.SIGNAL).limit(1)
    rows = any(task.state == TaskState.OPEN for task in case.tasks) or _timers(work, case) or _awaited(work, case)
    if rows or work.session.scalar(jobs) or case.process.get("tokens"):
        yield Discrepancy(case.number, "已办结，却还有事项在等待。", "It ended, but something still waits.")
    if any(item.state != ItemState.ENDED for item in case.items):
        yield Discrepancy(case.number, "已办结，却有事项没有结果。", "It ended, but an item has no outcome.")


def running(work: Work, case: Case, pack: Pack) -> Iterator[Discrepancy]:
    """What the rows of a case wait for is what its process waits for."""
    try:
        waits = runtime.waits(pack.model, case.process)
    except (ValueError, LookupError) as broken:
        yield Discrepancy(case.number, f"流程状态无法读取：{broken}", f"The state cannot be read: {broken}")
        return
    rows = {task.id: task.node for task in case.tasks if task.state == TaskState.OPEN}
    if rows != waits.tasks:
        yield Discrepancy(case.number, "待办与流程状态不一致。", "Its tasks are not those the process waits for.")
    if _jobs(work, case) != waits.jobs:
        yield Discrepancy(case.number, "自动作业与流程状态不一致。", "Its jobs are not those the process waits for.")
    if _timers(work, case) != {(t.id, t.node, t.due) for t in waits.timers}:
        yield Discrepancy(case.number, "定时与流程状态不一致。", "Its timers are not those the process waits for.")
    heard = {(s.id, True, s.node, s.name, "") for s in waits.listening}
    if _awaited(work, case) != heard | {(a.id, False, a.node, a.name, a.key) for a in waits.awaited}:
        zh, en = "等待的消息与流程状态不一致。", "The messages awaited are not those the process waits for."
        yield Discrepancy(case.number, zh, en)
    if waits.over:
        yield Discrepancy(case.number, "流程已走完，办件却未办结。", "Its process is over, but the case has not ended.")


def _jobs(work: Work, case: Case) -> dict[str, str]:
    """The steps of the drawing; signals and checks asked again belong to no token."""
    mine = select(Job).where(Job.case_id == case.id, Job.kind == JobKind.SERVICE, Job.state.not_in(OVER))
    return {job.id: job.node for job in work.session.scalars(mine)}


def _timers(work: Work, case: Case) -> set[tuple[object, ...]]:
    rows = work.session.scalars(select(Timer).where(Timer.case_id == case.id))
    return {(timer.id, timer.node, timer.due) for timer in rows}


def _awaited(work: Work, case: Case) -> set[tuple[object, ...]]:
    rows = work.session.scalars(select(Awaited).where(Awaited.case_id == case.id))
    return {(row.id, row.signal, row.node, row.name, row.key) for row in rows}

"""Do rows and state documents agree? After a restore, after a disaster, and in tests that cause one."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, select

from engine import releases, runtime
from engine.catalog import Pack
from engine.store import Case, Entry, Timer
from engine.words import CaseState, EntryKind, ItemState, TaskState
from engine.work import Work


@dataclass(frozen=True)
class Discrepancy:
    """Something that should never be: the number of the case, and what is wrong in both languages."""

    case: str
    zh: str
    en: str


def audit(work: Work) -> Iterator[Discrepancy]:
    """Look at every case. Reads only; one case at a time, so that a city fits into memory."""
    for case_id in work.session.scalars(select(Case.id).order_by(Case.id)).all():
        case = work.session.get_one(Case, case_id)
        yield from _case(work, case)
        work.session.expire(case)


def _case(work: Work, case: Case) -> Iterator[Discrepancy]:
    pack = releases.load(work, case.release_hash)
    yield from _ledger(work, case)
    yield from _ended(work, case) if case.state == CaseState.ENDED else _running(work, case, pack)


def _ledger(work: Work, case: Case) -> Iterator[Discrepancy]:
    """Entries are numbered from 1 without a gap, and the first says that the case was accepted."""
    last, count = work.session.execute(select(func.max(Entry.seq), func.count()).where(Entry.case_id == case.id)).one()
    first = work.session.get(Entry, (case.id, 1))
    if last != count or first is None or first.kind != EntryKind.CASE_ACCEPTED:
        yield Discrepancy(case.number, "台账有缺号。", "The ledger has a gap.")


def _ended(work: Work, case: Case) -> Iterator[Discrepancy]:
    """Nothing of an ended case waits, and each of its items has an outcome."""
    waiting = any(task.state == TaskState.OPEN for task in case.tasks) or _timers(work, case)
    if waiting or case.process.get("tokens"):
        yield Discrepancy(case.number, "已办结，却还有待办或定时。", "It ended, but something still waits.")
    if not case.outcome or any(item.state != ItemState.ENDED or not item.outcome for item in case.items):
        yield Discrepancy(case.number, "已办结，却有事项没有结果。", "It ended, but an item has no outcome.")


def _running(work: Work, case: Case, pack: Pack) -> Iterator[Discrepancy]:
    """The open tasks and timers of a case are those its process waits for."""
    try:
        waits = runtime.waits(pack.model, case.process)
    except (ValueError, LookupError) as broken:
        yield Discrepancy(case.number, f"流程状态无法读取：{broken}", f"The state cannot be read: {broken}")
        return
    rows = {task.id: task.node for task in case.tasks if task.state == TaskState.OPEN}
    if rows != waits.tasks:
        yield Discrepancy(case.number, "待办与流程状态不一致。", "Its tasks are not those the process waits for.")
    if _timers(work, case) != waits.timers:
        yield Discrepancy(case.number, "定时与流程状态不一致。", "Its timers are not those the process waits for.")
    if waits.over:
        yield Discrepancy(case.number, "流程已走完，办件却未办结。", "Its process is over, but the case has not ended.")


def _timers(work: Work, case: Case) -> dict[str, object]:
    timers = work.session.scalars(select(Timer).where(Timer.case_id == case.id))
    return {timer.id: timer.due for timer in timers}

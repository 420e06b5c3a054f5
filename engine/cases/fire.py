"""The clock's part: firing the timers of a case that are due."""

from datetime import datetime

from sqlalchemy import select

from engine import ledger, releases, runtime
from engine.cases.held import locked
from engine.cases.move import move
from engine.store import Case, Timer
from engine.words import CaseState, EntryKind
from engine.work import Work


def due_cases(work: Work, limit: int = 100) -> list[str]:
    """Ids of running cases with a due timer, the longest due first."""
    rows = (
        select(Timer.case_id, Timer.due)
        .join(Case, Case.id == Timer.case_id)
        .where(Timer.due <= work.now, Case.state == CaseState.RUNNING)
        .order_by(Timer.due)
        .limit(limit)
    )
    return list(dict.fromkeys(row.case_id for row in work.session.execute(rows)))


def fire(work: Work, case_id: str) -> None:
    """Fire what is due in one case. Looks again under the case's lock: somebody may have been here a moment ago."""
    case = locked(work, case_id)
    due = _due(work, case_id, work.now)
    if not due or case.state != CaseState.RUNNING:
        return
    pack = releases.load(work, case.release_hash)
    for timer in due:
        ledger.record(work, case.id, EntryKind.TIMER_FIRED, node=timer.node)
    move(work, case, pack, runtime.fire(pack.model, case.process, case.facts, now=work.now))


def _due(work: Work, case_id: str, now: datetime) -> list[Timer]:
    return list(work.session.scalars(select(Timer).where(Timer.case_id == case_id, Timer.due <= now)))

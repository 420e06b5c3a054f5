"""The clock's part: firing the timers of a case that are due."""

from datetime import datetime

from sqlalchemy import or_, select

from engine import ledger, releases, runtime
from engine.cases.held import spare
from engine.cases.move import CLOCK, move, stop, vetted
from engine.cases.whole import whole
from engine.catalog import Pack
from engine.runtime import Advance
from engine.store import Case, Timer
from engine.words import EntryKind
from engine.work import Work

SWEEP = 500  # timers of one sweep


def due_cases(work: Work) -> list[str]:
    """Ids of cases with a due timer that the clock may move, the longest due first, not more than a sweep handles."""
    timers = select(Timer.case_id).join(Case, Case.id == Timer.case_id).order_by(Timer.due).limit(SWEEP)
    moves = or_(Case.trouble_cause.is_(None), Case.trouble_cause != CLOCK)
    found = work.session.scalars(timers.where(Timer.due <= work.now, moves))
    return list(dict.fromkeys(found))


def fire(work: Work, case_id: str) -> None:
    """Fire what is due in one case. Looks again under the case's lock: somebody may have been here a moment ago.

    A case somebody is moving at this moment is left for the next sweep: workers do not queue for one case.
    """
    case = spare(work, case_id)
    due = _due(work, case_id, work.now)
    if case is None or not due or case.trouble_cause == CLOCK:
        return
    pack = releases.of_case(work, case)
    advance = vetted(work, case, pack, runtime.fire(pack.model, case.process, case.facts, now=work.now))
    unmade = whole(work, due[0].node, lambda: rung(work, case, pack, advance))
    if unmade:
        stop(work, case, unmade, CLOCK)


def rung(work: Work, case: Case, pack: Pack, advance: Advance) -> None:
    """Write what firing the timers did, and which of them fired."""
    passed = set() if advance.incident else {p.node for p in advance.passed}  # nothing moves with an incident
    for timer in (t for t in _due(work, case.id, work.now) if t.node in passed):
        ledger.record(work, case.id, EntryKind.TIMER_FIRED, node=timer.node)
    move(work, case, pack, advance, cause=CLOCK)


def _due(work: Work, case_id: str, now: datetime) -> list[Timer]:
    wanted = select(Timer).where(Timer.case_id == case_id, Timer.due <= now).order_by(Timer.due, Timer.id)
    return list(work.session.scalars(wanted))

"""Taking the steps of the escalation whose moment has come: each once, in order, whoever takes them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from engine import clocks
from engine.cases import running
from engine.cases.gathered import gather
from engine.catalog import EscalationStep, Pack
from engine.store import Case, Clock
from engine.work import Work

SWEEP = 500  # cases of one sweep


@dataclass(frozen=True)
class Taken:
    """A step that was taken: of which clock, and the moment it was meant for."""

    row: Clock
    step: EscalationStep
    at: datetime


def alarmed(work: Work) -> list[str]:
    """Ids of cases with a step whose moment has come, the longest due first, not more than a sweep handles."""
    rows = select(Clock.case_id).where(Clock.alarm_at <= work.now).order_by(Clock.alarm_at).limit(SWEEP)
    return list(dict.fromkeys(work.session.scalars(rows)))


def take(work: Work, case: Case, pack: Pack) -> list[Taken]:
    """Take every step that is due, under the case's lock, and find the next moment of each clock."""
    gather(work, case)
    late = [row for row in case.clocks if row.alarm_at and row.alarm_at <= work.now]
    if not late:
        return []
    calendar, found = clocks.calendar(work, case.area), list[Taken]()
    rows = {(row.item, row.phase, row.kind): row for row in late}
    for one in running.kept(pack, case):
        row = rows.get((one.item, one.phase, str(one.kind)))
        if row:
            steps = one.steps(pack.escalation)
            moments = clocks.moments(steps, one.limit, one.started, calendar, one.pauses)
            found += _of(row, list(zip(steps, moments, strict=True)), work.now)
    return sorted(found, key=lambda taken: taken.at)


def _of(row: Clock, plan: list[tuple[EscalationStep, datetime | None]], now: datetime) -> list[Taken]:
    ahead = plan[row.raised :]
    over = [Taken(row, step, at) for step, at in ahead if at and at <= now]
    row.raised += len(over)
    row.alarm_at = plan[row.raised][1] if row.raised < len(plan) else None
    return over

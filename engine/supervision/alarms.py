"""Telling people that time is running out. The worker comes again every second; any number of workers may."""

from engine import cases, identity, ledger, releases
from engine.cases import Taken
from engine.catalog import EscalationStep, Pack
from engine.store import Case
from engine.supervision import slips
from engine.words import EntryKind
from engine.work import Work


def alarmed(work: Work) -> list[str]:
    """Ids of cases in which somebody has to be told something now."""
    return cases.alarmed(work)


def tell(work: Work, case_id: str) -> int:
    """Take the steps of one case whose moment has come; how many. A case somebody holds now waits a second."""
    case = cases.spare(work, case_id)
    if case is None:
        return 0
    pack = releases.of_case(work, case)
    taken = cases.take(work, case, pack)
    for one in taken:
        _tell(work, case, pack, one)
    return len(taken)


def _tell(work: Work, case: Case, pack: Pack, taken: Taken) -> None:
    row, step = taken.row, taken.step
    department = _department(work, case, pack, row.item)
    subject = {"item": row.item, "phase": row.phase, "clock": row.kind}
    said = {name: value for name, value in subject.items() if value}
    facts = {"step": words(step), "to": [str(post) for post in step.to], "department": department}
    ledger.record(work, case.id, EntryKind.ALARM_RAISED, **said, **facts, at=taken.at.isoformat())
    if step.slip:
        slips.issue(work, case, row, department)


def words(step: EscalationStep) -> str:
    """A step as the pack writes it: `80%`, `+3 工作日`."""
    return f"+{step.after.amount} {step.after.unit}" if step.after else f"{step.percent}%"


def _department(work: Work, case: Case, pack: Pack, item: str) -> str:
    """Whose clock it is: the department of the item, or the leading one; without a lane of that one the window."""
    if item:
        return next(i.department_id for i in case.items if i.code == item)
    lane = next((lane for lane in pack.lanes.values() if lane.kind == pack.lead), None)
    return identity.serving(work, lane.kind, lane.level, case.area).id if lane else case.window_id

"""A step was opened again: what it had led to is taken back. The ledger keeps what was."""

from collections.abc import Collection

from engine import ledger
from engine.cases import stops
from engine.store import Case
from engine.words import CaseState, EntryKind, ItemState
from engine.work import Work


def take_back(work: Work, case: Case, items: Collection[str]) -> None:
    """Items that are decided again have no result until then, and a case that had ended goes on."""
    if case.state == CaseState.ENDED:
        ledger.record(work, case.id, EntryKind.CASE_REOPENED, outcome=case.outcome, ending=case.ending)
        case.state, case.ended_at, case.ending, case.outcome = CaseState.RUNNING, None, None, None
    for item in case.items:
        if item.code in items and item.outcome:
            ledger.record(work, case.id, EntryKind.ITEM_REOPENED, item=item.code, outcome=item.outcome)
            stops.reopened(work, case, item)
            item.state, item.outcome, item.ended_at = ItemState.WAITING, None, None

"""What follows from what: an item's state from its tasks, a case's outcome from its items (domain.md 0.1). Pure."""

from collections.abc import Sequence

from engine.store import Item, Task
from engine.words import CaseOutcome, ItemState, Outcome, Stage, TaskState

GRANTED = {Outcome.APPROVED, Outcome.TOLERATED}


def item_state(item: Item, tasks: Sequence[Task]) -> ItemState:
    """Ended once it has an outcome; supplement while a paper is asked for; running once a task of it was opened."""
    if item.outcome:
        return ItemState.ENDED
    own = [task for task in tasks if task.item == item.code]
    if any(task.state == TaskState.OPEN and task.stage == Stage.SUPPLEMENT for task in own):
        return ItemState.SUPPLEMENT
    return ItemState.RUNNING if own else ItemState.WAITING


def case_outcome(outcomes: Sequence[Outcome]) -> CaseOutcome:
    """All granted, some granted, none granted; items that turned out not to be needed do not count."""
    counted = [o for o in outcomes if o != Outcome.NOT_NEEDED]
    granted = sum(o in GRANTED for o in counted)
    if granted == 0:
        return CaseOutcome.NONE
    return CaseOutcome.ALL if granted == len(counted) else CaseOutcome.PARTLY

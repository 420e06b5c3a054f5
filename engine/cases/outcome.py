"""What follows from what: an item's state from its tasks, a case's outcome from its items (domain.md 0.1). Pure."""

from collections.abc import Sequence

from engine.store import Item, Task
from engine.words import CaseOutcome, ItemState, Outcome, Stage, TaskState

GRANTED = {Outcome.APPROVED, Outcome.TOLERATED}


def item_state(item: Item, tasks: Sequence[Task]) -> ItemState:
    """Ended once it has an outcome; supplement while a paper is asked for; running once a task of it was opened.

    Or once it has started otherwise: a machine may work on it alone.
    """
    if item.outcome:
        return ItemState.ENDED
    own = [task for task in tasks if task.item == item.code]
    if any(task.state == TaskState.OPEN and task.stage == Stage.SUPPLEMENT for task in own):
        return ItemState.SUPPLEMENT
    return ItemState.RUNNING if own or item.started_at else ItemState.WAITING


def case_outcome(outcomes: Sequence[Outcome]) -> CaseOutcome:
    """All granted 全部办结, some 部分办结, none 全部不予, withdrawn 撤回, terminated 终止.

    Items that turned out not to be needed do not count; when nothing else is left, what it was about is gone (2.0.1:
    情形消失). An item passed on to a higher authority is handled and not decided: the case is neither all nor none.
    """
    counted = [o for o in outcomes if o != Outcome.NOT_NEEDED]
    granted = sum(o in GRANTED for o in counted)
    if granted and granted == len(counted):
        return CaseOutcome.ALL
    if granted or Outcome.FORWARDED in counted:
        return CaseOutcome.PARTLY
    if {Outcome.REFUSED, Outcome.NOT_ACCEPTED} & set(counted):
        return CaseOutcome.NONE
    return CaseOutcome.WITHDRAWN if Outcome.WITHDRAWN in counted else CaseOutcome.TERMINATED

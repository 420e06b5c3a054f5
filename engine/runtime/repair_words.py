"""Why a change is not made: each refusal says what to do instead."""

from engine.runtime.changes import Refusal
from engine.runtime.repair_game import Fault
from engine.runtime.told import Incident
from engine.runtime.values import Node

NOT_WAITING = Refusal(
    "这一步已经不在等待，或者不能这样调整。请刷新页面后重新选择。",
    "This step does not wait any more, or cannot be changed like this. Reload the page and choose again.",
)
NOT_DONE = Refusal(
    "只能重新打开已经办过、并且所在部分仍在进行的步骤。它所在的子流程已经结束时，请重新打开整个子流程。",
    "Only a step that was done, in a part that still runs, can be opened again. "
    "When its sub-process is over, open the whole sub-process again.",
)
NOT_RUNNING = Refusal(
    "该事项现在没有任何步骤在办理，没有可以终止的内容。请在轮到它时再终止。",
    "No step of this item is at work now, so there is nothing to end. End it when its turn has come.",
)
STILL_COMING = Refusal(
    "另一条分支稍后还会走到该事项的步骤，现在不能终止。请等各分支到达该事项后再试。",
    "Another branch will still come to a step of this item, so it cannot be ended now. "
    "Try again when all branches have arrived.",
)
NO_PLACE = Refusal(
    "流程不能停到这个位置。请选择同一部分里的任务、网关或结束事件。",
    "The process cannot be put there. Choose a task, a gateway or an end event of the same part.",
)
THERE = Refusal(
    "它已经在这一步。要从头开始这一步，请用“重试”。", "It already stands there. To begin the step anew, retry it."
)
CLOSED = Refusal(
    "这一部分正在撤销已办的步骤，或已被事件中断，不能再移动其中的步骤。请先让它走完。",
    "This part is undoing what was done, or was interrupted by an event; its steps cannot be moved. "
    "Let it come to its end first.",
)
NOTHING_LEFT = Refusal(
    "重新打开这一步后没有任何任务需要办理，办件会保持办结。",
    "Opened again, this step gives nobody anything to do; the case stays finished.",
)
_FAULTS = {
    "stuck": (
        "这样调整后，流程会停在“{node}”，永远等不到需要的分支。请改选同一分支内、汇合之前的步骤。",
        'After this the process would wait at "{node}" for a branch that never comes. '
        "Choose a step of the same branch, before the branches meet.",
    ),
    "twice": (
        "这样调整后，“{node}”会同时办理两次。请改选同一分支内的步骤，或先处理另一条分支。",
        'After this "{node}" would be at work twice at once. Choose a step of the same branch, or settle the other '
        "branch first.",
    ),
    "large": (
        "从“{node}”往后的可能走法太多，无法确认调整后流程还能办结，所以不允许。请选择更近的步骤。",
        'Too many courses lead on from "{node}" to be sure that the case can still end, so it is not allowed. '
        "Choose a nearer step.",
    ),
}


def fault(found: Fault, node: str) -> Refusal:
    """What would go wrong, in words; `node` is what people call the place."""
    zh, en = _FAULTS[found.kind]
    return Refusal(zh.format(node=node), en.format(node=node))


def wanting(node: Node, name: str) -> Incident:
    """A name that a later step reads and nobody will give."""
    return Incident(
        node.id,
        f"后面的“{node.called}”要用到“{name}”，而调整后不会再有步骤给出它，办件会在那里停住。请改选更早的步骤，或补填答案。",
        f'Later "{node.called}" needs "{name}", which no step would give any more, and the case would stop there. '
        "Choose an earlier step, or give the answers.",
    )

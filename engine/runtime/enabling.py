"""What holds an activity back although its token has come: data that is not there yet, or another one's turn.

A required data input without a value keeps its activity waiting (BPMN 2.0, 13.3.2). Of an ad-hoc sub-process whose
ordering is sequential one activity is performed at a time (13.3.5). A person selects a task by finishing it, so all of
them are offered; what goes on by itself is selected by the engine, and takes the offers away until it is over.
"""

from typing import Any

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.runtime import tokens
from engine.runtime.reading import ACTIVITIES
from engine.runtime.values import Node

_AT_ONCE = frozenset({"task", "manualTask", "scriptTask", "userTask"})


def may_start(task: Task) -> bool:
    """Whether the activity of this token may start. If not, the token says that it is held back."""
    about = task.internal_data
    if "withheld" not in about and (not _supplied(task) or _busy(task)):
        about["withheld"] = True
    if "withheld" in about:
        return False
    if _takes_turns(task) and _lasts(task.task_spec.node):
        _withdraw(task)
    return True


def release(process: tokens.Process) -> bool:
    """Let the first activity that was held back and may start do so. Called when nothing else can move."""
    for task in tokens.everywhere(process):
        if "withheld" in task.internal_data and _supplied(task) and not _busy(task):
            del task.internal_data["withheld"]
            task.task_spec._update(task)
            return True
    return False


def _supplied(task: Task) -> bool:
    data = task.workflow.run.data
    return all(data.get([name]) is not None for name in task.task_spec.node.requires)


def _takes_turns(task: Task) -> bool:
    node: Node = task.task_spec.node
    activity = node.kind in ACTIVITIES and not node.by_event and "body" not in task.internal_data
    return activity and bool(task.workflow.spec.one_by_one)


def _busy(task: Task) -> bool:
    """Whether another activity of the same sub-process is under way."""
    return _takes_turns(task) and any(
        other is not task and _takes_turns(other) and _lasts(other.task_spec.node) and _runs(other)
        for other in tokens.tokens(task.workflow)
    )


def _runs(task: Task) -> bool:
    return bool(task.has_state(TaskState.READY | TaskState.STARTED)) and "withheld" not in task.internal_data


def _lasts(node: Node) -> bool:
    """Whether an activity goes on by itself for a while."""
    return bool(node.loop or node.job) or not (node.kind in _AT_ONCE or node.decision)


def _withdraw(task: Task) -> None:
    """Take the offers of the sub-process back."""
    offered: list[Any] = [t for t in tokens.tokens(task.workflow) if t.task_spec.node.kind == "userTask" and _runs(t)]
    for other in (o for o in offered if o is not task and "body" not in o.internal_data):
        tokens.cancel(other)
        tokens.place(task.workflow, other.task_spec.node.id, withheld=True)

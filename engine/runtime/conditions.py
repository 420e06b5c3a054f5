"""Conditional events: looked at whenever the data changed. One happens when its condition becomes true.

It has to be false again before it can happen once more. A name that does not exist is a condition that does not hold
yet: it may be what is waited for.
"""

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.runtime import expressions, tokens
from engine.runtime.run import Run
from engine.runtime.trouble import Trouble
from engine.runtime.values import Node


def look(process: tokens.Process) -> bool:
    """Let the first condition that became true have its event. Whether there was one."""
    for task in tokens.everywhere(process):
        about = task.internal_data
        if "held" not in about or task.state != TaskState.WAITING:
            continue
        node = next((part for part in task.task_spec.caught.awaits if part.condition), task.task_spec.caught)
        held, about["held"] = about["held"], _holds(task.workflow.run, node)
        if about["held"] and not held:
            task.task_spec.happen(task.workflow.run, task, {}, "conditional")
            return True
    return False


def waits(task: Task) -> bool:
    """Whether a token waits for a condition."""
    return "held" in task.internal_data and task.state == TaskState.WAITING


def _holds(run: Run, node: Node) -> bool:
    try:
        value, _ = expressions.evaluate(node.condition, run.data.scope(), run.now)
    except expressions.Unknown:
        return False
    except expressions.Refused as refused:
        zh = f"“{node.called}”的条件（{node.condition}）：{refused.zh}"
        raise Trouble(node.id, zh, f'The condition of "{node.called}" ({node.condition}): {refused.en}') from refused
    if value is None or isinstance(value, bool):
        return value is True
    shown = expressions.shown(value)
    zh = f"“{node.called}”的条件（{node.condition}）得到的不是真或假，而是 {shown}。"
    raise Trouble(node.id, zh, f'The condition of "{node.called}" gave neither true nor false but {shown}.')

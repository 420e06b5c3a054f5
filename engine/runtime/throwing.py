"""Events that are thrown: signals, escalations, errors; and the ends of a process.

SpiffWorkflow lets an uncaught error look like success, lets siblings catch an error that is not theirs, and treats a
signal end as no event at all.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from SpiffWorkflow.bpmn.specs.defaults import EndEvent, IntermediateThrowEvent
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.runtime import opening, tokens, waiting
from engine.runtime.behaviours import Behaviour, Plain
from engine.runtime.run import Run
from engine.runtime.told import NodeWarning, Sent, Signalled
from engine.runtime.trouble import Trouble
from engine.runtime.values import Node


class Throw(Behaviour, IntermediateThrowEvent):  # type: ignore[misc]  # SpiffWorkflow is untyped
    """An intermediate event that throws. Whoever catches it may take the thrower away."""

    def execute(self, run: Run, task: Task) -> bool | None:
        """Throw, and go on only if nobody interrupted."""
        run.complete(self.node, task.data)
        throw(run, self.node, task)
        return True if tokens.alive(task) else None

    def note(self, run: Run, task: Task) -> None:
        """Recorded before it was thrown: what catches it comes after it."""


class Send(Plain):
    """A send task without a job: its message is told, and it goes on."""

    def execute(self, run: Run, task: Task) -> bool:
        """Tell."""
        throw(run, self.node, task)
        return True


class End(Behaviour, EndEvent):  # type: ignore[misc]
    """A none, terminate, error, escalation, signal or message end."""

    def _on_complete(self, task: Task) -> None:
        super()._on_complete(task)
        if self.node.event == "terminate":
            tokens.clear(task.workflow)
        elif self.node.event:
            throw(task.workflow.run, self.node, task)


def throw(run: Run, node: Node, task: Task) -> None:
    """Throw what the node says. Of several the escalations go last, for they have to be where they are thrown."""
    for part in sorted(node.awaits, key=lambda part: part.event == "escalation"):
        if part.event != "escalation" or tokens.runs(task.workflow):
            _throw(run, part, task)


def _throw(run: Run, node: Node, task: Task) -> None:
    payload: dict[str, Any] = {}
    opening.take_inputs(run, node, payload)
    if node.message:
        key = waiting.correlation(run, node) if node.key else ""
        run.messages.append(Sent(node.id, waiting.message_name(run, node), key, payload))
    elif node.event == "signal":
        run.signals.append(Signalled(node.id, node.signal, payload))
        broadcast(task.workflow.top_workflow, node.signal, payload)
    elif node.event == "escalation":
        escalate(run, node, task)
    else:
        fail(node, task, node.error or "", {})


def broadcast(process: tokens.Process, name: str, payload: Mapping[str, Any]) -> None:
    """Let everything that waits for a signal now have it."""
    for task in tokens.everywhere(process):
        if task.internal_data.get("signal") == name and task.state == TaskState.WAITING and tokens.alive(task):
            task.task_spec.happen(task.workflow.run, task, payload, "signal")


def fail(node: Node, task: Task, code: str, payload: Mapping[str, Any]) -> None:
    """Let the nearest event around `task` that catches this error take it; else: an incident."""
    catcher = _nearest(task, "error", code)
    if catcher is None:
        raise Trouble(
            node.id,
            f"“{node.called}”抛出的错误 {code} 没有人接住。",
            f'Nobody catches the error {code} thrown by "{node.called}".',
            code,
        )
    catcher.task_spec.happen(catcher.workflow.run, catcher, payload, "error")


def escalate(run: Run, node: Node, task: Task) -> None:
    """Let the nearest event around `task` that catches this escalation take it. Uncaught, it is only told."""
    catcher = _nearest(task, "escalation", node.error or "")
    if catcher is None:
        zh = f"“{node.called}”抛出的升级 {node.error} 没有人接住。"
        run.warnings.append(NodeWarning(node.id, zh, f'Nobody catches the escalation {node.error} of "{node.called}".'))
        return
    catcher.task_spec.happen(catcher.workflow.run, catcher, {}, "escalation")


def _nearest(task: Task, event: str, code: str) -> Task | None:
    """From the inside outwards: the events on an activity, then the event sub-processes beside it.

    On each level an event that names the code goes before one that catches everything.
    """
    for level in _levels(task):
        catchers = [t for t in level if t.task_spec.caught.event == event]
        for wanted in (code, None):
            for catcher in catchers:
                if catcher.task_spec.caught.error == wanted:
                    return catcher
    return None


def _levels(task: Task) -> Iterator[list[Task]]:
    while True:
        body = task.internal_data.get("body")  # an instance: the events are on the activity around it
        if body:
            task = next(t for t in tokens.tokens(task.workflow) if str(t.id) == body)
        yield [t for t in tokens.attached(task, "host") if t.state == TaskState.WAITING]
        own = task.task_spec.node.id  # an event sub-process does not catch what comes from inside it
        listening = (t for t in tokens.tokens(task.workflow) if "watch" in t.internal_data)
        yield [t for t in listening if t.task_spec.node.id != own]
        if task.workflow.parent_task_id is None:
            return
        task = task.workflow.top_workflow.get_task_from_id(task.workflow.parent_task_id)

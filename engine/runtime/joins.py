"""Parallel and inclusive gateways by the letter of BPMN 2.0 chapter 13: tokens are counted on each incoming flow.

SpiffWorkflow's parallel join forgets surplus tokens; its inclusive join fires too early, and twice, when a branch is
empty.
"""

from collections.abc import Iterable
from typing import Any

from SpiffWorkflow.bpmn.specs.defaults import InclusiveGateway, ParallelGateway
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.runtime import tokens
from engine.runtime.behaviours import Behaviour
from engine.runtime.run import Run


class Parallel(Behaviour, ParallelGateway):  # type: ignore[misc]  # SpiffWorkflow is untyped
    """Waits for a token on every incoming flow, takes one from each, and sends one on every outgoing flow."""

    def arrive(self, _run: Run, task: Task) -> bool:
        """Whether there is a token on each flow."""
        waiting = _oldest_by_flow(task)
        if any(flow not in waiting for flow in self.incoming):
            return False
        take_others(task, waiting)
        return True


class Inclusive(Behaviour, InclusiveGateway):  # type: ignore[misc]
    """Waits as long as a token elsewhere could still reach an incoming flow that has none.

    `reach` says, for each incoming flow, from which nodes it can be reached without passing this gateway, `straight`
    the same along sequence flows alone, not by a boundary event, which may never happen or happen as well. Whether it
    may go on is looked at when everything else has come to rest (`ready`), because tokens far away decide it.
    """

    reach: dict[str, frozenset[str]]
    straight: dict[str, frozenset[str]]

    def arrive(self, _run: Run, _task: Task) -> bool:
        """Only a split goes on at once."""
        return len(self.incoming) < 2

    def ready(self, task: Task) -> bool:
        """Whether this waiting token may go on now; if so it takes one token from every flow that has one."""
        waiting = _oldest_by_flow(task)
        missing = [flow for flow in self.incoming if flow not in waiting]
        if any(self.still_coming(name, missing, waiting) for name in elsewhere(task)):
            return False
        take_others(task, waiting)
        return True

    def still_coming(self, node: str, missing: Iterable[str], waiting: Iterable[str]) -> bool:
        """Whether a token at `node` may yet fill a missing flow and could not instead come by one that has a token."""
        if not any(node in self.reach[flow] for flow in missing):
            return False
        return not any(node in self.straight[flow] for flow in waiting if flow in self.straight)


def release(process: tokens.Process) -> bool:
    """Let the first inclusive or complex join that may go on do so. Called when nothing else can move."""
    for task in tokens.everywhere(process):
        if task.state != TaskState.WAITING or not isinstance(task.task_spec, Inclusive):
            continue
        if task.task_spec.ready(task):
            task._ready()
        if task.state != TaskState.WAITING:
            return True
    return False


def _oldest_by_flow(task: Task) -> dict[str, Task]:
    """The tokens that wait at this gateway, the oldest of each flow; `task` itself belongs to them."""
    waiting: dict[str, Task] = {}
    for other in tokens.tokens(task.workflow):
        if other.task_spec is task.task_spec and (other is task or other.state == TaskState.WAITING):
            waiting.setdefault(via(other), other)
    return waiting


def take_others(task: Task, waiting: dict[str, Task]) -> None:
    """Consume one token of each other flow. Tokens on one flow are alike: `task` stands for the oldest of its own."""
    for flow, other in waiting.items():
        if flow != via(task):
            tokens.forget(other)


def elsewhere(task: Task) -> set[str]:
    """The nodes of this scope with tokens, other than this gateway. Events that only listen are no tokens."""
    return {
        other.task_spec.node.id
        for other in tokens.tokens(task.workflow)
        if other.task_spec is not task.task_spec and not tokens.listens(other)
    }


def via(task: Task) -> Any:
    """The flow a token came by."""
    return task.internal_data.get("via", "")

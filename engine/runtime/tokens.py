"""Where a case stands: SpiffWorkflow's tasks as tokens, kept flat.

SpiffWorkflow keeps every task that ever ran in a tree, forecasts the ones to come, and its joins search that tree: it
stops silently after 1000 steps, forgets surplus tokens and slows down with every loop. Here a process holds only the
tokens that are alive, all of them children of the root; what was passed is remembered by name. A token's
`internal_data` says by which flow it came (`via`), what it is attached to (`host`, `body`) and when it is due (`due`).
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.runtime.lock import CLOSED
from engine.runtime.run import Run
from engine.runtime.trouble import Trouble
from engine.runtime.values import Model, Node

MOST = 1_000  # live tokens of one scope
DEEPEST = 64  # sub-processes and called processes in one another
LISTENS = frozenset({"host", "watch", "reset", "start"})  # of a token's `internal_data`: it is none of the flow
PREFIX = "node:"  # so that an element called Start or End is not one of SpiffWorkflow's own


class _Quiet:
    """SpiffWorkflow looks at every waiting task after every completion; here tokens are told when they are meant."""

    def _task_completed_notify(self, task: Task) -> None:
        """Nothing to do."""


class Process(_Quiet, BpmnWorkflow):  # type: ignore[misc]  # SpiffWorkflow is untyped
    """One running process: live tokens, and the run they are moved by."""

    def __init__(self, model: Model, run: Run) -> None:
        self.run = run
        self.undo: list[Any] = []  # what completed and can be undone (`undoing`)
        self.seen = -1  # at how many changes of the data the conditional events were looked at
        super().__init__(model.spec, model.subprocess_specs, script_engine=CLOSED, deserializing=True)
        _plant(self)


class Inner(_Quiet, BpmnSubWorkflow):  # type: ignore[misc]  # SpiffWorkflow is untyped
    """The inside of a running sub-process or called process. Its run has data of its own, or is the one around it."""

    run: Run
    undo: list[Any]


def inner(process: Process, host: Task, run: Run) -> Inner:
    """Open the inside of a sub-process whose token is `host`."""
    if len(process.subprocesses) >= MOST:
        raise _too_many(host.task_spec.node.id)
    name = host.internal_data.get("calls") or host.task_spec.spec
    found = Inner(process.subprocess_specs[name], host.id, process, deserializing=True)
    if found.depth > DEEPEST:
        node = host.task_spec.node
        zh, en = f"“{node.called}”一层套一层超过 {DEEPEST} 层。", f'"{node.called}" is nested more than {DEEPEST} deep.'
        raise Trouble(node.id, zh, en)
    found.run, found.undo = run, []
    _plant(found)
    process.subprocesses[host.id] = found
    return found


def place(workflow: Any, node: str, data: Any = None, /, **about: Any) -> Task:
    """Put a new token on a node, with `data` of its own, and let it arrive.

    `Trouble` when there are far too many: a loop multiplies them.
    """
    if len(workflow.task_tree._children) >= MOST:
        raise _too_many(node)
    spec = workflow.spec.task_specs[PREFIX + node]
    task = Task(workflow, spec, workflow.task_tree, state=TaskState.FUTURE)
    task.data.update(data or {})
    task.internal_data.update(about)
    spec._update(task)
    return task


def begin(workflow: Any, first: Sequence[str] | None = None) -> None:
    """Start a scope: its event sub-processes listen, then its start event, or the nodes named, get a token."""
    listen(workflow)
    for node in workflow.spec.first if first is None else first:
        place(workflow, node)


def listen(workflow: Any) -> None:
    """Begin a scope: what it declares exists from now on, and its event sub-processes listen."""
    name = workflow.spec.name
    missing = [given for given in workflow.spec.required if workflow.run.data.get([given]) is None]
    if missing:
        zh = f"流程“{name}”缺少数据输入“{missing[0]}”。"
        raise Trouble(name, zh, f'The process "{name}" is not given its data input "{missing[0]}".')
    workflow.run.data.declare(workflow.spec.declared)
    for node in workflow.spec.listeners:
        place(workflow, node, watch=True)


def expect(process: Process) -> None:
    """Let everything that can begin the process wait for its event; the first one that happens begins it."""
    for node in process.spec.begins:
        place(process, node, start=True)


def placed(task: Task) -> Node:
    """The node of a token; one of a called process that lies in no lane lies in that of the call."""
    node: Node = task.task_spec.node
    around = task.workflow
    while node.lane is None and around.parent_task_id is not None:
        host = around.top_workflow.get_task_from_id(around.parent_task_id)
        node, around = replace(node, lane=host.task_spec.node.lane), host.workflow
    return node


def tokens(workflow: Any) -> list[Task]:
    """The live tokens of one process or sub-process, the oldest first."""
    return [workflow.tasks[name] for name in workflow.task_tree._children]


def everywhere(process: Process) -> list[Task]:
    """The live tokens of the process and all sub-processes."""
    found = tokens(process)
    for scope in process.subprocesses.values():
        found += tokens(scope)
    return found


def alive(task: Task) -> bool:
    """Whether a token still exists: its scope too, for an interrupted sub-process takes its inside away."""
    return task.id in task.workflow.tasks and runs(task.workflow)


def runs(workflow: Any) -> bool:
    """Whether a process, or the inside of a sub-process, was not taken away."""
    return workflow.parent_task_id is None or workflow.parent_task_id in workflow.top_workflow.subprocesses


def forget(task: Task) -> None:
    """Take a token out of the process."""
    if task.id in task.workflow.tasks:
        del task.workflow.tasks[task.id]
        task.workflow.task_tree._children.remove(task.id)


def cancel(task: Task) -> None:
    """Take a token away before its node completed, with everything that hangs on it."""
    if alive(task):
        task.cancel()
        forget(task)


def attached(task: Task, link: str) -> list[Task]:
    """The tokens that hang on this one: boundary events (`host`) or instances (`body`)."""
    return [other for other in tokens(task.workflow) if other.internal_data.get(link) == str(task.id)]


def detach(task: Task) -> None:
    """Take the events away that wait on this token."""
    for event in attached(task, "host"):
        cancel(event)


def listens(task: Task) -> bool:
    """Whether this is no token of the flow: an event on an activity, behind a gateway, or of an event sub-process."""
    return not LISTENS.isdisjoint(task.internal_data)


def empty(workflow: Any) -> bool:
    """Whether nothing runs any more; event sub-processes that only listen do not count."""
    return all("watch" in task.internal_data for task in tokens(workflow))


def clear(workflow: Any) -> None:
    """Take everything in a scope away."""
    for task in tokens(workflow):
        cancel(task)


def _too_many(node: str) -> Trouble:
    zh = f"同时有 {MOST} 个令牌，流程停住了。"
    return Trouble(node, zh, f"There are {MOST} tokens at once; the process was stopped.")


def _plant(workflow: Any) -> None:
    workflow.task_tree = Task(workflow, workflow.spec.start, state=TaskState.COMPLETED)

"""What the nodes of a drawing do when a token arrives, runs and leaves: SpiffWorkflow's node types, corrected.

SpiffWorkflow gives a token its life (ready, started, completed, cancelled). What differs is said at each class.
"""

from collections.abc import Mapping
from typing import Any

from SpiffWorkflow.bpmn.specs.defaults import (
    EndEvent,
    ExclusiveGateway,
    IntermediateThrowEvent,
    NoneTask,
    ScriptTask,
    StartEvent,
    SubWorkflowTask,
    UserTask,
)
from SpiffWorkflow.bpmn.specs.event_definitions.simple import NoneEventDefinition
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.runtime import opening, tokens
from engine.runtime.run import Run
from engine.runtime.trouble import Trouble
from engine.runtime.values import Flow, Node


class Behaviour:
    """What all nodes share. No data travels with tokens, nothing is forecast, and all outgoing flows are looked at."""

    node: Node
    outgoing: tuple[Flow, ...]
    incoming: tuple[str, ...]
    attached: tuple[str, ...]  # ids of the boundary events on this activity
    manual: bool

    def arrive(self, _run: Run, _task: Task) -> bool:
        """A token came. Whether the node may start now."""
        return True

    def enter(self, run: Run, task: Task) -> None:
        """The node starts: before a person, a machine or `execute` works on it."""

    def execute(self, _run: Run, _task: Task) -> bool | None:
        """The node's own work; None when it goes on until somebody calls `task.complete`."""
        return True

    def note(self, run: Run, task: Task) -> None:
        """Record that the node completed."""
        run.complete(self.node, task.data)

    def leave(self, run: Run, task: Task) -> None:
        """Send tokens on: every flow without a condition, every one whose condition holds, else the default."""
        chosen = [f for f in self.outgoing if f.id != self.node.default and self.open(run, f)]
        conditional = any(f.condition for f in chosen) or not any(f.condition for f in self.outgoing)
        if not conditional or not chosen:
            chosen += [f for f in self.outgoing if f.id == self.node.default]
        self.send(run, task, chosen)

    def send(self, run: Run, task: Task, flows: list[Flow]) -> None:
        """Put a token on each of the flows. No flow although there are some: nobody would ever know, so it stops."""
        if self.outgoing and not flows:
            node = self.node
            raise Trouble(
                node.id,
                f"从“{node.called}”出发的条件都不成立，也没有默认流向。",
                f'No condition after "{node.called}" holds, and there is no default flow.',
            )
        for flow in flows:
            run.taken[flow.id] = None
            tokens.place(task.workflow, flow.target, via=flow.id)

    def open(self, run: Run, flow: Flow) -> bool:
        """Whether a flow may be taken."""
        if not flow.condition:
            return True
        name = flow.name or flow.id
        return run.truth(self.node, flow.condition, {}, (f"流向“{name}”的条件", f'The condition of flow "{name}"'))

    # ---- SpiffWorkflow's hooks

    def test(self) -> None:
        """Lint looked at the drawing; SpiffWorkflow's own checks refuse legal shapes."""

    def _predict(self, *_: Any, **__: Any) -> None:
        """No forecast: it would be stored with every case."""

    def _update_hook(self, task: Task) -> bool:
        ready = self.arrive(_run(task), task)
        if not ready:
            task._set_state(TaskState.WAITING)
        return ready

    def _on_ready_hook(self, task: Task) -> None:
        run = _run(task)
        for event in self.attached:
            tokens.place(task.workflow, event, host=str(task.id))
        self.enter(run, task)
        if not self.manual:
            run.queue.append(task)

    def _run_hook(self, task: Task) -> bool | None:
        return self.execute(_run(task), task)

    def _on_complete(self, task: Task) -> None:
        run = _run(task)
        _detach(task)
        self.note(run, task)
        tokens.forget(task)
        self.leave(run, task)

    def _on_cancel(self, task: Task) -> None:
        _detach(task)
        self.taken_away(_run(task), task)

    def taken_away(self, run: Run, task: Task) -> None:
        """The token is cancelled: clean up what the node keeps elsewhere."""


class Plain(Behaviour, NoneTask):  # type: ignore[misc]  # SpiffWorkflow is untyped
    """Abstract and manual tasks: nothing for the engine to do, so they pass, as in Camunda 8."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.manual = False


class Script(Behaviour, ScriptTask):  # type: ignore[misc]
    """FEEL instead of Python; the result goes into the facts."""

    def execute(self, run: Run, _task: Task) -> bool:
        """Evaluate and write."""
        value = run.value(self.node, self.node.script, {}, ("脚本", "The script"))
        run.write(self.node, self.node.variable, value)
        return True


class Person(Behaviour, UserTask):  # type: ignore[misc]
    """A task for a person: waits until `finish`."""

    def enter(self, run: Run, task: Task) -> None:
        """Open the task."""
        opening.take_inputs(run, self.node, task.data)
        run.opened[str(task.id)] = opening.opened(run, self.node, str(task.id), task.data)

    def answer(self, run: Run, task: Task, answers: Mapping[str, Any]) -> None:
        """Write what was answered: through the output mappings if there are any, else under the item or at the top."""
        task.data.update(answers)
        if self.node.outputs:
            for output in self.node.outputs:
                what = ("输出映射", "The output mapping")
                run.write(self.node, output.target, run.value(self.node, output.source, task.data, what))
        else:
            run.merge(self.node, answers)

    def taken_away(self, run: Run, task: Task) -> None:
        """Close the task."""
        run.gone(str(task.id))


class Machine(Person):
    """A job for a machine: waits until `answer`."""

    def enter(self, run: Run, task: Task) -> None:
        """Open the job."""
        inputs: dict[str, Any] = {}
        opening.take_inputs(run, self.node, inputs)
        task.data.update(inputs)
        run.jobs[str(task.id)] = opening.job(run, self.node, str(task.id), inputs)


class Exclusive(Behaviour, ExclusiveGateway):  # type: ignore[misc]
    """Conditions in the order of the document, not of the drawing's heights; the first true one is taken."""

    def leave(self, run: Run, task: Task) -> None:
        """Take one flow."""
        if len(self.outgoing) == 1 and not self.outgoing[0].condition:
            return self.send(run, task, list(self.outgoing))
        normal = [f for f in self.outgoing if f.id != self.node.default]
        chosen = next((f for f in normal if self.open(run, f)), None)
        default = [f for f in self.outgoing if f.id == self.node.default]
        return self.send(run, task, [chosen] if chosen else default)


class Begin(Behaviour, StartEvent):  # type: ignore[misc]
    """The none start event."""


class Milestone(Behaviour, IntermediateThrowEvent):  # type: ignore[misc]
    """The none intermediate event."""


class End(Behaviour, EndEvent):  # type: ignore[misc]
    """A none, terminate or error end.

    SpiffWorkflow lets an uncaught error look like success, and lets siblings catch an error that is not theirs.
    """

    def _on_complete(self, task: Task) -> None:
        super()._on_complete(task)
        if self.node.event == "terminate":
            for other in tokens.tokens(task.workflow):
                tokens.cancel(other)
        if self.node.event == "error":
            throw(_run(task), self.node, task.workflow)


class Part(Behaviour, SubWorkflowTask):  # type: ignore[misc]
    """An embedded sub-process: runs until no token is left inside."""

    def execute(self, _run: Run, task: Task) -> None:
        """Start what is inside."""
        scope = tokens.inner(task.workflow.top_workflow, task)
        for node in scope.spec.first:
            tokens.place(scope, node)

    def taken_away(self, _run: Run, task: Task) -> None:
        """Take away what is inside."""
        scope = task.workflow.top_workflow.subprocesses.get(task.id)
        if scope is not None:
            for other in tokens.tokens(scope):
                tokens.cancel(other)
            del task.workflow.top_workflow.subprocesses[task.id]


def throw(run: Run, node: Node, workflow: Any) -> None:
    """Let the boundary event of the nearest enclosing sub-process that catches this error take it; else: an incident.

    An event that names the code goes before one that catches everything.
    """
    while workflow.parent_task_id is not None:
        host = workflow.top_workflow.get_task_from_id(workflow.parent_task_id)
        catchers = [t for t in tokens.attached(host, "host") if t.task_spec.node.event == "error"]
        for code in (node.error, None):
            for catcher in catchers:
                if catcher.task_spec.node.error == code:
                    catcher.task_spec.fire(run, catcher)
                    return
        workflow = host.workflow
    raise Trouble(
        node.id,
        f"“{node.called}”抛出的错误 {node.error} 没有人接住。",
        f'Nobody catches the error {node.error} thrown by "{node.called}".',
    )


def none_event() -> NoneEventDefinition:
    """SpiffWorkflow's constructors ask for a definition; which event it is says our own node."""
    return NoneEventDefinition()


def _run(task: Task) -> Run:
    run: Run = task.workflow.top_workflow.run
    return run


def _detach(task: Task) -> None:
    for event in tokens.attached(task, "host"):
        tokens.cancel(event)

"""What all nodes of a drawing share when a token arrives, runs and leaves: SpiffWorkflow's node types, corrected.

SpiffWorkflow gives a token its life (ready, started, completed, cancelled). What differs is said at each class.
"""

from collections.abc import Mapping
from typing import Any

from SpiffWorkflow.bpmn.specs.defaults import ExclusiveGateway, NoneTask
from SpiffWorkflow.bpmn.specs.event_definitions.simple import NoneEventDefinition
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.runtime import enabling, opening, tokens, undoing
from engine.runtime.reading import ACTIVITIES
from engine.runtime.run import Run
from engine.runtime.trouble import Trouble
from engine.runtime.values import Flow, Node

_GATHERED = frozenset({"body", "gathered"})  # a token that stands for all that start the activity once


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
        return not flow.condition or self.condition(run, flow, {})

    def condition(self, run: Run, flow: Flow, local: Mapping[str, Any]) -> bool:
        """Whether the condition of a flow holds."""
        name = flow.name or flow.id
        return run.truth(self.node, flow.condition, local, (f"流向“{name}”的条件", f'The condition of flow "{name}"'))

    # ---- SpiffWorkflow's hooks

    def test(self) -> None:
        """Lint looked at the drawing; SpiffWorkflow's own checks refuse legal shapes."""

    def _predict(self, *_: Any, **__: Any) -> None:
        """No forecast: it would be stored with every case."""

    def _update_hook(self, task: Task) -> bool:
        ready = self._gathered(task) and enabling.may_start(task) and self.arrive(task.workflow.run, task)
        if not ready:
            task._set_state(TaskState.WAITING)
        return ready

    def _on_ready_hook(self, task: Task) -> None:
        run: Run = task.workflow.run
        for event in self.attached:
            tokens.place(task.workflow, event, host=str(task.id))
        self.enter(run, task)
        if not self.manual:
            run.queue.append(task)

    def _run_hook(self, task: Task) -> bool | None:
        return self.execute(task.workflow.run, task)

    def _on_complete(self, task: Task) -> None:
        run: Run = task.workflow.run
        tokens.detach(task)
        self.note(run, task)
        undoing.remember(task)
        tokens.forget(task)
        for _ in range(self.node.gives if self._goes_on(task) else 0):
            self.leave(run, task)
        undoing.undone(task)

    def _gathered(self, task: Task) -> bool:
        """Whether as many tokens came as start the activity once; then they are one."""
        if self.node.needs == 1 or not task.internal_data.keys().isdisjoint(_GATHERED):
            return True
        alike = (t for t in tokens.tokens(task.workflow) if t.task_spec is self and t.state == TaskState.WAITING)
        others = [t for t in alike if t is not task and t.internal_data.keys().isdisjoint(_GATHERED)]
        if len(others) + 1 < self.node.needs:
            return False
        for other in others[: self.node.needs - 1]:
            tokens.forget(other)
        task.internal_data["gathered"] = True
        return True

    def _goes_on(self, task: Task) -> bool:
        """Whether what follows may begin: in an ad-hoc sub-process it may be enough."""
        apart = self.node.by_event or self.node.undoes
        if not task.workflow.spec.ad_hoc or self.node.kind not in ACTIVITIES or apart:
            return True
        host = task.workflow.top_workflow.get_task_from_id(task.workflow.parent_task_id)
        going: bool = host.task_spec.one_done(host, task)
        return going

    def _on_cancel(self, task: Task) -> None:
        tokens.detach(task)
        self.taken_away(task.workflow.run, task)

    def taken_away(self, run: Run, task: Task) -> None:
        """The token is cancelled: clean up what the node keeps elsewhere."""


class Plain(Behaviour, NoneTask):  # type: ignore[misc]  # SpiffWorkflow is untyped
    """Abstract and manual tasks, milestones: nothing for the engine to do but to pass data on, so they pass."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.manual = False

    def execute(self, run: Run, task: Task) -> bool:
        """Write what the data associations say."""
        opening.take_inputs(run, self.node, task.data)
        if self.node.outputs:
            self.give(run, task)
        return True

    def give(self, run: Run, task: Task) -> None:
        """Write the outputs."""
        run.take(self.node, {}, task.data)


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


def none_event() -> NoneEventDefinition:
    """SpiffWorkflow's constructors ask for a definition; which event it is says our own node."""
    return NoneEventDefinition()

"""Multi-instance activities: one instance for each element of a list, at once or one after the other.

What an instance produces stays with it: what is collected is the output element, in the order of the list.
SpiffWorkflow writes every instance's data over the others'.
"""

from collections.abc import Mapping
from typing import Any

from SpiffWorkflow.bpmn.specs.defaults import ParallelMultiInstanceTask
from SpiffWorkflow.task import Task

from engine.runtime import expressions, tokens, undoing
from engine.runtime.activities import Call, Machine, Part, Person, Rule, Script
from engine.runtime.behaviours import Behaviour
from engine.runtime.run import Run
from engine.runtime.trouble import Trouble
from engine.runtime.values import Loop

INSTANCE = "[]"  # what the name of an instance's node ends with: no XML id does


class Several(Behaviour, ParallelMultiInstanceTask):  # type: ignore[misc]  # SpiffWorkflow is untyped
    """The activity around the instances: it has the boundary events and the outgoing flows, they have the tasks."""

    @property
    def loop(self) -> Loop:
        """How the instances are made."""
        assert self.node.loop is not None
        return self.node.loop

    def execute(self, run: Run, task: Task) -> bool | None:
        """Open the first instance, or all of them."""
        items = run.value(self.node, self.loop.collection, {}, ("多实例的列表", "The collection"))
        if not isinstance(items, list):
            raise Trouble(
                self.node.id,
                f"“{self.node.name}”的多实例列表得到的不是列表，而是 {expressions.shown(items)}。",
                f'The collection of "{self.node.name}" is not a list but {expressions.shown(items)}.',
            )
        task.internal_data.update(items=items, results=[None] * len(items), ended=0)
        for index in range(1 if self.loop.sequential and items else len(items)):
            self._open(task, index)
        return None if items else self._collect(run, task)

    def instance_done(self, run: Run, task: Task, instance: Task) -> None:
        """Take the answer of an instance, and go on with the next one or end."""
        about = task.internal_data
        if self.loop.answer:
            about["results"][instance.internal_data["index"]] = expressions.plain(
                run.value(self.node, self.loop.answer, instance.data, ("多实例的结果", "The output element"))
            )
        about["ended"] += 1
        tokens.forget(instance)
        if about["ended"] == len(about["items"]) or self._enough(run, task, instance):
            self._cancel_rest(task)
            self._collect(run, task)
            task.complete()
        elif self.loop.sequential:
            self._open(task, about["ended"])

    def taken_away(self, _run: Run, task: Task) -> None:
        """Take the instances away."""
        self._cancel_rest(task)

    def _open(self, task: Task, index: int) -> None:
        data = {self.loop.element: task.internal_data["items"][index]} if self.loop.element else {}
        data["loopCounter"] = index + 1
        tokens.place(task.workflow, self.node.id + INSTANCE, body=str(task.id), index=index, data=data)

    def _enough(self, run: Run, task: Task, instance: Task) -> bool:
        if not self.loop.until:
            return False
        about = task.internal_data
        running = len(tokens.attached(task, "body"))
        counts = {
            "numberOfInstances": len(about["items"]),
            "numberOfActiveInstances": running,
            "numberOfCompletedInstances": about["ended"],
            "numberOfTerminatedInstances": 0,
        }
        return run.truth(
            self.node, self.loop.until, {**instance.data, **counts}, ("完成条件", "The completion condition")
        )

    def _cancel_rest(self, task: Task) -> None:
        for instance in tokens.attached(task, "body"):
            tokens.cancel(instance)

    def _collect(self, run: Run, task: Task) -> bool:
        if self.loop.result:
            run.write(self.node, self.loop.result, task.internal_data["results"])
        return True

    def note(self, run: Run, task: Task) -> None:
        """Record it once; the instances were told one by one."""
        run.complete(self.node, task.data, told=bool(task.internal_data["items"]))


class _Instance(Behaviour):
    """One instance: what it produces stays with it."""

    def arrive(self, _run: Run, task: Task) -> bool:
        """Take the element of the list."""
        task.data.update(task.internal_data.pop("data"))
        return True

    def answer(self, _run: Run, task: Task, answers: Mapping[str, Any]) -> None:
        """Keep the answers with the instance."""
        task.data.update(answers)

    def result(self, _run: Run, task: Task, value: Any) -> None:
        """Keep the result with the instance."""
        task.data[self.node.variable] = expressions.plain(value)

    def _on_complete(self, task: Task) -> None:
        run: Run = task.workflow.run
        run.tell(self.node)
        undoing.remember(task)
        body = next(t for t in tokens.tokens(task.workflow) if str(t.id) == task.internal_data["body"])
        body.task_spec.instance_done(run, body, task)


class _PersonInstance(_Instance, Person):
    """One of several tasks of a person."""


class _MachineInstance(_Instance, Machine):
    """One of several jobs."""


class _ScriptInstance(_Instance, Script):
    """One of several scripts."""


class _RuleInstance(_Instance, Rule):
    """One of several decisions."""


class _PartInstance(_Instance, Part):
    """One of several runs of a sub-process. What it is to give (`=name`) is a name of its own."""

    def inside(self, run: Run, task: Task) -> Run:
        """The element of the list and the result are local, everything else is written outwards."""
        assert self.node.loop is not None
        given = self.node.loop.answer.removeprefix("=").strip()
        task.data.update({given: None} if given else {})
        return super().inside(run, task)


class _CallInstance(_Instance, Call):
    """One of several runs of a called process."""


INSTANCES: Mapping[type[Any], type[Any]] = {
    Person: _PersonInstance,
    Machine: _MachineInstance,
    Script: _ScriptInstance,
    Rule: _RuleInstance,
    Part: _PartInstance,
    Call: _CallInstance,
}

"""Multi-instance activities: so many instances, or one for each element of a list, at once or one after the other.

What an instance produces stays with it: what is collected is the output element, in the order of the list.
SpiffWorkflow writes every instance's data over the others'.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn.specs.defaults import ParallelMultiInstanceTask
from SpiffWorkflow.task import Task

from engine.runtime import expressions, opening, throwing, tokens, undoing
from engine.runtime.activities import Call, Machine, Part, Person, Rule, Script
from engine.runtime.adhoc import AdHoc
from engine.runtime.behaviours import Behaviour, Plain
from engine.runtime.data import Document
from engine.runtime.dialect import is_target
from engine.runtime.rules_loops import MOST_INSTANCES
from engine.runtime.run import Run
from engine.runtime.trouble import Trouble
from engine.runtime.values import Loop
from engine.runtime.waiting import Receive

INSTANCE = "[]"  # what the name of an instance's node ends with: no XML id does
_COUNT = ("多实例次数", "The number of instances")
_ENOUGH = ("完成条件", "The completion condition")
_THROWS = ("抛出事件的条件", "The condition of the event thrown by an instance")


class Several(Behaviour, ParallelMultiInstanceTask):  # type: ignore[misc]  # SpiffWorkflow is untyped
    """The activity around the instances: it has the boundary events and the outgoing flows, they have the tasks."""

    @property
    def loop(self) -> Loop:
        """How the instances are made."""
        assert self.node.loop is not None
        return self.node.loop

    def execute(self, run: Run, task: Task) -> bool | None:
        """Open the first instance, or all of them."""
        about = task.internal_data
        about.update(self._counted(run) if self.loop.count else self._listed(run))
        size = _size(about)
        about.update(results=[None] * size if self.loop.answer else [], ended=0)
        for index in range(1 if self.loop.sequential and size else size):
            self._open(task, index)
        return None if size else self._collect(run, task)

    def instance_done(self, run: Run, task: Task, instance: Task) -> None:
        """Take the answer of an instance, throw what is to be thrown, and go on with the next one or end."""
        about = task.internal_data
        opening.map_outputs(run, self.node, instance.data)
        if self.loop.answer:
            about["results"][instance.internal_data["index"]] = expressions.plain(
                run.value(self.node, self.loop.answer, instance.data, ("多实例的结果", "The output element"))
            )
        about["ended"] += 1
        tokens.forget(instance)
        self._throw(run, task, instance)
        if not tokens.alive(task):
            return
        if about["ended"] == _size(about) or self._holds(run, task, instance, self.loop.until, _ENOUGH):
            self._cancel_rest(task)
            self._collect(run, task)
            task.complete()
        elif self.loop.sequential:
            self._open(task, about["ended"])

    def taken_away(self, _run: Run, task: Task) -> None:
        """Take the instances away."""
        self._cancel_rest(task)

    def _counted(self, run: Run) -> dict[str, Any]:
        """`loopCardinality`: a whole number of instances."""
        text = self.loop.count
        value = run.value(self.node, text, {}, _COUNT) if text.startswith("=") else int(text)
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_INSTANCES:
            return {"count": value}
        raise Trouble(
            self.node.id,
            f"“{self.node.called}”的多实例次数不是 0 到 {MOST_INSTANCES} 的整数。",
            f'The number of instances of "{self.node.called}" is no whole number from 0 to {MOST_INSTANCES}.',
        )

    def _listed(self, run: Run) -> dict[str, Any]:
        """The collection: a list."""
        items = run.value(self.node, self.loop.collection, {}, ("多实例的列表", "The collection"))
        if isinstance(items, list):
            return {"items": items}
        raise Trouble(
            self.node.id,
            f"“{self.node.called}”的多实例列表得到的不是列表，而是 {expressions.shown(items)}。",
            f'The collection of "{self.node.called}" is not a list but {expressions.shown(items)}.',
        )

    def _open(self, task: Task, index: int) -> None:
        data = {self.loop.element: task.internal_data["items"][index]} if self.loop.element else {}
        data["loopCounter"] = index + 1
        tokens.place(task.workflow, self.node.id + INSTANCE, body=str(task.id), index=index, data=data)

    def _throw(self, run: Run, task: Task, instance: Task) -> None:
        """The events of `behavior`: for what waits on the activity, or around it."""
        for thrown in self.loop.throws:
            if tokens.alive(task) and self._holds(run, task, instance, thrown.condition, _THROWS):
                node = replace(self.node, event=thrown.event, signal=thrown.name, error=thrown.name, inputs=())
                throwing.throw(run, node, task)

    def _holds(self, run: Run, task: Task, instance: Task, condition: str, what: tuple[str, str]) -> bool:
        """A condition over what the instance knows and the standard's counts."""
        if not condition:
            return False
        about = task.internal_data
        counts = {
            "numberOfInstances": _size(about),
            "numberOfActiveInstances": len(tokens.attached(task, "body")),
            "numberOfCompletedInstances": about["ended"],
            "numberOfTerminatedInstances": 0,
        }
        return run.truth(self.node, condition, {**instance.data, **counts}, what)

    def _cancel_rest(self, task: Task) -> None:
        for instance in tokens.attached(task, "body"):
            tokens.cancel(instance)

    def _collect(self, run: Run, task: Task) -> bool:
        if self.loop.result:
            run.write(self.node, self.loop.result, task.internal_data["results"])
        return True

    def note(self, run: Run, task: Task) -> None:
        """Record it once; the instances were told one by one."""
        run.complete(self.node, task.data, told=_size(task.internal_data) > 0)


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
        body = task.workflow.tasks[UUID(task.internal_data["body"])]
        body.task_spec.instance_done(run, body, task)


class _PlainInstance(_Instance, Plain):
    """One of several tasks the engine does not see."""

    def give(self, run: Run, task: Task) -> None:
        """What the output mappings say stays with the instance."""


class _PersonInstance(_Instance, Person):
    """One of several tasks of a person."""


class _MachineInstance(_Instance, Machine):
    """One of several jobs."""


class _ReceiveInstance(_Instance, Receive):
    """One of several messages. Its correlation key may name the element of the list."""

    def enter(self, run: Run, task: Task) -> None:
        """Say what is waited for, as the instance sees it."""
        super().enter(run.within(Document(task.data, run.data)), task)

    def happen(self, run: Run, task: Task, payload: Mapping[str, Any], by: str) -> None:
        """Keep what came with the instance."""
        task.data.update(payload)
        super().happen(run, task, {}, by)


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
        task.data.update({given: None} if is_target(given) else {})
        return super().inside(run, task)

    def give(self, run: Run, task: Task, inside: Run) -> None:
        """What the output mappings say stays with the instance."""


class _AdHocInstance(_PartInstance, AdHoc):
    """One of several runs of an ad-hoc sub-process."""


class _CallInstance(_Instance, Call):
    """One of several runs of a called process."""

    def give(self, run: Run, task: Task, inside: Run) -> None:
        """What the output mappings say stays with the instance; without any, names go to the caller."""
        if not self.node.outputs:
            super().give(run, task, inside)


INSTANCES: Mapping[type[Any], type[Any]] = {
    Plain: _PlainInstance,
    Person: _PersonInstance,
    Machine: _MachineInstance,
    Receive: _ReceiveInstance,
    Script: _ScriptInstance,
    Rule: _RuleInstance,
    Part: _PartInstance,
    AdHoc: _AdHocInstance,
    Call: _CallInstance,
}


def _size(about: Mapping[str, Any]) -> int:
    """How many instances there are in all."""
    return int(about["count"]) if "count" in about else len(about["items"])

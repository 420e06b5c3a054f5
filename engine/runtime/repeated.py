"""Standard loops: an activity done again as long as a condition holds, each round with the facts of the one before."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn.specs.defaults import ParallelMultiInstanceTask
from SpiffWorkflow.task import Task

from engine.runtime import tokens, undoing
from engine.runtime.activities import Call, Machine, Part, Person, Rule, Script
from engine.runtime.adhoc import AdHoc
from engine.runtime.behaviours import Behaviour, Plain
from engine.runtime.run import Run
from engine.runtime.several import INSTANCE
from engine.runtime.values import Loop
from engine.runtime.waiting import Receive


class Repeated(Behaviour, ParallelMultiInstanceTask):  # type: ignore[misc]  # SpiffWorkflow is untyped
    """The activity around the rounds: it has the boundary events and the outgoing flows, they have the tasks."""

    @property
    def loop(self) -> Loop:
        """When there is another round."""
        assert self.node.loop is not None
        return self.node.loop

    def execute(self, run: Run, task: Task) -> bool | None:
        """Begin the first round, if the condition is not tested before it and false."""
        task.internal_data["rounds"] = 0
        if self.loop.before and not self._again(run, 0):
            return True
        self._open(task)
        return None

    def round_done(self, run: Run, task: Task) -> None:
        """Begin the next round or end."""
        task.internal_data["rounds"] += 1
        if self._again(run, task.internal_data["rounds"]):
            self._open(task)
        else:
            task.complete()

    def taken_away(self, _run: Run, task: Task) -> None:
        """Take the round away."""
        for other in tokens.attached(task, "body"):
            tokens.cancel(other)

    def note(self, run: Run, task: Task) -> None:
        """Record it once; the rounds were told one by one."""
        run.complete(self.node, task.data, told=task.internal_data["rounds"] > 0)

    def _again(self, run: Run, rounds: int) -> bool:
        if self.loop.most and rounds >= self.loop.most:
            return False
        counted = {"loopCounter": rounds}
        what = ("循环条件", "The loop condition")
        return not self.loop.again or run.truth(self.node, self.loop.again, counted, what)

    def _open(self, task: Task) -> None:
        tokens.place(
            task.workflow, self.node.id + INSTANCE, body=str(task.id), counter=task.internal_data["rounds"] + 1
        )


class _Round(Behaviour):
    """One round: what it produces is written as if there were no loop."""

    def arrive(self, _run: Run, task: Task) -> bool:
        """Count."""
        task.data["loopCounter"] = task.internal_data.pop("counter")
        return True

    def _on_complete(self, task: Task) -> None:
        run: Run = task.workflow.run
        run.tell(self.node)
        undoing.remember(task)
        body = task.workflow.tasks[UUID(task.internal_data["body"])]
        tokens.forget(task)
        body.task_spec.round_done(run, body)


class _PlainRound(_Round, Plain):
    """A task the engine does not see."""


class _ReceiveRound(_Round, Receive):
    """A message."""


class _PersonRound(_Round, Person):
    """A task of a person."""


class _MachineRound(_Round, Machine):
    """A job."""


class _ScriptRound(_Round, Script):
    """A script."""


class _RuleRound(_Round, Rule):
    """A decision."""


class _PartRound(_Round, Part):
    """A run of a sub-process."""


class _AdHocRound(_Round, AdHoc):
    """A run of an ad-hoc sub-process."""


class _CallRound(_Round, Call):
    """A run of a called process."""


ROUNDS: Mapping[type[Any], type[Any]] = {
    Plain: _PlainRound,
    Receive: _ReceiveRound,
    Person: _PersonRound,
    Machine: _MachineRound,
    Script: _ScriptRound,
    Rule: _RuleRound,
    Part: _PartRound,
    AdHoc: _AdHocRound,
    Call: _CallRound,
}

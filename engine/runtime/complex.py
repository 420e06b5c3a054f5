"""Complex gateways by the letter of BPMN 2.0 table 13.5.

In a first phase the gateway waits until its activation condition holds, takes one token from every incoming flow that
has one, and sends tokens on. Then it waits for reset: for a token on each flow it took none from, unless, as before an
inclusive gateway, none is expected any more. Those it takes as well, and may send tokens a second time. Until then what
comes on the other flows waits. SpiffWorkflow has no such gateway.
"""

from typing import Any

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.runtime import joins, tokens
from engine.runtime.run import Run
from engine.runtime.values import Flow

COUNT, STARTING = "activationCount", "waitingForStart"  # the names its conditions may use; each flow's id is a number
_WHAT = ("激活条件", "The activation condition")


class Complex(joins.Inclusive):
    """A token with `reset` in its `internal_data` says that the gateway waits for reset, and which flows it took."""

    def arrive(self, run: Run, task: Task) -> bool:
        """Whether this token completes the first phase. It may also complete the second."""
        if "reset" in task.internal_data:
            return False
        resetting = self._resetting(task)
        if resetting is None:
            return self._activated(run, task)
        waiting = self._waiting(task)
        if resetting.state == TaskState.WAITING and self._missing(resetting) <= waiting.keys():
            self._reset(resetting, waiting)
        return False

    def ready(self, task: Task) -> bool:
        """Everything else has come to rest: whether it resets now, or data made the condition true."""
        resetting = self._resetting(task)
        if resetting is None:
            return self._activated(task.workflow.run, task)
        if resetting is task and task.state == TaskState.WAITING and not self._expected(task):
            self._reset(task, self._waiting(task))
        return False

    def note(self, run: Run, task: Task) -> None:
        """The gateway is passed when it starts, not again when it resets."""
        if "reset" not in task.internal_data:
            super().note(run, task)

    def leave(self, run: Run, task: Task) -> None:
        """Send tokens on. At reset only by conditions, which may say `waitingForStart`; there may be none."""
        if "reset" not in task.internal_data:
            return super().leave(run, task)
        conditional = [flow for flow in self.outgoing if flow.condition]
        chosen = [flow for flow in conditional if self._holds(run, flow, starting=False)]
        if conditional and not chosen:
            chosen = [flow for flow in self.outgoing if flow.id == self.node.default]
        if chosen:
            self.send(run, task, chosen)
        return self._start_again(task)

    def open(self, run: Run, flow: Flow) -> bool:
        """Whether a flow may be taken in the first phase."""
        return self._holds(run, flow, starting=True)

    def _holds(self, run: Run, flow: Flow, *, starting: bool) -> bool:
        return not flow.condition or self.condition(run, flow, {STARTING: starting})

    def _activated(self, run: Run, task: Task) -> bool:
        """Whether the first phase is complete; if so take the tokens and begin to wait for reset."""
        waiting = self._waiting(task)
        counts: dict[str, Any] = dict.fromkeys(self.incoming, 0)
        for other in self._here(task):
            counts[joins.via(other)] += 1
        local = {**counts, COUNT: sum(counts.values()), STARTING: True}
        if self.node.activation and not run.truth(self.node, self.node.activation, local, _WHAT):
            return False
        joins.take_others(task, waiting)
        if len(self.incoming) > 1:
            tokens.place(task.workflow, self.node.id, reset=list(waiting))
        return True

    def _reset(self, resetting: Task, waiting: dict[str, Task]) -> None:
        """Take what came for the second phase and let the gateway act once more."""
        for flow in self._missing(resetting) & waiting.keys():
            tokens.forget(waiting[flow])
        resetting._ready()

    def _start_again(self, task: Task) -> None:
        """What came in the meantime is looked at at once."""
        for other in self._waiting(task).values():
            if self._activated(task.workflow.run, other):
                other._ready()
                return

    def _expected(self, resetting: Task) -> bool:
        """Whether a token elsewhere may still come by a flow that is waited for."""
        waiting = self._waiting(resetting)
        missing = self._missing(resetting) - waiting.keys()
        had = [*resetting.internal_data["reset"], *waiting]
        return any(self.still_coming(name, missing, had) for name in joins.elsewhere(resetting))

    def _missing(self, resetting: Task) -> set[str]:
        return set(self.incoming) - set(resetting.internal_data["reset"])

    def _resetting(self, task: Task) -> Task | None:
        inside = tokens.tokens(task.workflow)
        return next((t for t in inside if t.task_spec is self and "reset" in t.internal_data), None)

    def _here(self, task: Task) -> list[Task]:
        """The tokens that wait on the incoming flows, `task` among them, the oldest first."""
        found = [t for t in tokens.tokens(task.workflow) if t.task_spec is self and "reset" not in t.internal_data]
        return [t for t in found if t is task or t.state == TaskState.WAITING]

    def _waiting(self, task: Task) -> dict[str, Task]:
        """The oldest of them by flow."""
        waiting: dict[str, Task] = {}
        for other in self._here(task):
            waiting.setdefault(joins.via(other), other)
        return waiting

"""Compensation: what completed is undone by the activity at its compensation event, the last one first.

A scope remembers which of its activities with such an event completed, once for each time. SpiffWorkflow refuses the
boundary event and treats the throwing one as no event at all.
"""

from SpiffWorkflow.bpmn.specs.defaults import IntermediateThrowEvent
from SpiffWorkflow.task import Task

from engine.runtime import tokens
from engine.runtime.behaviours import Behaviour
from engine.runtime.run import Run


class Undo(Behaviour, IntermediateThrowEvent):  # type: ignore[misc]  # SpiffWorkflow is untyped
    """A compensation event in the flow or at an end: goes on when all that it undoes is undone."""

    def execute(self, _run: Run, task: Task) -> bool | None:
        """Begin with the last activity that completed; nothing to undo is done at once."""
        workflow, wanted = task.workflow, self.node.target
        taken = [name for name in workflow.undo if wanted in ("", name)]
        workflow.undo = [name for name in workflow.undo if name not in taken]
        task.internal_data["undoing"] = [workflow.spec.handlers[name] for name in reversed(taken)]
        return self.go_on(task)

    def go_on(self, task: Task) -> bool | None:
        """Undo the next one; true when there is none."""
        left = task.internal_data["undoing"]
        if not left:
            return True
        task.internal_data["undoing"] = left[1:]
        tokens.place(task.workflow, left[0], undo=str(task.id))
        return None

    def taken_away(self, _run: Run, task: Task) -> None:
        """Take away what is being undone."""
        for other in tokens.attached(task, "undo"):
            tokens.cancel(other)


class Abort(Undo):
    """A cancel end: takes the rest of its transaction away, undoes what completed, and leaves by the cancel event."""

    def execute(self, run: Run, task: Task) -> bool | None:
        """Take away, then undo."""
        for other in tokens.tokens(task.workflow):
            if other is not task:
                tokens.cancel(other)
        return super().execute(run, task)

    def _on_complete(self, task: Task) -> None:
        super()._on_complete(task)
        host = task.workflow.top_workflow.get_task_from_id(task.workflow.parent_task_id)
        if "body" in host.internal_data:
            host = next(t for t in tokens.tokens(host.workflow) if str(t.id) == host.internal_data["body"])
        catcher = next(t for t in tokens.attached(host, "host") if t.task_spec.node.event == "cancel")
        catcher.task_spec.happen(catcher.workflow.run, catcher, {}, "cancel")

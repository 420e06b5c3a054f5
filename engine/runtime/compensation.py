"""Compensation: what completed is undone by what is drawn for it, the last one first; and the cancel end.

SpiffWorkflow refuses the boundary event and treats the throwing one as no event at all.
"""

from SpiffWorkflow.bpmn.specs.defaults import IntermediateThrowEvent
from SpiffWorkflow.task import Task

from engine.runtime import tokens, undoing
from engine.runtime.activities import Part
from engine.runtime.behaviours import Behaviour
from engine.runtime.run import Run


class Undo(Behaviour, IntermediateThrowEvent):  # type: ignore[misc]  # SpiffWorkflow is untyped
    """A compensation event in the flow or at an end: goes on when all that it undoes is undone, or at once."""

    def execute(self, _run: Run, task: Task) -> bool | None:
        """Begin with the last activity that completed; nothing to undo is done at once."""
        thrower = str(task.id) if self.node.waits else ""
        begun = undoing.proceed(task, thrower, undoing.take(task.workflow, self.node.target))
        return None if begun and self.node.waits else True

    def taken_away(self, _run: Run, task: Task) -> None:
        """Take away what is being undone."""
        for other in tokens.everywhere(task.workflow.top_workflow):
            if other.internal_data.get("undo") == str(task.id):
                tokens.cancel(other)


class Again(Part):
    """A completed sub-process or called process while it is undone."""

    def execute(self, run: Run, task: Task) -> None:
        """Open the inside as it was left."""
        undoing.reopen(run, task)

    def closing(self, run: Run, task: Task, inside: Run) -> None:
        """It completed before, and gave then what it gives."""

    def note(self, run: Run, task: Task) -> None:
        """It was passed before."""


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

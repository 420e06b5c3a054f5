"""Ad-hoc sub-processes: everything nothing leads to is offered at once; a condition says when it is enough.

It is looked at whenever an activity inside completed. As long as it does not hold, a person may do a task again.
Without a condition everything is done once.
"""

from SpiffWorkflow.task import Task

from engine.runtime import tokens
from engine.runtime.activities import Part
from engine.runtime.run import Run
from engine.runtime.trouble import Trouble

_WHAT = ("完成条件", "The completion condition")


class AdHoc(Part):
    """SpiffWorkflow's crashes without a condition, and ignores whether the rest is cancelled."""

    def one_done(self, task: Task, done: Task) -> bool:
        """An activity inside completed. Whether what follows it may still begin."""
        inside: Run = done.workflow.run
        if task.internal_data.get("enough"):
            return False
        if not self.node.until:
            return True
        if inside.truth(self.node, self.node.until, {}, _WHAT):
            task.internal_data["enough"] = True
            if self.node.cancels_rest:
                tokens.clear(done.workflow)
            return False
        node = done.task_spec.node
        if node.kind == "userTask" and not done.task_spec.incoming:
            tokens.place(done.workflow, node.id)
        return True

    def closing(self, run: Run, task: Task, inside: Run) -> None:
        """Nothing is left to do: then it has to be enough."""
        enough = task.internal_data.get("enough") or not self.node.until
        if not enough and not inside.truth(self.node, self.node.until, {}, _WHAT):
            raise Trouble(
                self.node.id,
                f"“{self.node.called}”里已无事可做，完成条件仍不成立。",
                f'Nothing is left to do in "{self.node.called}", and its completion condition does not hold.',
            )
        super().closing(run, task, inside)

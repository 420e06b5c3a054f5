"""Ad-hoc sub-processes: what nothing leads to is offered; a condition says when it is enough.

`zeebe:adHoc activeElementsCollection` names what is offered; without it everything is, at once (`enabling` says what a
sequential ordering changes). The condition is looked at whenever an activity inside completed. As long as it does not
hold, a person may do a task again. Without a condition everything is done once.
"""

from SpiffWorkflow.task import Task

from engine.runtime import tokens
from engine.runtime.activities import Part
from engine.runtime.run import Run
from engine.runtime.trouble import Trouble

_OFFERED = ("要开始的活动", "The list of activities to begin with")
_WHAT = ("完成条件", "The completion condition")


class AdHoc(Part):
    """SpiffWorkflow's crashes without a condition, and ignores whether the rest is cancelled."""

    def begin(self, inside: tokens.Inner) -> None:
        """Offer the activities that are named, or all."""
        if not self.node.begins_with:
            tokens.begin(inside)
            return
        named = inside.run.value(self.node, self.node.begins_with, {}, _OFFERED)
        known = inside.spec.first
        if not isinstance(named, list) or not all(name in known for name in named):
            raise Trouble(
                self.node.id,
                f"“{self.node.called}”要开始的活动不是这些编号的列表：{'、'.join(known)}。",
                f'The activities "{self.node.called}" begins with are no list of these ids: {", ".join(known)}.',
            )
        tokens.begin(inside, tuple(dict.fromkeys(named)))

    def one_done(self, task: Task, done: Task) -> bool:
        """An activity inside completed. Whether what follows it may still begin."""
        inside: Run = done.workflow.run
        if task.internal_data.get("enough"):
            return False
        if not self.node.until:
            return True
        if inside.truth(self.node, self.node.until, {}, _WHAT):
            task.internal_data["enough"] = True
            if self.node.cancels_rest or self.node.one_by_one:
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

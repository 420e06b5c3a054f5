"""Tasks, sub-processes and called processes."""

from collections.abc import Mapping
from typing import Any

from SpiffWorkflow.bpmn.specs.defaults import ScriptTask, SubWorkflowTask, UserTask
from SpiffWorkflow.task import Task

from engine.runtime import decisions, facts, opening, tokens
from engine.runtime.behaviours import Behaviour
from engine.runtime.data import Document
from engine.runtime.run import Run
from engine.runtime.trouble import Trouble
from engine.runtime.values import Node

_CALLED = ("调用的流程", "The process called")


class Script(Behaviour, ScriptTask):  # type: ignore[misc]  # SpiffWorkflow is untyped
    """FEEL instead of Python; the result goes into the facts."""

    def execute(self, run: Run, task: Task) -> bool:
        """Evaluate and write."""
        opening.take_inputs(run, self.node, task.data)
        self.result(run, task, self.value(run, task))
        return True

    def value(self, run: Run, task: Task) -> Any:
        """What the script gives."""
        return run.value(self.node, self.node.script, task.data, ("脚本", "The script"))

    def result(self, run: Run, task: Task, value: Any) -> None:
        """Write the result, or what the output mappings make of it."""
        if self.node.outputs:
            run.take(self.node, facts.put({}, self.node.variable.split("."), value), task.data)
        else:
            run.write(self.node, self.node.variable, value)


class Rule(Script):
    """A business rule task: a decision table instead of a script."""

    def value(self, run: Run, task: Task) -> Any:
        """Decide, and tell how."""
        decided = decisions.decide(run, self.node, task.data)
        run.decisions.append(decided)
        return decided.value


class Person(Behaviour, UserTask):  # type: ignore[misc]
    """A task for a person: waits until `finish`."""

    def enter(self, run: Run, task: Task) -> None:
        """Open the task. Where no lane says who does it, it is whoever does the call around it."""
        opening.take_inputs(run, self.node, task.data)
        node = tokens.placed(task)
        run.opened[str(task.id)] = opening.opened(run, node, str(task.id), task.data)

    def answer(self, run: Run, task: Task, answers: Mapping[str, Any]) -> None:
        """Write what was answered."""
        run.take(self.node, answers, task.data)

    def taken_away(self, run: Run, task: Task) -> None:
        """Close the task."""
        run.gone(str(task.id))


class Machine(Person):
    """A job for a machine, or a message to be sent by one: waits until `answer`."""

    def enter(self, run: Run, task: Task) -> None:
        """Open the job. It is given the mapped inputs, and the element of the list where there are several."""
        opening.take_inputs(run, self.node, task.data)
        run.jobs[str(task.id)] = opening.job(run, self.node, str(task.id), dict(task.data))


class Part(Behaviour, SubWorkflowTask):  # type: ignore[misc]
    """An embedded sub-process: runs until no token is left inside."""

    def execute(self, run: Run, task: Task) -> None:
        """Start what is inside. Its input mappings, or the element of a list, are names of its own."""
        opening.take_inputs(run, self.node, task.data)
        self.called(run, task)
        self.begin(tokens.inner(task.workflow.top_workflow, task, self.inside(run, task)))

    def called(self, run: Run, task: Task) -> None:
        """Say what the token runs, if it is not what is drawn inside."""

    def begin(self, inside: tokens.Inner) -> None:
        """Give what is inside its first tokens."""
        tokens.begin(inside)

    def inside(self, run: Run, task: Task) -> Run:
        """The run the inside sees."""
        return run.within(Document(task.data, run.data)) if task.data else run

    def closing(self, run: Run, task: Task, inside: Run) -> None:
        """Nothing is left inside: what was local there is now at hand, and written on."""
        if inside is not run:
            task.data.update(inside.data.own)
        self.give(run, task, inside)

    def give(self, run: Run, _task: Task, inside: Run) -> None:
        """Write the output mappings, as the inside sees them."""
        for output in self.node.outputs:
            value = inside.value(self.node, output.source, {}, ("输出映射", "The output mapping"))
            run.write(self.node, output.target, value)

    def taken_away(self, _run: Run, task: Task) -> None:
        """Take away what is inside."""
        scope = task.workflow.top_workflow.subprocesses.get(task.id)
        if scope is not None:
            tokens.clear(scope)
            del task.workflow.top_workflow.subprocesses[task.id]


class Call(Part):
    """A called process: sees a copy of the caller's facts and gives back what it wrote, unless told otherwise."""

    def called(self, run: Run, task: Task) -> None:
        """Which process it is, where FEEL says it."""
        if not self.node.calls.startswith("="):
            return
        name = run.value(self.node, self.node.calls, task.data, _CALLED)
        if not isinstance(name, str) or name not in run.model.callable:
            known = ", ".join(sorted(run.model.callable))
            raise Trouble(
                self.node.id,
                f"“{self.node.called}”要调用的流程不存在；可以调用：{known}。",
                f'The process "{self.node.called}" is to call does not exist; these can be called: {known}.',
            )
        task.internal_data["calls"] = name

    def inside(self, run: Run, task: Task) -> Run:
        """The called process has a document of its own."""
        return run.within(Document({**(run.data.seen() if self.node.gives_all else {}), **task.data}))

    def give(self, run: Run, task: Task, inside: Run) -> None:
        """Hand back what the output mappings say; without any, every name the called process wrote."""
        super().give(run, task, inside)
        if self.node.takes_all and not self.node.outputs:
            for name in inside.data.written:
                run.write(self.node, name, inside.data.own[name])


def is_job(node: Node) -> bool:
    """Whether a node is done by a machine outside."""
    if node.kind == "businessRuleTask":
        return not node.decision
    if node.kind == "scriptTask":
        return bool(node.job)
    return node.kind == "serviceTask" or (_sends(node) and not tells(node))


def tells(node: Node) -> bool:
    """Whether a node sends a message without a machine: the message is only told (`Advance.messages`)."""
    return _sends(node) and bool(node.message) and not node.job


def _sends(node: Node) -> bool:
    thrown = node.kind in ("intermediateThrowEvent", "endEvent") and node.event == "message"
    return thrown or node.kind == "sendTask"

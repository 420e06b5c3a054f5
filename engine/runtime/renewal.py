"""After a move to another drawing: what is running gets the events, and open tasks the description, it has there."""

from typing import Any

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.runtime import opening, tokens
from engine.runtime.activities import Machine, Person
from engine.runtime.counterparts import Counterparts, caught, terms
from engine.runtime.run import Run
from engine.runtime.tokens import PREFIX
from engine.runtime.told import NodeWarning, Opened
from engine.runtime.trouble import Trouble
from engine.runtime.values import Node
from engine.runtime.waiting import Choice, Listener, Trigger, Waits


class Renewal:
    """One process that was just loaded from a translated state."""

    def __init__(self, pairs: Counterparts, begins: bool) -> None:
        self.pairs, self.begins = pairs, begins
        self.former = {pairs.name(name): node for name, node in pairs.old.nodes.items()}  # old nodes by new id
        self.kept: list[Opened] = []
        self.remarks: list[NodeWarning] = []

    def renew(self, process: tokens.Process) -> None:
        """Bring everything that runs up to date. `Trouble` when something of the new drawing cannot be evaluated."""
        if self.begins:
            self._expect(process)
        for scope in () if self.begins else (process, *process.subprocesses.values()):
            self._watch(scope)
        for scope in (process, *process.subprocesses.values()):
            for task in tokens.tokens(scope):
                self._token(scope.run, task)

    def _token(self, run: Run, task: Task) -> None:
        spec = task.task_spec
        before = self.former.get(spec.node.id)
        if isinstance(spec, Waits) and not isinstance(spec, Trigger) and before is not None:
            self._wait_anew(run, task, before)
        if not tokens.listens(task) and task.state != TaskState.WAITING:  # what is held back has not started
            self._attach(task, [(event, {}) for event in spec.attached])
        if isinstance(spec, Choice):
            begins = {"start": True} if "start" in task.internal_data else {}
            self._attach(task, [(flow.target, {"via": flow.id, **begins}) for flow in spec.outgoing])
        if isinstance(spec, Person) and not isinstance(spec, Machine) and task.state == TaskState.READY:
            if before is not None and before.inputs != spec.node.inputs:
                opening.take_inputs(run, spec.node, task.data)
            self.kept.append(opening.opened(run, tokens.placed(task), str(task.id), task.data))

    def _attach(self, task: Task, events: list[tuple[str, dict[str, Any]]]) -> None:
        """Let new events wait. One the old drawing had and that waits no more has happened: it does not begin again."""
        waiting = {other.task_spec.node.id for other in tokens.attached(task, "host")}
        for event, about in events:
            if event not in waiting and not self._had(event, task.task_spec.node.id):
                tokens.place(task.workflow, event, host=str(task.id), **about)
                self._begins(task.task_spec.node, task.workflow.spec.task_specs[PREFIX + event].node)

    def _had(self, event: str, host: str) -> bool:
        """Whether the old drawing had this very event on this activity, or after this gateway."""
        before, owner = self.former.get(event), self.former.get(host)
        if before is None or owner is None or self.pairs.objection(before.id):
            return False
        return before.host == owner.id or any(
            (f.source, f.target) == (owner.id, before.id) for f in self.pairs.old.flows.values()
        )

    def _expect(self, process: tokens.Process) -> None:
        """Let what is new among the events that begin the process wait as well."""
        waiting = {task.task_spec.node.id for task in tokens.tokens(process)}
        for name in process.spec.begins:
            if name not in waiting:
                tokens.place(process, name, start=True)
                node = process.spec.task_specs[PREFIX + name].node
                self._say(node, f"“{node.called}”也可以开始流程。", f'"{node.called}" can begin the process as well.')

    def _watch(self, scope: Any) -> None:
        """Let new event sub-processes listen, unless one that interrupts everything is running."""
        held = tokens.tokens(scope)
        running = [t for t in held if isinstance(t.task_spec, Listener) and "watch" not in t.internal_data]
        if any(task.task_spec.start.interrupting for task in running):
            return
        waiting = {t.task_spec.node.id for t in held if "watch" in t.internal_data}
        for name in scope.spec.listeners:
            if name not in waiting and name not in self.former:
                tokens.place(scope, name, watch=True)
                node = scope.spec.task_specs[PREFIX + name].node
                self._say(node, f"开始等待“{node.called}”。", f'"{node.called}" is waited for from now on.')

    def _wait_anew(self, run: Run, task: Task, before: Node) -> None:
        """Where what is waited for changed, wait for the new thing from now on."""
        about, now = task.internal_data, task.task_spec.caught
        old = caught(self.pairs.old, before.id)
        runs = isinstance(task.task_spec, Listener) and "watch" not in about
        if runs or old is None or terms(old) == terms(now):
            return
        if now.all_of or old.all_of:
            raise _changed(now)
        was = about.get("due")
        task.task_spec.anew(run, task)
        until = f"（{was or '—'} → {about['due']}）" if "due" in about else ""
        self._say(
            now,
            f"“{before.called}”等待的条件变了，从现在起重新计{until}。",
            f'What "{before.called}" waits for changed; it waits anew from now{until}.',
        )

    def _begins(self, host: Node, event: Node) -> None:
        zh = f"“{host.called}”从现在起等待“{event.called}”。"
        self._say(event, zh, f'"{host.called}" waits for "{event.called}" from now on.')

    def _say(self, node: Node, zh: str, en: str) -> None:
        self.remarks.append(NodeWarning(node.id, zh, en))


def _changed(node: Node) -> Trouble:
    zh = f"“{node.called}”等待的几个条件变了，其中有的可能已经发生。"
    return Trouble(node.id, zh, f'What "{node.called}" waits for changed, and part of it may have happened already.')

"""Events that are waited for. They happen when told to (`step`, `throwing`, `conditions`), never by looking at a clock.

SpiffWorkflow reads the wall clock, wants timers as Python, fires an interrupting cycle again and again, gives a message
to everybody who has its name, knows no interrupting event sub-process, and interrupts only after the automatic nodes
inside have run.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn.specs.defaults import BoundaryEvent, IntermediateCatchEvent, StartEvent, UserTask
from SpiffWorkflow.task import Task

from engine.runtime import alarms, expressions, tokens
from engine.runtime.activities import Part
from engine.runtime.behaviours import Behaviour
from engine.runtime.run import Run
from engine.runtime.trouble import Trouble
from engine.runtime.values import Node

_SAID = {  # what a token keeps of what it waits for
    "timer": ("due", "left", "every", "first", "count", "cron"),
    "message": ("message", "key"),
    "signal": ("signal",),
    "conditional": ("held",),
}
TRIGGER = "#"  # with a number what the name of a trigger's node ends with: no XML id has it
_KEY = ("关联键", "The correlation key")
_NAME = ("消息名称", "The name of the message")


class Waits(Behaviour):
    """What waits for an event after the token came."""

    @property
    def caught(self) -> Node:
        """The node that says what is waited for."""
        return self.node

    def arrive(self, run: Run, task: Task) -> bool:
        """Say what is waited for."""
        self.listen(run, task)
        return False

    def listen(self, run: Run, task: Task, *, again: bool = False) -> None:
        """Keep with the token what it waits for, or with one token for each of several triggers (their `host`).

        `again`: a condition holds already, and has to be false before it counts once more.
        """
        if not self.caught.triggers:
            subscribe(run, self.caught, task.internal_data)
        shared = {name: True for name in ("start", "watch") if name in task.internal_data}
        for index, trigger in enumerate(self.caught.triggers):
            held = {"held": True} if again and trigger.condition else {}
            tokens.place(task.workflow, f"{self.node.id}{TRIGGER}{index}", host=str(task.id), **shared, **held)

    def happen(self, run: Run, task: Task, payload: Mapping[str, Any], by: str) -> None:
        """It happened: write what came with it, then go on, unless something else has to happen as well."""
        if payload or self.caught.outputs:
            run.take(self.caught, payload, {})
        about = task.internal_data
        if self.caught.all_of:  # as states kept several triggers before each had a token
            for name in _SAID[by]:
                about.pop(name, None)
            if _waits(task):
                return
        self.go_on(run, task)

    def anew(self, run: Run, task: Task) -> None:
        """What is waited for changed: forget it, and wait for the new from now on."""
        for name in (name for names in _SAID.values() for name in names):
            task.internal_data.pop(name, None)
        self.listen(run, task)

    def triggered(self, run: Run, task: Task, trigger: Task) -> None:
        """One of several triggers happened. Of all it is the last that counts."""
        if self.caught.all_of or not alarms.again(trigger):
            tokens.forget(trigger)
        if self.caught.all_of and tokens.attached(task, "host"):
            return
        if self.caught.interrupting:
            tokens.detach(task)
        elif self.caught.all_of:
            self.listen(run, task, again=True)
        self.go_on(run, task)

    def go_on(self, run: Run, task: Task) -> None:
        """What it waited for is complete."""
        if "start" in task.internal_data:
            _begin(task)
        self.fire(run, task)

    def again(self, task: Task) -> bool:
        """Whether a non-interrupting event can happen once more."""
        apart = self.caught.triggers and not _waits(task)
        return bool(tokens.attached(task, "host")) if apart else alarms.again(task)

    def fire(self, run: Run, task: Task) -> None:
        """Go on."""
        raise NotImplementedError


class Trigger(Waits, IntermediateCatchEvent):  # type: ignore[misc]  # SpiffWorkflow is untyped
    """One of several triggers of an event (its `host`)."""

    def happen(self, run: Run, task: Task, payload: Mapping[str, Any], _by: str) -> None:
        """Write what came with it, and tell the event."""
        if payload or self.node.outputs:
            run.take(self.node, payload, {})
        event = task.workflow.tasks[UUID(task.internal_data["host"])]
        event.task_spec.triggered(run, event, task)


class Begin(Waits, StartEvent):  # type: ignore[misc]  # SpiffWorkflow is untyped
    """A start event. Before the process began its token waits (`start`); else it happened already."""

    def arrive(self, run: Run, task: Task) -> bool:
        """Wait, or go on."""
        return "start" not in task.internal_data or super().arrive(run, task)

    def fire(self, _run: Run, task: Task) -> None:
        """Go on."""
        task._ready()


class Catch(Waits, IntermediateCatchEvent):  # type: ignore[misc]
    """An intermediate event, alone or behind an event-based gateway (its `host`)."""

    def fire(self, run: Run, task: Task) -> None:
        """Go on."""
        _choose(run, task)
        task._ready()


class Receive(Waits, UserTask):  # type: ignore[misc]
    """A receive task: an activity, so it has boundary events while it waits."""

    def arrive(self, _run: Run, _task: Task) -> bool:
        """It starts at once, and then waits."""
        return True

    def enter(self, run: Run, task: Task) -> None:
        """Say what is waited for."""
        subscribe(run, self.node, task.internal_data)

    def listen(self, run: Run, task: Task, **_: bool) -> None:
        """Say it, as each instance sees it."""
        self.enter(run, task)

    def fire(self, run: Run, task: Task) -> None:
        """Go on."""
        _choose(run, task)
        task.run()


class Choice(Behaviour, IntermediateCatchEvent):  # type: ignore[misc]
    """The event-based gateway: its token waits here, and each event behind it listens."""

    def arrive(self, _run: Run, task: Task) -> bool:
        """Let the events listen."""
        begins = {"start": True} if "start" in task.internal_data else {}
        for flow in self.outgoing:
            tokens.place(task.workflow, flow.target, host=str(task.id), via=flow.id, **begins)
        return False

    def decided(self, run: Run, task: Task) -> None:
        """One of them happened. Of a parallel gateway, which began the process, the others have to happen as well."""
        for event in tokens.attached(task, "host") if self.node.all_of else ():
            _stay(run, event)
        tokens.detach(task)
        self.note(run, task)
        tokens.forget(task)


class Boundary(Waits, BoundaryEvent):  # type: ignore[misc]
    """A boundary event. A non-interrupting one happens each time, a timer as often as it says."""

    def fire(self, run: Run, task: Task) -> None:
        """What it waits for happened. Interrupting takes the activity away at once."""
        if self.node.interrupting:
            tokens.cancel(task.workflow.tasks[UUID(task.internal_data.pop("host"))])
            task._ready()
        elif not self.again(task):
            task._ready()
        else:
            run.complete(self.node, {})
            self.leave(run, task)


class Listener(Waits, Part):
    """An event sub-process. One token listens (`watch`) as long as its scope runs; others are what it started."""

    start: Node

    @property
    def caught(self) -> Node:
        """Its start event says what is waited for."""
        return self.start

    def arrive(self, run: Run, task: Task) -> bool:
        """Listen, or run."""
        if "watch" not in task.internal_data:
            return True
        self.listen(run, task)
        return False

    def fire(self, _run: Run, task: Task) -> None:
        """Interrupting takes everything else in the scope away, and nothing else can interrupt it any more."""
        if self.start.interrupting:
            for name in ("watch", *(name for names in _SAID.values() for name in names)):
                task.internal_data.pop(name, None)
            for other in tokens.tokens(task.workflow):
                if other is not task:
                    tokens.cancel(other)
            task._ready()
            return
        workflow = task.workflow
        if not self.again(task):
            tokens.forget(task)
        tokens.place(workflow, self.node.id)


def subscribe(run: Run, node: Node, about: dict[str, Any]) -> None:
    """Keep with a token what it waits for."""
    if node.timer:
        about.update(alarms.alarm(run, node))
    if node.message:
        about.update(message=message_name(run, node), key="" if "start" in about else correlation(run, node))
    if node.signal:
        about["signal"] = node.signal
    if node.condition:
        about.setdefault("held", False)


def message_name(run: Run, node: Node) -> str:
    """The name of the message."""
    name = run.value(node, node.message, {}, _NAME)
    if isinstance(name, str) and name:
        return name
    raise _wrong(node, name, _NAME)


def correlation(run: Run, node: Node) -> str:
    """The key, as text: a number and its text are the same key."""
    key = run.value(node, node.key, {}, _KEY)
    if isinstance(key, bool) or key is None or isinstance(key, list | dict) or key == "":
        raise _wrong(node, key, _KEY)
    return str(expressions.plain(key))


def _waits(task: Task) -> bool:
    """Whether a token waits for something itself."""
    return any(name in task.internal_data for names in _SAID.values() for name in names)


def _begin(task: Task) -> None:
    """The process begins with this event: no other can begin it any more, and its event sub-processes listen."""
    gateway = task.internal_data.get("host")
    together = gateway and task.workflow.tasks[UUID(gateway)].task_spec.node.all_of
    for other in tokens.tokens(task.workflow):
        beside = gateway in (str(other.id), other.internal_data.get("host") if together else None)
        if other is not task and not (gateway and beside):
            tokens.cancel(other)
    del task.internal_data["start"]
    tokens.listen(task.workflow)


def _stay(run: Run, event: Task) -> None:
    """An event that no longer begins the process but is waited for inside it; now it has its correlation key."""
    about = event.internal_data
    run.taken[about["via"]] = None
    del about["host"], about["start"]
    if "message" in about:
        about["key"] = correlation(run, event.task_spec.caught)


def _choose(run: Run, task: Task) -> None:
    """Behind an event-based gateway the gateway completes, and the other events are taken away."""
    gateway = task.internal_data.pop("host", None)
    if gateway:
        run.taken[task.internal_data["via"]] = None
        found = task.workflow.tasks[UUID(gateway)]
        found.task_spec.decided(run, found)


def _wrong(node: Node, value: Any, what: tuple[str, str]) -> Trouble:
    shown = expressions.shown(value)
    zh = f"“{node.called}”的{what[0]}是 {shown}，应为文字或数字。"
    return Trouble(node.id, zh, f'{what[1]} of "{node.called}" is {shown}; it must be a text or a number.')

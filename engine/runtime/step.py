"""The runtime as a function: a state and what happened go in, an `Advance` comes out.

No session, no clock, no memory between calls.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.errors import TaskCancelled
from engine.runtime import alarms, conditions, expressions, loop, state, throwing, tokens, undoing
from engine.runtime.activities import Machine, Person
from engine.runtime.run import Run
from engine.runtime.several import INSTANCE
from engine.runtime.told import Advance, Ended, Incident, Marks
from engine.runtime.trouble import Trouble
from engine.runtime.values import Model, Node
from engine.runtime.waits import awaited, listening, timers

State = dict[str, Any]
Facts = Mapping[str, Any]


class _Unheard(Exception):
    """Nothing waits for what happened."""


def start(model: Model, facts: Facts, *, now: datetime, at: str | None = None) -> Advance:
    """Begin a process at its first plain start event, or at the start event `at` (ValueError if it is none).

    One without a plain start event waits for what begins it: give what happens to `deliver`, `signal` or `fire`.
    With an incident the state is empty.
    """
    if at is not None and not any(node.id == at and node.kind == "startEvent" for node in starts(model)):
        raise ValueError(f"{at} is not a start event")
    waits, first = at is None and not model.spec.first, (at,) if at else None
    return _advance(model, {}, facts, now, tokens.expect if waits else lambda process: tokens.begin(process, first))


def starts(model: Model) -> tuple[Node, ...]:
    """The nodes that can begin the process; `Node.event` says by what, "" is a plain start."""
    inside = [n for n in model.nodes.values() if n.scope == model.process_id]
    return tuple(n for n in inside if n.kind == "startEvent" or n.instantiates)


def finish(model: Model, document: State, task_id: str, answers: Facts, facts: Facts, *, now: datetime) -> Advance:
    """Complete a user task with its answers. `TaskCancelled` when it is not open in this state."""
    return _advance(model, document, facts, now, lambda process: _complete(process, task_id, answers, Person))


def answer(model: Model, document: State, job_id: str, result: Facts, facts: Facts, *, now: datetime) -> Advance:
    """Complete a job with its result. `TaskCancelled` when it is not waited for in this state."""
    return _advance(model, document, facts, now, lambda process: _complete(process, job_id, result, Machine))


def fail(
    model: Model, document: State, job_id: str, code: str, payload: Facts, facts: Facts, *, now: datetime
) -> Advance:
    """End a job with a BPMN error: the nearest event that catches the code takes it, with the payload as answers.

    `TaskCancelled` when the job is not waited for; an incident when nobody catches the error.
    """

    def break_off(process: tokens.Process) -> None:
        task = _held(process, job_id, Machine)
        throwing.fail(task.task_spec.node, task, code, expressions.plain(dict(payload)))

    return _advance(model, document, facts, now, break_off)


def deliver(
    model: Model, document: State, name: str, key: str | int, payload: Facts, facts: Facts, *, now: datetime
) -> Advance | None:
    """Give a message to the one event that waits for it, the oldest first, with the payload as answers.

    With an empty state the message starts the process. None when nothing waits for it (yet): keep it and try again
    after the next step.
    """

    def give(process: tokens.Process) -> None:
        waiting = tokens.everywhere(process)
        task = next((t for t in waiting if _is_for(t, name, str(key))), None)
        if task is None:
            raise _Unheard
        task.task_spec.happen(task.workflow.run, task, expressions.plain(dict(payload)), "message")

    return _tell(model, document, facts, now, give)


def signal(model: Model, document: State, name: str, payload: Facts, facts: Facts, *, now: datetime) -> Advance | None:
    """Let every event of the process that waits for the signal have it. With an empty state it starts the process.

    None when nothing waits for it: a signal is not kept.
    """

    def give(process: tokens.Process) -> None:
        if not any(task.internal_data.get("signal") == name for task in tokens.everywhere(process)):
            raise _Unheard
        throwing.broadcast(process, name, expressions.plain(dict(payload)))

    return _tell(model, document, facts, now, give)


def fire(model: Model, document: State, facts: Facts, *, now: datetime) -> Advance:
    """Fire every timer that is due at `now`, the earliest first; one that an earlier one took away does not fire.

    Conditional events are looked at as well: call it after the facts were changed from outside.
    """

    def ring(process: tokens.Process) -> None:
        for _ in range(loop.BUDGET):
            task = _next_due(process, now)
            if task is None:
                return
            task.task_spec.happen(task.workflow.run, task, {}, "timer")
            loop.settle(process)
        raise Trouble("", "一次触发的定时太多。", "Too many timers fired at once.")

    return _advance(model, document, facts, now, ring)


def terminate(model: Model, document: State, facts: Facts, *, result: str, now: datetime) -> Advance:
    """End a running process from outside, as a terminate end event would: everything that waits is taken away.

    `result` is said in the place of an end event's. ValueError when the process is over already.
    """
    if _over(document):
        raise ValueError("the process is over")
    ending = Ended("", "", result)
    return replace(_advance(model, document, facts, now, tokens.clear), ended=ending)


def changed(
    model: Model, document: State, facts: Facts, act: Callable[[tokens.Process], None], *, now: datetime
) -> Advance:
    """A step made by hand: `act` changes the tokens (see `repair`)."""
    return _advance(model, document, facts, now, act)


def marks(model: Model, document: State) -> Marks:
    """What the diagram shows: where the case was, where it stands, which way it came."""
    standing = [*document.get("tokens", ()), *(t for scope in document.get("scopes", ()) for t in scope["tokens"])]
    return Marks(
        done=frozenset(document.get("done", ())),
        current=frozenset(_node(token) for token in standing if tokens.LISTENS.isdisjoint(token["about"])),
        flows=frozenset(document.get("flows", ())) & model.flows.keys(),
    )


def _advance(
    model: Model, document: State, facts: Facts, now: datetime, act: Callable[[tokens.Process], None]
) -> Advance:
    run = Run(model, facts, now)
    process = state.load(document, run) if document else tokens.Process(model, run)
    waits = _waits(process)
    try:
        act(process)
        loop.settle(process)
        return _told(process, document)
    except Trouble as trouble:
        incident = Incident(trouble.node, trouble.zh, trouble.en, trouble.error, tuple(run.passed))
        return Advance(document, dict(facts), incident=incident, warnings=tuple(run.warnings), **waits)


def _told(process: tokens.Process, document: State) -> Advance:
    run = process.run
    return Advance(
        state=state.dump(process, document),
        facts=run.data.own,
        opened=tuple(run.opened.values()),
        closed=tuple(run.closed),
        jobs=tuple(run.jobs.values()),
        outcomes=tuple(run.outcomes),
        passed=tuple(run.passed),
        ended=run.ended() if tokens.empty(process) and not _over(document) else None,
        warnings=tuple(run.warnings),
        decisions=tuple(run.decisions),
        signals=tuple(run.signals),
        messages=tuple(run.messages),
        **_waits(process),
    )


def _node(token: dict[str, Any]) -> str:
    """The drawn node of a token in a document."""
    return str(token["node"]).removesuffix(INSTANCE).removesuffix(undoing.AGAIN)


def _over(document: State) -> bool:
    """Whether the process had ended before this step."""
    return bool(document) and not document["tokens"]


def _complete(process: tokens.Process, token: str, answers: Facts, kind: type[Person]) -> None:
    task = _held(process, token, kind)
    task.task_spec.answer(task.workflow.run, task, expressions.plain(dict(answers)))
    task.run()


def _held(process: tokens.Process, token: str, kind: type[Person]) -> Task:
    for task in tokens.everywhere(process):
        if str(task.id) != token or task.state != TaskState.READY or not isinstance(task.task_spec, kind):
            continue
        if kind is Machine or not isinstance(task.task_spec, Machine):
            return task
    raise TaskCancelled


def _tell(
    model: Model, document: State, facts: Facts, now: datetime, give: Callable[[tokens.Process], None]
) -> Advance | None:
    """Give something that waits for it what happened; None when nothing does. An empty state begins with it."""

    def act(process: tokens.Process) -> None:
        if not document:
            tokens.expect(process)
        give(process)

    try:
        return _advance(model, document, facts, now, act)
    except _Unheard:
        return None


def _is_for(task: Task, name: str, key: str) -> bool:
    """Whether a token waits for this message. What begins a process waits for any key."""
    about = task.internal_data
    return about.get("message") == name and about.get("key") in ("", key)


def _next_due(process: tokens.Process, now: datetime) -> Task | None:
    waits = [
        (found.due, task) for task in tokens.everywhere(process) if (found := alarms.due(task)) and found.due <= now
    ]
    return min(waits, key=lambda pair: pair[0])[1] if waits else None


def _waits(process: tokens.Process) -> dict[str, Any]:
    """What the process waits for, by the names of `Advance`."""
    held = (task.task_spec.caught.id for task in tokens.everywhere(process) if conditions.waits(task))
    return {
        "timers": timers(process),
        "waiting": awaited(process),
        "listening": listening(process),
        "conditions": tuple(held),
    }

"""The runtime as a function: a state and what happened go in, an `Advance` comes out.

No session, no clock, no memory between calls.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.errors import TaskCancelled
from engine.runtime import alarms, expressions, loop, state, throwing, tokens
from engine.runtime.activities import Machine, Person
from engine.runtime.run import Run
from engine.runtime.several import INSTANCE
from engine.runtime.told import Advance, Awaited, Incident, Listening, Marks, TimerDue
from engine.runtime.trouble import Trouble
from engine.runtime.values import Model

State = dict[str, Any]
Facts = Mapping[str, Any]
_LISTENS = ("host", "watch")  # no token of the flow


def start(model: Model, facts: Facts, *, now: datetime) -> Advance:
    """Begin a process. With an incident the state is empty."""
    return _advance(model, {}, facts, now, tokens.begin)


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
    if not document:
        return _begin_with(model, "message", name, payload, facts, now)
    run = Run(model, facts, now)
    wanted = (name, str(key))
    if not any((a.name, a.key) == wanted for a in _awaited(state.load(document, run))):
        return None

    def give(process: tokens.Process) -> None:
        waiting = tokens.everywhere(process)
        task = next(t for t in waiting if (t.internal_data.get("message"), t.internal_data.get("key")) == wanted)
        task.task_spec.happen(task.workflow.run, task, expressions.plain(dict(payload)), "message")

    return _advance(model, document, facts, now, give)


def signal(model: Model, document: State, name: str, payload: Facts, facts: Facts, *, now: datetime) -> Advance | None:
    """Let every event of the process that waits for the signal have it. With an empty state it starts the process.

    None when nothing waits for it: a signal is not kept.
    """
    if not document:
        return _begin_with(model, "signal", name, payload, facts, now)
    tokens_ = tokens.everywhere(state.load(document, Run(model, facts, now)))
    if not any(task.internal_data.get("signal") == name for task in tokens_):
        return None
    given = expressions.plain(dict(payload))
    return _advance(model, document, facts, now, lambda process: throwing.broadcast(process, name, given))


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


def marks(model: Model, document: State) -> Marks:
    """What the diagram shows: where the case was, where it stands, which way it came."""
    standing = [*document.get("tokens", ()), *(t for scope in document.get("scopes", ()) for t in scope["tokens"])]
    return Marks(
        done=frozenset(document.get("done", ())),
        current=frozenset(t["node"].removesuffix(INSTANCE) for t in standing if t["about"].keys().isdisjoint(_LISTENS)),
        flows=frozenset(document.get("flows", ())) & model.flows.keys(),
    )


def _advance(
    model: Model, document: State, facts: Facts, now: datetime, act: Callable[[tokens.Process], None]
) -> Advance:
    run = Run(model, facts, now)
    process = state.load(document, run) if document else tokens.Process(model, run)
    timers, awaited = _timers(process), _awaited(process)
    try:
        act(process)
        loop.settle(process)
        return _told(process, document)
    except Trouble as trouble:
        incident = Incident(trouble.node, trouble.zh, trouble.en)
        return Advance(
            document, dict(facts), timers=timers, incident=incident, warnings=tuple(run.warnings), waiting=awaited
        )


def _told(process: tokens.Process, document: State) -> Advance:
    run = process.run
    return Advance(
        state=state.dump(process, document),
        facts=run.data.own,
        opened=tuple(run.opened.values()),
        closed=tuple(run.closed),
        jobs=tuple(run.jobs.values()),
        timers=_timers(process),
        outcomes=tuple(run.outcomes),
        passed=tuple(run.passed),
        ended=run.ended() if tokens.empty(process) and not _over(document) else None,
        warnings=tuple(run.warnings),
        decisions=tuple(run.decisions),
        waiting=_awaited(process),
        signals=tuple(run.signals),
        listening=_listening(process),
    )


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


def _begin_with(model: Model, event: str, name: str, payload: Facts, facts: Facts, now: datetime) -> Advance | None:
    """Start at the start event of the process that waits for this message or signal."""
    inside = (n for n in model.nodes.values() if n.scope == model.process_id and n.event == event)
    found = next((n for n in inside if n.kind == "startEvent" and name in (n.message, n.signal)), None)
    if found is None:
        return None

    def begin(process: tokens.Process) -> None:
        process.run.take(found, expressions.plain(dict(payload)), {})
        tokens.begin(process, found.id)

    return _advance(model, {}, facts, now, begin)


def _next_due(process: tokens.Process, now: datetime) -> Task | None:
    waits = [
        (found.due, task) for task in tokens.everywhere(process) if (found := alarms.due(task)) and found.due <= now
    ]
    return min(waits, key=lambda pair: pair[0])[1] if waits else None


def _timers(process: tokens.Process) -> tuple[TimerDue, ...]:
    return tuple(found for task in tokens.everywhere(process) if (found := alarms.due(task)))


def _awaited(process: tokens.Process) -> tuple[Awaited, ...]:
    return tuple(
        Awaited(str(task.id), task.task_spec.caught.id, task.internal_data["message"], task.internal_data["key"])
        for task in tokens.everywhere(process)
        if "message" in task.internal_data
    )


def _listening(process: tokens.Process) -> tuple[Listening, ...]:
    return tuple(
        Listening(str(task.id), task.task_spec.caught.id, task.internal_data["signal"])
        for task in tokens.everywhere(process)
        if "signal" in task.internal_data
    )

"""The runtime as a function: a state and what happened go in, an `Advance` comes out.

No session, no clock, no memory between calls.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.errors import TaskCancelled
from engine.runtime import expressions, loop, state, tokens, waiting
from engine.runtime.behaviours import Machine, Person
from engine.runtime.run import Run
from engine.runtime.several import INSTANCE
from engine.runtime.trouble import Trouble
from engine.runtime.values import Advance, Incident, Marks, Model, TimerDue

State = dict[str, Any]
Facts = Mapping[str, Any]


def start(model: Model, facts: Facts, *, now: datetime) -> Advance:
    """Begin a process. With an incident the state is empty."""

    def begin(process: tokens.Process) -> None:
        for node in model.spec.first:
            tokens.place(process, node)

    return _advance(model, {}, facts, now, begin)


def finish(model: Model, document: State, task_id: str, answers: Facts, facts: Facts, *, now: datetime) -> Advance:
    """Complete a user task with its answers. `TaskCancelled` when it is not open in this state."""
    return _advance(model, document, facts, now, lambda process: _complete(process, task_id, answers, Person))


def answer(model: Model, document: State, job_id: str, result: Facts, facts: Facts, *, now: datetime) -> Advance:
    """Complete a job with its result. `TaskCancelled` when it is not waited for in this state."""
    return _advance(model, document, facts, now, lambda process: _complete(process, job_id, result, Machine))


def fire(model: Model, document: State, facts: Facts, *, now: datetime) -> Advance:
    """Fire every timer that is due at `now`, the earliest first; one that an earlier one took away does not fire."""

    def ring(process: tokens.Process) -> None:
        for _ in range(loop.BUDGET):
            task = _next_due(process, now)
            if task is None:
                return
            task.task_spec.fire(process.run, task)
            loop.settle(process)
        raise Trouble("", "一次触发的定时太多。", "Too many timers fired at once.")

    return _advance(model, document, facts, now, ring)


def marks(model: Model, document: State) -> Marks:
    """What the diagram shows: where the case was, where it stands, which way it came."""
    standing = [*document.get("tokens", ()), *(t for scope in document.get("scopes", ()) for t in scope["tokens"])]
    return Marks(
        done=frozenset(document.get("done", ())),
        current=frozenset(t["node"].removesuffix(INSTANCE) for t in standing if "host" not in t["about"]),
        flows=frozenset(document.get("flows", ())) & model.flows.keys(),
    )


def _advance(
    model: Model, document: State, facts: Facts, now: datetime, act: Callable[[tokens.Process], None]
) -> Advance:
    run = Run(model, facts, now)
    process = state.load(document, run) if document else tokens.Process(model, run)
    waiting_before = _timers(process)
    try:
        act(process)
        loop.settle(process)
        return _told(process, document)
    except Trouble as trouble:
        incident = Incident(trouble.node, trouble.zh, trouble.en)
        return Advance(document, dict(facts), timers=waiting_before, incident=incident, warnings=tuple(run.warnings))


def _told(process: tokens.Process, document: State) -> Advance:
    run = process.run
    return Advance(
        state=state.dump(process, document),
        facts=run.facts,
        opened=tuple(run.opened.values()),
        closed=tuple(run.closed),
        jobs=tuple(run.jobs.values()),
        timers=_timers(process),
        outcomes=tuple(run.outcomes),
        passed=tuple(run.passed),
        ended=run.ended() if tokens.empty(process) and not _over(document) else None,
        warnings=tuple(run.warnings),
    )


def _over(document: State) -> bool:
    """Whether the process had ended before this step."""
    return bool(document) and not document["tokens"]


def _complete(process: tokens.Process, token: str, answers: Facts, kind: type[Person]) -> None:
    task = _open(process, token, kind)
    if task is None:
        raise TaskCancelled
    task.task_spec.answer(process.run, task, expressions.plain(dict(answers)))
    task.run()


def _open(process: tokens.Process, token: str, kind: type[Person]) -> Task | None:
    for task in tokens.everywhere(process):
        if str(task.id) == token and task.state == TaskState.READY and isinstance(task.task_spec, kind):
            return None if kind is Person and isinstance(task.task_spec, Machine) else task
    return None


def _next_due(process: tokens.Process, now: datetime) -> Task | None:
    waits = [
        (found.due, task) for task in tokens.everywhere(process) if (found := waiting.due(task)) and found.due <= now
    ]
    return min(waits, key=lambda pair: pair[0])[1] if waits else None


def _timers(process: tokens.Process) -> tuple[TimerDue, ...]:
    return tuple(found for task in tokens.everywhere(process) if (found := waiting.due(task)))

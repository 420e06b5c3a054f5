"""What a process waits for: told after each step, and read from a stored state alone to compare with the rows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from SpiffWorkflow.util.task import TaskState

from engine.runtime import alarms, state, tokens
from engine.runtime.activities import Machine, Person
from engine.runtime.run import Run
from engine.runtime.told import Awaited, Listening, TimerDue
from engine.runtime.values import Model

_EPOCH = datetime.fromisoformat("2000-01-01T00:00:00+00:00")  # nothing is evaluated, so no moment matters


@dataclass(frozen=True)
class Waits:
    """Nodes of open tasks and jobs by their token's id, and what events wait for; `over`: nothing is left."""

    tasks: dict[str, str]
    jobs: dict[str, str]
    timers: tuple[TimerDue, ...]
    awaited: tuple[Awaited, ...]
    listening: tuple[Listening, ...]
    over: bool


def waits(model: Model, document: dict[str, Any]) -> Waits:
    """What is waited for. ValueError when the state was not written for this drawing."""
    process = state.load(document, Run(model, {}, _EPOCH))
    alive = tokens.everywhere(process)
    held = [task for task in alive if task.state == TaskState.READY and isinstance(task.task_spec, Person)]
    return Waits(
        tasks={str(t.id): t.task_spec.node.id for t in held if not isinstance(t.task_spec, Machine)},
        jobs={str(t.id): t.task_spec.node.id for t in held if isinstance(t.task_spec, Machine)},
        timers=timers(process),
        awaited=awaited(process),
        listening=listening(process),
        over=not alive,
    )


def timers(process: tokens.Process) -> tuple[TimerDue, ...]:
    """The timers that wait."""
    return tuple(found for task in tokens.everywhere(process) if (found := alarms.due(task)))


def awaited(process: tokens.Process) -> tuple[Awaited, ...]:
    """The messages that are waited for."""
    return tuple(
        Awaited(str(task.id), task.task_spec.caught.id, task.internal_data["message"], task.internal_data["key"])
        for task in tokens.everywhere(process)
        if "message" in task.internal_data
    )


def listening(process: tokens.Process) -> tuple[Listening, ...]:
    """The signals that are waited for."""
    return tuple(
        Listening(str(task.id), task.task_spec.caught.id, task.internal_data["signal"])
        for task in tokens.everywhere(process)
        if "signal" in task.internal_data
    )

"""What a stored process waits for, read from its state alone: to compare with what the rows say."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from SpiffWorkflow.util.task import TaskState

from engine.runtime import alarms, state, tokens
from engine.runtime.activities import Machine, Person
from engine.runtime.run import Run
from engine.runtime.values import Model

_EPOCH = datetime.fromisoformat("2000-01-01T00:00:00+00:00")  # nothing is evaluated, so no moment matters


@dataclass(frozen=True)
class Waits:
    """Nodes of open tasks and jobs, and due moments of timers, each by its token's id; `over`: nothing is left."""

    tasks: dict[str, str]
    jobs: dict[str, str]
    timers: dict[str, datetime]
    over: bool


def waits(model: Model, document: dict[str, Any]) -> Waits:
    """What is waited for. ValueError when the state was not written for this drawing."""
    process = state.load(document, Run(model, {}, _EPOCH))
    alive = tokens.everywhere(process)
    held = [task for task in alive if task.state == TaskState.READY and isinstance(task.task_spec, Person)]
    return Waits(
        tasks={str(t.id): t.task_spec.node.id for t in held if not isinstance(t.task_spec, Machine)},
        jobs={str(t.id): t.task_spec.node.id for t in held if isinstance(t.task_spec, Machine)},
        timers={found.id: found.due for task in alive if (found := alarms.due(task))},
        over=not alive,
    )

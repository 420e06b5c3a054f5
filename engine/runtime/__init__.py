"""The only door to SpiffWorkflow: drawings in, models out; a state and what happened in, an `Advance` out."""

from engine.runtime.shelf import lint, read
from engine.runtime.step import answer, finish, fire, marks, start
from engine.runtime.values import (
    Advance,
    Ended,
    Flow,
    Incident,
    ItemEnded,
    Job,
    Marks,
    Model,
    Node,
    NodeWarning,
    Opened,
    Passed,
    TimerDue,
)

__all__ = [
    "Advance",
    "Ended",
    "Flow",
    "Incident",
    "ItemEnded",
    "Job",
    "Marks",
    "Model",
    "Node",
    "NodeWarning",
    "Opened",
    "Passed",
    "TimerDue",
    "answer",
    "finish",
    "fire",
    "lint",
    "marks",
    "read",
    "start",
]

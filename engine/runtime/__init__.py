"""The only door to SpiffWorkflow: drawings in, models out; a state and what happened in, an `Advance` out."""

from engine.runtime.shelf import lint, read
from engine.runtime.step import answer, deliver, fail, finish, fire, marks, signal, start
from engine.runtime.told import (
    Advance,
    Awaited,
    Decided,
    Ended,
    Incident,
    ItemEnded,
    Job,
    Listening,
    Marks,
    NodeWarning,
    Opened,
    Passed,
    Signalled,
    TimerDue,
)
from engine.runtime.values import Flow, Model, Node

__all__ = [
    "Advance",
    "Awaited",
    "Decided",
    "Ended",
    "Flow",
    "Incident",
    "ItemEnded",
    "Job",
    "Listening",
    "Marks",
    "Model",
    "Node",
    "NodeWarning",
    "Opened",
    "Passed",
    "Signalled",
    "TimerDue",
    "answer",
    "deliver",
    "fail",
    "finish",
    "fire",
    "lint",
    "marks",
    "read",
    "signal",
    "start",
]

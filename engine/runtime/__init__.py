"""The only door to SpiffWorkflow: drawings in, models out; a state and what happened in, an `Advance` out."""

from engine.runtime.migrate import Migrated, migrate
from engine.runtime.shelf import lint, read
from engine.runtime.standing import ahead
from engine.runtime.step import answer, deliver, fail, finish, fire, marks, signal, start, starts
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
    Sent,
    Signalled,
    TimerDue,
)
from engine.runtime.values import Flow, Model, Node
from engine.runtime.waits import Waits, waits

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
    "Migrated",
    "Model",
    "Node",
    "NodeWarning",
    "Opened",
    "Passed",
    "Sent",
    "Signalled",
    "TimerDue",
    "Waits",
    "ahead",
    "answer",
    "deliver",
    "fail",
    "finish",
    "fire",
    "lint",
    "marks",
    "migrate",
    "read",
    "signal",
    "start",
    "starts",
    "waits",
]

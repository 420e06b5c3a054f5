"""The only door to SpiffWorkflow: drawings in, models out; a state and what happened in, an `Advance` out."""

from engine.runtime.changes import Cancel, Change, Move, Refusal, Reopen, Retry, Skip, Standing
from engine.runtime.migrate import Migrated, migrate
from engine.runtime.repair import earlier, repair, targets
from engine.runtime.repair_names import passed_by
from engine.runtime.repair_standing import due, standing, undecided
from engine.runtime.shelf import lint, read
from engine.runtime.standing import ahead
from engine.runtime.step import answer, deliver, fail, finish, fire, marks, signal, start, starts, terminate
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
    "Cancel",
    "Change",
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
    "Move",
    "Node",
    "NodeWarning",
    "Opened",
    "Passed",
    "Refusal",
    "Reopen",
    "Retry",
    "Sent",
    "Signalled",
    "Skip",
    "Standing",
    "TimerDue",
    "Waits",
    "ahead",
    "answer",
    "deliver",
    "due",
    "earlier",
    "fail",
    "finish",
    "fire",
    "lint",
    "marks",
    "migrate",
    "passed_by",
    "read",
    "repair",
    "signal",
    "standing",
    "start",
    "starts",
    "targets",
    "terminate",
    "undecided",
    "waits",
]

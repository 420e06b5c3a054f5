"""Life events 事件: what happens to a person or a case outside of the process, and what it means to each case.

report → confirm (a second person, of a death) → reach (each open case in a transaction of its own) → decide

A drawing that waits for the event's message takes it itself; otherwise a person decides what it means. A mistaken event
is reversed: what it ended is put back as it was, as long as nothing else has happened there (domain.md 2.0.8, 2.18).
"""

from engine.events.decide import decide
from engine.events.held import DECIDING, REPORTING, REVERSING
from engine.events.names import MESSAGES
from engine.events.reach import pending, reach
from engine.events.report import Report, confirm, late, report
from engine.events.reverse import reverse
from engine.events.typed import fields
from engine.events.view import Desk, ShownConcern, ShownEvent, ShownPerson, desk, undecided, waiting
from engine.events.withdraw import withdraw

__all__ = [
    "DECIDING",
    "MESSAGES",
    "REPORTING",
    "REVERSING",
    "Desk",
    "Report",
    "ShownConcern",
    "ShownEvent",
    "ShownPerson",
    "confirm",
    "decide",
    "desk",
    "fields",
    "late",
    "pending",
    "reach",
    "report",
    "reverse",
    "undecided",
    "waiting",
    "withdraw",
]  # fmt: skip

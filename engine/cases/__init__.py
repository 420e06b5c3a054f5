"""Cases 办件: one run of a release for one applicant. The rows follow what the runtime says."""

from engine.cases.accept import Application, accept, named
from engine.cases.deadlines import ShownClock, recompute, shown_clocks, wind, with_deadlines
from engine.cases.fire import due_cases, fire, rung
from engine.cases.held import locked, oversees, readable, spare
from engine.cases.lamps import Lit, lamps, lit
from engine.cases.listing import CaseLine, listing, taken
from engine.cases.machines import KEPT
from engine.cases.machines import rename as rename_jobs
from engine.cases.move import CLOCK, MIGRATION, move, recount, stop, vetted
from engine.cases.outcome import item_state
from engine.cases.pages import shown_total
from engine.cases.progress import Progress, ProgressItem, progress
from engine.cases.receipt import Receipt, receipt
from engine.cases.snapshot import put_back
from engine.cases.snapshot import taken as taken_down
from engine.cases.steps import Taken, alarmed, take
from engine.cases.typed import bounded
from engine.cases.view import (
    CaseView,
    ShownField,
    ShownItem,
    ShownSection,
    ShownTask,
    masked_names,
    reveal,
    shown,
    view,
)

__all__ = [
    "CLOCK",
    "KEPT",
    "MIGRATION",
    "Application",
    "CaseLine",
    "CaseView",
    "Lit",
    "Progress",
    "ProgressItem",
    "Receipt",
    "ShownClock",
    "ShownField",
    "ShownItem",
    "ShownSection",
    "ShownTask",
    "Taken",
    "accept",
    "alarmed",
    "bounded",
    "due_cases",
    "fire",
    "item_state",
    "lamps",
    "listing",
    "lit",
    "locked",
    "masked_names",
    "move",
    "named",
    "oversees",
    "progress",
    "put_back",
    "readable",
    "receipt",
    "recompute",
    "recount",
    "rename_jobs",
    "reveal",
    "rung",
    "shown",
    "shown_clocks",
    "shown_total",
    "spare",
    "stop",
    "take",
    "taken",
    "taken_down",
    "vetted",
    "view",
    "wind",
    "with_deadlines",
]  # fmt: skip

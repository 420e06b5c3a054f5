"""Cases 办件: one run of a release for one applicant. The rows follow what the runtime says."""

from engine.cases.accept import Application, accept, named
from engine.cases.fire import due_cases, fire
from engine.cases.held import locked, oversees, readable, spare
from engine.cases.listing import CaseLine, listing, taken
from engine.cases.move import move, stop, vetted
from engine.cases.progress import Progress, ProgressItem, progress
from engine.cases.receipt import Receipt, receipt
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
    "Application", "CaseLine", "CaseView", "Progress", "ProgressItem", "Receipt", "ShownField", "ShownItem",
    "ShownSection", "ShownTask", "accept", "bounded", "due_cases", "fire", "listing", "locked", "masked_names",
    "move", "named", "oversees", "progress", "readable", "receipt", "reveal", "shown", "spare", "stop", "taken",
    "vetted", "view",
]  # fmt: skip

"""Cases 办件: one run of a release for one applicant. The rows follow what the runtime says."""

from engine.cases.accept import Application, accept, named
from engine.cases.fire import due_cases, fire
from engine.cases.held import locked, readable
from engine.cases.listing import CaseLine, CasePage, listing, taken
from engine.cases.move import move, vetted
from engine.cases.progress import Progress, ProgressItem, progress
from engine.cases.receipt import Receipt, receipt
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
    "Application", "CaseLine", "CasePage", "CaseView", "Progress", "ProgressItem", "Receipt", "ShownField",
    "ShownItem", "ShownSection", "ShownTask", "accept", "due_cases", "fire", "listing", "locked", "masked_names",
    "move", "named", "progress", "readable", "receipt", "reveal", "shown", "taken", "vetted", "view",
]  # fmt: skip

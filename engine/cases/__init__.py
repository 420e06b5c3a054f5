"""Cases 办件: one run of a release for one applicant. The rows follow what the runtime says."""

from engine.cases.accept import Application, accept, named
from engine.cases.deadlines import ShownClock, recompute, shown_clocks, wind, with_deadlines
from engine.cases.dependants import fallen, followed
from engine.cases.duplicates import Duplicate, compared, duplicates
from engine.cases.duplicates import Line as Compared
from engine.cases.exported import taken_out
from engine.cases.fire import due_cases, fire, rung
from engine.cases.handover import Handed, hand_over
from engine.cases.held import locked, oversees, readable, spare
from engine.cases.joint import awaited, closes, may_close
from engine.cases.lamps import Lit, lamps, lit
from engine.cases.listing import CaseLine, listing, matching, taken
from engine.cases.machines import KEPT
from engine.cases.machines import rename as rename_jobs
from engine.cases.move import CLOCK, MIGRATION, move, recount, stop, vetted
from engine.cases.notices import corrected, notice, notice_of, notices_of, printed, query_code
from engine.cases.outcome import GRANTED, item_state
from engine.cases.pages import shown_total
from engine.cases.papers import PaperView, ShownPaper, attach, hand_in, may_grant, paper, refute, remind, scan
from engine.cases.pieces import ShownField, ShownItem, ShownSection, ShownTask
from engine.cases.progress import Progress, ProgressItem, owned, progress
from engine.cases.receipt import Receipt, receipt
from engine.cases.running import began
from engine.cases.snapshot import put_back
from engine.cases.snapshot import taken as taken_down
from engine.cases.sources import still
from engine.cases.steps import Taken, alarmed, take
from engine.cases.stops import of_case as stood_still
from engine.cases.stops import pauses
from engine.cases.supplement import SupplementView, ask_for, supplement, tell
from engine.cases.typed import bounded, said
from engine.cases.view import CaseView, masked_names, reveal, shown, view
from engine.cases.whole import whole

__all__ = [
    "CLOCK", "GRANTED", "KEPT", "MIGRATION", "Application", "CaseLine", "CaseView", "Compared", "Duplicate", "Handed",
    "Lit", "PaperView", "Progress", "ProgressItem", "Receipt", "ShownClock", "ShownField", "ShownItem", "ShownPaper",
    "ShownSection", "ShownTask", "SupplementView", "Taken", "accept", "alarmed", "ask_for", "attach", "awaited",
    "began", "bounded", "closes", "compared", "corrected", "due_cases", "duplicates", "fallen", "fire", "followed",
    "hand_in", "hand_over", "item_state", "lamps", "listing", "lit", "locked", "masked_names", "matching",
    "may_close", "may_grant", "move", "named", "notice", "notice_of", "notices_of", "oversees", "owned", "paper",
    "pauses", "printed", "progress", "put_back", "query_code", "readable", "receipt", "recompute", "recount",
    "refute", "remind", "rename_jobs", "reveal", "rung", "said", "scan", "shown", "shown_clocks", "shown_total",
    "spare", "still", "stood_still", "stop", "supplement", "take", "taken", "taken_down", "taken_out", "tell",
    "vetted", "view", "whole", "wind", "with_deadlines",
]  # fmt: skip

"""Materials 材料: the papers of a case, collected once and used by many items."""

from engine.materials.asking import (
    Line,
    Notice,
    ask,
    ask_by_decision,
    lacking,
    notices,
    supplied,
    tell_once,
)
from engine.materials.bills import mark_bills, used_before
from engine.materials.checklist import LACKING, WRONG_STATE, Paper, check, checklist, choices
from engine.materials.files import Scan, add, counts, discard, drop, hand_over, scan, scans, unnamed
from engine.materials.memory import again, kept
from engine.materials.rows import brought, expected, gathered_for, record, refute, restate, standing, tell
from engine.materials.taking import Taken, take_in
from engine.materials.tolerance import granted_as, late, outstanding, withheld

__all__ = [
    "LACKING", "WRONG_STATE", "Line", "Notice", "Paper", "Scan", "Taken", "add", "again", "ask", "ask_by_decision",
    "brought", "check", "checklist", "choices", "counts", "discard", "drop", "expected", "gathered_for", "granted_as",
    "hand_over", "kept", "lacking", "late", "mark_bills", "notices", "outstanding", "record", "refute", "restate",
    "scan", "scans", "standing", "supplied", "take_in", "tell", "tell_once", "unnamed", "used_before", "withheld",
]  # fmt: skip

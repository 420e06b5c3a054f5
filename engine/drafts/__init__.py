"""Drafts 暂存: an application being taken at a window, until it is accepted. Nothing typed is ever lost."""

from engine.drafts.accept import accept
from engine.drafts.change import decide, discard, fill, save, situate, start, stored_sources
from engine.drafts.guide import Guide, GuideLine
from engine.drafts.papers import DraftPaper, attach, detach, paper, scan
from engine.drafts.received import (
    Received,
    ask_missing,
    deem,
    overdue,
    receipt,
    receive,
    received,
    recount,
    refuse,
    take_over,
)
from engine.drafts.sources import KEEP, USE, Heard, Source, of_case
from engine.drafts.view import DraftLine, DraftView, mine, preview, view

__all__ = [
    "KEEP", "USE", "DraftLine", "DraftPaper", "DraftView", "Guide", "GuideLine", "Heard", "Received", "Source",
    "accept", "ask_missing", "attach", "decide", "deem", "detach", "discard", "fill", "mine", "of_case", "overdue",
    "paper", "preview", "receipt", "receive", "received", "recount", "refuse", "save", "scan", "situate", "start",
    "stored_sources", "take_over", "view",
]  # fmt: skip

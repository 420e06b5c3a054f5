"""Drafts 暂存: an application being taken at a window, until it is accepted. Nothing typed is ever lost."""

from engine.drafts.accept import accept
from engine.drafts.change import discard, save, situate, start
from engine.drafts.received import (
    Received,
    asked_supplement,
    deem,
    overdue,
    receipt,
    receive,
    received,
    recount,
    refuse,
)
from engine.drafts.view import DraftLine, DraftView, mine, preview, view

__all__ = [
    "DraftLine", "DraftView", "Received", "accept", "asked_supplement", "deem", "discard", "mine", "overdue", "preview",
    "receipt", "receive", "received", "recount", "refuse", "save", "situate", "start", "view",
]  # fmt: skip

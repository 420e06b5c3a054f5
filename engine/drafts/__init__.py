"""Drafts 暂存: an application being taken at a window, until it is accepted. Nothing typed is ever lost."""

from engine.drafts.accept import accept
from engine.drafts.change import discard, save, situate, start
from engine.drafts.papers import DraftPaper, attach, detach, paper, scan
from engine.drafts.view import DraftLine, DraftView, mine, preview, view

__all__ = [
    "DraftLine", "DraftPaper", "DraftView", "accept", "attach", "detach", "discard", "mine", "paper", "preview",
    "save", "scan", "situate", "start", "view",
]  # fmt: skip

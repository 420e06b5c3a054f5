"""Drafts 暂存: an application being taken at a window, until it is accepted. Nothing typed is ever lost."""

from engine.drafts.accept import accept
from engine.drafts.change import discard, save, situate, start
from engine.drafts.guide import Guide, GuideLine
from engine.drafts.view import DraftLine, DraftView, mine, preview, view

__all__ = [
    "DraftLine", "DraftView", "Guide", "GuideLine", "accept", "discard", "mine", "preview", "save", "situate", "start",
    "view",
]  # fmt: skip

"""Drafts 暂存: an application being taken at a window, until it is accepted. Nothing typed is ever lost."""

from engine.drafts.accept import accept
from engine.drafts.change import decide, discard, fill, save, situate, start, stored_sources
from engine.drafts.sources import KEEP, USE, Heard, Source, of_case
from engine.drafts.view import DraftLine, DraftView, mine, preview, view

__all__ = [
    "KEEP",
    "USE",
    "DraftLine",
    "DraftView",
    "Heard",
    "Source",
    "accept",
    "decide",
    "discard",
    "fill",
    "mine",
    "of_case",
    "preview",
    "save",
    "situate",
    "start",
    "stored_sources",
    "view",
]  # fmt: skip

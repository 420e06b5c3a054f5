"""Migration 迁移: moving a running case to another release of its pack: previewed, recorded, undoable."""

from engine.migration.apply import apply, undo
from engine.migration.plan import Verdict, candidates, preview

__all__ = ["Verdict", "apply", "candidates", "preview", "undo"]

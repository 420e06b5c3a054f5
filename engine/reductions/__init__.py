"""The four reductions 四减: what the items of a pack take apart against what they take together. See README.md here."""

from engine.reductions.figures import Figure, Line, Reductions
from engine.reductions.planned import planned
from engine.reductions.reading import of_case, of_progress

__all__ = ["Figure", "Line", "Reductions", "of_case", "of_progress", "planned"]

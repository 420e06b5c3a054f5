"""Figures 督查统计: what stands where and how it went, counted from rows. Readings only. See README.md here.

term → board, each figure of which is counted by what the list behind it selects (`counted.selected`).
"""

from engine.figures.behind import Line, behind
from engine.figures.board import Board, County, Load, Row, board
from engine.figures.counted import POSTS, Counted, Wish
from engine.figures.heat import Heat, Step, heat
from engine.figures.indicators import Goal, Indicator, Measured, goals, measured
from engine.figures.term import YEARS, Term, term, terms
from engine.figures.xes import write as write_xes

__all__ = [
    "POSTS", "YEARS", "Board", "Counted", "County", "Goal", "Heat", "Indicator", "Line", "Load", "Measured", "Row",
    "Step", "Term", "Wish", "behind", "board", "goals", "heat", "measured", "term", "terms", "write_xes",
]  # fmt: skip

"""Readable diagram interchange for any model: drawn anew, or completed around what a person placed. See README.md."""

from engine.layout.measures import Measures
from engine.layout.sheet import draw, judge

__all__ = ["Measures", "draw", "judge"]

"""The built-in functions of FEEL, one file for each theme of DMN 1.5 section 10.3.4."""

from engine.feel.builtins import (  # imported so that they declare their functions
    aggregates,
    contexts,
    conversion,
    dates,
    lists,
    numbers,
    patterns,
    ranges,
    strings,
)
from engine.feel.builtins.registry import BUILTINS

__all__ = [
    "BUILTINS",
    "aggregates",
    "contexts",
    "conversion",
    "dates",
    "lists",
    "numbers",
    "patterns",
    "ranges",
    "strings",
]

"""Patterns of text fields: the part of regular expressions that means the same in every browser and here."""

import regex

from engine.forms import messages
from engine.forms.clean import Wrong

LONGEST = 200
SECONDS = 0.1  # a pattern that needs longer backtracks without end

_ALIKE = regex.compile(r"(?:[^\\(]|\\[dDwWbB.*+?^$|()\[\]{}\\/\-]|\((?:\?(?:[:=!]))?(?!\?))*")


def fault(pattern: str) -> str:
    """Why this pattern cannot be used, empty when it can."""
    if len(pattern) > LONGEST:
        return f"{len(pattern)} > {LONGEST}"
    if not _ALIKE.fullmatch(pattern):
        return "unsupported escape or group"
    try:
        regex.compile(pattern, regex.ASCII)
    except (regex.error, OverflowError, RecursionError) as error:
        return str(error)
    return ""


def demand(pattern: str, text: str, reason: str) -> None:
    """Raise `Wrong` unless the pattern is found in the text (anchors are the pattern's own affair, as in form-js)."""
    try:
        found = regex.search(pattern, text, regex.ASCII, timeout=SECONDS)
    except TimeoutError:
        found = None
    if not found:
        raise Wrong(messages.PATTERN_BECAUSE, reason=reason) if reason else Wrong(messages.PATTERN)

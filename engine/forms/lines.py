"""Where in a file something stands, found by searching its text: with two equal texts the first one is named."""

import json
import re


def line_at(text: str, position: int) -> int:
    """The 1-based line of a character position."""
    return text.count("\n", 0, position) + 1


def line_of(text: str, needle: str) -> int:
    """The line of the first occurrence of `needle`; 0 when there is none."""
    position = text.find(needle)
    return line_at(text, position) if position >= 0 else 0


def line_of_json(text: str, value: str, name: str = "") -> int:
    """The line where JSON holds this string, as the value of the property `name` if one is given; 0 when not found."""
    before = rf'"{re.escape(name)}"\s*:\s*' if name else ""
    for ascii_only in (False, True):
        found = re.search(before + re.escape(json.dumps(value, ensure_ascii=ascii_only)), text)
        if found:
            return line_at(text, found.end())
    return 0

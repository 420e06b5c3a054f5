"""Small questions about the tables of `pack.toml` that its parts share."""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from engine import feel
from engine.forms import lines
from engine.forms.shape import Reading, is_name

W = TypeVar("W", bound=StrEnum)
NEVER = feel.compile("false")
CODE = re.compile(r"[a-z][a-z0-9_]*")
RESERVED = frozenset({"parameters", "case"})


def line_of(text: str, name: str, value: str) -> int:
    """The line of `name = "value"`, or of the value anywhere; 0 when there is none."""
    found = re.search(rf"{name}\s*=\s*[\"']{re.escape(value)}[\"']", text)
    return lines.line_at(text, found.start()) if found else lines.line_of(text, value) if value else 0


def line_of_key(text: str, name: str) -> int:
    """The line that begins with `name =`; 0 when there is none."""
    found = re.search(rf"^{name}\s*=", text, re.MULTILINE)
    return lines.line_at(text, found.start()) if found else 0


def need(reading: Reading, document: Mapping[str, Any], names: Iterable[str], where: str, line: int) -> None:
    """Note every key that is missing or empty."""
    for name in names:
        if document.get(name) in (None, "", []):
            reading.refuse("missing-key", line, where=where, name=name)


def word(reading: Reading, kind: type[W], value: str, where: str, name: str, line: int, known: Iterable[W]) -> W | None:
    """The word of a vocabulary, or None when it is none of `known`."""
    if value in set(known):
        return kind(value)
    reading.refuse("bad-value", line, where=where, name=name, value=value, known=", ".join(sorted(known)))
    return None


def codes_are_good(reading: Reading, codes: list[str]) -> None:
    """Note every code that FEEL could not name, that means something else already, or that stands twice."""
    for code in dict.fromkeys(codes):
        if not CODE.fullmatch(code) or code in RESERVED or codes.count(code) > 1 or not is_name(code):
            reading.refuse("bad-code", line_of(reading.text, "code", code), code=code)


def expression(
    reading: Reading, table: Mapping[str, Any], where: str, line: int, name: str = "when"
) -> feel.Expression | None:
    """The FEEL after the equals sign, never true when it cannot be read; None when there is none.

    Of the `when` of items and papers the guide says it then (`lint_guide` asks).
    """
    if name not in table:
        return None
    source = reading.string(table, name, where, line)
    if source and not source.startswith("="):
        reading.refuse("feel-equals", line, text=source)
    try:
        return feel.compile(source[1:]) if source.startswith("=") else NEVER
    except feel.FeelError as error:
        reading.refuse("feel-syntax", line, zh=error.zh, en=error.en, cure_zh=error.cure_zh, cure_en=error.cure_en)
        return NEVER

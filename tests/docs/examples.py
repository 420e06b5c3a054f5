"""The examples of the FEEL chapter: what stands in its fenced blocks and in its tables of functions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import simplejson

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("docs/feel.md", "docs/feel.zh-CN.md")

_BLOCK = re.compile(r"^```(feel|feel-cell)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_ROW = re.compile(r"^\| `(?P<signature>[^`]+\))` \| (?P<about>[^|]+) \| `(?P<example>[^`]+)` \|$", re.MULTILINE)
_ARROW = " → "
_REFUSED = "✗ "
_REMARK = "  ⚠ "


@dataclass(frozen=True)
class Example:
    """An expression and what the page says about it; `value` is JSON, `refusal` and `remarks` are sentences."""

    page: str
    line: int
    expression: str
    is_cell: bool
    context: dict[str, Any]
    value: Any
    refusal: str | None
    remarks: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


@dataclass(frozen=True)
class Row:
    """A function in the table of functions."""

    signature: str
    about: str

    @property
    def name(self) -> str:
        """The name of the function."""
        return self.signature.partition("(")[0]

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of its parameters; … after a name means any number of them."""
        inside = self.signature.partition("(")[2].rstrip(")")
        return tuple(part.strip().removesuffix("...") for part in inside.split(",")) if inside else ()


def read(page: str) -> list[Example]:
    """All examples of a page."""
    text = (ROOT / page).read_text(encoding="utf-8")
    found = list(_in_rows(page, text))
    for block in _BLOCK.finditer(text):
        found += _in_block(page, text.count("\n", 0, block.start()) + 2, block[1] == "feel-cell", block[2].splitlines())
    return found


def rows(page: str) -> list[Row]:
    """All functions in the tables of a page."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return [Row(row["signature"], row["about"].strip()) for row in _ROW.finditer(text)]


def _in_rows(page: str, text: str) -> Iterator[Example]:
    for row in _ROW.finditer(text):
        expression, _, value = row["example"].partition(_ARROW)
        line = text.count("\n", 0, row.start()) + 1
        yield Example(page, line, expression, False, {}, simplejson.loads(value, use_decimal=True), None, ())


def _in_block(page: str, first: int, is_cell: bool, lines: list[str]) -> Iterator[Example]:
    context, pending = _context(lines[0]), ""
    for number, line in enumerate(lines[1:] if context else lines, first + bool(context)):
        if line.startswith(_REMARK):
            continue
        pending += line + "\n"
        if _ARROW not in line:
            continue
        expression, _, said = pending.rstrip("\n").rpartition(_ARROW)
        scope = context
        if is_cell:
            tested, _, expression = expression.partition(" | ")
            scope = {**context, "?": simplejson.loads(tested, use_decimal=True)}
        refusal = said.removeprefix(_REFUSED) if said.startswith(_REFUSED) else None
        value = None if refusal else simplejson.loads(said, use_decimal=True)
        remarks = tuple(_remarks(lines[number - first + 1 :]))
        yield Example(page, number, expression, is_cell, scope, value, refusal, remarks)
        pending = ""
    if pending:
        raise ValueError(f"{page}: an example without {_ARROW.strip()}: {pending}")


def _context(line: str) -> dict[str, Any]:
    """The data in the first line of a block, if it is data."""
    if _ARROW in line:
        return {}
    try:
        found: dict[str, Any] = simplejson.loads(line, use_decimal=True)
    except simplejson.JSONDecodeError:
        return {}
    return found


def _remarks(lines: list[str]) -> Iterator[str]:
    for line in lines:
        if not line.startswith(_REMARK):
            return
        yield line.removeprefix(_REMARK)

"""The rows of a list as they are posted.

`members` names the rows in their order, each by a mark that stays with it while others come and go; `members.3.income`
is an answer in the row marked 3. So a row taken away leaves no gap that could move an answer to somebody else.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from engine.forms import messages
from engine.forms.clean import Wrong
from engine.forms.model import Field, Form, Rows
from engine.forms.paths import Raw

MOST = 100  # rows of any list; a page with more is not filled in by a person
MARK = re.compile(r"[1-9][0-9]{0,5}")


@dataclass(frozen=True)
class Place:
    """A field where it stands: `address` is what it posts under, `row` the list it is in and its position there."""

    address: str
    field: Field
    row: tuple[Field, int] | None = None


def marks(field: Field, raw: Raw) -> tuple[str, ...]:
    """The marks of the rows there are, as far as they can be told apart; those shown at first if nothing was said."""
    rows = _rows(field)
    if field.key not in raw:
        return tuple(str(number) for number in range(1, max(rows.first, rows.least) + 1))
    good = dict.fromkeys(mark for mark in _said(field, raw) if MARK.fullmatch(mark))
    return tuple(good)[: rows.most]


def rows(field: Field, raw: Raw) -> tuple[tuple[str, dict[str, Any]], ...]:
    """Each row's mark and what was posted in it, by the keys inside the row."""
    found: dict[str, dict[str, Any]] = {mark: {} for mark in marks(field, raw)}
    before = f"{field.key}."
    for address, value in raw.items():
        mark, dot, key = address.removeprefix(before).partition(".") if address.startswith(before) else ("", "", "")
        if dot and mark in found:
            found[mark][key] = value
    return tuple(found.items())


def demand(field: Field, raw: Raw, stored: object) -> None:
    """Raise `Wrong` unless the rows can be told apart and are as many as there may be. `stored`: the list so far."""
    said, known = _said(field, raw), marks(field, raw)
    limits = _rows(field)
    if len(said) > limits.most:
        raise Wrong(messages.ROWS_MANY, limit=limits.most, count=len(said))
    if field.key in raw and len(said) != len(known):
        raise Wrong(messages.ROWS_BROKEN)
    if len(known) < limits.least:
        raise Wrong(messages.ROWS_FEW, limit=limits.least, count=len(known))
    if limits.fixed and known != tuple(str(n) for n in range(1, _count(stored) + 1)):
        raise Wrong(messages.ROWS_FIXED)


def places(form: Form, raw: Raw) -> Iterator[Place]:
    """Every field as it stands on the page, lists before the fields of their rows."""
    for field in form.fields:
        yield Place(field.key, field)
        for position, mark in enumerate(marks(field, raw) if field.rows else (), 1):
            for inner in _rows(field).form.fields:
                yield Place(f"{field.key}.{mark}.{inner.key}", inner, (field, position))


def added(raw: Raw, key: str) -> dict[str, Any]:
    """What was posted, with one more row in the list `key`."""
    there = [mark for mark in _marks(raw.get(key, "")) if MARK.fullmatch(mark)]
    return {**raw, key: [*there, str(max(map(int, there), default=0) + 1)]}


def removed(raw: Raw, address: str) -> dict[str, Any]:
    """What was posted, without the row `address` (`members.3`)."""
    key, _, mark = address.rpartition(".")
    kept = {name: value for name, value in raw.items() if not name.startswith(f"{address}.")}
    return {**kept, key: ["", *(each for each in _marks(raw.get(key, "")) if each not in ("", mark))]}


def over(form: Form, stored: Raw, typed: Raw) -> dict[str, Any]:
    """What was typed above what was stored; of a list that was typed again, no stored row shines through."""
    typed_again = tuple(f"{field.key}." for field in form.fields if field.rows and field.key in typed)
    return {key: value for key, value in stored.items() if not key.startswith(typed_again)} | dict(typed)


def _rows(field: Field) -> Rows:
    if field.rows is None:
        raise ValueError(f"{field.key} is no list")
    return field.rows


def _said(field: Field, raw: Raw) -> list[str]:
    return [mark for mark in _marks(raw.get(field.key, "")) if mark]


def _marks(said: Any) -> list[str]:
    return [said] if isinstance(said, str) else [str(mark) for mark in said]


def _count(stored: object) -> int:
    return len(stored) if isinstance(stored, list) else 0

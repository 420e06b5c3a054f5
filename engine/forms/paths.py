"""Flat dotted keys, as an HTML form posts them, and nested answers, as FEEL sees them."""

import re
from collections.abc import Mapping
from typing import Any

from engine.forms.model import Form

_MARK = re.compile(r"\.[0-9]+\.")
Raw = Mapping[str, Any]  # address → text or list of text, as posted; other values count as `flatten` writes them


def nest(flat: Mapping[str, Any]) -> dict[str, Any]:
    """`{"groom.name": 1}` → `{"groom": {"name": 1}}`. No key may be the beginning of another (`read` sees to it)."""
    nested: dict[str, Any] = {}
    for key, value in flat.items():
        *path, last = key.split(".")
        place = nested
        for part in path:
            place = place.setdefault(part, {})
        place[last] = value
    return nested


def flatten(nested: Mapping[str, Any]) -> dict[str, str | list[str]]:
    """The reverse of `nest`, with values as a browser would post them: true is "true", null is empty.

    A list of contexts becomes the marks of its rows and the answers in each (rows.py).
    """
    return _flat(nested, "")


def said(form: Form, facts: Mapping[str, Any]) -> dict[str, str | list[str]]:
    """What a form was filled in with, as posted: the facts of a case, as far as they are answers to this form."""
    return {address: value for address, value in flatten(facts).items() if form.at(address)}


def names_in(facts: Mapping[str, Any]) -> frozenset[str]:
    """The dotted names FEEL may read in a document; what is in the rows of a list is called `members.income`."""
    return frozenset(_MARK.sub(".", address) for address in flatten(facts))


def value_at(document: object, key: str) -> Any:
    """What a nested document holds under a dotted key; None when nothing."""
    for part in key.split("."):
        document = document.get(part) if isinstance(document, Mapping) else None
    return document


def values_at(document: object, key: str) -> list[Any]:
    """The value under a dotted key, None when nothing; inside a list one of each row, `children.born_on`."""
    head, _, rest = key.partition(".")
    value = document.get(head) if isinstance(document, Mapping) else None
    if not rest:
        return [value]
    rows = value if isinstance(value, list | tuple) else [value]
    return [each for row in rows for each in values_at(row, rest)]


def overlay(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Both documents in one; where both say something, `above` wins."""
    merged = dict(below)
    for key, value in above.items():
        old = merged.get(key)
        merged[key] = overlay(old, value) if isinstance(old, Mapping) and isinstance(value, Mapping) else value
    return merged


def _flat(nested: Mapping[str, Any], prefix: str) -> dict[str, str | list[str]]:
    flat: dict[str, str | list[str]] = {}
    for key, value in nested.items():
        if isinstance(value, Mapping):
            flat.update(_flat(value, f"{prefix}{key}."))
        elif isinstance(value, list | tuple) and any(isinstance(row, Mapping) for row in value):
            rows = {str(number): row for number, row in enumerate(value, 1) if isinstance(row, Mapping)}
            flat[prefix + key] = list(rows)
            flat.update(_flat(rows, f"{prefix}{key}."))
        else:
            flat[prefix + key] = [_posted(one) for one in value] if isinstance(value, list | tuple) else _posted(value)
    return flat


def _posted(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)

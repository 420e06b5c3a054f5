"""Rows of which a form asks only a part: whoever corrects that part must not lose the rest."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from engine.forms.model import Field, Form
from engine.forms.paths import overlay, value_at


def fixing(form: Form, keys: Collection[str]) -> Form:
    """The form whose lists under `keys` have fixed rows."""

    def fix(field: Field) -> Field:
        return replace(field, rows=replace(field.rows, fixed=True)) if field.rows and field.key in keys else field

    sections = tuple(replace(section, fields=tuple(map(fix, section.fields))) for section in form.sections)
    return replace(form, sections=sections)


def whole(form: Form, stored: Mapping[str, Any], answers: Mapping[str, Any]) -> dict[str, Any]:
    """Clean answers whose fixed rows also hold, as it was stored, what this form does not ask of them."""
    found = dict(answers)
    for field in form.fields:
        old, new = value_at(stored, field.key), value_at(answers, field.key)
        if field.rows and field.rows.fixed and isinstance(old, list) and isinstance(new, list):
            keys = field.rows.form.keys
            rows = [overlay(_others(before, keys), row) for before, row in zip(old, new, strict=True)]
            found = overlay(found, _at(field.key, rows))
    return found


def _at(key: str, value: object) -> dict[str, Any]:
    """A document that holds the value under a dotted key."""
    first, dot, rest = key.partition(".")
    return {first: _at(rest, value) if dot else value}


def _others(row: Mapping[str, Any], keys: Collection[str], before: str = "") -> dict[str, Any]:
    """What a row holds under other keys."""
    found: dict[str, Any] = {}
    for name, value in row.items():
        inner = _others(value, keys, f"{before}{name}.") if isinstance(value, Mapping) else value
        if before + name not in keys and inner != {}:
            found[name] = inner
    return found

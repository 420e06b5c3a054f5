"""An answer as people read it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from engine.forms.model import Field, FieldType, Form
from engine.forms.paths import value_at
from engine.forms.typed import CHECKED


def display(field: Field, value: object) -> str:
    """The words of an answer, clean or as posted: labels instead of values, ✓ or ✗ for a check box.

    Labels are the pack's own (Chinese) words, joined by 、 where there are several; rows of a list by ；.
    """
    if value is None or value == "":
        return ""
    if field.rows:
        return "；".join(_row(field.rows.form, row) for row in value) if isinstance(value, list) else ""
    if field.type is FieldType.CHECKBOX:
        return "✓" if value is True or value in CHECKED else "✗"
    labels = {choice.value: choice.label for choice in field.choices}
    texts = [_text(one) for one in (value if isinstance(value, list | tuple) else [value])]
    return "、".join(labels.get(text, text) for text in texts)


def _row(form: Form, row: Mapping[str, Any]) -> str:
    return "、".join(words for key, field in form.by_key.items() if (words := display(field, value_at(row, key))))


def _text(value: object) -> str:
    return format(value, "f") if isinstance(value, Decimal) else str(value)

"""An answer as people read it."""

from decimal import Decimal

from engine.forms.check import CHECKED
from engine.forms.model import Field, FieldType


def display(field: Field, value: object) -> str:
    """The words of an answer, clean or as posted: labels instead of values, ✓ or ✗ for a check box.

    Labels are the pack's own (Chinese) words, joined by 、 where there are several.
    """
    if value is None or value == "":
        return ""
    if field.type is FieldType.CHECKBOX:
        return "✓" if value is True or value in CHECKED else "✗"
    labels = {choice.value: choice.label for choice in field.choices}
    texts = [_text(one) for one in (value if isinstance(value, list | tuple) else [value])]
    return "、".join(labels.get(text, text) for text in texts)


def _text(value: object) -> str:
    return format(value, "f") if isinstance(value, Decimal) else str(value)

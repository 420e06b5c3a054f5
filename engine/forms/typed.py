"""What was posted for one field → its clean value, or `Wrong`."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from engine.forms import clean, messages, patterns
from engine.forms.checks import CHECKS
from engine.forms.clean import Wrong
from engine.forms.model import Field, FieldType
from engine.forms.moment import day_of
from engine.forms.paths import flatten

CHECKED = frozenset({"on", "true", "1"})
UNCHECKED = frozenset({"", "off", "false", "0"})


def value(field: Field, sent: str | list[str], today: date) -> Any:
    """Text, `Decimal`, bool, list of text, date as YYYY-MM-DD; None where nothing was said."""
    if field.type is FieldType.CHECKLIST:
        return _checklist(field, sent)
    text = _single(sent)
    if field.type is FieldType.CHECKBOX:
        return _checkbox(text)
    typed = _typed(field, text)
    if typed == "":
        return None
    if isinstance(typed, str):
        typed = CHECKS[field.check][1](typed, today) if field.check else typed
        _demand(field, typed)
    return typed


def acceptable(field: Field, said: object, now: datetime) -> str:
    """What a department said, as it would be typed into the field; empty where the field cannot hold it."""
    text = "" if said is None else str(flatten({"said": said})["said"])
    try:
        value(field, text, day_of(now))
    except Wrong:
        return ""
    return text.strip()


def _single(sent: str | list[str]) -> str:
    if isinstance(sent, str):
        return sent
    if len(sent) > 1:
        raise Wrong(messages.ONE_VALUE, count=len(sent))
    return sent[0] if sent else ""


def _checkbox(text: str) -> bool:
    if text not in CHECKED | UNCHECKED:
        raise Wrong(messages.NOT_A_CHOICE)
    return text in CHECKED


def _checklist(field: Field, sent: str | list[str]) -> list[str]:
    chosen = {text for text in ([sent] if isinstance(sent, str) else sent) if text}
    offered = [choice.value for choice in field.choices]
    if not chosen <= set(offered):
        raise Wrong(messages.NOT_A_CHOICE)
    return [value for value in offered if value in chosen]


def _typed(field: Field, text: str) -> str | Decimal:
    if field.choices:
        if text and text not in {choice.value for choice in field.choices}:
            raise Wrong(messages.NOT_A_CHOICE)
        return text
    value = clean.typed(field.type, text, field.decimals)
    if isinstance(value, Decimal):
        _within(field, value)
    return value


def _within(field: Field, value: Decimal) -> None:
    if field.min is not None and value < field.min:
        raise Wrong(messages.TOO_SMALL, limit=field.min)
    if field.max is not None and value > field.max:
        raise Wrong(messages.TOO_LARGE, limit=field.max)


def _demand(field: Field, text: str) -> None:
    if field.max_length is not None and len(text) > field.max_length:
        raise Wrong(messages.TOO_LONG, limit=field.max_length, count=len(text))
    if field.min_length is not None and len(text) < field.min_length:
        raise Wrong(messages.TOO_SHORT, limit=field.min_length, count=len(text))
    if field.pattern:
        patterns.demand(field.pattern, text, field.pattern_message)

"""What was posted → clean answers, or every error at once."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from engine import feel
from engine.errors import FieldError, FormInvalid, PackInvalid
from engine.forms import clean, messages, patterns, rules
from engine.forms.checks import CHECKS
from engine.forms.clean import Wrong
from engine.forms.derive import derive
from engine.forms.model import Field, FieldType, Form
from engine.forms.moment import day_of
from engine.forms.paths import Raw, flatten, nest, overlay

TOTAL = 200_000  # bytes of all answers together
STRANGERS = 10  # unknown keys worth naming; a hostile form has thousands
CHECKED = frozenset({"on", "true", "1"})
UNCHECKED = frozenset({"", "off", "false", "0"})


def check(
    form: Form, raw: Raw, facts: Mapping[str, Any] | None = None, *, now: datetime, allow: Collection[str] = ()
) -> dict[str, Any]:
    """Clean answers nested by path: text, `Decimal`, bool, list of text, date as YYYY-MM-DD, None where none was given.

    `raw` is what a browser posted, by dotted key; `facts` is what the conditions may also read. Hidden fields are
    neither checked nor kept. Keys the form does not have are refused, except those in `allow` or starting with "_".
    Raises FormInvalid listing every wrong field in the order of the form, PackInvalid when a condition cannot be
    carried out.
    """
    raw = flatten(raw)
    _fits(raw)
    looked = _look(form, raw, facts or {}, now)
    errors = [*_strangers(form, raw, allow), *(e for key in form.by_key if (e := _error(form.by_key[key], looked)))]
    if errors:
        raise FormInvalid(errors)
    return nest({key: looked.values[key] for key in form.by_key if key in looked.shown})


def visible(form: Form, raw: Raw, facts: Mapping[str, Any], now: datetime) -> frozenset[str]:
    """Anchors of what is shown to somebody who has answered `raw` so far: keys of fields and marks of static text.

    Wrong answers count as none. Raises PackInvalid when a condition cannot be carried out.
    """
    looked = _look(form, raw, facts, now)
    known = overlay(facts, so_far(form, raw, facts, now))
    texts = [f for section in form.sections for f in section.fields if not f.key]
    return looked.shown | {f.mark for f in texts if not (f.hide and _is_true(form, f.hide, known, now))}


def so_far(form: Form, raw: Raw, facts: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """What of an unfinished form can be taken already, nested as by `check`: wrong and hidden answers are None."""
    looked = _look(form, raw, facts, now)
    return nest({key: looked.values[key] if key in looked.shown else None for key in form.by_key})


@dataclass(frozen=True)
class _Look:
    """Clean values by key (None: nothing said, or said wrong), what is wrong, and which fields are shown."""

    values: Mapping[str, Any]
    wrong: Mapping[str, Wrong]
    shown: frozenset[str]


def _fits(raw: Raw) -> None:
    texts = [*raw, *(text for value in raw.values() for text in (value if isinstance(value, list) else [value]))]
    count = sum(len(text.encode("utf-8", "surrogatepass")) for text in texts)
    if count > TOTAL:
        facts = {"limit": TOTAL // 1000, "count": -(-count // 1000)}
        raise FormInvalid([FieldError("", "", messages.TOO_MUCH, facts)])


def _look(form: Form, raw: Raw, facts: Mapping[str, Any], now: datetime) -> _Look:
    derived = derive(form, raw)
    values: dict[str, Any] = {}
    wrong: dict[str, Wrong] = {}
    for field in form.fields:
        try:
            values[field.key] = _value(field, derived.get(field.key, ""), day_of(now))
        except Wrong as reason:
            values[field.key], wrong[field.key] = None, reason
    return _Look(values, wrong, _shown(form, values, facts, now))


def _shown(form: Form, values: Mapping[str, Any], facts: Mapping[str, Any], now: datetime) -> frozenset[str]:
    """Fields in the order they depend on each other, so that what a hidden field says counts for nothing."""
    known = dict.fromkeys(form.keys)
    shown: set[str] = set()
    for key in form.order:
        field = form.by_key[key]
        if field.derived_from and field.derived_from not in shown:
            continue
        if field.hide and _is_true(form, field.hide, overlay(facts, nest(known)), now):
            continue
        shown.add(key)
        known[key] = values[key]
    return frozenset(shown)


def _is_true(form: Form, condition: feel.Expression, facts: Mapping[str, Any], now: datetime) -> bool:
    try:
        return condition.evaluate(facts, now=now).value is True
    except feel.FeelError as error:
        said = {"zh": error.zh, "en": error.en, "cure_zh": error.cure_zh, "cure_en": error.cure_en}
        raise PackInvalid([rules.finding(form.id, 0, "form-feel", **said)]) from None


def _strangers(form: Form, raw: Raw, allow: Collection[str]) -> list[FieldError]:
    strange = [key for key in raw if key not in form.keys and key not in allow and not key.startswith("_")]
    shown = [key.encode("utf-8", "replace").decode()[:80] for key in strange[:STRANGERS]]
    return [FieldError(key, key, messages.UNKNOWN_KEY, {"key": key}) for key in shown]


def _error(field: Field, looked: _Look) -> FieldError | None:
    if field.key not in looked.shown or field.derived_from in looked.wrong:
        return None
    reason = looked.wrong.get(field.key)
    if reason:
        return FieldError(field.key, field.label, reason.message, {"label": field.label, **reason.facts})
    value = looked.values[field.key]
    if field.required and (value is None or value is False or value == []):
        return FieldError(field.key, field.label, messages.REQUIRED, {"label": field.label})
    return None


def _value(field: Field, sent: str | list[str], today: date) -> Any:
    if field.type is FieldType.CHECKLIST:
        return _checklist(field, sent)
    text = _single(sent)
    if field.type is FieldType.CHECKBOX:
        return _checkbox(text)
    value = _typed(field, text)
    if value == "":
        return None
    if isinstance(value, str):
        value = CHECKS[field.check][1](value, today) if field.check else value
        _demand(field, value)
    return value


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

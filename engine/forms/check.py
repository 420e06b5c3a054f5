"""What was posted → clean answers, or every error at once."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from engine.errors import FieldError, FormInvalid
from engine.forms import messages, rows
from engine.forms.derive import derive
from engine.forms.look import Looked, look
from engine.forms.model import Form
from engine.forms.paths import Raw, flatten, nest

TOTAL = 200_000  # bytes of all answers together
STRANGERS = 10  # unknown keys worth naming; a hostile form has thousands


def check(
    form: Form, raw: Raw, facts: Mapping[str, Any] | None = None, *, now: datetime, allow: Collection[str] = ()
) -> dict[str, Any]:
    """Clean answers nested by path: text, `Decimal`, bool, list of text, date as YYYY-MM-DD, None where none was given.

    Of a list the answer is a list of its rows. `raw` is what a browser posted, by address; `facts` is what the
    conditions may also read. Hidden fields are neither checked nor kept. Addresses the form does not have are refused,
    except those in `allow` or starting with "_". Raises FormInvalid listing every wrong field in the order of the form,
    PackInvalid when a condition cannot be carried out.
    """
    raw = flatten(raw)
    _fits(raw)
    looked = look(form, raw, facts or {}, now)
    errors = [*_strangers(form, raw, allow), *_errors(looked)]
    if errors:
        raise FormInvalid(errors)
    return looked.answers()


def visible(form: Form, raw: Raw, facts: Mapping[str, Any], now: datetime) -> frozenset[str]:
    """Anchors of what is shown to somebody who has answered `raw` so far: addresses of fields, marks of static text.

    Wrong answers count as none. Raises PackInvalid when a condition cannot be carried out.
    """
    return frozenset(_anchors(look(form, flatten(raw), facts, now)))


def so_far(form: Form, raw: Raw, facts: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """What of an unfinished form can be taken already, nested as by `check`: wrong and hidden answers are None."""
    looked = look(form, flatten(raw), facts, now)
    return nest({key: looked.values.get(key) for key in form.by_key})


def filled(form: Form, raw: Raw, facts: Mapping[str, Any], now: datetime) -> dict[str, str | list[str]]:
    """`raw` with every automatic value as it follows from the rest, whatever was sent for it."""
    derived = derive(form, raw)
    computed = _computed(look(form, derived, facts, now))
    there = (place for place in rows.places(form, derived) if place.field.value)
    return derived | flatten({place.address: computed.get(place.address) for place in there})


def automatic(form: Form, values: Raw) -> dict[str, str | list[str]]:
    """The automatic values among what `filled` gave, by address."""
    return {place.address: values.get(place.address, "") for place in rows.places(form, values) if place.field.locked}


def _fits(raw: Raw) -> None:
    texts = [*raw, *(text for value in raw.values() for text in (value if isinstance(value, list) else [value]))]
    count = sum(len(text.encode("utf-8", "surrogatepass")) for text in texts)
    if count > TOTAL:
        facts = {"limit": TOTAL // 1000, "count": -(-count // 1000)}
        raise FormInvalid([FieldError("", "", messages.TOO_MUCH, facts)])


def _strangers(form: Form, raw: Raw, allow: Collection[str]) -> list[FieldError]:
    known = {place.address for place in rows.places(form, raw)}
    strange = [key for key in raw if key not in known and key not in allow and not key.startswith("_")]
    shown = [key.encode("utf-8", "replace").decode()[:80] for key in strange[:STRANGERS]]
    return [FieldError(key, key, messages.UNKNOWN_KEY, {"key": key}) for key in shown]


def _errors(looked: Looked) -> Iterator[FieldError]:
    for key in looked.form.by_key:
        error = _error(looked, key)
        if error:
            yield error
        for mark, row in looked.rows.get(key, {}).items():
            yield from (replace(inner, key=f"{key}.{mark}.{inner.key}") for inner in _errors(row))


def _error(looked: Looked, key: str) -> FieldError | None:
    field = looked.form.by_key[key]
    if key not in looked.shown or field.derived_from in looked.wrong:
        return None
    reason = looked.wrong.get(key)
    if reason:
        return FieldError(key, field.label, reason.message, {"label": field.label, **reason.facts})
    value = looked.values[key]
    if field.required and (value is None or value is False or value == []):
        return FieldError(key, field.label, messages.REQUIRED, {"label": field.label})
    return None


def _anchors(looked: Looked) -> Iterator[str]:
    yield from looked.shown
    for key, found in looked.rows.items():
        for mark, row in found.items():
            yield from (f"{key}.{mark}.{anchor}" for anchor in _anchors(row))


def _computed(looked: Looked) -> dict[str, Any]:
    """Computed values by address."""
    found = {key: value for key, value in looked.values.items() if looked.form.by_key[key].value}
    for key, inside in looked.rows.items():
        for mark, row in inside.items():
            found |= {f"{key}.{mark}.{inner}": value for inner, value in _computed(row).items()}
    return found

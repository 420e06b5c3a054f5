"""Refusals as sentences in the user's language."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from flask_babel import gettext

from engine.errors import EngineError, FieldError, FormInvalid
from engine.words import Word
from web.render.moments import day, moment
from web.render.words import word


def sentence(error: EngineError) -> str:
    """What an error says, with its facts filled in."""
    return filled(error.message, error.facts)


def field_sentence(error: FieldError, text: Callable[[str], str] = str) -> str:
    """What is wrong with one field; `text` translates the pack's own words (`render.packs.texts_of`)."""
    facts = dict(error.facts)
    for name in ("label", "reason"):
        if isinstance(facts.get(name), str):
            facts[name] = text(str(facts[name]))
    return filled(error.message, {"label": text(error.label)} | facts)


def field_sentences(error: FormInvalid, text: Callable[[str], str] = str) -> dict[str, str]:
    """Sentences by field key, as `parts/forms.html` wants them; the first one of each field."""
    found: dict[str, str] = {}
    for each in error.errors:
        found.setdefault(each.key, field_sentence(each, text))
    return found


def filled(message: str, facts: Mapping[str, object]) -> str:
    """A message id in the user's language with its braces filled."""
    return gettext(message).format(**{name: _shown(value) for name, value in facts.items()})


def _shown(value: object) -> str:
    if isinstance(value, Word):
        return word(value)
    if isinstance(value, datetime):
        return moment(value)
    return day(value) if isinstance(value, date) else str(value)

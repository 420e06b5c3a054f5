"""The vocabulary in the user's language."""

from flask_babel import gettext

from engine.words import Word


def word(value: Word | None) -> str:
    """The label of a word; nothing for None."""
    return gettext(value.label) if value is not None else ""

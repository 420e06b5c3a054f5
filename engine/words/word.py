"""What a word of the vocabulary is."""

from enum import StrEnum
from zoneinfo import ZoneInfo

CITY = ZoneInfo("Asia/Shanghai")  # where the law's days begin and end


def N_(text: str) -> str:  # noqa: N802  gettext's own name for "translate later"
    """Mark a text for extraction without translating it: the engine knows no language."""
    return text


class Word(StrEnum):
    """A stored value with the label people read."""

    label: str

    def __new__(cls, value: str, label: str = "") -> "Word":
        """A string that carries its label."""
        word = str.__new__(cls, value)
        word._value_ = value
        word.label = label
        return word

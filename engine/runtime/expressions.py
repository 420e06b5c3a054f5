"""The runtime's only contact with FEEL: reading a text after its `=`, evaluating it strictly, turning values into data.

Strictly: a name that does not exist would be null, a condition on it false, and the default flow would be taken
although nobody decided that. So a warning about an unknown name or entry stops the step.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from engine import feel
from engine.feel import messages
from engine.feel.values import YearsMonths, kind
from engine.runtime import moments

_MOMENTS = (date, time, timedelta, YearsMonths)
_FACT = re.compile(r"\\\{\w+(?:!r)?\\\}|\{\w+(?:!r)?\}")


class Refused(Exception):
    """The expression could not be evaluated, or not in a way one can rely on."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


class Unknown(Refused):
    """The expression names something that does not exist."""


@dataclass(frozen=True)
class Mistake:
    """Why a text is not FEEL. `line` counts from 0 within the text, `column` from 1."""

    line: int
    column: int
    said: tuple[str, str]
    cure: tuple[str, str]


def mistake(text: str) -> Mistake | None:
    """What is wrong with the syntax of `=FEEL`, or None."""
    try:
        _compiled(text)
    except feel.FeelError as error:
        column = error.column + (1 if error.line == 1 else 0)
        return Mistake(error.line - 1, column, (error.zh, error.en), (error.cure_zh, error.cure_en))
    return None


def evaluate(text: str, scope: feel.Facts, now: datetime) -> tuple[Any, list[tuple[str, str]]]:
    """The value of `=FEEL` and its warnings (Chinese, English). `Refused` on an error or an unknown name.

    The value is data; only a date, a date and time or a duration stays what it is, for timers.
    """
    try:
        result = _compiled(text).evaluate(scope, now)
        value = result.value if isinstance(result.value, _MOMENTS) else plain(result.value)
    except feel.FeelError as error:
        raise Refused(error.zh, error.en) from error
    for warning in result.warnings:
        if is_unknown(warning.en):
            raise Unknown(warning.zh, warning.en)
    return value, [(w.zh, w.en) for w in result.warnings]


def names(text: str) -> frozenset[str]:
    """The names `=FEEL` reads; none if it is not FEEL."""
    return frozenset() if not text.startswith("=") or mistake(text) else frozenset(_compiled(text).names)


def is_unknown(warning: str) -> bool:
    """Whether a warning of FEEL (in English) is about a name that does not exist."""
    return any(known.fullmatch(warning) for known in _UNKNOWN)


def moment(value: Any, now: datetime) -> datetime | None:
    """The moment a FEEL value means: a date, a date and time, or a duration from `now`; None for anything else."""
    if isinstance(value, date):
        return moments.aware(value)
    if isinstance(value, timedelta) and value >= timedelta(0):
        return moments.Span(0, value).after(now)
    if isinstance(value, YearsMonths) and value.months >= 0:
        return moments.Span(value.months, timedelta(0)).after(now)
    return None


def plain(value: Any) -> Any:
    """A FEEL value as data that can be stored: whole numbers as int, dates, times and durations as ISO 8601 text."""
    return feel.from_feel(value)


def shown(value: Any) -> str:
    """What kind of value it is, for a sentence about it. Never the value: incidents are read by every department."""
    return str(value).lower() if isinstance(value, bool) else kind(feel.to_feel(value))


@lru_cache(maxsize=4096)
def _compiled(text: str) -> feel.Expression:
    return feel.compile(text.removeprefix("="))


def pattern(sentence: str) -> re.Pattern[str]:
    """A pattern for the sentences made from a template."""
    return re.compile(_FACT.sub(".*", re.escape(sentence)), re.DOTALL)


_UNKNOWN = tuple(pattern(m.en) for m in (messages.UNKNOWN_NAME, messages.UNKNOWN_ENTRY, messages.UNKNOWN_FUNCTION))

"""A FEEL value as a letter says it."""

import datetime as dt
import unicodedata
from decimal import Decimal
from typing import Any

from engine import feel

NOTHING = "／"  # what a form has where there is nothing to say
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})  # control, direction, half characters: they would change the rest
_JOINS = frozenset("\n\u200c\u200d")  # a new line; what some scripts need between letters


def words(value: Any) -> str:
    """The value in Chinese: nothing is ／, dates are 2026年11月23日, true is 是, lists are joined by 、."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, str):
        return seen(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(words(one) for one in value) or NOTHING
    return _figures(value)


def seen(text: str) -> str:
    """The text with nothing in it that cannot be seen: such characters are shown as �."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join("\ufffd" if unicodedata.category(c) in _UNSEEN and c not in _JOINS else c for c in text)


def _figures(value: Any) -> str:
    if isinstance(value, Decimal | int):
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    if isinstance(value, dt.datetime):
        return f"{_day(value)}{value.hour}时{value.minute:02d}分"
    if isinstance(value, dt.date):
        return _day(value)
    return seen(str(feel.evaluate("string(value)", {"value": value}).value))


def _day(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"

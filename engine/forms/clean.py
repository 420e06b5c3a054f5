"""One posted text at a time: exact characters in, a clean value out, or `Wrong`.

Characters are kept exactly (no Unicode normalisation): a name has to be printed as it is written in the register.
"""

import re
import unicodedata
from datetime import date
from decimal import Decimal

from engine.forms import messages
from engine.forms.model import FieldType

ZERO_WIDTH = dict.fromkeys(map(ord, "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
EDGES = " \t\r\n\u3000\u00a0"
DIGITS = 15  # before the point: enough for any sum of money, far from where sums lose exactness elsewhere

_NUMBER = re.compile(r"(-?)([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.([0-9]+))?")
_DATE = re.compile(r"([0-9]{4})([-/.]|年)([0-9]{1,2})([-/.]|月)([0-9]{1,2})日?|([0-9]{4})([0-9]{2})([0-9]{2})")


class Wrong(Exception):
    """One value cannot be taken. Becomes a `FieldError`; never leaves this room."""

    def __init__(self, message: str, /, **facts: object) -> None:
        """`message` is a message id of messages.py, `facts` what it names besides the label."""
        self.message = message
        self.facts = facts
        super().__init__(message)


def line(text: str) -> str:
    """Single-line text without surrounding blanks and without zero-width characters."""
    return _printable(text.translate(ZERO_WIDTH).strip(EDGES), allowed="").strip()


def lines(text: str) -> str:
    """Text of several lines; line ends become line feeds."""
    return _printable(text.replace("\r\n", "\n").replace("\r", "\n"), allowed="\n\t").strip()


def half_width(text: str) -> str:
    """Full-width digits, letters and signs as ASCII, the way numbers, dates and ID numbers are meant."""
    return line(text).translate(FULL_WIDTH).strip()


def number(text: str, decimals: int) -> Decimal:
    """A plain decimal number, grouping commas allowed; no exponent, no infinity, nothing rounded."""
    found = _NUMBER.fullmatch(half_width(text))
    if not found:
        raise Wrong(messages.NUMBER)
    sign, whole, fraction = found[1], found[2].replace(",", "").lstrip("0") or "0", found[3] or ""
    if len(whole) > DIGITS:
        raise Wrong(messages.NUMBER_LONG, limit=DIGITS)
    if len(fraction.rstrip("0")) > decimals:
        raise Wrong(messages.DECIMALS, limit=decimals) if decimals else Wrong(messages.WHOLE)
    value = Decimal(f"{whole}.{fraction[:decimals]}" if fraction[:decimals] else whole)
    return -value if sign and value else value


def day(text: str) -> str:
    """A real date between 1900 and 2100 as YYYY-MM-DD; also read from 2026/1/5, 2026年1月5日 and 20260105."""
    found = _DATE.fullmatch(half_width(text))
    if not found:
        raise Wrong(messages.DATE)
    year, month, of_month = (int(part) for part in (found[1] or found[6], found[3] or found[7], found[5] or found[8]))
    try:
        real = date(year, month, of_month)
    except ValueError:
        raise Wrong(messages.DATE_UNREAL) from None
    if not 1900 <= year <= 2100:
        raise Wrong(messages.DATE_RANGE)
    return real.isoformat()


def typed(kind: FieldType, text: str, decimals: int) -> str | Decimal:
    """The text as a field of this type means it; empty text stays empty, whatever the type."""
    if kind is FieldType.TEXTAREA:
        return lines(text)
    plain = line(text)
    if plain and kind is FieldType.NUMBER:
        return number(plain, decimals)
    return day(plain) if plain and kind is FieldType.DATE else plain


def fault(text: str, allowed: str = "") -> tuple[str, int] | None:
    """The message id and 1-based position of the first character nobody can print; None when there is none."""
    for position, character in enumerate(text, 1):
        message = "" if character in allowed else _fault(character)
        if message:
            return message, position
    return None


def _printable(text: str, allowed: str) -> str:
    found = fault(text, allowed)
    if found:
        raise Wrong(found[0], position=found[1])
    return text


def _fault(character: str) -> str:
    if character in DIRECTION:
        return messages.DIRECTION
    category = unicodedata.category(character)
    if category == "Cs" or character == "\ufffd":  # what is left where a program could not read a character
        return messages.BROKEN
    code = ord(character)
    nothing = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return messages.CONTROL if nothing or category in {"Cc", "Zl", "Zp"} else ""

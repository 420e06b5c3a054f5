"""The checks a field dictionary can name, one function each: text and today in, normalised text out, or `Wrong`."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date

from stdnum import luhn  # type: ignore[import-untyped, unused-ignore]
from stdnum.cn import ric  # type: ignore[import-untyped, unused-ignore]
from stdnum.exceptions import InvalidComponent

from engine.forms import clean, messages
from engine.forms.clean import Wrong
from engine.forms.measures import MEASURES
from engine.forms.model import FieldType

OLDEST = 130  # years; nobody alive or dead in a living register is older
NAME_LIMIT = 50


def resident_id(text: str, today: date) -> str:
    """GB 11643: 18 characters with a right check digit, of somebody who is born and at most 130 years old."""
    number = resident_number(text)
    born: date = ric.get_birth_date(number)
    if born > today:
        raise Wrong(messages.ID_FUTURE)
    if (today.year - born.year) - ((today.month, today.day) < (born.month, born.day)) > OLDEST:
        raise Wrong(messages.ID_AGE, limit=OLDEST)
    return number


def resident_number(text: str) -> str:
    """What can be known without a calendar: characters, a real birth date, the check digit.

    Any place code is taken: old cards carry codes of counties that no longer exist.
    """
    number = re.sub(r"[\s-]", "", clean.half_width(text)).upper()
    if re.fullmatch(r"[0-9]{15}", number):
        raise Wrong(messages.ID_OLD)
    if len(number) != 18:
        raise Wrong(messages.ID_LENGTH)
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        raise Wrong(messages.ID_CHARACTERS)
    _need_birth_date(number)
    if ric.calc_check_digit(number) != number[-1]:
        raise Wrong(messages.ID_CHECK_DIGIT)
    return number


def id_number(text: str) -> str | None:
    """The same for what was typed or scanned anywhere: the number, or None if it is none."""
    try:
        return resident_number(text)
    except Wrong:
        return None


def mobile(text: str, _today: date) -> str:
    """A mobile number of the mainland: 11 digits starting with 1; blanks, hyphens and +86 are dropped."""
    number = re.sub(r"^(\+|00)86(?=1[0-9]{10}$)", "", re.sub(r"[\s-]", "", clean.half_width(text)))
    if not re.fullmatch(r"1[0-9]{10}", number):
        raise Wrong(messages.MOBILE)
    return number


def name(text: str, _today: date) -> str:
    """A person's name, kept as written: Chinese characters however rare, other letters, and the signs names use."""
    if len(text) > NAME_LIMIT:
        raise Wrong(messages.NAME_LONG, limit=NAME_LIMIT, count=len(text))
    strange = [c for c in text if unicodedata.category(c)[0] not in "LM" and c not in "〇·•‧・-'’. "]
    if strange or not any(unicodedata.category(c)[0] == "L" or c == "〇" for c in text):
        raise Wrong(messages.NAME_CHARACTERS, characters=" ".join(dict.fromkeys(strange or text)))
    return text


def past(text: str, today: date) -> str:
    """A day that is not after today."""
    if date.fromisoformat(text) > today:
        raise Wrong(messages.DATE_FUTURE)
    return text


def bank_card(text: str, _today: date) -> str:
    """A bank card number: 16 to 19 digits with the check digit of ISO/IEC 7812 (Luhn); blanks are dropped."""
    number = re.sub(r"[\s-]", "", clean.half_width(text))
    if not re.fullmatch(r"[0-9]{16,19}", number):
        raise Wrong(messages.CARD_LENGTH)
    if not luhn.is_valid(number):
        raise Wrong(messages.CARD_CHECK_DIGIT)
    return number


def _as_it_is(text: str, _today: date) -> str:
    return text  # what a number has to be is said by its measure


CHECKS: Mapping[str, tuple[FieldType, Callable[[str, date], str]]] = {
    "cn.bankcard": (FieldType.TEXTFIELD, bank_card),
    "cn.mobile": (FieldType.TEXTFIELD, mobile),
    "cn.ric": (FieldType.TEXTFIELD, resident_id),
    "name": (FieldType.TEXTFIELD, name),
    "past": (FieldType.DATE, past),
    **dict.fromkeys(MEASURES, (FieldType.NUMBER, _as_it_is)),
}


def _need_birth_date(number: str) -> None:
    try:
        ric.get_birth_date(number)
    except InvalidComponent:
        raise Wrong(messages.ID_BIRTH) from None

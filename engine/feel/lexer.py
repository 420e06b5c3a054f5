"""Text to tokens (DMN 1.5 section 10.3.1.2, grammar rules 21 to 66).

A name may hold spaces, and adjacent words are one name (the parser joins them), so most names need no declaration.
Names holding a keyword or an operator sign ("income and assets", "a-b", "收入（元）") are only recognised when known.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, DecimalException
from functools import lru_cache
from typing import NoReturn

from engine.feel import errors, limits, messages
from engine.feel.values import DECIMALS, Value

NAME, KEYWORD, NUMBER, STRING, SIGN, END = "name", "keyword", "number", "string", "sign", "end"

KEYWORDS = frozenset(
    [
        "and",
        "or",
        "in",
        "if",
        "then",
        "else",
        "for",
        "return",
        "some",
        "every",
        "satisfies",
        "true",
        "false",
        "null",
        "between",
        "instance",
        "function",
    ]
)
SIGNS = ("**", "..", "<=", ">=", "!=", "->", *"=<>+-*/()[]{},:.@")

_LETTER = (
    r"A-Za-z_?\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef"
    r"\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufefe\uff00-\ufffd\U00010000-\U000effff"
)
_PART = _LETTER + r"0-9\u00b7\u0300-\u036f\u203f-\u2040"
_FULL_WIDTH_SIGNS = "（）［］｛｝＜＞＝＋－＊／，：．！＂＠、。；"
_FULL_WIDTH = re.compile(f"[{_FULL_WIDTH_SIGNS}]")
_BLANK = re.compile(
    r"(?:[\s\u0085\u00a0\u1680\u180e\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff]+|//[^\n]*|/\*.*?\*/)+", re.S
)
_NUMBER = re.compile(r"(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?")
_STRING = re.compile(r'"(?:\\.|[^"\\])*"', re.S)
_NAME = re.compile(f"[{_LETTER}][{_PART}]*")
_PLAIN = re.compile(f"[{_LETTER}][{_PART}]*(?: [{_PART}]+)*")
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{6}|.)", re.S)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "'": "'", "\\": "\\"}

# Built-in names that hold a keyword. The second is only a name before "(": it could also be years and months.
_BUILTIN_PATTERNS = (
    ("years and months duration", re.compile(r"years\s+and\s+months\s+duration(?=\s*\()")),
    ("date and time", re.compile(r"date\s+and\s+time(?![A-Za-z0-9_])")),
)

Known = tuple[tuple[str, re.Pattern[str]], ...]


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text: its kind, its value, and the character where it starts."""

    kind: str
    value: Value
    at: int

    def is_sign(self, *signs: str) -> bool:
        """Whether this is one of the signs."""
        return self.kind == SIGN and self.value in signs

    def is_word(self, word: str) -> bool:
        """Whether this is the word, reserved or not."""
        return self.kind in (KEYWORD, NAME) and self.value == word

    def shown(self) -> str:
        """The token as a message names it."""
        return str(self.value)


def tokens(source: str, names: Iterable[str] = ()) -> list[Token]:
    """All tokens of `source`, closed by an END. `names` are the names that must be known to be recognised.

    Raises FeelSyntaxError or FeelLimit.
    """
    if len(source) > limits.SOURCE:
        raise errors.FeelLimit(messages.SOURCE_TOO_LONG, expression=source[:100], limit=limits.SOURCE)
    known = _patterns(tuple(names))
    found: list[Token] = []
    at = _skip(source, 0)
    while at < len(source):
        token, end = _next(source, at, known, after=found[-1].kind if found else "")
        found.append(token)
        at = _skip(source, end)
    found.append(Token(END, None, len(source)))
    return found


@lru_cache(8192)
def must_be_known(name: str) -> bool:
    """Whether a name can only be recognised when it is known beforehand."""
    if not _PLAIN.fullmatch(name) or _FULL_WIDTH.search(name):
        return True
    return name not in KEYWORDS and any(word in KEYWORDS for word in name.split(" "))


@lru_cache(1024)
def _patterns(names: tuple[str, ...]) -> Known:
    """The known names, longest first, then the built-in ones."""
    special = sorted({name for name in names if must_be_known(name) and name.strip()}, key=len, reverse=True)
    return (*((name, _pattern(name)) for name in special), *_BUILTIN_PATTERNS)


def _pattern(name: str) -> re.Pattern[str]:
    ends_in_word = re.search(r"\w$", name)
    return re.compile(r"\s+".join(map(re.escape, name.split())) + ("(?![A-Za-z0-9_])" if ends_in_word else ""))


def _skip(source: str, at: int) -> int:
    blank = _BLANK.match(source, at)
    return blank.end() if blank else at


def _next(source: str, at: int, known: Known, after: str) -> tuple[Token, int]:
    character = source[at]
    if character == '"':
        return _string(source, at)
    if character.isdigit() or (character == "." and after != NAME):
        number = _NUMBER.match(source, at)
        if number:
            return Token(NUMBER, _number(number[0], source, at), at), number.end()
    name = _NAME.match(source, at)
    special = _special(source, at, known, name.end() if name else at)
    if special:
        return special
    if name:
        return _name(name[0], source, at), name.end()
    sign = next((sign for sign in SIGNS if source.startswith(sign, at)), None)
    if sign is None:
        _fail(messages.BAD_CHARACTER, source, at, character=character)
    return Token(SIGN, sign, at), at + len(sign)


def _string(source: str, at: int) -> tuple[Token, int]:
    found = _STRING.match(source, at)
    if not found:
        _fail(messages.UNTERMINATED, source, at)
    return Token(STRING, _unescape(found[0][1:-1]), at), found.end()


def _unescape(text: str) -> str:
    if "\\" not in text:
        return text
    plain = _ESCAPE.sub(_character, text)
    if any("\ud800" <= character <= "\udfff" for character in plain):  # two \u escapes for one character
        return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return plain


def _character(escape: re.Match[str]) -> str:
    code = escape[1]
    if len(code) == 1:
        return _ESCAPED.get(code, "\\" + code)
    number = int(code[1:], 16)
    return chr(number) if number <= 0x10FFFF else "\ufffd"


def _number(digits: str, source: str, at: int) -> Decimal:
    try:
        return DECIMALS.create_decimal(digits)
    except DecimalException:
        _fail(messages.NUMBER_TOO_LARGE, source, at)


def _special(source: str, at: int, known: Known, shortest_end: int) -> tuple[Token, int] | None:
    for name, pattern in known:
        if name[0] == source[at]:
            found = pattern.match(source, at)
            if found and found.end() >= shortest_end:
                return Token(NAME, name, at), found.end()
    return None


def _name(word: str, source: str, at: int) -> Token:
    wide = _FULL_WIDTH.search(word)
    if wide:
        _fail(messages.FULL_WIDTH, source, at + wide.start(), name=word, character=wide[0])
    return Token(KEYWORD if word in KEYWORDS else NAME, word, at)


def _fail(message: messages.Message, source: str, at: int, **facts: object) -> NoReturn:
    raise errors.FeelSyntaxError(message, position=at, expression=source, **facts)

"""The `[[letters]]` of `pack.toml` → values, naming everything that is wrong with them."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from engine import feel
from engine.catalog.files import LETTERS
from engine.catalog.pack import LetterSpec
from engine.forms import lines
from engine.forms.shape import Reading
from engine.words import Issuer, NoticeKind, Occasion

W = TypeVar("W", bound=StrEnum)

KEYS = frozenset({"code", "name", "word", "on", "item", "when", "by", "to", "template", "basis"})
NEEDED = ("code", "name", "word", "on", "template", "basis")
LONGEST = {"name": 40, "word": 8}  # characters: both are part of what is stored with each notice
ALWAYS = feel.compile("true")


def read(reading: Reading, document: Mapping[str, Any], files: Mapping[str, str], pack: str) -> tuple[LetterSpec, ...]:
    """The letters; whatever is wrong is noted in `reading` and left out."""
    found = (_letter(reading, table, files, pack) for table in reading.objects(document, "letters", "pack.toml"))
    return tuple(letter for letter in found if letter)


def path(pack: str, template: str, files: Iterable[str]) -> str:
    """Where a template lies: with the pack, else among the shared ones."""
    shared = f"{LETTERS}/{template}"
    return shared if shared in files else f"workflows/{pack}/letters/{template}"


def _letter(reading: Reading, table: Mapping[str, Any], files: Mapping[str, str], pack: str) -> LetterSpec | None:
    name = reading.plain(table, "name", "letters")
    where, line = f"letters {name}", lines.line_of(reading.text, f'"{name}"') if name else 0
    reading.only(table, KEYS, where, line)
    for key in (key for key in NEEDED if table.get(key) in (None, "", [])):
        reading.refuse("missing-key", line, where=where, name=key)
    for key, most in LONGEST.items():
        if len(reading.plain(table, key, where, line)) > most:
            reading.refuse("letter-long", line, where=where, name=key, limit=most)
    kind = _word(reading, NoticeKind, reading.string(table, "code", where, line), where, "code", line)
    on = [_word(reading, Occasion, text, where, "on", line) for text in reading.texts(table, "on", where, line)]
    usual = Issuer.WINDOW if any(word and word.startswith("case:") for word in on) else Issuer.DEPARTMENT
    by = _word(reading, Issuer, reading.string(table, "by", where, line) or usual, where, "by", line)
    file = path(pack, reading.string(table, "template", where, line), files)
    if table.get("template") and file not in files:
        reading.refuse("letter-file", line, name=name, file=file)
    if kind is None or by is None:
        return None
    return LetterSpec(
        kind=kind,
        name=name,
        word=reading.plain(table, "word", where, line),
        on=tuple(word for word in on if word),
        item=reading.string(table, "item", where, line),
        when=_expression(reading, table, where, line),
        by=by,
        to=reading.texts(table, "to", where, line),
        file=file,
        basis=reading.plain(table, "basis", where, line),
    )


def _word(reading: Reading, kind: type[W], value: str, where: str, name: str, line: int) -> W | None:
    if value in set(kind):
        return kind(value)
    reading.refuse("bad-value", line, where=where, name=name, value=value, known=", ".join(sorted(kind)))
    return None


def _expression(reading: Reading, table: Mapping[str, Any], where: str, line: int) -> feel.Expression:
    source = reading.string(table, "when", where, line)
    if not source:
        return ALWAYS
    if not source.startswith("="):
        reading.refuse("feel-equals", line, text=source)
        return ALWAYS
    try:
        return feel.compile(source[1:])
    except feel.FeelError as error:
        reading.refuse("feel-syntax", line, zh=error.zh, en=error.en, cure_zh=error.cure_zh, cure_en=error.cure_en)
        return ALWAYS

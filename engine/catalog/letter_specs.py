"""The `[[letters]]` of `pack.toml` → values, naming everything that is wrong with them."""

from collections.abc import Iterable, Mapping
from typing import Any

from engine import feel
from engine.catalog.files import LETTERS
from engine.catalog.keys import expression, need, word
from engine.catalog.pack import LetterSpec
from engine.forms import lines
from engine.forms.shape import Reading
from engine.words import Issuer, NoticeKind, Occasion

KEYS = frozenset({"code", "name", "word", "on", "item", "when", "by", "to", "template", "basis"})
NEEDED = ("code", "name", "word", "on", "template", "basis")
LONGEST = {"name": 40, "word": 8}  # characters: both are part of what is stored with each notice
# A supervision slip is a paper of its own (engine/supervision): nothing would issue a letter for it.
ON = frozenset(Occasion) - {Occasion.ITEM_SUPERVISED}
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
    need(reading, table, NEEDED, where, line)
    for key, most in LONGEST.items():
        if len(reading.plain(table, key, where, line)) > most:
            reading.refuse("letter-long", line, where=where, name=key, limit=most)
    kind = word(reading, NoticeKind, reading.string(table, "code", where, line), where, "code", line, NoticeKind)
    texts = reading.texts(table, "on", where, line)
    on = [found for text in texts if (found := word(reading, Occasion, text, where, "on", line, ON))]
    usual = Issuer.WINDOW if any(one.startswith("case:") for one in on) else Issuer.DEPARTMENT
    by = word(reading, Issuer, reading.string(table, "by", where, line) or usual, where, "by", line, Issuer)
    file = path(pack, reading.string(table, "template", where, line), files)
    if table.get("template") and file not in files:
        reading.refuse("letter-file", line, name=name, file=file)
    if kind is None or by is None:
        return None
    return LetterSpec(
        kind=kind,
        name=name,
        word=reading.plain(table, "word", where, line),
        on=tuple(on),
        item=reading.string(table, "item", where, line),
        when=(expression(reading, table, where, line) if table.get("when") else None) or ALWAYS,
        by=by,
        to=reading.texts(table, "to", where, line),
        file=file,
        basis=reading.plain(table, "basis", where, line),
    )

"""`[[materials]]` of `pack.toml` → values."""

from collections.abc import Mapping
from typing import Any

from engine.catalog.keys import NEVER, expression, line_of, need, word
from engine.catalog.pack import Commitment, MaterialSpec, Tolerance
from engine.forms.shape import Reading
from engine.words import LimitUnit, MaterialSource, MaterialState, Trust

# How a pack may let a paper be satisfied; the other states are what happens to it later.
STATES = (MaterialState.ORIGINAL, MaterialState.COPY, MaterialState.SHARED, MaterialState.COMMITMENT)
SOURCES = frozenset(MaterialSource) - {MaterialSource.COMMITMENT}  # a commitment comes instead, never by itself
KEYS = frozenset(
    {"code", "name", "items", "when", "states", "required", "note", "proof", "kind", "source", "trust", "holder"}
    | {"reason", "unique", "reusable_days", "tolerable", "commitment"}
)


def materials(reading: Reading, document: Mapping[str, Any]) -> tuple[MaterialSpec, ...]:
    """The papers; whatever is wrong is noted in `reading`."""
    return tuple(_material(reading, table) for table in reading.objects(document, "materials", "pack.toml"))


def _material(reading: Reading, table: Mapping[str, Any]) -> MaterialSpec:
    code = reading.string(table, "code", "materials")
    where, line = f"materials {code}", line_of(reading.text, "code", code)
    reading.only(table, KEYS, where, line)
    need(reading, table, ("code", "name", "items", "states", "required"), where, line)
    texts = reading.texts(table, "states", where, line)
    states = [s for text in texts if (s := word(reading, MaterialState, text, where, "states", line, STATES))]
    source = reading.string(table, "source", where, line) or MaterialSource.APPLICANT
    trust = reading.string(table, "trust", where, line) or Trust.A
    return MaterialSpec(
        code=code,
        name=reading.plain(table, "name", where, line),
        items=reading.texts(table, "items", where, line),
        when=expression(reading, table, where, line),
        states=tuple(states),
        required=reading.boolean(table, "required", where, line),
        note=reading.plain(table, "note", where, line),
        proof=reading.plain(table, "proof", where, line),
        kind=reading.plain(table, "kind", where, line) or code,
        source=word(reading, MaterialSource, source, where, "source", line, SOURCES) or MaterialSource.APPLICANT,
        trust=word(reading, Trust, trust, where, "trust", line, Trust) or Trust.D,
        holder=reading.string(table, "holder", where, line),
        unique=reading.texts(table, "unique", where, line),
        reusable_days=reading.integer(table, "reusable_days", where, line) or 0,
        tolerable=_tolerance(reading, table, where, line),
        reason=reading.plain(table, "reason", where, line),
        commitment=_commitment(reading, table, where, line),
    )


def _tolerance(reading: Reading, table: Mapping[str, Any], where: str, line: int) -> Tolerance | None:
    said = reading.table(table, "tolerable", where, line)
    if not said:
        return None
    where = f"{where} tolerable"
    reading.only(said, {"days", "unit", "source", "granted"}, where, line)
    need(reading, said, ("days", "unit", "source"), where, line)
    unit = word(reading, LimitUnit, reading.string(said, "unit", where, line), where, "unit", line, LimitUnit)
    days, source = reading.integer(said, "days", where, line) or 0, reading.plain(said, "source", where, line)
    granted = reading.boolean(said, "granted", where, line)
    return Tolerance(days, unit, source, granted) if unit else None


def _commitment(reading: Reading, table: Mapping[str, Any], where: str, line: int) -> Commitment | None:
    said = reading.table(table, "commitment", where, line)
    if not said:
        return None
    where = f"{where} commitment"
    reading.only(said, {"text", "proxy"}, where, line)
    need(reading, said, ("text", "proxy"), where, line)
    proxy = expression(reading, said, where, line, "proxy") or NEVER
    return Commitment(reading.plain(said, "text", where, line), proxy)

"""`pack.toml` → values, naming everything that is wrong with it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from engine import feel
from engine.catalog import manifest_clocks
from engine.catalog.pack import EscalationStep, ItemSpec, LaneSpec, MaterialSpec, Parameter, Promise
from engine.forms import lines
from engine.forms.shape import Reading, is_name
from engine.words import Level, LimitUnit, MaterialState, PersonRole, Post

W = TypeVar("W", bound=StrEnum)

KEYS = frozenset(
    {"code", "name", "about", "lead", "situation", "applicant", "effective_from", "effective_to", "parameters", "lanes"}
    | {"items", "materials", "people", "promise", "legal", "escalation"}
)
ITEM_KEYS = frozenset({"code", "name", "lane", "forms", "when", "depends", "promise", "legal", "extension", "phases"})
CODE = re.compile(r"[a-z][a-z0-9_]*")
RESERVED = frozenset({"parameters", "case"})
STATES = frozenset(MaterialState) - {MaterialState.MISSING}
NEVER = feel.compile("false")


@dataclass(frozen=True)
class Manifest:
    """What `pack.toml` says; `Pack` is this with the files it names."""

    code: str
    name: str
    about: str
    lead: str
    situation: str
    applicant: tuple[str, ...]
    effective_from: date
    effective_to: date | None
    parameters: Mapping[str, tuple[Parameter, ...]]
    lanes: Mapping[str, LaneSpec]
    items: tuple[ItemSpec, ...]
    materials: tuple[MaterialSpec, ...]
    promise: Promise | None
    legal: Promise | None
    escalation: tuple[EscalationStep, ...]
    people: Mapping[str, PersonRole]


def read(reading: Reading, document: Mapping[str, Any]) -> Manifest:
    """The manifest; whatever is wrong is noted in `reading` and left out or empty."""
    reading.only(document, KEYS, "pack.toml", 1)
    _need(reading, document, ("code", "name", "about", "lead", "situation", "applicant", "items"), "pack.toml", 1)
    since, until = _day(reading, document, "effective_from"), _day(reading, document, "effective_to")
    if since is None:
        reading.refuse("missing-key", 1, where="pack.toml", name="effective_from")
    elif until and until < since:
        reading.refuse("effective-order", lines.line_of(reading.text, "effective_to"))
    return Manifest(
        **{name: reading.plain(document, name, "pack.toml") for name in ("code", "name", "about", "lead", "situation")},
        applicant=reading.texts(document, "applicant", "pack.toml"),
        effective_from=since or date.min,
        effective_to=until,
        parameters=_parameters(reading, document),
        lanes=_lanes(reading, document),
        items=_items(reading, document),
        materials=_materials(reading, document),
        promise=_promise(reading, document, "pack.toml", lines.line_of(reading.text, "promise")),
        legal=_promise(reading, document, "pack.toml", lines.line_of(reading.text, "legal"), "legal"),
        escalation=manifest_clocks.escalation(reading, document),
        people=_people(reading, document),
    )


def line_of(text: str, name: str, value: str) -> int:
    """The line of `name = "value"`, or of the value anywhere; 0 when there is none."""
    found = re.search(rf"{name}\s*=\s*[\"']{re.escape(value)}[\"']", text)
    return lines.line_at(text, found.start()) if found else lines.line_of(text, value) if value else 0


def line_of_table(text: str, name: str, key: str) -> int:
    """The line of `[name.key]` or `[[name.key]]`, the key quoted or not."""
    found = re.search(rf"^\s*\[+\s*{name}\s*\.\s*[\"']?{re.escape(key)}[\"']?\s*\]", text, re.MULTILINE)
    return lines.line_at(text, found.end()) if found else 0


def _need(reading: Reading, document: Mapping[str, Any], names: Iterable[str], where: str, line: int) -> None:
    for name in names:
        if document.get(name) in (None, "", []):
            reading.refuse("missing-key", line, where=where, name=name)


def _day(reading: Reading, document: Mapping[str, Any], name: str) -> date | None:
    value = document.get(name)
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    reading.refuse("value-type", lines.line_of(reading.text, name), where=name, zh_kind="日期", kind="a date")
    return None


def _word(
    reading: Reading, kind: type[W], value: str, where: str, name: str, line: int, known: Iterable[W]
) -> W | None:
    if value in set(known):
        return kind(value)
    reading.refuse("bad-value", line, where=where, name=name, value=value, known=", ".join(sorted(known)))
    return None


def _parameters(reading: Reading, document: Mapping[str, Any]) -> dict[str, tuple[Parameter, ...]]:
    tables = reading.table(document, "parameters", "pack.toml")
    return {name: _dated(reading, name, table) for name, table in tables.items()}


def _dated(reading: Reading, name: str, given: Any) -> tuple[Parameter, ...]:
    """One value, or a list of values with different dates."""
    line = line_of_table(reading.text, "parameters", name)
    if not CODE.fullmatch(name) or not is_name(f"parameters.{name}"):
        reading.refuse("bad-code", line, code=name)
    values = reading.objects(
        {"values": given if isinstance(given, list) else [given]}, "values", f"parameters.{name}", line
    )
    dated = [parameter for value in values if (parameter := _parameter(reading, name, value, line))]
    return tuple(sorted(dated, key=lambda parameter: parameter.since))


def _parameter(reading: Reading, name: str, table: Mapping[str, Any], line: int) -> Parameter | None:
    where = f"parameters.{name}"
    reading.only(table, {"value", "unit", "from", "source"}, where, line)
    value, since = table.get("value"), _day(reading, table, "from")
    source = reading.plain(table, "source", where, line)
    if not source:
        reading.refuse("parameter-source", line, name=name)
    if since is None:
        reading.refuse("parameter-date", line, name=name)
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        reading.refuse("value-type", line, where=f"{where} value", zh_kind="数字或文本", kind="a number or a text")
        return None
    return Parameter(value, reading.plain(table, "unit", where, line), since, source) if since else None


def _people(reading: Reading, document: Mapping[str, Any]) -> dict[str, PersonRole]:
    """Where among the answers somebody is who is neither the applicant nor a family member, and as what."""
    table, line = reading.table(document, "people", "pack.toml"), lines.line_of(reading.text, "people")
    said = {place: reading.string(table, place, "people", line) for place in table}
    found = {place: _word(reading, PersonRole, role, "people", place, line, PersonRole) for place, role in said.items()}
    return {place: role for place, role in found.items() if role}


def _lanes(reading: Reading, document: Mapping[str, Any]) -> dict[str, LaneSpec]:
    tables = reading.table(document, "lanes", "pack.toml")
    found = (_lane(reading, name, reading.table(tables, name, "lanes")) for name in tables)
    return {lane.name: lane for lane in found if lane}


def _lane(reading: Reading, name: str, table: Mapping[str, Any]) -> LaneSpec | None:
    where, line = f"lanes.{name}", line_of_table(reading.text, "lanes", name)
    reading.only(table, {"kind", "level", "posts"}, where, line)
    _need(reading, table, ("kind", "level", "posts"), where, line)
    level = _word(reading, Level, reading.string(table, "level", where, line), where, "level", line, Level)
    texts = reading.texts(table, "posts", where, line)
    posts = [post for text in texts if (post := _word(reading, Post, text, where, "posts", line, Post))]
    return LaneSpec(name, reading.string(table, "kind", where, line), level, tuple(posts)) if level else None


def _items(reading: Reading, document: Mapping[str, Any]) -> tuple[ItemSpec, ...]:
    items = tuple(_item(reading, table) for table in reading.objects(document, "items", "pack.toml"))
    _codes_are_good(reading, [item.code for item in items])
    return items


def _materials(reading: Reading, document: Mapping[str, Any]) -> tuple[MaterialSpec, ...]:
    materials = tuple(_material(reading, table) for table in reading.objects(document, "materials", "pack.toml"))
    _codes_are_good(reading, [material.code for material in materials])
    return materials


def _codes_are_good(reading: Reading, codes: list[str]) -> None:
    for code in dict.fromkeys(codes):
        if not CODE.fullmatch(code) or code in RESERVED or codes.count(code) > 1 or not is_name(code):
            reading.refuse("bad-code", line_of(reading.text, "code", code), code=code)


def _item(reading: Reading, table: Mapping[str, Any]) -> ItemSpec:
    code = reading.string(table, "code", "items")
    where, line = f"items {code}", line_of(reading.text, "code", code)
    reading.only(table, ITEM_KEYS, where, line)
    _need(reading, table, ("code", "name", "lane", "forms", "when"), where, line)
    return ItemSpec(
        code=code,
        name=reading.plain(table, "name", where, line),
        lane=reading.string(table, "lane", where, line),
        forms=reading.texts(table, "forms", where, line),
        when=_expression(reading, table, where, line),
        depends=reading.texts(table, "depends", where, line),
        promise=_promise(reading, table, where, line),
        legal=_promise(reading, table, where, line, "legal"),
        extension=_promise(reading, table, where, line, "extension"),
        phases=manifest_clocks.phases(reading, table, where, line),
    )


def _promise(
    reading: Reading, table: Mapping[str, Any], where: str, line: int, name: str = "promise"
) -> Promise | None:
    promise = reading.table(table, name, where, line)
    if not promise:
        return None
    where = f"{where} {name}"
    reading.only(promise, {"days", "unit", "text", "source", "pausable"}, where, line)
    _need(reading, promise, ("days", "unit", "text", "source"), where, line)
    unit = _word(reading, LimitUnit, reading.string(promise, "unit", where, line), where, "unit", line, LimitUnit)
    texts = {name: reading.plain(promise, name, where, line) for name in ("text", "source")}
    days = reading.integer(promise, "days", where, line) or 0
    pausable = "pausable" not in promise or reading.boolean(promise, "pausable", where, line)
    return Promise(days=days, unit=unit, pausable=pausable, **texts) if unit else None


def _material(reading: Reading, table: Mapping[str, Any]) -> MaterialSpec:
    code = reading.string(table, "code", "materials")
    where, line = f"materials {code}", line_of(reading.text, "code", code)
    reading.only(table, {"code", "name", "items", "when", "states", "required", "note", "proof"}, where, line)
    _need(reading, table, ("code", "name", "items", "when", "states", "required"), where, line)
    texts = reading.texts(table, "states", where, line)
    states = [s for text in texts if (s := _word(reading, MaterialState, text, where, "states", line, STATES))]
    return MaterialSpec(
        code=code,
        name=reading.plain(table, "name", where, line),
        items=reading.texts(table, "items", where, line),
        when=_expression(reading, table, where, line),
        states=tuple(states),
        required=reading.boolean(table, "required", where, line),
        note=reading.plain(table, "note", where, line),
        proof=reading.plain(table, "proof", where, line),
    )


def _expression(reading: Reading, table: Mapping[str, Any], where: str, line: int) -> feel.Expression:
    source = reading.string(table, "when", where, line)
    if source and not source.startswith("="):
        reading.refuse("feel-equals", line, text=source)
    try:
        return feel.compile(source[1:]) if source.startswith("=") else NEVER
    except feel.FeelError as error:
        reading.refuse("feel-syntax", line, zh=error.zh, en=error.en, cure_zh=error.cure_zh, cure_en=error.cure_en)
        return NEVER

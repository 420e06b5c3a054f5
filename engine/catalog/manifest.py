"""`pack.toml` → values, naming everything that is wrong with it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from engine.catalog import keys, manifest_apart, manifest_checks, manifest_clocks, manifest_materials
from engine.catalog.duplicates import Duplicates, duplicates
from engine.catalog.keys import CODE, codes_are_good
from engine.catalog.keys import expression as _expression
from engine.catalog.keys import need as _need
from engine.catalog.keys import word as _word
from engine.catalog.pack import (
    CheckSpec,
    EscalationStep,
    Guide,
    ItemSpec,
    LaneSpec,
    LetterSpec,
    Local,
    MaterialSpec,
    Parameter,
    PrefillSpec,
    Promise,
    Result,
    Visits,
)
from engine.forms import lines
from engine.forms.shape import Reading, is_name
from engine.words import Joint, Level, LimitUnit, Need, Outcome, PersonRole, Post

KEYS = frozenset(
    {"code", "name", "about", "lead", "situation", "applicant", "effective_from", "effective_to", "parameters", "lanes"}
    | {"checks", "duplicates", "escalation", "guide", "items", "joint", "legal", "letters", "local", "materials"}
    | {"people", "prefill", "promise", "visits"}
)
REGION = re.compile(r"\d{6}|\d{9}")  # GB/T 2260: province, city, county; GB/T 10114: township
line_of = keys.line_of
LOST = frozenset({Outcome.NOT_NEEDED, Outcome.TERMINATED})  # how an item ends whose ground is gone
NEEDS = frozenset({Need.REQUIRED, Need.CHOSEN, Need.OFFERED})  # what an item can be when its condition holds


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
    visits: Visits | None
    escalation: tuple[EscalationStep, ...]
    people: Mapping[str, PersonRole]
    guide: Guide
    local: tuple[Local, ...] = ()
    joint: Joint = Joint.ENDED
    checks: tuple[CheckSpec, ...] = ()
    prefill: tuple[PrefillSpec, ...] = ()
    letters: tuple[LetterSpec, ...] = ()
    duplicates: Duplicates | None = None


def read(reading: Reading, document: Mapping[str, Any]) -> Manifest:
    """The manifest; whatever is wrong is noted in `reading` and left out or empty."""
    reading.only(document, KEYS, "pack.toml", 1)
    _need(reading, document, ("code", "name", "about", "lead", "situation", "applicant", "items"), "pack.toml", 1)
    materials = manifest_materials.materials(reading, document)
    codes_are_good(reading, [material.code for material in materials])
    since, until = _day(reading, document, "effective_from"), _day(reading, document, "effective_to")
    if since is None:
        reading.refuse("missing-key", 1, where="pack.toml", name="effective_from")
    elif until and until < since:
        reading.refuse("effective-order", lines.line_of(reading.text, "effective_to"))
    return Manifest(
        code=reading.plain(document, "code", "pack.toml"),
        name=reading.plain(document, "name", "pack.toml"),
        about=reading.plain(document, "about", "pack.toml"),
        lead=reading.plain(document, "lead", "pack.toml"),
        situation=reading.plain(document, "situation", "pack.toml"),
        applicant=reading.texts(document, "applicant", "pack.toml"),
        effective_from=since or date.min,
        effective_to=until,
        parameters=_parameters(reading, document),
        lanes=_lanes(reading, document),
        items=_items(reading, document),
        materials=materials,
        promise=_promise(reading, document, "pack.toml", lines.line_of(reading.text, "promise")),
        legal=_promise(reading, document, "pack.toml", lines.line_of(reading.text, "legal"), "legal"),
        visits=manifest_apart.visits(reading, document),
        escalation=manifest_clocks.escalation(reading, document),
        people=_people(reading, document),
        guide=_guide(reading, document),
        joint=_joint(reading, document, "pack.toml", lines.line_of(reading.text, "joint")) or Joint.ENDED,
        checks=manifest_checks.checks(reading, document),
        prefill=manifest_checks.prefill(reading, document),
        duplicates=duplicates(reading, document),
    )


def line_of_table(text: str, name: str, key: str) -> int:
    """The line of `[name.key]` or `[[name.key]]`, the key quoted or not."""
    found = re.search(rf"^\s*\[+\s*{name}\s*\.\s*[\"']?{re.escape(key)}[\"']?\s*\]", text, re.MULTILINE)
    return lines.line_at(text, found.end()) if found else 0


def _day(reading: Reading, document: Mapping[str, Any], name: str) -> date | None:
    value = document.get(name)
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    reading.refuse("value-type", lines.line_of(reading.text, name), where=name, zh_kind="日期", kind="a date")
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
    reading.only(table, {"value", "unit", "from", "source", "area"}, where, line)
    value, since = table.get("value"), _day(reading, table, "from")
    source = reading.plain(table, "source", where, line)
    if not source:
        reading.refuse("parameter-source", line, name=name)
    if since is None:
        reading.refuse("parameter-date", line, name=name)
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        reading.refuse("value-type", line, where=f"{where} value", zh_kind="数字或文本", kind="a number or a text")
        return None
    area = reading.string(table, "area", where, line)
    if area and not REGION.fullmatch(area):
        reading.refuse("local-region", line, region=area)
    return Parameter(value, reading.plain(table, "unit", where, line), since, source, area) if since else None


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


def _guide(reading: Reading, document: Mapping[str, Any]) -> Guide:
    """`guide = { items = "…", materials = "…" }`: ids or names of decisions in the pack's DMN files."""
    table, line = reading.table(document, "guide", "pack.toml"), lines.line_of(reading.text, "guide")
    reading.only(table, {"items", "materials"}, "guide", line)
    return Guide(reading.plain(table, "items", "guide", line), reading.plain(table, "materials", "guide", line))


def _items(reading: Reading, document: Mapping[str, Any]) -> tuple[ItemSpec, ...]:
    items = tuple(_item(reading, table) for table in reading.objects(document, "items", "pack.toml"))
    codes_are_good(reading, [item.code for item in items])
    return items


def _item(reading: Reading, table: Mapping[str, Any]) -> ItemSpec:
    code = reading.string(table, "code", "items")
    where, line = f"items {code}", line_of(reading.text, "code", code)
    known = {"code", "name", "lane", "forms", "when", "reason", "need", "depends", "promise", "result"}
    known |= {"otherwise", "joint", "commits", "legal", "extension", "phases", "apart"}
    reading.only(table, known, where, line)
    _need(reading, table, ("code", "name", "lane", "forms"), where, line)
    need = reading.string(table, "need", where, line) or Need.REQUIRED
    lost = reading.string(table, "otherwise", where, line)
    return ItemSpec(
        code=code,
        name=reading.plain(table, "name", where, line),
        lane=reading.string(table, "lane", where, line),
        forms=reading.texts(table, "forms", where, line),
        when=_expression(reading, table, where, line),
        depends=reading.texts(table, "depends", where, line),
        promise=_promise(reading, table, where, line),
        reason=reading.plain(table, "reason", where, line),
        need=_word(reading, Need, need, where, "need", line, NEEDS) or Need.REQUIRED,
        otherwise=_word(reading, Outcome, lost, where, "otherwise", line, LOST) if lost else None,
        joint=_joint(reading, table, where, line),
        result=_result(reading, table, where, line),
        commits=_expression(reading, table, where, line, "commits"),
        legal=_promise(reading, table, where, line, "legal"),
        extension=_promise(reading, table, where, line, "extension"),
        phases=manifest_clocks.phases(reading, table, where, line),
        apart=manifest_apart.apart(reading, table, where, line),
    )


def _result(reading: Reading, table: Mapping[str, Any], where: str, line: int) -> Result | None:
    result = reading.table(table, "result", where, line)
    if not result:
        return None
    names = ("name", "number", "issued", "until")
    reading.only(result, names, f"{where} result", line)
    _need(reading, result, ("name",), f"{where} result", line)
    return Result(*(reading.plain(result, name, f"{where} result", line) for name in names))


def _joint(reading: Reading, table: Mapping[str, Any], where: str, line: int) -> Joint | None:
    word = reading.string(table, "joint", where, line)
    return _word(reading, Joint, word, where, "joint", line, Joint) if word else None


def _promise(
    reading: Reading, table: Mapping[str, Any], where: str, line: int, name: str = "promise"
) -> Promise | None:
    promise = reading.table(table, name, where, line)
    if not promise:
        return None
    where = f"{where} {name}"
    own = {"sooner"} if name == "promise" and "code" in table and "lane" in table else set()  # of an item
    reading.only(promise, {"days", "unit", "text", "source", "pausable"} | own, where, line)
    _need(reading, promise, ("days", "unit", "text", "source"), where, line)
    unit = _word(reading, LimitUnit, reading.string(promise, "unit", where, line), where, "unit", line, LimitUnit)
    texts = {name: reading.plain(promise, name, where, line) for name in ("text", "source")}
    days = reading.integer(promise, "days", where, line) or 0
    pausable = "pausable" not in promise or reading.boolean(promise, "pausable", where, line)
    sooner = manifest_clocks.sooner(reading, promise, where, line, days) if own else None
    return Promise(days=days, unit=unit, pausable=pausable, sooner=sooner, **texts) if unit else None

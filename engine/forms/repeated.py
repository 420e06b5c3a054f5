"""A form-js `dynamiclist` → a list: the same questions once for each row."""

from collections.abc import Mapping
from typing import Any

from engine.forms import component as components
from engine.forms import computed, integrity
from engine.forms.component import COMMON, KEY, Place
from engine.forms.model import Field, FieldDefinition, FieldType, Form, Rows, Section
from engine.forms.rows import MOST
from engine.forms.shape import Reading, is_name

LIST = COMMON | {
    "label",
    "path",
    "components",
    "isRepeating",
    "allowAddRemove",
    "defaultRepetitions",
    "showOutline",
    "verticalAlignment",
    "disableCollapse",
    "nonCollapsedItems",
}
USUAL = 30  # rows at most, when the form does not say


def read(
    reading: Reading, component: Mapping[str, Any], dictionary: Mapping[str, FieldDefinition], place: Place
) -> Field | None:
    """The field whose answer is the list."""
    line = components.line_of(reading, component)
    path = reading.string(component, "path", "dynamiclist", line)
    where = path or str(component.get("id") or "dynamiclist")
    reading.only(component, LIST, where, line)
    key = f"{place.path}.{path}" if place.path else path
    if not KEY.fullmatch(path) or not is_name(key):
        reading.refuse("form-key", line, key=path)
    label = reading.plain(component, "label", where, line)
    if not label:
        reading.refuse("form-label", line, key=where)
    if component.get("isRepeating", True) is not True:
        reading.refuse("form-rows", line, key=where, why_zh="isRepeating 须为 true", why="isRepeating must be true")
    least, most, first = _numbers(reading, component, where, line)
    rows = Rows(_row(reading, component, dictionary, where), least, most, first)
    return Field(key, FieldType.LIST, label, hide=components.hidden(reading, component, place.hide), rows=rows)


def _row(reading: Reading, component: Mapping[str, Any], dictionary: Mapping[str, FieldDefinition], where: str) -> Form:
    fields: list[Field] = []
    for entry in components.typed(reading, component, where):
        if entry["type"] in ("group", FieldType.LIST):
            reading.refuse("form-nested", components.line_of(reading, entry), key=where, type=entry["type"])
            continue
        reader = computed.read if entry["type"] == computed.TYPE else components.read
        field = reader(reading, entry, dictionary, Place())
        fields += [field] if field else []
    if not any(field.key for field in fields) and not reading.findings:
        reading.refuse("form-empty", components.line_of(reading, component))
    return integrity.complete(reading, Form(where, "", (Section("", "", tuple(fields)),)), dictionary)


def _numbers(reading: Reading, component: Mapping[str, Any], where: str, line: int) -> tuple[int, int, int]:
    """At least, at most and at first so many rows."""
    own = reading.table(component, "properties", where, line)
    reading.only(own, {"minRows", "maxRows"}, f"{where} properties", line)
    first = reading.integer(component, "defaultRepetitions", where, line)
    least, most = _number(reading, own, "minRows", where, line), _number(reading, own, "maxRows", where, line)
    first = max(1 if first is None else first, least or 0)
    if component.get("allowAddRemove", True) is False:
        least = most = first
    least, most = least or 0, USUAL if most is None else most
    if not least <= first <= most or not 1 <= most <= MOST:
        why = f"minRows {least} ≤ defaultRepetitions {first} ≤ maxRows {most} ≤ {MOST}"
        reading.refuse("form-rows", line, key=where, why_zh=f"须满足 {why}", why=f"it must hold that {why}")
    return least, most, first


def _number(reading: Reading, own: Mapping[str, Any], name: str, where: str, line: int) -> int | None:
    """A whole number; the editor writes custom properties as text."""
    said = own.get(name)
    if isinstance(said, str) and said.isdecimal() and len(said) < 10:
        return int(said)
    return reading.integer(own, name, where, line)

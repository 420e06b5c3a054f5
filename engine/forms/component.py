"""One form-js component → one `Field`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import regex

from engine import feel
from engine.forms import allowed, lines, shape
from engine.forms.checks import CHECKS
from engine.forms.model import Field, FieldDefinition, FieldType, Secrecy
from engine.forms.shape import Reading

COMMON = frozenset({"type", "id", "layout", "conditional", "properties"})
QUESTION = COMMON | {"key", "label", "description", "validate", "defaultValue"}
GROUP = COMMON - {"properties"} | {"label", "path", "components", "showOutline", "verticalAlignment"}
PROPERTIES: Mapping[FieldType, frozenset[str]] = {
    FieldType.TEXTFIELD: QUESTION,
    FieldType.TEXTAREA: QUESTION,
    FieldType.NUMBER: QUESTION | {"decimalDigits"},
    FieldType.DATE: QUESTION | {"subtype", "dateLabel"},
    FieldType.SELECT: QUESTION | {"values"},
    FieldType.RADIO: QUESTION | {"values"},
    FieldType.CHECKBOX: QUESTION,
    FieldType.CHECKLIST: QUESTION | {"values"},
    FieldType.TEXT: COMMON - {"properties"} | {"text"},
}
OWN = frozenset({"field", "check", "secrecy", "source"})
KEY = regex.compile(r"\p{L}[\p{L}\p{N}_]*(?:\.\p{L}[\p{L}\p{N}_]*)*")


@dataclass(frozen=True)
class Place:
    """Where a component stands: the group's path, and the condition of the group."""

    path: str = ""
    hide: feel.Expression | None = None


def read(
    reading: Reading, component: Mapping[str, Any], dictionary: Mapping[str, FieldDefinition], place: Place
) -> Field | None:
    """The field, or None after noting why not. `derived_from` is filled by the form, which knows the other fields."""
    line = line_of(reading, component)
    kind = component["type"]
    if kind not in PROPERTIES:
        known = ", ".join(sorted({*FieldType, "group", "expression"}))
        reading.refuse("form-type", line, type=kind, known=known)
        return None
    reading.only(component, PROPERTIES[FieldType(kind)], where_of(component), line)
    if kind == FieldType.TEXT:
        text = reading.plain(component, "text", where_of(component), line)
        mark = f"text:{reading.name}#{component.get('id', '')}"
        return Field("", FieldType.TEXT, text, mark=mark, hide=hidden(reading, component, place.hide))
    return _question(reading, component, dictionary, place, line)


def typed(reading: Reading, document: Mapping[str, Any], where: str) -> list[dict[str, Any]]:
    """The components of a form, a group or a row that say their type."""
    entries = reading.objects(document, "components", where)
    for entry in entries:
        if not isinstance(entry.get("type"), str):
            reading.refuse("form-type", line_of(reading, entry), type=entry.get("type"), known="textfield, …")
    return [entry for entry in entries if isinstance(entry.get("type"), str)]


def line_of(reading: Reading, component: Mapping[str, Any]) -> int:
    """The line of a component: where its id stands, else its key."""
    for name in ("id", "key"):
        value = component.get(name)
        if isinstance(value, str) and value:
            return lines.line_of_json(reading.text, value, name)
    return 0


def hidden(
    reading: Reading, component: Mapping[str, Any], above: feel.Expression | None = None
) -> feel.Expression | None:
    """The condition that hides a component, or the group it stands in."""
    where = where_of(component)
    conditional = reading.table(component, "conditional", where, line_of(reading, component))
    reading.only(conditional, {"hide"}, f"{where} conditional", line_of(reading, component))
    source = reading.string(conditional, "hide", where)
    own = expression(reading, source)
    return feel.compile(f"({above.source}) or ({own.source})") if above and own else own or above


def expression(reading: Reading, source: str) -> feel.Expression | None:
    """FEEL after an equals sign; None for an empty text, or after noting what is wrong with it."""
    line = lines.line_of_json(reading.text, source)
    if source and not source.startswith("="):
        reading.refuse("form-feel-equals", line, text=source)
        return None
    try:
        return feel.compile(source[1:]) if source else None
    except feel.FeelError as error:
        reading.refuse("form-feel", line, zh=error.zh, en=error.en, cure_zh=error.cure_zh, cure_en=error.cure_en)
        return None


def _question(
    reading: Reading, component: Mapping[str, Any], dictionary: Mapping[str, FieldDefinition], place: Place, line: int
) -> Field:
    kind, where = FieldType(component["type"]), where_of(component)
    own = reading.table(component, "properties", where, line)
    reading.only(own, OWN, f"{where} properties", line)
    definition = definition_of(reading, own, dictionary, where, line)
    key = key_of(reading, component, place.path, line)
    _agrees(reading, key, kind, own, definition, line)
    check = _check(reading, own, kind, definition, line)
    choices = allowed.choices(reading, component, kind, key, definition, line)
    return Field(
        key=key,
        type=kind,
        label=_label(reading, component, kind, definition, line),
        choices=choices,
        default=allowed.default(reading, component, kind, choices, line),
        help=reading.plain(component, "description", where, line) or (definition.help if definition else ""),
        hide=hidden(reading, component, place.hide),
        check=check,
        secrecy=_secrecy(reading, own, definition, line),
        source=reading.plain(own, "source", where, line) or (definition.source if definition else ""),
        derive=definition.derive if definition else "",
        definition=definition.name if definition else "",
        columns=columns(reading, component, where, line),
        **allowed.limits(reading, component, kind, key, check, line),
    )


def where_of(component: Mapping[str, Any]) -> str:
    """What a component is called in findings."""
    return str(component.get("key") or component.get("id") or component.get("type") or "?")


def definition_of(
    reading: Reading, own: Mapping[str, Any], dictionary: Mapping[str, FieldDefinition], where: str, line: int
) -> FieldDefinition | None:
    """The dictionary entry `properties.field` names; None after noting that there is none."""
    name = reading.string(own, "field", where, line)
    if name and name not in dictionary:
        zh, en = shape.nearest(name, dictionary)
        place = lines.line_of_json(reading.text, name, "field") or line
        reading.refuse("form-reference", place, name=name, suggestion_zh=zh, suggestion=en)
    return dictionary.get(name)


def key_of(reading: Reading, component: Mapping[str, Any], path: str, line: int) -> str:
    """The whole key, which FEEL reads as a name."""
    key = reading.string(component, "key", "key", line)
    whole = f"{path}.{key}" if path else key
    if not KEY.fullmatch(key) or not shape.is_name(whole):
        reading.refuse("form-key", line, key=key)
    return whole


def _agrees(
    reading: Reading, key: str, kind: FieldType, own: Mapping[str, Any], definition: FieldDefinition | None, line: int
) -> None:
    if definition is None:
        return
    if definition.type != kind:
        reading.refuse("form-reference-type", line, key=key, type=kind, name=definition.name, expected=definition.type)
    for name in ("check", "secrecy", "source"):
        if name in own and own[name] != getattr(definition, name):
            reading.refuse("form-reference-override", line, key=key, property=name, name=definition.name)


def _label(
    reading: Reading, component: Mapping[str, Any], kind: FieldType, definition: FieldDefinition | None, line: int
) -> str:
    where = where_of(component)
    label = reading.plain(component, "dateLabel", where, line) if kind is FieldType.DATE else ""
    label = label or reading.plain(component, "label", where, line) or (definition.label if definition else "")
    if not label:
        reading.refuse("form-label", line, key=where)
    if kind is FieldType.DATE and component.get("subtype") != "date":
        reading.refuse("form-date", line, key=where)
    return label


def _check(
    reading: Reading, own: Mapping[str, Any], kind: FieldType, definition: FieldDefinition | None, line: int
) -> str:
    name = reading.string(own, "check", "check", line) or (definition.check if definition else "")
    if name and name not in CHECKS:
        reading.refuse("form-check", line, name=name, known=", ".join(sorted(CHECKS)))
    elif name and CHECKS[name][0] is not kind:
        reading.refuse("form-check-type", line, name=name, type=kind)
    return name


def _secrecy(reading: Reading, own: Mapping[str, Any], definition: FieldDefinition | None, line: int) -> Secrecy:
    name = reading.string(own, "secrecy", "secrecy", line)
    if not name:
        return definition.secrecy if definition else Secrecy.NONE
    if name not in set(Secrecy):
        reading.refuse("form-secrecy", line, name=name, known=", ".join(sorted(Secrecy)))
        return Secrecy.NONE
    return Secrecy(name)


def columns(reading: Reading, component: Mapping[str, Any], where: str, line: int) -> int | None:
    """How many of form-js's sixteen columns the component takes, if it says so."""
    layout = reading.table(component, "layout", where, line)
    reading.only(layout, {"row", "columns"}, f"{where} layout", line)
    return reading.integer(layout, "columns", where, line) if layout.get("columns") is not None else None

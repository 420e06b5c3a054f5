"""A form file: form-js JSON (a subset) → `Form`, or every reason why not."""

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any, NoReturn

from engine.errors import PackInvalid
from engine.forms import component as components
from engine.forms import computed, integrity, lines, repeated
from engine.forms.component import Place
from engine.forms.model import Field, FieldDefinition, FieldType, Form, Section
from engine.forms.shape import Reading

ROOT = frozenset(
    {
        "type",
        "id",
        "schemaVersion",
        "components",
        "properties",
        "exporter",
        "executionPlatform",
        "executionPlatformVersion",
    }
)
LARGEST = 1_000_000  # characters; a form that is larger was not made by a person
NEWEST = 19  # schemaVersion of form-js 1.x; a newer one may mean something else by the same words


def read(text: str, name: str, dictionary: Mapping[str, FieldDefinition]) -> Form:
    """The form in the file `name` (its path in the pack). Raises PackInvalid with every finding and its line."""
    reading = Reading(name, text)
    document = _parse(reading)
    form = Form(
        id=_id(reading, document),
        title=_title(reading, document),
        sections=_sections(reading, document, dictionary),
    )
    form = integrity.complete(reading, form, dictionary)
    if reading.findings:
        raise PackInvalid(reading.findings)
    return form


def _parse(reading: Reading) -> dict[str, Any]:
    if len(reading.text) > LARGEST:
        _give_up(reading, 0, f"> {LARGEST}")
    try:
        document = json.loads(
            reading.text, parse_float=Decimal, parse_constant=_no_constant, object_pairs_hook=_without_twins
        )
        json.dumps(document, ensure_ascii=False, default=str).encode()  # a lone surrogate cannot be stored or printed
    except json.JSONDecodeError as error:
        _give_up(reading, error.lineno, error.msg)
    except (ValueError, RecursionError, ArithmeticError) as error:
        _give_up(reading, 0, str(error))
    if not isinstance(document, dict):
        _give_up(reading, 1, "not an object")
    return document


def _give_up(reading: Reading, line: int, why: str) -> NoReturn:
    reading.refuse("form-json", line, why=why)
    raise PackInvalid(reading.findings)


def _no_constant(word: str) -> NoReturn:
    raise ValueError(f"{word} is not a JSON number")


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"twice in one object: {', '.join(sorted({n for n in names if names.count(n) > 1}))}")
    return found


def _id(reading: Reading, document: Mapping[str, Any]) -> str:
    reading.only(document, ROOT, "form", 1)
    if document.get("type", "default") != "default":
        reading.refuse("form-type", 1, type=document["type"], known="default")
    version = reading.integer(document, "schemaVersion", "form", 1)
    if version is not None and version > NEWEST:
        reading.refuse("unknown-key", 1, where="form", property=f"schemaVersion {version}", known=f"<= {NEWEST}")
    found, stem = reading.string(document, "id", "form", 1), PurePosixPath(reading.name).stem
    if found != stem:
        reading.refuse("form-id", lines.line_of_json(reading.text, found, "id"), id=found, stem=stem)
    return found


def _title(reading: Reading, document: Mapping[str, Any]) -> str:
    properties = reading.table(document, "properties", "form", 1)
    reading.only(properties, {"title"}, "form properties", 1)
    title = reading.plain(properties, "title", "form", 1)
    if not title:
        reading.refuse("form-title", 1)
    return title


def _sections(
    reading: Reading, document: Mapping[str, Any], dictionary: Mapping[str, FieldDefinition]
) -> tuple[Section, ...]:
    sections: list[Section] = []
    loose: list[Field] = []
    for entry in components.typed(reading, document, "form"):
        if entry["type"] == "group":
            sections += [Section("", "", tuple(loose))] if loose else []
            loose = []
            sections.append(_group(reading, entry, dictionary))
        elif entry["type"] == FieldType.LIST:  # a list at the top is a section of its own, under its own words
            sections += [Section("", "", tuple(loose))] if loose else []
            loose = []
            sections += [Section("", f.label, (f,)) for f in _field(reading, entry, dictionary, Place())]
        else:
            loose += _field(reading, entry, dictionary, Place())
    sections += [Section("", "", tuple(loose))] if loose else []
    if not any(section.fields for section in sections) and not reading.findings:
        reading.refuse("form-empty", 1)
    return tuple(sections)


def _group(reading: Reading, group: Mapping[str, Any], dictionary: Mapping[str, FieldDefinition]) -> Section:
    line = components.line_of(reading, group)
    where = str(group.get("path") or group.get("id") or "group")
    reading.only(group, components.GROUP, where, line)
    path, label = reading.string(group, "path", where, line), reading.plain(group, "label", where, line)
    if path and not components.KEY.fullmatch(path):
        reading.refuse("form-key", line, key=path)
    place = Place(path, components.hidden(reading, group))
    fields = [f for entry in components.typed(reading, group, where) for f in _field(reading, entry, dictionary, place)]
    return Section(path, label, tuple(fields))


def _field(
    reading: Reading, entry: Mapping[str, Any], dictionary: Mapping[str, FieldDefinition], place: Place
) -> list[Field]:
    readers = {FieldType.LIST: repeated.read, computed.TYPE: computed.read}
    field = readers.get(entry["type"], components.read)(reading, entry, dictionary, place)
    return [field] if field else []

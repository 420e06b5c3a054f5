"""Has every Chinese text a user sees an English one?"""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import regex

from engine.catalog import lint_guide, rules
from engine.catalog.files import CONNECTORS
from engine.catalog.gather import Gathered
from engine.catalog.manifest import Manifest
from engine.catalog.read import english
from engine.errors import Finding
from engine.forms import Form, lines
from engine.runtime import Model

HAN = regex.compile(r"\p{Han}")


class Seen(NamedTuple):
    """A text and the file it stands in."""

    text: str
    file: str


def findings(pack: Gathered) -> Iterator[Finding]:
    """Every text without English, once, where it stands first; and every English text nobody needs (a warning)."""
    if pack.english_file not in pack.files:
        return
    known = english(pack.dictionary, pack.texts)
    seen = {text: file for text, file in reversed(list(_texts(pack))) if HAN.search(text)}
    for text, file in seen.items():
        if not known.get(text):
            yield rules.finding(file, _line(pack.files[file], text), "text-no-english", text=text)
    if not pack.broken:
        yield from _unused(pack, seen)


def _unused(pack: Gathered, seen: dict[str, str]) -> Iterator[Finding]:
    for text in pack.texts:
        if text not in seen:
            line = _line(pack.files[pack.english_file], text)
            yield replace(rules.finding(pack.english_file, line, "text-unused", text=text), warning=True)


def _line(file_text: str, text: str) -> int:
    return lines.line_of_json(file_text, text) or lines.line_of(file_text, text)


def _texts(pack: Gathered) -> Iterator[Seen]:
    if pack.manifest:
        yield from (Seen(text, pack.pack_file) for text in _of_manifest(pack.manifest))
        yield from (Seen(text, CONNECTORS) for text in _of_connectors(pack))
        yield from (Seen(text, file) for text, file in lint_guide.reasons(pack, pack.manifest))
    if pack.model:
        yield from (Seen(text, pack.drawing_file) for text in _of_drawing(pack.model))
    for name, form in pack.forms.items():
        yield from (Seen(text, pack.form_file(name)) for text in _of_form(form))


def _of_manifest(said: Manifest) -> Iterator[str]:
    yield from (said.name, said.about, *said.lanes)
    yield from (text for item in said.items for text in (item.name, item.reason, *item.phases))
    yield from (item.result.name for item in said.items if item.result)
    yield from (item.apart.source for item in said.items if item.apart)
    yield from ((said.visits.source,) if said.visits else ())
    yield from (text for one in said.local for text in (one.off, one.source))
    of_items = (one for item in said.items for one in (item.promise, item.legal, item.extension))
    for promise in (said.promise, said.legal, *of_items, *(one.promise for one in said.local)):
        if promise:
            yield from (promise.unit, promise.text, promise.source)
    for material in said.materials:
        yield from (material.name, material.note, material.reason)
        if material.tolerable:
            yield from (material.tolerable.unit, material.tolerable.source)
        if material.commitment:
            yield material.commitment.text
    yield from (check.text for check in said.checks)
    for spec in said.prefill:
        yield from (spec.purpose, spec.basis)
    yield from (letter.name for letter in said.letters)
    for dated in said.parameters.values():
        yield from (text for parameter in dated for text in (parameter.unit, parameter.source))


def _of_connectors(pack: Gathered) -> Iterator[str]:
    """What people read of those the window asks."""
    asked = {name for spec in (pack.manifest.prefill if pack.manifest else ()) for name in spec.ask}
    for name in sorted(asked & pack.connectors.keys()):
        yield from (pack.connectors[name].name, pack.connectors[name].department)


def _of_drawing(model: Model) -> Iterator[str]:
    yield from (model.process_name, *model.lanes)
    for node in model.nodes.values():
        yield from (node.name, node.properties.get("result", ""))
    yield from (flow.name for flow in model.flows.values())


def _of_form(form: Form) -> Iterator[str]:
    yield form.title
    for section in form.sections:
        yield section.label
        for field in section.fields:
            yield from (field.label, field.help, field.pattern_message, *(choice.label for choice in field.choices))
            if field.rows:
                yield from _of_form(field.rows.form)

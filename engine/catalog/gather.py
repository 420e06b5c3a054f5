"""The files of a pack, each read on its own; what cannot be read is named and left out."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any

from engine import forms, letters, runtime
from engine.catalog import connectors, letter_specs, manifest, manifest_local, rules
from engine.catalog.connectors import Connector
from engine.catalog.files import CONNECTORS, FIELDS
from engine.catalog.manifest import Manifest
from engine.errors import Finding, PackInvalid
from engine.forms import FieldDefinition, Form
from engine.forms.dictionary import line_in
from engine.forms.shape import Reading


@dataclass(frozen=True)
class Gathered:
    """What could be read, and what was found wrong on the way; `broken` are ids of forms that cannot be read."""

    code: str
    files: Mapping[str, str]
    findings: tuple[Finding, ...]
    manifest: Manifest | None
    dictionary: Mapping[str, FieldDefinition]
    forms: Mapping[str, Form]
    broken: frozenset[str]
    texts: Mapping[str, str]
    model: runtime.Model | None
    connectors: Mapping[str, Connector]
    templates: Mapping[str, letters.Template]

    @property
    def pack_file(self) -> str:
        """The path of `pack.toml`."""
        return f"workflows/{self.code}/pack.toml"

    @property
    def drawing_file(self) -> str:
        """The path of the drawing."""
        return f"workflows/{self.code}/process.bpmn"

    @property
    def english_file(self) -> str:
        """The path of the English texts."""
        return f"workflows/{self.code}/en.toml"

    @property
    def decision_files(self) -> list[str]:
        """The paths of the decision models."""
        return sorted(decisions(self.files))

    def form_file(self, form: str) -> str:
        """The path of a form."""
        return f"forms/{form}.json" if form.startswith("shared/") else f"forms/{self.code}/{form}.json"


def gather(files: Mapping[str, str]) -> Gathered:
    """Read everything; never raises for what a file contains."""
    code = _code(files)
    found = _Found(code)
    dictionary = _dictionary(files, found)
    return Gathered(
        code=code,
        files=files,
        manifest=_manifest(files, found),
        dictionary=dictionary,
        forms=_forms(files, dictionary, found),
        texts=_texts(files, found),
        model=_model(files, found),
        connectors=_connectors(files, found),
        templates=_templates(files, found),
        broken=frozenset(found.broken),
        findings=tuple(found.findings),
    )


def decisions(files: Mapping[str, str]) -> dict[str, bytes]:
    """The decision models of a pack, by path."""
    return {name: text.encode() for name, text in files.items() if name.endswith(".dmn")}


def stories(code: str, files: Mapping[str, str]) -> dict[str, str]:
    """The scenario files of a pack, by path."""
    before = f"workflows/{code}/scenarios/"
    return {name: text for name, text in files.items() if name.startswith(before) and name.endswith(".toml")}


def toml(name: str, text: str) -> tuple[dict[str, Any], list[Finding]]:
    """The document in a TOML file; empty with a finding when it is none. Numbers with a point become `Decimal`."""
    try:
        return tomllib.loads(text, parse_float=Decimal), []
    except (ValueError, ArithmeticError, RecursionError) as error:
        return {}, [rules.finding(name, line_in(error), "file-toml", why=error)]


@dataclass
class _Found:
    code: str
    findings: list[Finding] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def missing(self, name: str) -> None:
        self.findings.append(rules.finding(name, 0, "pack-file", file=name))


def _code(files: Mapping[str, str]) -> str:
    """The folder that holds `pack.toml`."""
    codes = [path.parts[1] for name in files if (path := PurePosixPath(name)).match("workflows/*/pack.toml")]
    if len(codes) == 1:
        return codes[0]
    raise PackInvalid([rules.finding("workflows", 0, "pack-file", file="workflows/<pack>/pack.toml")])


def _dictionary(files: Mapping[str, str], found: _Found) -> Mapping[str, FieldDefinition]:
    try:
        return forms.read_dictionary(files.get(FIELDS, ""), FIELDS)
    except PackInvalid as invalid:
        found.findings += invalid.findings
        return {}


def _manifest(files: Mapping[str, str], found: _Found) -> Manifest | None:
    name = f"workflows/{found.code}/pack.toml"
    document, findings = toml(name, files[name])
    if findings:
        found.findings += findings
        return None
    reading = Reading(name, files[name], rules=rules.RULES)
    read = manifest.read(reading, document)
    read = replace(read, local=manifest_local.read(reading, document))
    read = replace(read, letters=letter_specs.read(reading, document, files, found.code))
    if read.code != found.code:
        reading.refuse("pack-code", manifest.line_of(files[name], "code", read.code), code=read.code, folder=found.code)
    found.findings += reading.findings
    return read


def _forms(files: Mapping[str, str], dictionary: Mapping[str, FieldDefinition], found: _Found) -> dict[str, Form]:
    read: dict[str, Form] = {}
    for name, text in files.items():
        path = PurePosixPath(name)
        if not path.match("forms/*/*.json"):
            continue
        form = f"shared/{path.stem}" if path.parts[1] == "shared" else path.stem
        try:
            read[form] = replace(forms.read(text, name, dictionary), id=form)
        except PackInvalid as invalid:
            found.findings += invalid.findings
            found.broken.append(form)
    return read


def _texts(files: Mapping[str, str], found: _Found) -> dict[str, str]:
    name = f"workflows/{found.code}/en.toml"
    if name not in files:
        found.missing(name)
        return {}
    document, findings = toml(name, files[name])
    reading = Reading(name, files[name], findings, rules.RULES)
    texts = {chinese: reading.plain(document, chinese, "en.toml") for chinese in document}
    found.findings += reading.findings
    return texts


def _templates(files: Mapping[str, str], found: _Found) -> dict[str, letters.Template]:
    read: dict[str, letters.Template] = {}
    for name in sorted(name for name in files if PurePosixPath(name).match("workflows/*/letters/*.html")):
        read[name], findings = letters.read(files[name], name)
        found.findings += findings
    return read


def _connectors(files: Mapping[str, str], found: _Found) -> dict[str, Connector]:
    text = files.get(CONNECTORS, "")
    document, findings = toml(CONNECTORS, text)
    reading = Reading(CONNECTORS, text, findings, rules.RULES)
    read = connectors.read(reading, document)
    found.findings += reading.findings
    return read


def _model(files: Mapping[str, str], found: _Found) -> runtime.Model | None:
    name = f"workflows/{found.code}/process.bpmn"
    if name not in files:
        found.missing(name)
        return None
    try:
        return runtime.read(files[name].encode(), name, decisions=decisions(files))
    except PackInvalid as invalid:
        found.findings += invalid.findings
        return None

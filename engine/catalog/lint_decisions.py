"""The decision models of a pack: are they sound, and do they ask for what the case knows, in the type it has?"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from engine import dmn
from engine.catalog import lint_names, rules
from engine.catalog.gather import Gathered
from engine.catalog.lint_references import unknown
from engine.errors import Finding, PackInvalid
from engine.forms import Field, FieldType, lines

# What a field's answer is to a decision. Dates are text in the facts, and an input declared as a date reads them.
TYPES: Mapping[FieldType, frozenset[str]] = {
    FieldType.CHECKBOX: frozenset({"boolean"}),
    FieldType.CHECKLIST: frozenset(),
    FieldType.DATE: frozenset({"string", "date"}),
    FieldType.LIST: frozenset(),
    FieldType.NUMBER: frozenset({"number"}),
}
TEXT = frozenset({"string"})
SIMPLE = frozenset({"boolean", "date", "date and time", "number", "string", "time"})


def findings(pack: Gathered) -> Iterator[Finding]:
    """Each model's own findings, then what its inputs ask of the case."""
    for name in pack.decision_files:
        try:
            model = dmn.read(pack.files[name].encode(), resolve=lambda _, location: _beside(pack, location))
        except PackInvalid as invalid:
            yield from (replace(finding, file=name) for finding in invalid.findings)
            continue
        yield from (replace(finding, file=name) for finding in dmn.lint(model))
        yield from _inputs(pack, name, model)


def _beside(pack: Gathered, location: str) -> bytes | None:
    """An imported model: the file of the pack with this name."""
    wanted = PurePosixPath(location).name
    return next((pack.files[n].encode() for n in pack.decision_files if PurePosixPath(n).name == wanted), None)


def _inputs(pack: Gathered, name: str, model: dmn.Model) -> Iterator[Finding]:
    if not (pack.manifest and pack.model):
        return
    facts = lint_names.case_facts(pack, pack.manifest, pack.model)
    known = {fact.partition(".")[0] for fact in facts} | lint_names.variables(pack.model)
    fields = {key: field for form in pack.forms.values() for key, field in form.by_key.items()}
    for asked, kind in model.inputs.items():
        line = lines.line_of(pack.files[name], f'name="{asked}"')
        if asked not in known:
            yield unknown(name, line, "decision-input", asked, known)
        elif not _fits(fields.get(asked), kind):
            yield rules.finding(name, line, "decision-type", name=asked, wanted=kind, label=fields[asked].label)


def _fits(field: Field | None, kind: str) -> bool:
    return field is None or kind not in SIMPLE or kind in TYPES.get(field.type, TEXT)

"""Do the two sides of an operator fit? A text compared with a number is null, whatever the applicant says."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from engine import dmn, forms
from engine.catalog import lint_names, rules
from engine.catalog.gather import Gathered
from engine.catalog.manifest import Manifest
from engine.catalog.pack import ItemSpec, MaterialSpec
from engine.errors import Finding
from engine.feel.values import LABELS_ZH
from engine.forms import FieldType
from engine.runtime import Model

# What an answer is in the facts; dates are text there until date(…) reads them.
KINDS: Mapping[FieldType, str | None] = {
    FieldType.CHECKBOX: "boolean",
    FieldType.CHECKLIST: None,
    FieldType.NUMBER: "number",
}


def findings(pack: Gathered) -> Iterator[Finding]:
    """Every operator that can only give null; silent while a part of the pack is broken."""
    if pack.manifest is None or pack.model is None or pack.broken:
        return
    types = _types(pack, pack.manifest, pack.model)
    for file, line, source in _sources(pack, pack.manifest, pack.model):
        for misfit in dmn.misfits(source, types):
            said = {"operator": misfit.operator, "left": misfit.left, "right": misfit.right}
            zh = {"left_zh": LABELS_ZH[misfit.left], "right_zh": LABELS_ZH[misfit.right]}
            yield rules.finding(file, line, "feel-type", **said, **zh)


def _types(pack: Gathered, said: Manifest, model: Model) -> dict[str, Any]:
    """The types of the case's facts, nested as the facts are."""
    flat: dict[str, str | None] = dict.fromkeys(lint_names.CASE, "string")
    flat |= {f"parameters.{name}": _of_value(dated[-1].value) for name, dated in said.parameters.items() if dated}
    flat |= {f"{item.code}.applies": "boolean" for item in said.items}
    asked = {said.situation, *lint_names.application_forms(pack, said)}
    flat |= {key: _kind(pack, name, key) for name in asked if name in pack.forms for key in pack.forms[name].keys}
    for node in model.nodes.values():
        if node.form in pack.forms:
            prefix = f"{node.item}." if node.item else ""
            flat |= {prefix + key: _kind(pack, node.form or "", key) for key in pack.forms[node.form or ""].keys}
    return {**forms.nest(flat), **dict.fromkeys(lint_names.variables(model))}


def _kind(pack: Gathered, form: str, key: str) -> str | None:
    return KINDS.get(pack.forms[form].by_key[key].type, "string")


def _of_value(value: object) -> str:
    return "number" if isinstance(value, int | Decimal) else "string"


def _sources(pack: Gathered, said: Manifest, model: Model) -> Iterator[tuple[str, int, str]]:
    """Every expression over the case's facts: file, line, text without the equals sign."""
    text = pack.files[pack.pack_file]
    parts: list[ItemSpec | MaterialSpec] = [*said.items, *said.materials]
    commits = [(item.code, item.commits) for item in said.items]
    for code, when in (*((part.code, part.when) for part in parts), *commits):
        if when is not None:  # else the guide says it, and lint_decisions looks there
            yield pack.pack_file, lint_names.line_of_when(text, code, when), when.source
    for flow in model.flows.values():
        yield pack.drawing_file, flow.condition_line or flow.line, flow.condition.removeprefix("=")
    for node in model.nodes.values():
        for source in lint_names.sources(node):
            if source.startswith("="):
                yield pack.drawing_file, node.line, source[1:]

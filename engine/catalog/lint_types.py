"""Do the two sides of an operator fit? A text compared with a number is null, whatever the applicant says."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from engine import dmn, forms
from engine.catalog import lint_names, rules
from engine.catalog.gather import Gathered
from engine.catalog.manifest import Manifest
from engine.catalog.pack import CheckSpec, ItemSpec, MaterialSpec
from engine.errors import Finding
from engine.feel.values import LABELS_ZH
from engine.forms import FieldType, Form
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
    flat: dict[str, Any] = dict.fromkeys(lint_names.CASE, "string")
    flat |= {f"parameters.{name}": _of_value(dated[-1].value) for name, dated in said.parameters.items() if dated}
    flat |= {f"{item.code}.applies": "boolean" for item in said.items}
    asked = {said.situation, *lint_names.application_forms(pack, said)}
    flat |= {key: kind for name in asked if name in pack.forms for key, kind in _kinds(pack.forms[name]).items()}
    for node in model.nodes.values():
        if node.form in pack.forms:
            prefix = f"{node.item}." if node.item else ""
            flat |= {prefix + key: kind for key, kind in _kinds(pack.forms[node.form or ""]).items()}
    # A key that is also the beginning of another has a finding of its own.
    apart = {key: kind for key, kind in flat.items() if not any(other.startswith(f"{key}.") for other in flat)}
    return {**forms.nest(apart), **dict.fromkeys(lint_names.variables(model))}


def _kinds(form: Form) -> dict[str, Any]:
    """The types of what a form asks; of a list one mapping, the type of a row, in a list."""
    return {
        key: [forms.nest(_kinds(field.rows.form))] if field.rows else KINDS.get(field.type, "string")
        for key, field in form.by_key.items()
    }


def _of_value(value: object) -> str:
    return "number" if isinstance(value, int | Decimal) else "string"


def _sources(pack: Gathered, said: Manifest, model: Model) -> Iterator[tuple[str, int, str]]:
    """Every expression over the case's facts: file, line, text without the equals sign."""
    text = pack.files[pack.pack_file]
    parts: list[ItemSpec | MaterialSpec | CheckSpec] = [*said.items, *said.materials, *said.checks]
    commits = [(item.code, item.commits) for item in said.items]
    proxies = [(spec.code, spec.commitment.proxy) for spec in said.materials if spec.commitment]
    presses = [(item.code, when) for item in said.items for when in lint_names.presses(item)]
    for code, when in (*((part.code, part.when) for part in parts), *commits, *presses, *proxies):
        if when is not None:  # else the guide says it, and lint_decisions looks there
            yield pack.pack_file, lint_names.line_of_when(text, code, when), when.source
    for flow in model.flows.values():
        yield pack.drawing_file, flow.condition_line or flow.line, flow.condition.removeprefix("=")
    for node in model.nodes.values():
        for source in lint_names.sources(node):
            if source.startswith("="):
                yield pack.drawing_file, node.line, source[1:]

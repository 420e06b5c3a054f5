"""Can each block be filled in: is there who is asked, with what, for which fields, and by whose consent?"""

from collections.abc import Iterable, Iterator

from engine.catalog import lint_names, manifest, rules
from engine.catalog.gather import Gathered
from engine.catalog.lint_references import unknown
from engine.catalog.manifest import Manifest
from engine.catalog.pack import PrefillSpec
from engine.errors import Finding
from engine.forms import Field, FieldType, Form


def findings(pack: Gathered, said: Manifest) -> Iterator[Finding]:
    """Every connector, input or box a block names and nobody has."""
    if pack.broken:
        return
    application = lint_names.application_forms(pack, said).values()
    fields = {f.key: f for form in application for f in form.fields}
    boxes = {key for key, field in fields.items() if field.type is FieldType.CHECKBOX}
    for spec in said.prefill:
        line = manifest.line_of(pack.files[pack.pack_file], "group", spec.group)
        block = _inside(spec, application)
        if not block:
            groups = {key.rpartition(".")[0] for key in fields} | {key for key, f in fields.items() if f.rows}
            yield unknown(pack.pack_file, line, "prefill-field", spec.group, groups - {""})
            continue
        if spec.consent not in boxes:
            yield unknown(pack.pack_file, line, "prefill-field", spec.consent, boxes)
        yield from _asked(pack, spec, block, line)


def _inside(spec: PrefillSpec, application: Iterable[Form]) -> dict[str, Field]:
    """The fields of a block by their keys in it: of a group, or of the rows of a list, whichever form asks."""
    found: dict[str, Field] = {}
    before = f"{spec.group}."
    for field in (f for form in application for f in form.fields):
        if field.rows and field.key == spec.group:
            found |= field.rows.form.by_key
        elif field.key.startswith(before):
            found[field.key.removeprefix(before)] = field
    return found


def _asked(pack: Gathered, spec: PrefillSpec, block: dict[str, Field], line: int) -> Iterator[Finding]:
    entries = {field.definition for field in block.values()}
    for name in spec.ask:
        connector = pack.connectors.get(name)
        if connector is None:
            yield unknown(pack.pack_file, line, "connector-unknown", name, pack.connectors)
            continue
        for needed in (each for each in connector.inputs if each not in block):
            yield unknown(pack.pack_file, line, "prefill-field", f"{spec.group}.{needed}", block)
        for field in (f for f in block.values() if f.definition in connector.fills and f.source != connector.code):
            said = {"name": field.definition, "source": field.source or "—", "code": connector.code or "—"}
            yield rules.finding(pack.pack_file, line, "prefill-source", **said)
        if not entries & connector.fills.keys():
            yield unknown(pack.pack_file, line, "prefill-nothing", name, connector.fills)

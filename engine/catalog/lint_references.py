"""Do the parts of a pack fit together? What one file names must be there in another, or the pack cannot be read."""

from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter

from engine.catalog import manifest, rules
from engine.catalog.gather import Gathered
from engine.catalog.manifest import Manifest
from engine.errors import Finding
from engine.forms import lines
from engine.forms.shape import nearest
from engine.runtime import Model

OUTSIDE = frozenset({"message", "signal", "multiple"})  # events that come from outside the case


def findings(pack: Gathered) -> Iterator[Finding]:
    """Every reference that leads nowhere."""
    if pack.manifest:
        yield from _forms_of_manifest(pack, pack.manifest)
        yield from _items_of_manifest(pack, pack.manifest)
        yield from _lanes_of_items(pack, pack.manifest)
    if pack.model:
        yield from _forms_of_drawing(pack, pack.model)
        yield from _answered(pack, pack.model)
    if pack.manifest and pack.model:
        yield from _items_of_drawing(pack, pack.manifest, pack.model)
        yield from _lanes(pack, pack.manifest, pack.model)


def unknown(file: str, line: int, rule: str, name: str, known: Iterable[str]) -> Finding:
    """A finding about a name that nobody defines, with the nearest one that somebody does."""
    zh, en = nearest(name, known)
    return rules.finding(file, line, rule, name=name, suggestion_zh=zh, suggestion=en)


def _forms_of_manifest(pack: Gathered, said: Manifest) -> Iterator[Finding]:
    text = pack.files[pack.pack_file]
    if said.situation and not _is_there(pack, said.situation):
        line = manifest.line_of(text, "situation", said.situation)
        yield unknown(pack.pack_file, line, "form-unknown", said.situation, pack.forms)
    for item in said.items:
        for form in item.forms:
            if not _is_there(pack, form):
                line = manifest.line_of(text, "code", item.code)
                yield unknown(pack.pack_file, line, "form-unknown", form, pack.forms)


def _is_there(pack: Gathered, form: str) -> bool:
    return form in pack.forms or form in pack.broken


def _items_of_manifest(pack: Gathered, said: Manifest) -> Iterator[Finding]:
    codes = {item.code for item in said.items}
    text = pack.files[pack.pack_file]
    named = [(entry.code, entry.depends) for entry in said.items] + [(m.code, m.items) for m in said.materials]
    for owner, others in named:
        for code in others:
            if code not in codes:
                yield unknown(pack.pack_file, manifest.line_of(text, "code", owner), "item-unknown", code, codes)
    try:
        TopologicalSorter({item.code: item.depends for item in said.items}).prepare()
    except CycleError as cycle:
        yield rules.finding(pack.pack_file, 0, "item-cycle", codes=", ".join(dict.fromkeys(cycle.args[1])))


def _lanes_of_items(pack: Gathered, said: Manifest) -> Iterator[Finding]:
    for item in said.items:
        if item.lane not in said.lanes:
            line = manifest.line_of(pack.files[pack.pack_file], "code", item.code)
            yield unknown(pack.pack_file, line, "lane-unmapped", item.lane, said.lanes)


def _forms_of_drawing(pack: Gathered, model: Model) -> Iterator[Finding]:
    for node in model.nodes.values():
        if node.form and not _is_there(pack, node.form):
            yield unknown(pack.drawing_file, node.line, "form-unknown", node.form, pack.forms)
        if node.kind == "userTask" and not node.form:
            yield rules.finding(pack.drawing_file, node.line, "form-none", name=node.name or node.id)


def _answered(pack: Gathered, model: Model) -> Iterator[Finding]:
    """A case begins at a window. Nothing else opens one, so a drawing that begins otherwise would never run."""
    for node in model.nodes.values():
        if node.kind == "startEvent" and node.scope == model.process_id and node.event in OUTSIDE:
            yield rules.finding(pack.drawing_file, node.line, "nobody-answers", name=node.name or node.id)
        if node.kind == "callActivity":
            yield rules.finding(pack.drawing_file, node.line, "call-isolated", name=node.name or node.id)


def _items_of_drawing(pack: Gathered, said: Manifest, model: Model) -> Iterator[Finding]:
    codes = {item.code for item in said.items}
    for node in model.nodes.values():
        if node.item and node.item not in codes:
            yield unknown(pack.drawing_file, node.line, "item-unknown", node.item, codes)


def _lanes(pack: Gathered, said: Manifest, model: Model) -> Iterator[Finding]:
    text = pack.files[pack.drawing_file]
    for name in model.lanes:
        if name not in said.lanes:
            yield unknown(pack.drawing_file, lines.line_of(text, name), "lane-unmapped", name, said.lanes)
    for name in said.lanes:
        if name not in model.lanes:
            line = manifest.line_of_table(pack.files[pack.pack_file], "lanes", name)
            yield unknown(pack.pack_file, line, "lane-undrawn", name, model.lanes)
    for node in model.nodes.values():
        if node.kind == "userTask" and node.lane is None:
            yield rules.finding(pack.drawing_file, node.line, "lane-none", name=node.name or node.id)

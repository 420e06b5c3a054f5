"""Do the clocks of a pack fit together: phases in the promise, the promise in the law, what stops and what may not?"""

from collections.abc import Iterator

from engine.catalog import limits, manifest, rules
from engine.catalog.gather import Gathered
from engine.catalog.lint_limits import against
from engine.catalog.manifest import Manifest
from engine.catalog.pack import ItemSpec, Promise
from engine.errors import Finding
from engine.forms import lines
from engine.runtime import Model


def findings(pack: Gathered, said: Manifest, model: Model) -> Iterator[Finding]:
    """Every contradiction between the clocks of a pack and its drawing."""
    text = pack.files[pack.pack_file]
    yield from _lawful(pack, lines.line_of(text, "legal"), said.name, said.promise, said.legal)
    for item in said.items:
        line = manifest.line_of(text, "code", item.code)
        yield from _lawful(pack, line, item.name, item.promise, item.legal)
        yield from _phases(pack, line, item, model)
        yield from _extension(pack, line, item)
    yield from _pauses(pack, said, model)


def _lawful(pack: Gathered, line: int, name: str, promise: Promise | None, legal: Promise | None) -> Iterator[Finding]:
    """Nobody may promise to take longer than the law allows."""
    if promise and legal:
        most, least = limits.promised(legal), limits.promised(promise)
        facts = {"name": name, "promise": f"{least.amount} {least.unit}", "legal": f"{most.amount} {most.unit}"}
        if least.hours > most.hours or not limits.comparable([least], most):
            yield rules.finding(pack.pack_file, line, "limit-legal", **facts)


def _phases(pack: Gathered, line: int, item: ItemSpec, model: Model) -> Iterator[Finding]:
    """Phases are those the tasks of the item name, and together they keep its promise."""
    used = {node.properties.get("phase", ""): node for node in model.nodes.values() if node.item == item.code}
    for phase, node in used.items():
        if phase and phase not in item.phases:
            facts = {"name": node.called, "phase": phase, "item": item.name}
            yield rules.finding(pack.drawing_file, node.line, "phase-unknown", **facts)
    for phase in item.phases:
        if phase not in used:
            yield rules.finding(pack.pack_file, line, "phase-unused", phase=phase, item=item.name)
    if item.phases and item.promise:
        yield from against(pack, line, item.name, item.promise, list(item.phases), list(item.phases.values()))


def _extension(pack: Gathered, line: int, item: ItemSpec) -> Iterator[Finding]:
    """More time of the same kind as there was."""
    base = item.promise or item.legal
    if item.extension and (base is None or base.unit != item.extension.unit):
        yield rules.finding(pack.pack_file, line, "extension-unit", name=item.name)


def _pauses(pack: Gathered, said: Manifest, model: Model) -> Iterator[Finding]:
    """A pause stands where the case does, and not in an item whose clock cannot be paused."""
    behind = {flow.target for flow in model.flows.values() if model.nodes[flow.source].kind == "eventBasedGateway"}
    runs_on = {item.code: item.name for item in said.items if item.promise and not item.promise.pausable}
    for node in model.nodes.values():
        if node.properties.get("pause") and node.id in behind:
            yield rules.finding(pack.drawing_file, node.line, "pause-behind", name=node.called)
        if node.properties.get("pause") and node.item in runs_on:
            facts = {"name": node.called, "item": runs_on[node.item]}
            yield rules.finding(pack.drawing_file, node.line, "pause-never", **facts)

"""The decision requirements graph: every element linked to what it needs, built from the bottom up."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from engine.dmn import boxed, messages
from engine.dmn.boxed import Box, Text
from engine.dmn.build import Builder
from engine.dmn.elements import DECISION, INPUT, KNOWLEDGE, SERVICE, Element, ItemDefinition, Reference
from engine.dmn.fitting import none
from engine.dmn.language import Evaluate, Function, special
from engine.dmn.load import Unit
from engine.dmn.types import ANY, Signature, Type, plain

Key: TypeAlias = tuple[str, str]  # namespace and id

_WORDS = {
    INPUT: ("输入数据", "input data"),
    DECISION: ("决策", "decision"),
    KNOWLEDGE: ("业务知识模型", "business knowledge model"),
    SERVICE: ("决策服务", "decision service"),
}
_NEEDED = {DECISION: (INPUT, DECISION, KNOWLEDGE, SERVICE), KNOWLEDGE: (KNOWLEDGE, SERVICE), SERVICE: (INPUT, DECISION)}


@dataclass(eq=False)
class Node:
    """An element with its links. `needs` are what its logic sees, each under the names it sees it by.

    `value` is the logic of a decision; `function` what a knowledge model or service is to those that call it.
    """

    key: Key
    element: Element
    unit: Unit
    type: Type = ANY
    needs: list[tuple[tuple[str, str], "Node"]] = field(default_factory=list)
    outputs: list["Node"] = field(default_factory=list)
    value: Evaluate = none
    function: Function | None = None

    @property
    def name(self) -> str:
        """What others call it."""
        return self.element.variable.name

    def parameters(self) -> Iterator[tuple[str, Type]]:
        """The parameters of a knowledge model with their types."""
        if isinstance(self.element.logic, boxed.Function):
            for parameter in self.element.logic.parameters:
                yield parameter.name, self.unit.types.find(parameter.type_ref, parameter.line)

    def texts(self) -> dict[str, Text]:
        """Its FEEL texts by what they say: how a warning finds its line."""
        found: dict[str, Text] = {}
        for text in boxed.texts(self.element.logic):
            found.setdefault(text.source, text)
        return found


Serve = Callable[[Node], Function]
"""Makes the function a decision service is; given by the session, which knows how to make decisions."""


def link(units: list[Unit], serve: Serve) -> list[Node]:
    """All nodes of a model, built; those of its own file first. What is wrong goes to the reports of the files."""
    nodes = [_node(unit, element) for unit in units for element in unit.definitions.elements]
    by_key = {node.key: node for node in nodes}
    for node in nodes:
        _link(node, by_key)
    ordered = list(_from_bottom(nodes))
    nested = frozenset(special(nested_names(units)))
    for node in ordered:
        _build(node, nested, serve)
    return nodes


def reached(first: Node) -> list[Node]:
    """A node and everything it needs, each once."""
    found = {first.key: first}
    waiting = [first]
    while waiting:
        node = waiting.pop()
        for needed in (*(other for _, other in node.needs), *node.outputs):
            if needed.key not in found:
                found[needed.key] = needed
                waiting.append(needed)
    return list(found.values())


def _node(unit: Unit, element: Element) -> Node:
    of_type = unit.types.find(element.variable.type_ref, element.variable.line)
    return Node((unit.namespace, element.id), element, unit, of_type)


def _link(node: Node, by_key: dict[Key, Node]) -> None:
    wanted = _NEEDED.get(node.element.kind, ())
    for reference in node.element.requirements:
        for found in _referenced(node, reference, wanted, by_key):
            node.needs += [(path, found) for path in _paths(node.unit, found)]
    for reference in node.element.outputs:
        node.outputs += _referenced(node, reference, (DECISION,), by_key)
    for reference in node.element.inside:
        list(_referenced(node, reference, (DECISION,), by_key))


def _referenced(node: Node, reference: Reference, wanted: tuple[str, ...], by_key: dict[Key, Node]) -> Iterator[Node]:
    """The node a reference means, if it exists and is of a wanted kind."""
    namespace, _, id_ = reference.href.rpartition("#")
    found = by_key.get((namespace or node.unit.namespace, id_)) if "#" in reference.href else None
    if found is not None and found.element.kind in wanted and (found.unit is node.unit or _paths(node.unit, found)):
        yield found
        return
    zh, en = ("、".join(_WORDS[kind][0] for kind in wanted), " or ".join(_WORDS[kind][1] for kind in wanted))
    facts = {"href": reference.href, "wanted": zh, "wanted_en": en}
    node.unit.report.add("dmn-reference", messages.UNKNOWN_REFERENCE, reference.line, node.element.id, **facts)


def _paths(unit: Unit, found: Node) -> list[tuple[str, str]]:
    """The names an element is seen by: its own, or (import, own); an import without a name puts it beside ours."""
    if found.unit is unit:
        return [("", found.name)]
    return [(wanted.name, found.name) for wanted, imported in unit.imports if imported is found.unit]


def _from_bottom(nodes: list[Node]) -> Iterator[Node]:
    """Every node after those it needs; a cycle is reported. Iterative: a model may be one long chain."""
    done: set[Key] = set()
    for start in nodes:
        path: list[Node] = [start] if start.key not in done else []
        open_: dict[Key, Iterator[Node]] = {node.key: _below(node) for node in path}
        while path:
            node = path[-1]
            lower = next((below for below in open_[node.key] if below.key not in done), None)
            if lower is None:
                done.add(node.key)
                open_.pop(node.key)
                yield path.pop()
            elif lower.key in open_:
                _report_cycle([*path[path.index(lower) :], lower])
                done.add(lower.key)
            else:
                path.append(lower)
                open_[lower.key] = _below(lower)


def _below(node: Node) -> Iterator[Node]:
    """What must be built first. A service needs what it gives; its inputs are only the names of parameters."""
    if node.element.kind == SERVICE:
        yield from node.outputs
    else:
        yield from (needed for _, needed in node.needs)


def _report_cycle(path: list[Node]) -> None:
    shown = " → ".join(node.name for node in path)
    first = path[0]
    first.unit.report.add("dmn-cycle", messages.CYCLE, first.element.line, first.element.id, path=shown)


def _build(node: Node, nested: frozenset[str], serve: Serve) -> None:
    kind = node.element.kind
    names = nested | {part for path, _ in node.needs for part in path if part}
    builder = Builder(node.unit.types, node.unit.report, node.name, names)
    if kind == DECISION:
        node.value = builder.build(node.element.logic)
    elif kind == KNOWLEDGE:
        node.function = _knowledge(node, builder)
    elif kind == SERVICE:
        node.function = serve(node)


def _knowledge(node: Node, builder: Builder) -> Function | None:
    """The function of a knowledge model. Its variable's type is that of the function, or of what it gives (DMN 1.1)."""
    logic = node.element.logic
    if not isinstance(logic, boxed.Function):
        return None
    seen = scope_names(node, lambda needed: needed.function)
    return builder.knowledge(logic, result_type(node), seen)


def result_type(node: Node) -> Type:
    """The type of what a knowledge model or service gives; its variable may say that or the type of the function."""
    found = plain(node.type)
    return found.result if isinstance(found, Signature) else node.type


def scope_names(node: Node, value_of: Callable[[Node], object]) -> dict[str, object]:
    """What the logic of a node sees; elements of imported models are entries of a context with the import's name."""
    seen: dict[str, object] = {}
    for (prefix, name), needed in node.needs:
        if prefix:
            inside = seen.setdefault(prefix, {})
            if isinstance(inside, dict):
                inside[name] = value_of(needed)
        else:
            seen[name] = value_of(needed)
    return seen


def nested_names(units: Sequence[Unit]) -> Iterator[str]:
    """Names that stand after a dot somewhere: entries of types and contexts, outputs, columns, imported elements."""
    for unit in units:
        for definition in unit.definitions.items:
            yield from _component_names(definition)
        for element in unit.definitions.elements:
            if element.logic is not None:
                yield from _names_in(element.logic)
        for wanted, imported in unit.imports:
            if wanted.name:
                yield from (element.variable.name for element in imported.definitions.elements)


def _component_names(definition: ItemDefinition) -> Iterator[str]:
    for inner in definition.components:
        yield inner.name
        yield from _component_names(inner)


def _names_in(box: Box) -> Iterator[str]:
    if isinstance(box, boxed.Context):
        yield from (item.name for item, _ in box.entries if item is not None)
    elif isinstance(box, boxed.Relation):
        yield from (column.name for column in box.columns)
    elif isinstance(box, boxed.Table):
        yield from (output.name for output in box.outputs)
    for inner in boxed.children(box):
        yield from _names_in(inner)

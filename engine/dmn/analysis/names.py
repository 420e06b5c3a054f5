"""Names that expressions read, against what they can see: inputs, decisions, entries, parameters."""

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine import feel
from engine.dmn import boxed
from engine.dmn.analysis import kinds, messages
from engine.dmn.boxed import Box, Item, Text
from engine.dmn.language import parsed
from engine.dmn.network import Node
from engine.dmn.report import finding
from engine.dmn.types import ANY, Fields, ListType, Type, plain
from engine.errors import Finding
from engine.feel.values import LABELS_ZH

Sight = Mapping[str, Type]
"""What an expression sees, by name."""


def check(node: Node, known: frozenset[str]) -> list[Finding]:
    """The unknown names in the logic of a node; `known` are the names FEEL has to be told."""
    return list(_Reader(node, known).box(node.element.logic, _seen(node)))


def _seen(node: Node) -> dict[str, Type]:
    seen: dict[str, Type] = {}
    inside: dict[str, list[tuple[str, Type]]] = {}
    for (prefix, name), needed in node.needs:
        of_type = ANY if needed.function is not None else needed.type
        if prefix:
            inside.setdefault(prefix, []).append((name, of_type))
        else:
            seen[name] = of_type
    return {**seen, **{prefix: Fields(tuple(fields)) for prefix, fields in inside.items()}}


@dataclass(frozen=True)
class _Reader:
    node: Node
    known: frozenset[str]

    def box(self, box: Box | None, seen: Sight) -> Iterator[Finding]:
        if box is not None:
            yield from _READERS[type(box)](self, box, seen)

    def text(self, text: Text | None, seen: Sight, *, unary: bool = False) -> Iterator[Finding]:
        if text is None:
            return
        names = self.known | set(seen)
        for misfit in kinds.check(parsed(text, names, tests=unary), seen):
            yield self._misfit(misfit, text)
        read = (feel.compile_unary if unary else feel.compile)(text.source, names).names
        for path in sorted(read):
            if any(path == name or path.startswith(name + ".") for name in seen if "." in name):
                continue  # the path is not cut where the name is; it exists at least
            parts = path.split(".")
            wrong = _first_unknown(parts, seen)
            if wrong is not None:
                yield self._unknown(".".join(parts[: wrong[0] + 1]), wrong[1], text.line)

    def _unknown(self, path: str, candidates: Iterable[str], line: int) -> Finding:
        unit = self.node.unit
        facts = {"element": self.node.name, "name": path, **_near(path.rpartition(".")[2], candidates)}
        return finding(unit.report.file, "dmn-name", messages.UNKNOWN_NAME, line, self.node.element.id, **facts)

    def _misfit(self, misfit: kinds.Misfit, text: Text) -> Finding:
        facts = {
            "element": self.node.name,
            "operator": misfit.operator,
            "left": LABELS_ZH[misfit.left],
            "right": LABELS_ZH[misfit.right],
            "left_en": misfit.left,
            "right_en": misfit.right,
        }
        line = text.line + text.source.count("\n", 0, misfit.at)
        return finding(self.node.unit.report.file, "dmn-kind", messages.MISFIT, line, self.node.element.id, **facts)

    def slot(self, item: Item) -> Type:
        return self.node.unit.types.find(item.type_ref, item.line)

    def literal(self, box: boxed.Literal, seen: Sight) -> Iterator[Finding]:
        yield from self.text(box.text, seen)

    def context(self, box: boxed.Context, seen: Sight) -> Iterator[Finding]:
        inner = dict(seen)
        for item, value in box.entries:
            if item is not None and isinstance(value, boxed.Function):
                inner[item.name] = ANY
            yield from self.box(value, inner)
            if item is not None:
                inner[item.name] = self.slot(item)

    def all(self, box: Box, seen: Sight) -> Iterator[Finding]:
        for inner in boxed.children(box):
            yield from self.box(inner, seen)

    def invocation(self, box: boxed.Invocation, seen: Sight) -> Iterator[Finding]:
        yield from self.all(box, seen)
        written = box.function.text if isinstance(box.function, boxed.Literal) else None
        name = " ".join(written.source.split()) if written is not None else ""
        called = next((needed for path, needed in self.node.needs if ".".join(filter(None, path)) == name), None)
        if called is None or called.function is None:
            return
        for item, _ in box.bindings:
            if item.name not in called.function.parameters:
                facts = {"element": self.node.name, "function": name, "name": item.name}
                near = _near(item.name, called.function.parameters)
                file, id_ = self.node.unit.report.file, self.node.element.id
                yield finding(file, "dmn-name", messages.UNKNOWN_PARAMETER, item.line, id_, **facts, **near)

    def function(self, box: boxed.Function, seen: Sight) -> Iterator[Finding]:
        if box.kind == "FEEL":
            yield from self.box(box.body, {**seen, **{item.name: self.slot(item) for item in box.parameters}})

    def filter(self, box: boxed.Filter, seen: Sight) -> Iterator[Finding]:
        """The match may read entries of the items, which nobody knows before they are there: only the list is read."""
        yield from self.box(box.source, seen)

    def iteration(self, box: boxed.Iteration, seen: Sight) -> Iterator[Finding]:
        yield from self.box(box.source, seen)
        yield from self.box(box.body, {**seen, box.variable: ANY, "partial": ANY})

    def table(self, box: boxed.Table, seen: Sight) -> Iterator[Finding]:
        for column in box.inputs:
            yield from self.text(column.expression, seen)
            yield from self.text(column.values, seen, unary=True)
        for output in box.outputs:
            yield from self.text(output.values, seen, unary=True)
            yield from self.text(output.default, seen)
        for rule in box.rules:
            for column, test in zip(box.inputs, rule.tests, strict=True):
                tested = self.node.unit.types.find(column.type_ref, column.line)
                yield from self.text(test, {**seen, "?": tested}, unary=True)
            for result in rule.results:
                yield from self.text(result, seen)


def _first_unknown(parts: list[str], seen: Sight) -> tuple[int, Iterable[str]] | None:
    """The place of the first part of a path that does not exist, and what could stand there instead."""
    if parts[0] not in seen:
        return 0, seen
    at: Type = seen[parts[0]]
    for place, part in enumerate(parts[1:], 1):
        target = plain(at)
        while isinstance(target, ListType):
            target = plain(target.inner)
        if not isinstance(target, Fields):
            return None  # anything, or a property of a date, duration or range
        fields = dict(target.fields)
        if part not in fields:
            return place, fields
        at = fields[part]
    return None


def _near(name: str, candidates: Iterable[str]) -> dict[str, str]:
    found = difflib.get_close_matches(name, list(candidates), 1, 0.5)
    return {"near": f"是不是「{found[0]}」？" if found else "", "near_en": f"Is it {found[0]!r}?" if found else ""}


_READERS: dict[type, Callable[[_Reader, Any, Sight], Iterator[Finding]]] = {
    boxed.Conditional: _Reader.all,
    boxed.Context: _Reader.context,
    boxed.Filter: _Reader.filter,
    boxed.Function: _Reader.function,
    boxed.Invocation: _Reader.invocation,
    boxed.Iteration: _Reader.iteration,
    boxed.ListOf: _Reader.all,
    boxed.Literal: _Reader.literal,
    boxed.Relation: _Reader.all,
    boxed.Table: _Reader.table,
}

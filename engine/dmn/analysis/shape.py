"""A decision table as boxes in a space of columns, as far as its cells can be understood."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.dmn import boxed, cells, limits
from engine.dmn.analysis import axes, cover, messages
from engine.dmn.analysis.axes import Axis, NotAnalysed, Reason
from engine.dmn.boxed import Input, Text
from engine.dmn.cells import Cell
from engine.dmn.define import Types
from engine.dmn.language import unary
from engine.dmn.report import Report
from engine.dmn.types import Kind, Limited, ListType, Named, Type, plain
from engine.feel.values import CONTEXT, FUNCTION, LIST, RANGE


@dataclass(frozen=True)
class Unclear:
    """A column that was not analysed, and why."""

    column: Input
    reason: Reason


@dataclass(frozen=True)
class Shape:
    """The space of a table. `certain` are the rules without a cell in an unclear column, as bits.

    A rule outside `certain` is the box of all it could match: more than it does match.
    """

    space: cover.Space
    axes: Sequence[Axis]
    unclear: Sequence[Unclear]
    certain: int
    never: Sequence[tuple[int, Input, Text]]

    def example(self, box: cover.Box) -> tuple[str, str]:
        """Input values in a box, in words of both languages."""
        parts = []
        for axis, pieces in zip(self.axes, box, strict=True):
            said = axes.shown(axis.pieces[cover.first_piece(pieces)])
            parts += [] if said is None else [(f"{axis.label} = {said[0]}", f"{axis.label} = {said[1]}")]
        if not parts:
            return "任何输入", "any input"
        return "，".join(zh for zh, _ in parts), ", ".join(en for _, en in parts)


def of_table(table: boxed.Table, types: Types, names: frozenset[str]) -> Shape:
    """The shape of a table whose cells can all be read."""
    found: list[Axis] = []
    masks: list[list[int]] = [[] for _ in table.rules]
    unclear: list[Unclear] = []
    vague: set[int] = set()
    never: list[tuple[int, Input, Text]] = []
    for columns in _same_expression(table.inputs):
        group = _Group(table, columns, types, names)
        try:
            axis = group.axis()
        except NotAnalysed as refused:
            unclear.append(Unclear(table.inputs[columns[0]], refused.reason))
            vague |= set(group.tested())
            continue
        found.append(axis)
        for number, (mask, cell) in enumerate(group.masks(axis)):
            masks[number].append(mask)
            never += [] if mask else [(number, table.inputs[columns[0]], cell)]
    space = cover.Space([len(axis.pieces) for axis in found], [tuple(mask) for mask in masks])
    certain = sum(1 << number for number in range(len(table.rules)) if number not in vague)
    return Shape(space, found, unclear, certain, never)


def _same_expression(inputs: Sequence[Input]) -> list[list[int]]:
    """Columns by what they test: two over the same expression are one axis, else examples would contradict."""
    groups: dict[str, list[int]] = {}
    for number, column in enumerate(inputs):
        groups.setdefault(" ".join(column.expression.source.split()), []).append(number)
    return list(groups.values())


class _Group:
    """The columns of one axis."""

    def __init__(self, table: boxed.Table, columns: list[int], types: Types, names: frozenset[str]) -> None:
        self._rules = table.rules
        self._columns = columns
        self._names = names
        self._inputs = [table.inputs[column] for column in columns]
        self._types = [types.find(column.type_ref, column.line) for column in self._inputs]

    def axis(self) -> Axis:
        """The axis. Raises NotAnalysed."""
        domain = list(self._domain())
        texts = [*domain, *(rule.tests[column] for rule in self._rules for column in self._columns)]
        nodes = [(unary(text, self._names, Report(""), "")[0], text.source) for text in _different(texts)]
        pieces = axes.pieces(axes.facts(nodes), self._kind())
        for text in domain:
            allowed = self._cell(text)
            pieces = tuple(piece for piece in pieces if piece is None or axes.holds(allowed, piece))
        if not pieces:
            raise NotAnalysed(messages.BAD_DOMAIN)
        return Axis(self._inputs[0].label, pieces)

    def masks(self, axis: Axis) -> Iterator[tuple[int, Text]]:
        """For every rule the pieces it holds for, as bits, and the cell that says so."""
        known: dict[str, int] = {}
        for rule in self._rules:
            mask = (1 << len(axis.pieces)) - 1
            for column in self._columns:
                text = rule.tests[column]
                if text.source not in known:
                    known[text.source] = self._mask(text, axis)
                mask &= known[text.source]
            yield mask, rule.tests[self._columns[0]]

    def tested(self) -> Iterator[int]:
        """The rules with a test in one of the columns."""
        for number, rule in enumerate(self._rules):
            if any(rule.tests[column].source.strip() != "-" for column in self._columns):
                yield number

    def _mask(self, text: Text, axis: Axis) -> int:
        cell = self._cell(text)
        return sum(1 << number for number, piece in enumerate(axis.pieces) if axes.holds(cell, piece))

    def _cell(self, text: Text) -> Cell | None:
        return cells.read(text, self._names, Report(""), "")

    def _domain(self) -> Iterator[Text]:
        for column, of_type in zip(self._inputs, self._types, strict=True):
            if column.values is not None:
                yield column.values
            yield from _limits_of(of_type, column.line)

    def _kind(self) -> str | None:
        found = {wanted.name for wanted in map(plain, self._types) if isinstance(wanted, Kind)}
        lists = any(isinstance(plain(of_type), ListType) for of_type in self._types)
        if lists or len(found) > 1 or found & {LIST, CONTEXT, FUNCTION, RANGE}:
            raise NotAnalysed(messages.MIXED)
        return next(iter(found), None)


def _different(texts: list[Text]) -> list[Text]:
    return list({text.source: text for text in texts}.values())


def _limits_of(of_type: Type, line: int) -> Iterator[Text]:
    """The tests a type sets on its values, through all the types it is based on."""
    at: Type | None = of_type
    for _ in range(limits.TYPE_DEPTH):
        if isinstance(at, Limited):
            yield Text(at.source, line)
            at = at.base
        elif isinstance(at, Named):
            at = at.book.named(at.name)
        else:
            return

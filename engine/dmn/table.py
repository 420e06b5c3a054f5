"""Decision tables: which rules match, and what comes of them (DMN 1.5 chapter 8)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.dmn import boxed, cells, hits, messages, outputs
from engine.dmn.cells import Cell
from engine.dmn.fitting import brief, fitted
from engine.dmn.frame import MatchedRule, frame_of
from engine.dmn.language import Evaluate, Scope, Value
from engine.dmn.outputs import Row
from engine.dmn.types import Type

if TYPE_CHECKING:
    from engine.dmn.build import Builder

_REFUSED = object()
_UNTRIED = object()


@dataclass(frozen=True, slots=True)
class Column:
    """An input: its value, its type, and the test of the values it may have."""

    box: boxed.Input
    value: Evaluate
    type: Type
    allowed: Cell | None

    def read(self, scope: Scope, table: str) -> Value:
        """The input's value, or _REFUSED when it is not one the table was written for."""
        found = self.value(scope)
        value = fitted(found, self.type, scope, self.box.line, self.box.label)
        if value is None and found is not None:
            return _REFUSED
        if self.allowed is None or value is None or _allowed(value, self.allowed, scope):
            return value
        facts = {"table": table, "input": self.box.label, "value": brief(value)}
        frame_of(scope.run).fail(messages.NOT_IN_INPUTS, self.box.line, **facts)
        return _REFUSED


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule: places of its tests as (column, number of the test), and its outputs."""

    box: boxed.Rule
    number: int
    tests: tuple[tuple[int, int], ...]
    row: Callable[[Scope], Row]


def build(builder: "Builder", box: boxed.Table) -> Evaluate:
    """The closure of a table."""
    name = builder.element
    columns = [_column(builder, column) for column in box.inputs]
    results = [outputs.read(builder, output) for output in box.outputs]
    gathered: list[Cell] = []
    rules = _rules(builder, box, results, gathered)
    decide = hits.policy(box, results, name)
    first_only = box.policy == "FIRST"

    def evaluate(scope: Scope) -> Value:
        values = [column.read(scope, name) for column in columns]
        if any(value is _REFUSED for value in values):
            return None
        scope.run.spend(1 + len(rules) // 4)
        matching = _matching(rules, gathered, values, scope, first_only)
        frame_of(scope.run).notes.matched.extend(_matched(rule, box, name, values) for rule in matching)
        return decide([(rule.number, rule.box.line, rule.row(scope)) for rule in matching], scope)

    return evaluate


def _column(builder: "Builder", box: boxed.Input) -> Column:
    allowed = None
    if box.values is not None:
        allowed = cells.read(box.values, builder.names, builder.report, builder.element)
    of_type = builder.types.find(box.type_ref, box.line)
    return Column(box, builder.text(box.expression), of_type, allowed)


def _rules(
    builder: "Builder", box: boxed.Table, results: list[outputs.Result], gathered: list[Cell]
) -> list[CompiledRule]:
    """All rules; their tests are put into `gathered`, equal ones of a column once."""
    places: dict[tuple[int, str], int | None] = {}
    rules = []
    for number, rule in enumerate(box.rules, 1):
        wanted = []
        for column, text in enumerate(rule.tests):
            key = column, text.source.strip()
            if key not in places:
                cell = cells.read(text, builder.names, builder.report, builder.element)
                places[key] = None if cell is None else len(gathered)
                gathered.extend([] if cell is None else [cell])
            place = places[key]
            wanted += [] if place is None else [(column, place)]
        rules.append(CompiledRule(rule, number, tuple(wanted), outputs.row(builder, rule, results, number)))
    return rules


def _matching(
    rules: list[CompiledRule], gathered: list[Cell], values: list[Value], scope: Scope, first_only: bool
) -> list[CompiledRule]:
    tried: list[object] = [_UNTRIED] * len(gathered)
    found = []
    for rule in rules:
        for column, place in rule.tests:
            holds = tried[place]
            if holds is _UNTRIED:
                holds = tried[place] = gathered[place].holds(values[column], scope)
            if not holds:
                break
        else:
            found.append(rule)
            if first_only:
                break
    return found


def _matched(rule: CompiledRule, box: boxed.Table, name: str, values: list[Value]) -> MatchedRule:
    cells_of = zip(box.inputs, values, rule.box.tests, strict=True)
    because = tuple((column.label, value, text.source.strip()) for column, value, text in cells_of)
    return MatchedRule(name, box.id, rule.number, rule.box.id, rule.box.annotations, rule.box.line, because)


def _allowed(value: Value, allowed: Cell, scope: Scope) -> bool:
    """Whether a value is among the input values; of a list, whether it or each of its items is."""
    if allowed.holds(value, scope):
        return True
    return isinstance(value, list) and all(allowed.holds(item, scope) for item in value)

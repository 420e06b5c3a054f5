"""The output columns of a decision table: their entries, the values they may have and the order of those."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.dmn import boxed, messages
from engine.dmn.boxed import Text
from engine.dmn.fitting import brief, fitted
from engine.dmn.frame import frame_of
from engine.dmn.language import Evaluate, Scope, Value, each_test, unary
from engine.dmn.types import Limited, ListType, Named, Type

if TYPE_CHECKING:
    from engine.dmn.build import Builder

Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """An output: `ranked` are the tests of its values, the most important first; `listed` if the table lists them."""

    box: boxed.Output
    type: Type
    ranked: tuple[Evaluate, ...]
    listed: bool
    default: Evaluate | None

    def rank(self, value: Value, scope: Scope) -> int:
        """The place of a value among the output values, from 0; behind all of them when it is not listed."""
        return next((place for place, test in enumerate(self.ranked) if _passes(value, test, scope)), len(self.ranked))


def read(builder: "Builder", box: boxed.Output) -> Result:
    """An output column. Without output values of its own it takes those its type allows."""
    of_type = builder.types.find(box.type_ref, box.line)
    values = box.values or _allowed_by(of_type, box.line)
    ranked: list[Evaluate] = []
    if values is not None:
        node, _ = unary(values, builder.names, builder.report, builder.element)
        ranked = each_test(node, values.source)
    default = builder.text(box.default) if box.default is not None else None
    return Result(box, of_type, tuple(ranked), box.values is not None, default)


def row(builder: "Builder", rule: boxed.Rule, results: list[Result], number: int) -> Callable[[Scope], Row]:
    """The outputs of a rule as a closure."""
    entries = [(result, builder.text(text)) for result, text in zip(results, rule.results, strict=False)]
    name = builder.element

    def evaluate(scope: Scope) -> Row:
        found = []
        for result, entry in entries:
            value = fitted(entry(scope), result.type, scope, rule.line, result.box.name or name)
            if value is not None and result.listed and not _listed(result, value, scope):
                facts = {"table": name, "rule": number, "value": brief(value)}
                frame_of(scope.run).fail(messages.NOT_IN_OUTPUTS, rule.line, **facts)
            found.append(value)
        return tuple(found)

    return evaluate


def _listed(result: Result, value: Value, scope: Scope) -> bool:
    if result.rank(value, scope) < len(result.ranked):
        return True
    return isinstance(value, list) and all(result.rank(item, scope) < len(result.ranked) for item in value)


def _passes(value: Value, test: Evaluate, scope: Scope) -> bool:
    return test(Scope({"?": value}, scope, scope.run.unheard())) is True


def _allowed_by(of_type: Type, line: int) -> Text | None:
    found: Type | None = of_type
    while isinstance(found, Named | ListType):
        found = found.inner if isinstance(found, ListType) else found.book.named(found.name)
    return Text(found.source, line) if isinstance(found, Limited) else None

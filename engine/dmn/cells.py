"""The cells of one column of a decision table.

Equal cells are one test, carried out at most once for a value. Tests with constants of the value's own type are plain
Python comparisons; everything else, and every value of another type, goes through FEEL and gets its warnings.
"""

import datetime as dt
import operator
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from engine.dmn.boxed import Text
from engine.dmn.language import Evaluate, Scope, Value, constant, unary
from engine.dmn.report import Report
from engine.feel import tree
from engine.feel.values import Range

Check = Callable[[Value], bool]

_ORDERED = (Decimal, str, dt.date)
_OPERATORS: dict[str, Callable[[Value, Value], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "!=": operator.ne,
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A test; `quick` decides values of exactly the type `of`, `slowly` all others."""

    slowly: Evaluate
    of: type | None
    quick: Check | None

    def holds(self, value: Value, scope: Scope) -> bool:
        """Whether the test is true of a value."""
        if self.quick is not None and type(value) is self.of:
            return self.quick(value)
        return self.slowly(Scope({"?": value}, scope, scope.run)) is True


def read(text: Text, names: Iterable[str], report: Report, element: str) -> Cell | None:
    """The test of a cell; None when every value passes."""
    node, slowly = unary(text, names, report, element)
    if not node.tests:
        return None
    if all(isinstance(test, tree.ValueTest) and _is_boolean(test.operand) for test in node.tests):
        slowly = _nothing
    parts = [_quick(test, text.source) for test in node.tests]
    found = [part for part in parts if part is not None]
    types = {of for of, _ in found}
    if len(found) < len(parts) or len(types) != 1:
        return Cell(slowly, None, None)
    return Cell(slowly, types.pop(), _all([check for _, check in found], node.negated))


def _nothing(_scope: Scope) -> bool:
    """A column that asks true or false: null, or what is neither, is no answer and matches neither.

    Read literally, the standard lets the cell `true` hold for everything, because it "evaluates to true".
    """
    return False


def _is_boolean(node: tree.Node) -> bool:
    return isinstance(node, tree.Literal) and isinstance(node.value, bool)


def _all(checks: list[Check], negated: bool) -> Check:
    if negated:
        return lambda value: not any(check(value) for check in checks)
    if len(checks) == 1:
        return checks[0]
    return lambda value: any(check(value) for check in checks)


def _quick(test: tree.Test, source: str) -> tuple[type, Check] | None:
    if isinstance(test, tree.CompareTest):
        return _comparing(test.operator, test.operand, source)
    if test.asks:
        return None
    if isinstance(test.operand, tree.RangeOf):
        return _within(test.operand, source)
    found, value = constant(test.operand, source)
    if not found or type(value) not in (*_ORDERED, bool):
        return None
    return type(value), lambda given: bool(given == value)


def _comparing(sign: str, operand: tree.Node, source: str) -> tuple[type, Check] | None:
    found, value = constant(operand, source)
    if not found or type(value) not in _ORDERED:
        return None
    compare = _OPERATORS[sign]
    return type(value), lambda given: compare(given, value)


def _within(node: tree.RangeOf, source: str) -> tuple[type, Check] | None:
    has_start, start = constant(node.start, source)
    has_end, end = constant(node.end, source)
    if not has_start or not has_end or type(start) is not type(end) or type(start) not in _ORDERED or start > end:
        return None
    span = Range(start, end, node.start_included, node.end_included)
    above = operator.ge if span.start_included else operator.gt
    below = operator.le if span.end_included else operator.lt
    return type(start), lambda given: above(given, start) and below(given, end)

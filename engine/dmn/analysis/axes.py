"""The values a column can have, cut into pieces that no cell divides: points, and the intervals between them.

One value stands for each piece. Whether a cell holds for a piece is asked of the cell itself, with that value, so the
analysis cannot disagree with what the engine decides.
"""

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine import feel
from engine.dmn.analysis import messages
from engine.dmn.cells import Cell
from engine.dmn.language import Run, Scope, Value, constant
from engine.feel import compare, tree
from engine.feel.values import BOOLEAN, DATE, DATE_TIME, DAYS, MONTHS, NUMBER, STRING, TIME, kind

OTHER = "（其他）"

Reason = tuple[str, str]


@dataclass(frozen=True)
class Axis:
    """A column, or several with the same expression. `pieces` are the values standing for its pieces."""

    label: str
    pieces: tuple[Value, ...]


class NotAnalysed(Exception):
    """The column cannot be cut; `reason` says why in both languages."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(reason[1])


@dataclass(frozen=True)
class Facts:
    """The constants the tests of a column name, and how."""

    points: list[Value]
    ordered: bool
    null: bool


def facts(nodes: Sequence[tuple[tree.UnaryTests, str]]) -> Facts:
    """What a column's tests compare with. Raises NotAnalysed when one compares with something else."""
    points: list[Value] = []
    ordered = null = False
    for node, source in nodes:
        for test in node.tests:
            for sign, value in _points(test, source):
                null = null or value is None
                ordered = ordered or sign != "="
                points += [] if value is None else [value]
    return Facts(points, ordered, null)


def pieces(found: Facts, wanted: str | None) -> tuple[Value, ...]:
    """The pieces of a column whose values are of the kind `wanted`, None: the kind its cells show."""
    kinds = {kind(point) for point in found.points}
    if wanted is None and len(kinds) > 1:
        raise NotAnalysed(messages.MIXED)
    of_kind = wanted or next(iter(kinds), None)
    points = [point for point in found.points if kind(point) == of_kind]
    if of_kind == BOOLEAN:
        cut: list[Value] = [True, False]
    elif of_kind == STRING:
        cut = _texts(points, found.ordered)
    elif of_kind in _BETWEEN and points:
        cut = list(_cut(_sorted(points), of_kind))
    elif of_kind is None or (of_kind in _BETWEEN and not points):
        cut = [_ANY]
    else:
        raise NotAnalysed(messages.NOT_CONSTANT)
    return (*cut, None) if found.null else tuple(cut)


def holds(cell: Cell | None, piece: Value) -> bool:
    """Whether a cell holds for a piece; a cell without a test always does."""
    return cell is None or cell.holds(None if piece is _ANY else piece, Scope({}, None, Run("")))


def shown(piece: Value) -> tuple[str, str] | None:
    """A piece as an example, in Chinese and English; nothing when any value will do."""
    if piece is _ANY:
        return None
    if piece == OTHER:
        return "其他文字", "another text"
    written = str(feel.evaluate("string(value)", {"value": piece}).value) if piece is not None else "null"
    return (f'"{written}"',) * 2 if isinstance(piece, str) else (written, written)


class _Any:
    """Stands for every value of a column that is not tested."""


_ANY = _Any()


def _points(test: tree.Test, source: str) -> Iterator[tuple[str, Value]]:
    if isinstance(test, tree.CompareTest):
        yield test.operator if test.operator != "!=" else "=", _value(test.operand, source)
    elif test.asks:
        raise NotAnalysed(messages.NOT_CONSTANT)
    elif isinstance(test.operand, tree.RangeOf):
        yield "..", _value(test.operand.start, source)
        yield "..", _value(test.operand.end, source)
    elif isinstance(test.operand, tree.OpenRange):
        yield test.operand.operator, _value(test.operand.operand, source)
    elif isinstance(test.operand, tree.ListOf):
        for item in test.operand.items:
            yield from _points(tree.ValueTest(item.at, item, False) if _is_plain(item) else test, source)
    else:
        yield "=", _value(test.operand, source)


def _is_plain(node: tree.Node) -> bool:
    if isinstance(node, tree.ListOf):
        raise NotAnalysed(messages.NOT_CONSTANT)
    return True


def _value(node: tree.Node, source: str) -> Value:
    if isinstance(node, tree.Literal) and node.value is None:
        return None
    found, value = constant(node, source)
    if not found or kind(value) not in (*_BETWEEN, BOOLEAN, STRING):
        raise NotAnalysed(messages.NOT_CONSTANT)
    return value


def _texts(points: list[Value], ordered: bool) -> list[Value]:
    if ordered:
        raise NotAnalysed(messages.ORDERED_TEXT)
    return [*dict.fromkeys(points), OTHER]


def _sorted(points: list[Value]) -> list[Value]:
    """Different points in order. Raises NotAnalysed when they have none: times with and without a zone."""
    run = Run("")

    def order(left: Value, right: Value) -> int:
        found = compare.order(left, right, run)
        if found is None:
            raise NotAnalysed(messages.NO_ORDER)
        return found

    ordered: list[Value] = []
    for point in sorted(points, key=functools.cmp_to_key(order)):
        if not ordered or order(ordered[-1], point) != 0:
            ordered.append(point)
    return ordered


def _cut(points: list[Value], of_kind: str) -> Iterator[Value]:
    """One value below all points, each point, one between it and the next, one above; some do not exist."""
    below, above, between = _BETWEEN[of_kind]
    yield from _if_ordered(None, feel.evaluate(below, {"a": points[0]}).value, points[0])
    for point, following in zip(points, [*points[1:], None], strict=True):
        yield point
        if following is None:
            yield from _if_ordered(point, feel.evaluate(above, {"a": point}).value, None)
        else:
            yield from _first_between(point, following, between)


def _first_between(low: Value, high: Value, candidates: Sequence[str]) -> Iterator[Value]:
    for formula in candidates:
        for found in _if_ordered(low, feel.evaluate(formula, {"a": low, "b": high}).value, high):
            yield found
            return


def _if_ordered(low: Value, found: Value, high: Value) -> Iterator[Value]:
    run = Run("")
    follows = low is None or (compare.order(low, found, run) or 0) < 0
    if found is not None and follows and (high is None or (compare.order(found, high, run) or 0) < 0):
        yield found


_HALF = "a + (b - a) / 2"
_BETWEEN: dict[str, tuple[str, str, tuple[str, ...]]] = {
    NUMBER: ("floor(a) - 1", "floor(a) + 1", ("floor(a) + 1", _HALF)),
    DATE: ('a - duration("P1D")', 'a + duration("P1D")', ('a + duration("P1D")',)),
    TIME: ('a - duration("PT1S")', 'a + duration("PT1S")', (_HALF,)),
    DATE_TIME: ('a - duration("PT1H")', 'a + duration("PT1H")', (_HALF,)),
    DAYS: ('a - duration("P1D")', 'a + duration("P1D")', (_HALF,)),
    MONTHS: ('a - duration("P1M")', 'a + duration("P1M")', ('a + duration("P1M")',)),
}
"""Formulas for a value below, above and between points. Dates and months are whole: none lies between neighbours."""

"""Comparisons and sums whose sides can never fit, as far as the declared types tell: they always give null.

Only what is certain is reported. Inside loops, filters, functions and contexts names mean what nobody knows beforehand,
so those are not looked into.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.dmn.types import Fields, Kind, ListType, Type, plain
from engine.feel import tree
from engine.feel.values import BOOLEAN, CONTEXT, DATE, DATE_TIME, LIST, NUMBER, STRING, kind

_NUMERIC = frozenset(["count", "number", "string length", "floor", "ceiling", "decimal", "modulo"])
_RESULTS = {**dict.fromkeys(_NUMERIC, NUMBER), "string": STRING, "date": DATE, "date and time": DATE_TIME}
_BOUND = (tree.For, tree.Quantified, tree.Filter, tree.FunctionDefinition, tree.ContextOf)
_TRUTH = (tree.Comparison, tree.Between, tree.In, tree.InstanceOf, tree.Logic, tree.Quantified)
_SCALAR = frozenset([NUMBER, STRING, BOOLEAN])


@dataclass(frozen=True)
class Misfit:
    """An operator and the types of its two sides; `at` is the character where it stands."""

    operator: str
    left: str
    right: str
    at: int


def check(node: tree.Node, seen: Mapping[str, Type]) -> Iterator[Misfit]:
    """The operators in a node whose sides cannot fit; `seen` may hold the tested value as "?"."""
    if isinstance(node, tree.UnaryTests):
        yield from _tests(node, seen)
    elif isinstance(node, tree.Comparison):
        yield from _compared(node.operator, of(node.left, seen), of(node.right, seen), node.at)
    elif isinstance(node, tree.Chain):
        yield from _computed(node, seen)
    if not isinstance(node, _BOUND):
        for inner in tree.children(node):
            yield from check(inner, seen)


def of(node: tree.Node, seen: Mapping[str, Type]) -> str | None:
    """The type a node certainly has if it has a value; None when that depends."""
    if isinstance(node, tree.Literal):
        return kind(node.value) if node.value is not None else None
    if isinstance(node, _TRUTH):
        return BOOLEAN
    if isinstance(node, tree.Name | tree.Path):
        found = _declared(node, seen)
        return _named(found) if found is not None else None
    if isinstance(node, tree.Chain):
        sides = {of(node.first, seen), *(of(operand, seen) for _, _, operand in node.rest)}
        return NUMBER if sides == {NUMBER} else None
    if isinstance(node, tree.Call) and isinstance(node.function, tree.Name) and node.function.name not in seen:
        return _RESULTS.get(node.function.name)
    return None


def _tests(node: tree.UnaryTests, seen: Mapping[str, Type]) -> Iterator[Misfit]:
    tested = _named(seen["?"]) if "?" in seen else None
    for test in node.tests:
        if isinstance(test, tree.CompareTest):
            yield from _compared(test.operator, tested, of(test.operand, seen), node.at)
        yield from check(test.operand, seen)


def _compared(operator: str, left: str | None, right: str | None, at: int) -> Iterator[Misfit]:
    """Lists of one and dates beside moments fit by conversion; with anything else the types must be equal."""
    if left in (None, LIST, right) or right in (None, LIST) or {left, right} == {DATE, DATE_TIME}:
        return
    yield Misfit(operator, str(left), str(right), at)


def _computed(node: tree.Chain, seen: Mapping[str, Type]) -> Iterator[Misfit]:
    """Numbers, texts and booleans; what dates and durations allow is left to the engine."""
    left = of(node.first, seen)
    for operator, at, operand in node.rest:
        right = of(operand, seen)
        texts = left == right == STRING and operator == "+"
        if left in _SCALAR and right in _SCALAR and not texts and not left == right == NUMBER:
            yield Misfit(operator, str(left), str(right), at)
            return
        left = left if left == right else None


def _declared(node: tree.Node, seen: Mapping[str, Type]) -> Type | None:
    if isinstance(node, tree.Name):
        return seen.get(node.name)
    inner = _declared(node.base, seen) if isinstance(node, tree.Path) else None
    target = plain(inner) if inner is not None else None
    return dict(target.fields).get(node.name) if isinstance(target, Fields) and isinstance(node, tree.Path) else None


def _named(of_type: Type) -> str | None:
    target = plain(of_type)
    if isinstance(target, Kind):
        return target.name
    return {Fields: CONTEXT, ListType: LIST}.get(type(target))

"""Hit policies: from the rules that match to the value of the table (DMN 1.5 sections 8.2.8 to 8.2.11)."""

from collections.abc import Callable
from typing import TypeAlias

from engine.dmn import boxed, messages
from engine.dmn.boxed import Text
from engine.dmn.fitting import fitted
from engine.dmn.frame import frame_of
from engine.dmn.language import Evaluate, Scope, Value, below, expression
from engine.dmn.outputs import Result, Row
from engine.dmn.report import Report
from engine.feel import compare

Hit: TypeAlias = tuple[int, int, Row]  # number of the rule, its line, its outputs
Decide: TypeAlias = Callable[[list[Hit], Scope], Value]

_SEVERAL = ("RULE ORDER", "OUTPUT ORDER", "COLLECT")
_AGGREGATES = {
    name: expression(Text(f"{name.lower()}(values)", 0), ("values",), Report(""))
    for name in ("SUM", "MIN", "MAX", "COUNT")
}


def policy(box: boxed.Table, results: list[Result], name: str) -> Decide:
    """What a table does with its hits."""
    pack = _packer(results)
    nothing = _nothing(box, results, pack, name)
    chosen = _chosen(box, results, pack, name)
    return lambda hits, scope: chosen(hits, scope) if hits else nothing(scope)


def _chosen(box: boxed.Table, results: list[Result], pack: Callable[[Row], Value], name: str) -> Decide:
    if box.policy == "UNIQUE":
        return _unique(pack, name)
    if box.policy == "ANY":
        return _any(pack, name)
    if box.policy == "PRIORITY":
        return lambda hits, scope: pack(_by_priority(hits, results, scope)[0])
    if box.policy == "OUTPUT ORDER":
        return lambda hits, scope: [pack(row) for row in _by_priority(hits, results, scope)]
    if box.policy == "FIRST":
        return lambda hits, _: pack(hits[0][2])
    if box.aggregation:
        return _aggregated(_AGGREGATES[box.aggregation], pack)
    return lambda hits, _: [pack(row) for _, _, row in hits]


def _packer(results: list[Result]) -> Callable[[Row], Value]:
    """One output is a value, several are a context."""
    names = [result.box.name for result in results]
    if len(names) == 1:
        return lambda row: row[0]
    return lambda row: dict(zip(names, row, strict=True))


def _nothing(
    box: boxed.Table, results: list[Result], pack: Callable[[Row], Value], name: str
) -> Callable[[Scope], Value]:
    """What a table gives when no rule matches."""
    if any(result.default is not None for result in results):
        return lambda scope: pack(tuple(_default(result, scope) for result in results))

    def without_default(scope: Scope) -> Value:
        if box.aggregation == "COUNT":
            return _AGGREGATES["COUNT"](below(scope, {"values": []}))
        if box.policy in _SEVERAL and not box.aggregation:
            return []
        frame_of(scope.run).warn(messages.NO_RULE, box.line, table=name)
        return None

    return without_default


def _default(result: Result, scope: Scope) -> Value:
    if result.default is None:
        return None
    return fitted(result.default(scope), result.type, scope, result.box.line, result.box.name or "default")


def _unique(pack: Callable[[Row], Value], name: str) -> Decide:
    def decide(hits: list[Hit], scope: Scope) -> Value:
        if len(hits) == 1:
            return pack(hits[0][2])
        frame_of(scope.run).fail(messages.NOT_UNIQUE, hits[0][1], table=name, rules=_numbers(hits))
        return None

    return decide


def _any(pack: Callable[[Row], Value], name: str) -> Decide:
    def decide(hits: list[Hit], scope: Scope) -> Value:
        first = list(hits[0][2])
        if all(compare.equal(first, list(row), scope.run) is True for _, _, row in hits[1:]):
            return pack(hits[0][2])
        frame_of(scope.run).fail(messages.NOT_ANY, hits[0][1], table=name, rules=_numbers(hits))
        return None

    return decide


def _by_priority(hits: list[Hit], results: list[Result], scope: Scope) -> list[Row]:
    """Rows by the order of the output values, the first output deciding first; equal ones in the order of the table."""

    def rank(row: Row) -> list[int]:
        return [result.rank(value, scope) for result, value in zip(results, row, strict=True) if result.ranked]

    return sorted((row for _, _, row in hits), key=rank)


def _aggregated(aggregate: Evaluate, pack: Callable[[Row], Value]) -> Decide:
    return lambda hits, scope: aggregate(below(scope, {"values": [pack(row) for _, _, row in hits]}))


def _numbers(hits: list[Hit]) -> str:
    return ", ".join(str(number) for number, _, _ in hits)

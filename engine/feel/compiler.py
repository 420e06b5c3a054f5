"""Nodes to closures: each node becomes a function from the scope to its value."""

from collections.abc import Callable
from functools import partial

from engine.feel import builtins, calls, flow, operators, tree
from engine.feel.operators import Closure
from engine.feel.tree import Node


def compile_node(node: Node, source: str) -> Closure:
    """The closure of a node and all below it; `source` is the text it was read from."""
    build = partial(compile_node, source=source)
    if isinstance(node, tree.Name):
        return calls.name(node, builtins.BUILTINS)
    if isinstance(node, tree.Call):
        return calls.call(node, build)
    if isinstance(node, tree.FunctionDefinition):
        return calls.definition(node, build, source)
    return _COMPILERS[type(node)](node, build)


_COMPILERS: dict[type, Callable[..., Closure]] = {
    tree.Between: operators.between,
    tree.Chain: operators.chain,
    tree.Comparison: operators.comparison,
    tree.ContextOf: flow.context_of,
    tree.Filter: flow.filter_,
    tree.For: flow.for_,
    tree.If: flow.if_,
    tree.In: operators.is_in,
    tree.InstanceOf: operators.instance_of,
    tree.InvalidAt: flow.invalid_at,
    tree.ListOf: flow.list_of,
    tree.Literal: flow.literal,
    tree.Logic: operators.logic,
    tree.Negation: operators.negation,
    tree.OpenRange: flow.open_range,
    tree.Path: flow.path,
    tree.Quantified: flow.quantified,
    tree.RangeOf: flow.range_of,
    tree.UnaryTests: operators.unary_tests,
}

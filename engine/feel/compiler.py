"""Nodes to closures: each node becomes a function from the scope to its value."""

from collections.abc import Callable, Iterator
from functools import partial

from engine.feel import builtins, calls, errors, flow, operators, tree
from engine.feel.builtins.registry import Builtin
from engine.feel.operators import Closure
from engine.feel.run import Run, Scope
from engine.feel.tree import Node


def compile_node(node: Node, source: str) -> Closure:
    """The closure of a node and all below it; `source` is the text it was read from."""
    closure = _closure(node, source)
    return _folded(node, closure, source) if _is_constant(node) else closure


def _closure(node: Node, source: str) -> Closure:
    build = partial(compile_node, source=source)
    if isinstance(node, tree.Name):
        return calls.name(node, builtins.BUILTINS)
    if isinstance(node, tree.Call):
        return calls.call(node, build)
    if isinstance(node, tree.FunctionDefinition):
        return calls.definition(node, build, source)
    return _COMPILERS[type(node)](node, build)


def _is_constant(node: Node) -> bool:
    """Whether a node is worth working out once: -5, 900 * 1.5, date("2026-01-01")."""
    if isinstance(node, tree.Call):
        named = isinstance(node.function, tree.Name) and node.function.name in _CONSTRUCTORS
        return named and all(isinstance(argument, tree.Literal) for argument in node.arguments)
    if isinstance(node, tree.Chain | tree.Negation):
        return all(isinstance(child, tree.Literal) or _is_constant(child) for child in tree.children(node))
    return False


def _folded(node: Node, closure: Closure, source: str) -> Closure:
    """A closure that gives the value worked out now; what is doubtful or refused stays so at each evaluation."""
    run = Run(source)
    try:
        value = closure(Scope({}, None, run))
    except errors.FeelError:
        return closure
    if value is None or run.warnings:
        return closure
    functions = [calls.name(name, builtins.BUILTINS) for name in _functions(node)]
    if not functions:
        return lambda _: value
    # The data may hold something called date: then it is not the built-in function that is called.
    return lambda scope: value if all(isinstance(of(scope), Builtin) for of in functions) else closure(scope)


def _functions(node: Node) -> Iterator[tree.Name]:
    if isinstance(node, tree.Call) and isinstance(node.function, tree.Name):
        yield node.function
    for child in tree.children(node):
        yield from _functions(child)


_CONSTRUCTORS = frozenset(["date", "time", "date and time", "duration", "number", "string"])
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

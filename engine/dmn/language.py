"""The seam to FEEL: the only file that knows how its expressions are compiled and how a run is made."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from engine.dmn.boxed import Text
from engine.dmn.report import Report
from engine.feel import FeelError, FeelLimit, compiler, lexer, limits, messages, parser, tree
from engine.feel.builtins.registry import Builtin
from engine.feel.run import Budget, Run, Scope, TypeLookup
from engine.feel.values import Function, Value

Evaluate: TypeAlias = Callable[[Scope], Value]

__all__ = ["Budget", "Builtin", "Evaluate", "Function", "Run", "Scope", "Value"]


def expression(text: Text, names: Iterable[str], report: Report, element: str = "") -> Evaluate:
    """A FEEL text as a closure; what cannot be read is reported and gives null."""
    try:
        return _ready(parser.parse(text.source, special(names)), text.source)
    except FeelError as error:
        report.feel(error, text.line, element)
    except RecursionError:
        report.feel(FeelLimit(messages.TOO_DEEP, expression=text.source), text.line, element)
    return lambda _: None


def parsed(text: Text, names: Iterable[str], *, tests: bool) -> tree.Node:
    """The nodes of a text that is known to be FEEL."""
    return parser.parse_unary(text.source, special(names)) if tests else parser.parse(text.source, special(names))


def unary(text: Text, names: Iterable[str], report: Report, element: str) -> tuple[tree.UnaryTests, Evaluate]:
    """Unary tests as nodes and as a closure over a scope that has the value under "?"."""
    nothing = tree.UnaryTests(0, (), False)
    try:
        node = parser.parse_unary(text.source, special(names))
        return node, _ready(node, text.source)
    except FeelError as error:
        report.feel(error, text.line, element)
    except RecursionError:
        report.feel(FeelLimit(messages.TOO_DEEP, expression=text.source), text.line, element)
    return nothing, lambda _: None


def each_test(node: tree.UnaryTests, source: str) -> list[Evaluate]:
    """Every single test of unary tests as a closure of its own, in their order."""
    return [_ready(tree.UnaryTests(node.at, (test,), False), source) for test in node.tests]


def constant(node: tree.Node, source: str) -> tuple[bool, Value]:
    """Whether a node is a constant, such as 5, -5 or date("2026-01-01"), and its value. Null is never one."""
    if isinstance(node, tree.Literal):
        return node.value is not None, node.value
    if not _is_constant(node):
        return False, None
    run = Run(source)
    try:
        value = compiler.compile_node(node, source)(Scope({}, None, run))
    except FeelError:
        return False, None
    return value is not None and not run.warnings, value


def special(names: Iterable[str]) -> tuple[str, ...]:
    """The names FEEL cannot recognise unless it is told them."""
    return tuple(sorted({name for name in names if lexer.must_be_known(name)}))


def begin(moment: dt.datetime | None, frame: TypeLookup, budget: Budget) -> Run:
    """A run with warnings of its own that spends from a shared budget."""
    run = Run("", moment, frame)
    run.budget = budget
    return run


def moved(run: Run, frame: TypeLookup) -> Run:
    """The run while it is in logic of another model: other types, the same budget, moment and warnings."""
    inner = run.unheard()
    inner.warnings = run.warnings
    inner.types = frame
    return inner


def below(scope: Scope, names: Mapping[str, Value]) -> Scope:
    """More names in front of a scope."""
    return Scope(names, scope, scope.run)


def deeper(body: Evaluate, scope: Scope) -> Value:
    """Carry out the body of a function of the model, counting calls inside one another."""
    budget = scope.run.budget
    budget.calls += 1
    try:
        scope.run.spend(limits.STEPS_OF_CALL)
        if budget.calls > limits.CALLS:
            raise scope.run.limit(messages.TOO_MANY_CALLS, limits.CALLS)
        return body(scope)
    finally:
        budget.calls -= 1


def _ready(node: tree.Node, source: str) -> Evaluate:
    closure = compiler.compile_node(node, source)

    def evaluate(scope: Scope) -> Value:
        run = scope.run.within(source)
        return closure(scope if run is scope.run else Scope(scope.names, scope.outer, run))

    return evaluate


def _is_constant(node: tree.Node) -> bool:
    if isinstance(node, tree.Call):
        named = isinstance(node.function, tree.Name) and node.function.name in _CONSTRUCTORS
        return named and all(map(_is_constant, node.arguments))
    if isinstance(node, tree.Negation):
        return _is_constant(node.operand)
    return isinstance(node, tree.Literal)


_CONSTRUCTORS = ("date", "time", "date and time", "duration", "years and months duration", "number", "string")

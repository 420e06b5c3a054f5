"""Evaluating expressions: read once, kept in a cache, run as often as needed."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from engine.feel import builtins, compiler, errors, messages, names, parser, tree
from engine.feel.border import Facts
from engine.feel.operators import Closure
from engine.feel.run import Run, Scope, TypeLookup
from engine.feel.values import Value

_CACHED = 4096


@dataclass(frozen=True)
class Result:
    """The FEEL value, and what was doubtful on the way to it."""

    value: Value
    warnings: tuple[errors.Warning, ...] = ()


@dataclass(frozen=True)
class Expression:
    """An expression that has been read.

    `names` are the names and dotted paths it reads from its context. `filter_names` are those read inside a filter
    `[…]`, which may be entries of the filtered things instead; they are not in `names`.
    """

    source: str
    names: frozenset[str]
    filter_names: frozenset[str]
    _closure: Closure = field(repr=False, compare=False)

    def evaluate(
        self, context: Mapping[str, object], now: dt.datetime | None = None, *, types: TypeLookup | None = None
    ) -> Result:
        """The value in this context; for unary tests the context holds the value to test under the name "?".

        `now` (aware) is what now() and today() say. `types` knows the types of a decision model. Raises FeelError.
        """
        if now is not None and now.utcoffset() is None:
            raise errors.FeelError(messages.NAIVE_MOMENT, expression=self.source)
        facts = context if type(context) is Facts else Facts(context)
        run = Run(self.source, now, types)
        try:
            value = self._closure(Scope(facts, None, run))
        except RecursionError:
            raise run.limit(messages.TOO_DEEP) from None
        if run.warnings:
            return Result(value, tuple(run.warnings.values()))
        return _PLAIN_RESULTS[value] if value is True or value is False or value is None else Result(value)


def evaluate(expression: str, context: Mapping[str, object], *, now: dt.datetime | None = None) -> Result:
    """The value of an expression. Names that hold keywords or signs are recognised because the context has them.

    Raises FeelSyntaxError, FeelLimit, or FeelError when `now` is needed and missing.
    """
    facts = context if type(context) is Facts else Facts(context)
    return _compile(expression, facts.special_names, False).evaluate(facts, now)


def compile(expression: str, names: Iterable[str] = ()) -> Expression:  # noqa: A001  used as feel.compile
    """Read an expression. `names`: names in scope that may hold keywords or signs.

    Raises FeelSyntaxError or FeelLimit.
    """
    return _compile(expression, tuple(sorted(set(names))), False)


def compile_unary(tests: str, names: Iterable[str] = ()) -> Expression:
    """Read the tests of a decision table's cell: `-`, `< 5`, `"a", "b"`, `not(…)`, `[1..3]`, `? > x`."""
    return _compile(tests, tuple(sorted(set(names))), True)


# Most conditions end in one of these; making a frozen dataclass takes as long as comparing twice.
_PLAIN_RESULTS = {value: Result(value) for value in (True, False, None)}


@lru_cache(_CACHED)
def _compile(source: str, known: tuple[str, ...], unary: bool) -> Expression:
    try:
        node: tree.Node = parser.parse_unary(source, known) if unary else parser.parse(source, known)
        found = names.find(node, lambda name: name in builtins.BUILTINS and name not in known)
        return Expression(source, found.read, found.perhaps, compiler.compile_node(node, source))
    except RecursionError:
        raise errors.FeelLimit(messages.TOO_DEEP, expression=source) from None

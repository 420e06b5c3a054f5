"""Closures for function definitions and calls, and for names (which may mean built-in functions)."""

from collections.abc import Callable, Mapping

from engine.feel import errors, instances, limits, messages, tree
from engine.feel.builtins.registry import Builtin
from engine.feel.operators import Build, Closure
from engine.feel.run import Run, Scope, kinds
from engine.feel.values import Function, Value

_MISSING = object()


def name(node: tree.Name, builtins: Mapping[str, Builtin]) -> Closure:
    """The innermost value of this name, else the built-in function; unknown names are null, with a warning."""
    wanted, at = node.name, node.at
    builtin = builtins.get(wanted)

    def closure(scope: Scope) -> Value:
        level: Scope | None = scope
        while level is not None:
            value = level.names.get(wanted, _MISSING)
            if value is not _MISSING:
                return value
            level = level.outer
        if builtin is None:
            _unknown(wanted, at, scope.run)
        return builtin

    return closure


def call(node: tree.Call, build: Build) -> Closure:
    """function(arguments)"""
    function_of = _function_of(node, build)
    arguments = tuple(map(build, node.arguments))
    names, at = node.names, node.at

    def closure(scope: Scope) -> Value:
        function = function_of(scope)
        if function is None:
            return None
        values = [argument(scope) for argument in arguments]
        scope.run.tick(at)
        if isinstance(function, Builtin):
            return function.invoke(values, names, scope.run, at)
        if isinstance(function, Function):
            return _call_function(function, values, names, scope.run, at)
        scope.run.warn(messages.NOT_A_FUNCTION, at, **kinds(found=function))
        return None

    return closure


def definition(node: tree.FunctionDefinition, build: Build, source: str) -> Closure:
    """function(parameters) body: keeps the scope it was written in, runs on the budget of who calls it."""
    parameters = tuple(parameter.name for parameter in node.parameters)
    body = build(node.body) if node.body is not None else None

    def closure(scope: Scope) -> Function:
        def carry_out(arguments: list[Value], run: Run) -> Value:
            inner = run.within(source)
            if body is None:
                inner.warn(messages.EXTERNAL_FUNCTION, node.at)
                return None
            fitted = _fitted(node, arguments, inner)
            return None if fitted is None else _deeper(body, Scope(fitted, scope, inner), node.at)

        return Function(parameters, carry_out)

    return closure


def _unknown(wanted: str, at: int, run: Run) -> None:
    if wanted == "?":
        raise errors.FeelError(messages.NO_TEST_VALUE, position=at, expression=run.source)
    run.warn(messages.UNKNOWN_NAME, at, name=wanted)


def _function_of(node: tree.Call, build: Build) -> Closure:
    """The function called; calling null says which function is missing."""
    function_of = build(node.function)
    shown = node.function.name if isinstance(node.function, tree.Name | tree.Path) else "…"

    def closure(scope: Scope) -> Value:
        function = function_of(scope)
        if function is None:
            scope.run.warn(messages.UNKNOWN_FUNCTION, node.at, name=shown)
        return function

    return closure


def _call_function(function: Function, values: list[Value], names: tuple[str, ...] | None, run: Run, at: int) -> Value:
    fits = len(values) == len(function.parameters)
    if names is not None:
        by_name = dict(zip(names, values, strict=True))
        fits = len(by_name) == len(names) and set(names) <= set(function.parameters)
        values = [by_name.get(parameter) for parameter in function.parameters]  # one not given is null
    if not fits:
        run.warn(messages.WRONG_PARAMETERS, at, function=function.name or "function(…)")
        return None
    return run.made(function.call(values, run))


def _fitted(node: tree.FunctionDefinition, arguments: list[Value], run: Run) -> dict[str, Value] | None:
    """Arguments by parameter name; None when one does not fit its type."""
    fitted: dict[str, Value] = {}
    for parameter, argument in zip(node.parameters, arguments, strict=True):
        value = argument
        if parameter.type is not None and argument is not None:
            value = instances.fit(argument, parameter.type, run)
            if value is None:
                facts = {"expected": parameter.type.name, "expected_en": parameter.type.name, **kinds(found=argument)}
                run.warn(messages.WRONG_ARGUMENT, node.at, function="function(…)", **facts)
                return None
        fitted[parameter.name] = value
    return fitted


def _deeper(body: Callable[[Scope], Value], scope: Scope, at: int) -> Value:
    budget = scope.run.budget
    budget.calls += 1
    try:
        scope.run.tick(at)
        scope.run.spend(limits.STEPS_OF_CALL)
        if budget.calls > limits.CALLS:
            raise scope.run.limit(messages.TOO_MANY_CALLS, limits.CALLS)
        return body(scope)
    finally:
        budget.calls -= 1

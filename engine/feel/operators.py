"""Closures for operators: arithmetic, comparison, three-valued logic, tests."""

import operator as operator_functions
from collections.abc import Callable
from decimal import Decimal, DecimalException

from engine.feel import arithmetic, compare, instances, limits, messages, tree
from engine.feel.run import Run, Scope, kinds
from engine.feel.tree import Node
from engine.feel.values import DECIMALS, Range, Value, kind

Closure = Callable[[Scope], Value]
Build = Callable[[Node], Closure]
TestClosure = Callable[[Scope, Value], bool | None]


def chain(node: tree.Chain, build: Build) -> Closure:
    """+ - * / ** from the left."""
    first = build(node.first)
    rest = tuple((sign, at, build(operand), _SUMS.get(sign, _none)) for sign, at, operand in node.rest)

    def closure(scope: Scope) -> Value:
        result = first(scope)
        for sign, at, operand, of_numbers in rest:
            right = operand(scope)
            if type(result) is type(right) is Decimal:
                found = of_numbers(result, right)
                result = found if found is not None else _computed(sign, at, result, right, scope.run)
            else:
                result = _computed(sign, at, result, right, scope.run)
        return result

    return closure


def negation(node: tree.Negation, build: Build) -> Closure:
    """-operand"""
    operand = build(node.operand)

    def closure(scope: Scope) -> Value:
        value = operand(scope)
        result = arithmetic.negate(value)
        if result is None:
            _warn_computed("-", node.at, Decimal(0), value, scope.run)
        return result

    return closure


def logic(node: tree.Logic, build: Build) -> Closure:
    """and, or: the deciding value wins over null (DMN 1.5 tables 50 and 51)."""
    operands = tuple(map(build, node.operands))
    deciding = node.operator == "or"
    decided, going_on = deciding, not deciding

    def closure(scope: Scope) -> bool | None:
        doubtful = False
        for operand in operands:
            value = operand(scope)
            if value is deciding:
                return decided
            if value is not going_on:
                doubtful = True
                if value is not None:
                    scope.run.warn(messages.NOT_BOOLEAN, node.at, operator=node.operator, **kinds(found=value))
        return None if doubtful else going_on

    return closure


def comparison(node: tree.Comparison, build: Build) -> Closure:
    """= != < <= > >="""
    if isinstance(node.right, tree.Literal):
        return _comparison_with(node.right.value, node, build)
    left, right = build(node.left), build(node.right)
    operator, at, holds = node.operator, node.at, _PLAIN[node.operator]

    def closure(scope: Scope) -> bool | None:
        a, b = left(scope), right(scope)
        if type(a) is type(b) and (type(a) is Decimal or (type(a) is str and len(a) < limits.SCANNED_PER_STEP)):
            return holds(a, b)  # what compared() would say, without its questions
        return compared(operator, at, a, b, scope.run)

    return closure


def _comparison_with(constant: Value, node: tree.Comparison, build: Build) -> Closure:
    """Comparison with a constant on the right, the form of most conditions."""
    left, operator, at, holds = build(node.left), node.operator, node.at, _PLAIN[node.operator]
    is_plain = type(constant) is Decimal or (type(constant) is str and len(constant) < limits.SCANNED_PER_STEP)
    plain = type(constant) if is_plain else Scope  # which is never a value

    def closure(scope: Scope) -> bool | None:
        value = left(scope)
        if type(value) is plain:
            return holds(value, constant)
        return compared(operator, at, value, constant, scope.run)

    return closure


def between(node: tree.Between, build: Build) -> Closure:
    """`between`: value between low and high, both included."""
    value_of, low_of, high_of = build(node.value), build(node.low), build(node.high)

    def closure(scope: Scope) -> bool | None:
        value = value_of(scope)
        above = compared(">=", node.at, value, low_of(scope), scope.run)
        below = compared("<=", node.at, value, high_of(scope), scope.run)
        return None if above is None or below is None else above and below

    return closure


def instance_of(node: tree.InstanceOf, build: Build) -> Closure:
    """`instance of`: value instance of type"""
    value_of = build(node.value)

    def closure(scope: Scope) -> bool | None:
        value = value_of(scope)
        scope.run.position = node.at
        return instances.instance_of(value, node.type, scope.run)

    return closure


def is_in(node: tree.In, build: Build) -> Closure:
    """`in`: value in tests"""
    value_of, test = build(node.value), tests(node.tests, build)
    return lambda scope: test(scope, value_of(scope))


def unary_tests(node: tree.UnaryTests, build: Build) -> Closure:
    """The cell of a decision table, tested against the value named ?."""
    if not node.tests:
        return lambda _: True
    value_of, test = build(tree.Name(node.at, "?")), tests(node.tests, build)

    def negated(scope: Scope) -> bool | None:
        found = test(scope, value_of(scope))
        return None if found is None else not found

    return negated if node.negated else lambda scope: test(scope, value_of(scope))


def tests(nodes: tuple[tree.Test, ...], build: Build) -> TestClosure:
    """True when one test is true; null when none is and one is null."""
    closures = tuple(_test(node, build) for node in nodes)
    if len(closures) == 1:
        return closures[0]

    def closure(scope: Scope, value: Value) -> bool | None:
        doubtful = False
        for test in closures:
            found = test(scope, value)
            if found is True:
                return True
            doubtful = doubtful or found is None
        return None if doubtful else False

    return closure


def compared(operator: str, at: int, left: Value, right: Value, run: Run) -> bool | None:
    """The result of left operator right, with a warning when that is null."""
    run.position = at
    if operator in ("=", "!="):
        same = compare.equal(left, right, run)
        result = same if same is None or operator == "=" else not same
    else:
        order = compare.order(left, right, run)
        result = None if order is None else _HOLDS[operator](order)
    if result is None:
        _warn_compared(operator, at, left, right, run)
    return result


_HOLDS: dict[str, Callable[[int], bool]] = {
    "<": lambda order: order < 0,
    "<=": lambda order: order <= 0,
    ">": lambda order: order > 0,
    ">=": lambda order: order >= 0,
}


_PLAIN: dict[str, Callable[[Value, Value], bool]] = {
    "=": operator_functions.eq,
    "!=": operator_functions.ne,
    "<": operator_functions.lt,
    "<=": operator_functions.le,
    ">": operator_functions.gt,
    ">=": operator_functions.ge,
}


def _none(_left: Decimal, _right: Decimal) -> None:
    return None


def _caught(compute: Callable[[Decimal, Decimal], Decimal]) -> Callable[[Decimal, Decimal], Decimal | None]:
    def computed(left: Decimal, right: Decimal) -> Decimal | None:
        try:
            return compute(left, right)
        except DecimalException:
            return None

    return computed


_SUMS = {"+": _caught(DECIMALS.add), "-": _caught(DECIMALS.subtract), "*": _caught(DECIMALS.multiply)}


def _test(node: tree.Test, build: Build) -> TestClosure:
    operand = build(node.operand)
    if isinstance(node, tree.CompareTest):
        operator, at = node.operator, node.at
        return lambda scope, value: compared(operator, at, value, operand(scope), scope.run)
    if not node.asks:
        return lambda scope, value: _matched(node.at, value, operand(scope), scope.run)

    def asking(scope: Scope, value: Value) -> bool | None:
        found = operand(Scope({"?": value}, scope, scope.run))
        return found if found is None or isinstance(found, bool) else _matched(node.at, value, found, scope.run)

    return asking


def _matched(at: int, value: Value, pattern: Value, run: Run) -> bool | None:
    run.position = at
    result = compare.member(value, pattern, run)
    if result is None:
        end = pattern
        if isinstance(pattern, Range):
            end = pattern.start if pattern.start is not None else pattern.end
        _warn_compared("in", at, value, end, run)
    return result


def _computed(sign: str, at: int, left: Value, right: Value, run: Run) -> Value:
    run.position = at
    result = arithmetic.apply(sign, left, right, run)
    if result is None:
        _warn_computed(sign, at, left, right, run)
    return result


def _warn_compared(operator: str, at: int, left: Value, right: Value, run: Run) -> None:
    if left is None or right is None:
        run.warn(messages.NULL_COMPARED, at, operator=operator)
    else:
        run.warn(messages.KINDS_COMPARED, at, operator=operator, **kinds(left=left, right=right))


def _warn_computed(sign: str, at: int, left: Value, right: Value, run: Run) -> None:
    if left is None or right is None:
        run.warn(messages.NULL_COMPUTED, at, operator=sign)
    elif kind(left) == kind(right) == "number":
        run.warn(messages.NO_RESULT, at, operator=sign)
    else:
        run.warn(messages.KINDS_COMPUTED, at, operator=sign, **kinds(left=left, right=right))

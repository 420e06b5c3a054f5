"""Functions that make one value of a list (DMN 1.5 table 67). Of an empty list the standard gives null."""

# ruff: noqa: D103  the table of the standard named above describes each function

from collections import Counter
from decimal import Decimal

from engine.feel import arithmetic, compare
from engine.feel.builtins.arguments import Refused, number, of_kind
from engine.feel.builtins.registry import builtin
from engine.feel.run import Run
from engine.feel.values import BOOLEAN, DAYS, DECIMALS, MONTHS, NULL, NUMBER, Value, kind


@builtin("min", "*list", with_run=True)
def minimum(run: Run, values: list[Value]) -> Value:
    return _extreme(values, -1, run)


@builtin("max", "*list", with_run=True)
def maximum(run: Run, values: list[Value]) -> Value:
    return _extreme(values, 1, run)


@builtin("sum", "*list", with_run=True)
def total(run: Run, values: list[Value]) -> Value:
    return _fold(values, "+", (NUMBER, DAYS, MONTHS), run)


@builtin("product", "*list", with_run=True)
def product(run: Run, values: list[Value]) -> Value:
    return _fold(values, "*", (NUMBER,), run)


@builtin("mean", "*list", with_run=True)
def mean(run: Run, values: list[Value]) -> Value:
    if not values:
        return None
    return arithmetic.apply("/", total(run, values), Decimal(len(values)), run)


@builtin("median", "*list")
def median(values: list[Value]) -> Decimal | None:
    if not values:
        return None
    ordered = sorted(map(number, values))
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return DECIMALS.divide(DECIMALS.add(ordered[middle - 1], ordered[middle]), Decimal(2))


@builtin("stddev", "*list")
def standard_deviation(values: list[Value]) -> Decimal | None:
    numbers = list(map(number, values))
    if len(numbers) < 2:
        return None
    average = DECIMALS.divide(_sum(numbers), Decimal(len(numbers)))
    squares = [DECIMALS.power(DECIMALS.subtract(one, average), 2) for one in numbers]
    return DECIMALS.sqrt(DECIMALS.divide(_sum(squares), Decimal(len(numbers) - 1)))


@builtin("mode", "*list")
def mode(values: list[Value]) -> list[Decimal]:
    counted = Counter(map(number, values))
    most = max(counted.values(), default=0)
    return sorted(one for one, times in counted.items() if times == most)


@builtin("all", "*list")
def all_(values: list[Value]) -> bool | None:
    return _decided(values, False)


@builtin("any", "*list")
def any_(values: list[Value]) -> bool | None:
    return _decided(values, True)


def _extreme(values: list[Value], direction: int, run: Run) -> Value:
    if not values:
        return None
    extreme = values[0]
    for value in values:
        found = compare.order(value, extreme, run)
        if found is None:
            raise Refused
        if found * direction > 0:
            extreme = value
    return extreme


def _fold(values: list[Value], operator: str, kinds: tuple[str, ...], run: Run) -> Value:
    if not values:
        return None
    wanted = kind(values[0])
    if wanted not in kinds or any(kind(value) != wanted for value in values):
        raise Refused
    result = values[0]
    for value in values[1:]:
        result = arithmetic.apply(operator, result, value, run)
        if result is None:
            raise Refused
    return result


def _sum(numbers: list[Decimal]) -> Decimal:
    result = Decimal(0)
    for one in numbers:
        result = DECIMALS.add(result, one)
    return result


def _decided(values: list[Value], wanted: bool) -> bool | None:
    """`wanted` when any value is, null when that is unknown because of a value that is null."""
    if any(value is wanted for value in values):
        return wanted
    unknown = [of_kind(value, BOOLEAN, NULL) for value in values if not isinstance(value, bool)]
    return None if unknown else not wanted

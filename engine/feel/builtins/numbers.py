"""Functions on numbers (DMN 1.5 tables 69 and 70)."""

# ruff: noqa: D103  the table of the standard named above describes each function

from collections.abc import Callable
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Context,
    Decimal,
)

from engine.feel import limits, timeline
from engine.feel.builtins.arguments import Refused, integer, number, of_kind
from engine.feel.builtins.registry import builtin
from engine.feel.run import Run
from engine.feel.values import DAYS, DECIMALS, MONTHS, NUMBER, Value, YearsMonths, is_integral
from engine.feel.wide import Days

_SCALES = range(-6111, 6177)  # the scales of decimal128
_ROUNDING = Context(prec=2 * limits.MAGNITUDE)


def _rounder(name: str, rounding: str, *signatures: str) -> None:
    """Declare one of the rounding functions: `scale` is the number of decimals kept."""

    @builtin(name, *signatures)
    def rounded(value: Value, scale: Value = Decimal(0)) -> Decimal:
        exact, decimals = number(value), integer(scale)
        if decimals not in _SCALES:
            raise Refused
        if int(exact.as_tuple().exponent) >= -decimals:
            return exact  # nothing to round; padding with zeros could make it thousands of digits long
        return exact.quantize(Decimal(1).scaleb(-decimals, _ROUNDING), rounding, _ROUNDING)


_rounder("decimal", ROUND_HALF_EVEN, "n, scale")
_rounder("floor", ROUND_FLOOR, "n", "n, scale")
_rounder("ceiling", ROUND_CEILING, "n", "n, scale")
_rounder("round up", ROUND_UP, "n, scale")
_rounder("round down", ROUND_DOWN, "n, scale")
_rounder("round half up", ROUND_HALF_UP, "n, scale")
_rounder("round half down", ROUND_HALF_DOWN, "n, scale")


@builtin("abs", "n", "number")
def absolute(value: Value) -> Decimal | Days | YearsMonths:
    size = of_kind(value, NUMBER, DAYS, MONTHS)
    if isinstance(size, YearsMonths):
        return YearsMonths(abs(size.months))
    return size.copy_abs() if isinstance(size, Decimal) else timeline.days(abs(timeline.nanoseconds(size)))


@builtin("modulo", "dividend, divisor")
def modulo(dividend: Value, divisor: Value) -> Decimal:
    above, below = number(dividend), number(divisor)
    if not below:
        raise Refused
    times = DECIMALS.divide(above, below).to_integral_value(ROUND_FLOOR)
    return DECIMALS.subtract(above, DECIMALS.multiply(below, times))


def _logarithm(exact: Decimal) -> Decimal:
    if exact <= 0:
        raise Refused
    return DECIMALS.ln(exact)


def _function(name: str, compute: Callable[[Decimal], Decimal]) -> None:
    @builtin(name, "number", with_run=True)
    def computed(run: Run, value: Value) -> Decimal:
        run.spend(limits.STEPS_OF_SERIES)
        return compute(number(value))


_function("sqrt", DECIMALS.sqrt)
_function("exp", DECIMALS.exp)
_function("log", _logarithm)


@builtin("odd", "number")
def odd(value: Value) -> bool:
    exact = number(value)
    return is_integral(exact) and int(exact) % 2 == 1


@builtin("even", "number")
def even(value: Value) -> bool:
    exact = number(value)
    return is_integral(exact) and int(exact) % 2 == 0

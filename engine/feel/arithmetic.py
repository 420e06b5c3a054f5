"""Arithmetic on numbers, texts, dates and durations (DMN 1.5 tables 56 to 61). None when there is no result."""

import datetime as dt
from collections.abc import Callable
from decimal import ROUND_DOWN, Decimal, DecimalException

from engine.feel import limits, messages, temporal
from engine.feel.run import Run
from engine.feel.values import (
    DATE,
    DATE_TIME,
    DAYS,
    DECIMALS,
    MONTHS,
    NUMBER,
    STRING,
    TIME,
    Value,
    YearsMonths,
    is_duration,
    kind,
)

Operation = Callable[[Value, Value, Run], Value]


def apply(operator: str, left: Value, right: Value, run: Run) -> Value:
    """The result of left operator right, for + - * / and **.

    None when the operands do not fit or the result cannot be held.
    """
    try:
        return _OPERATIONS[operator](left, right, run)
    except (DecimalException, OverflowError, ValueError):  # out of range for a number, a date or a duration
        return None


def negate(value: Value) -> Value:
    """-value for numbers and durations, else None."""
    found = kind(value)
    try:
        if found == NUMBER:
            return DECIMALS.minus(value)
        if found == DAYS:
            return -value
        return YearsMonths(-value.months) if found == MONTHS else None
    except (DecimalException, OverflowError):
        return None


def _add(left: Value, right: Value, run: Run) -> Value:
    if type(left) is Decimal and type(right) is Decimal:
        return DECIMALS.add(left, right)
    left_kind, right_kind = kind(left), kind(right)
    if left_kind == right_kind == STRING:
        return _join(left, right, run)
    if left_kind == right_kind == DAYS:
        return left + right
    if left_kind == right_kind == MONTHS:
        return YearsMonths(left.months + right.months)
    if is_duration(left_kind) and right_kind in (DATE, DATE_TIME, TIME):
        return _move(right, left)
    return _move(left, right) if is_duration(right_kind) else None


def _subtract(left: Value, right: Value, _run: Run) -> Value:
    if type(left) is Decimal and type(right) is Decimal:
        return DECIMALS.subtract(left, right)
    left_kind, right_kind = kind(left), kind(right)
    if left_kind == right_kind == DAYS:
        return left - right
    if left_kind == right_kind == MONTHS:
        return YearsMonths(left.months - right.months)
    if is_duration(right_kind):
        return _move(left, negate(right))
    return _between(left, right, left_kind, right_kind)


def _multiply(left: Value, right: Value, _run: Run) -> Value:
    if type(left) is Decimal and type(right) is Decimal:
        return DECIMALS.multiply(left, right)
    if kind(left) == NUMBER:
        left, right = right, left
    if kind(right) != NUMBER:
        return None
    return _scale(left, lambda size: DECIMALS.multiply(size, right))


def _divide(left: Value, right: Value, _run: Run) -> Value:
    left_kind, right_kind = kind(left), kind(right)
    if right_kind == NUMBER:
        if not right:
            return None
        if left_kind == NUMBER:
            return DECIMALS.divide(left, right)
        return _scale(left, lambda size: DECIMALS.divide(size, right))
    if left_kind != right_kind or not is_duration(left_kind):
        return None
    above, below = _size(left), _size(right)
    return DECIMALS.divide(above, below) if below else None


def _power(left: Value, right: Value, run: Run) -> Value:
    if kind(left) != NUMBER or kind(right) != NUMBER:
        return None
    if right.copy_abs() > limits.EXPONENT:
        raise run.limit(messages.EXPONENT_TOO_LARGE, limits.EXPONENT)
    run.spend(limits.STEPS_OF_SERIES)
    return DECIMALS.power(left, right)


_OPERATIONS: dict[str, Operation] = {"+": _add, "-": _subtract, "*": _multiply, "/": _divide, "**": _power}


def _join(left: str, right: str, run: Run) -> Value:
    if len(left) + len(right) > limits.STRING:
        raise run.limit(messages.STRING_TOO_LONG, limits.STRING)
    return run.made(left + right)


def _move(moment: Value, duration: dt.timedelta | YearsMonths) -> Value:
    """A date, date and time or time, moved by a duration."""
    found = kind(moment)
    if isinstance(duration, YearsMonths):
        return temporal.add_months(moment, duration.months) if found in (DATE, DATE_TIME) else None
    if found == DATE:
        return (dt.datetime(moment.year, moment.month, moment.day) + duration).date()
    if found == DATE_TIME:
        return _move_moment(moment, duration)
    return _move_time(moment, duration) if found == TIME else None


def _move_moment(moment: dt.datetime, duration: dt.timedelta) -> dt.datetime:
    if temporal.zone_name(moment) is None:
        return moment + duration
    return (moment.astimezone(dt.UTC) + duration).astimezone(moment.tzinfo)  # real hours, also across summer time


def _move_time(time: dt.time, duration: dt.timedelta) -> dt.time:
    micro = (temporal.microseconds_of_day(time) + duration // temporal.MICROSECOND) % 86_400_000_000
    seconds, micro = divmod(micro, 1_000_000)
    return dt.time(seconds // 3600, seconds // 60 % 60, seconds % 60, micro, tzinfo=time.tzinfo)


def _between(left: Value, right: Value, left_kind: str, right_kind: str) -> dt.timedelta | None:
    """The time from right to left."""
    if left_kind == right_kind == DATE:
        return dt.timedelta(days=(left - right).days)
    if left_kind == right_kind == TIME:
        return _between_times(left, right)
    if {left_kind, right_kind} - {DATE, DATE_TIME}:
        return None
    left = temporal.utc_midnight(left) if left_kind == DATE else left
    right = temporal.utc_midnight(right) if right_kind == DATE else right
    if (left.tzinfo is None) != (right.tzinfo is None):
        return None
    return temporal.without_zone(left) - temporal.without_zone(right)


def _between_times(left: dt.time, right: dt.time) -> dt.timedelta | None:
    if (left.tzinfo is None) != (right.tzinfo is None):
        return None
    zero = dt.timedelta(0)
    wall = temporal.microseconds_of_day(left) - temporal.microseconds_of_day(right)
    return dt.timedelta(microseconds=wall) - (left.utcoffset() or zero) + (right.utcoffset() or zero)


def _size(duration: dt.timedelta | YearsMonths) -> Decimal:
    return Decimal(duration.months) if isinstance(duration, YearsMonths) else temporal.microseconds(duration)


def _scale(duration: Value, scaled: Callable[[Decimal], Decimal]) -> Value:
    """A duration with its size changed; parts of its unit are cut off."""
    if not is_duration(kind(duration)):
        return None
    size = int(scaled(_size(duration)).to_integral_value(ROUND_DOWN))
    return YearsMonths(size) if isinstance(duration, YearsMonths) else dt.timedelta(microseconds=size)

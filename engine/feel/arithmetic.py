"""Arithmetic on numbers, texts, dates and durations (DMN 1.5 tables 56 to 61). None when there is no result."""

from collections.abc import Callable
from decimal import ROUND_DOWN, Decimal, DecimalException

from engine.feel import limits, messages, timeline
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
from engine.feel.wide import Days

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
            return timeline.days(-timeline.nanoseconds(value))
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
        return timeline.days(timeline.nanoseconds(left) + timeline.nanoseconds(right))
    if left_kind == right_kind == MONTHS:
        return timeline.months(left.months + right.months)
    if is_duration(left_kind) and right_kind in (DATE, DATE_TIME, TIME):
        return _move(right, left)
    return _move(left, right) if is_duration(right_kind) else None


def _subtract(left: Value, right: Value, _run: Run) -> Value:
    if type(left) is Decimal and type(right) is Decimal:
        return DECIMALS.subtract(left, right)
    left_kind, right_kind = kind(left), kind(right)
    if left_kind == right_kind == DAYS:
        return timeline.days(timeline.nanoseconds(left) - timeline.nanoseconds(right))
    if left_kind == right_kind == MONTHS:
        return timeline.months(left.months - right.months)
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
    result = DECIMALS.power(left, right)
    return result if result.is_finite() else None  # 0 to a negative power is infinite, and decimal does not say so


_OPERATIONS: dict[str, Operation] = {"+": _add, "-": _subtract, "*": _multiply, "/": _divide, "**": _power}


def _join(left: str, right: str, run: Run) -> Value:
    if len(left) + len(right) > limits.STRING:
        raise run.limit(messages.STRING_TOO_LONG, limits.STRING)
    return run.made(left + right)


def _move(moment: Value, duration: Days | YearsMonths) -> Value:
    """A date, date and time or time, moved by a duration."""
    found = kind(moment)
    if isinstance(duration, YearsMonths):
        return timeline.add_months(moment, duration.months) if found in (DATE, DATE_TIME) else None
    distance = timeline.nanoseconds(duration)
    if found == DATE:
        return timeline.date_at(timeline.ordinal(moment) + distance // timeline.DAY)
    if found == TIME:
        return timeline.time((timeline.clock(moment) + distance) % timeline.DAY, moment.tzinfo)
    if found != DATE_TIME:
        return None
    if timeline.zone_name(moment) is not None:
        return timeline.at(timeline.instant(moment) + distance, moment.tzinfo)  # real hours, also across summer time
    day, clock = divmod(timeline.clock(moment) + distance, timeline.DAY)
    return timeline.date_time(timeline.ordinal(moment) + day, clock, moment.tzinfo)


def _between(left: Value, right: Value, left_kind: str, right_kind: str) -> Days | None:
    """The time from right to left."""
    if left_kind == right_kind == DATE:
        return timeline.days((timeline.ordinal(left) - timeline.ordinal(right)) * timeline.DAY)
    if not (left_kind == right_kind == TIME or {left_kind, right_kind} <= {DATE, DATE_TIME}):
        return None
    left = timeline.utc_midnight(left) if left_kind == DATE else left
    right = timeline.utc_midnight(right) if right_kind == DATE else right
    if not timeline.comparable(left, right):
        return None
    return timeline.days(timeline.instant(left) - timeline.instant(right))


def _size(duration: Days | YearsMonths) -> Decimal:
    return Decimal(duration.months if isinstance(duration, YearsMonths) else timeline.nanoseconds(duration))


def _scale(duration: Value, scaled: Callable[[Decimal], Decimal]) -> Value:
    """A duration with its size changed; parts of its unit are cut off."""
    if not is_duration(kind(duration)):
        return None
    size = scaled(_size(duration)).to_integral_value(ROUND_DOWN)
    if size.copy_abs() > limits.DURATION:
        return None  # int() of a number with thousands of digits would be slow
    return timeline.months(int(size)) if isinstance(duration, YearsMonths) else timeline.days(int(size))

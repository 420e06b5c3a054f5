"""Equality, order and membership in three-valued logic (DMN 1.5 section 10.3.2.13 and tables 53 to 55).

None means "cannot be compared". Every function takes the run, because comparing nested lists costs.
"""

from collections.abc import Callable

from engine.feel import timeline
from engine.feel.run import Run
from engine.feel.values import (
    CONTEXT,
    DATE,
    DATE_TIME,
    DAYS,
    FUNCTION,
    LIST,
    MONTHS,
    NUMBER,
    RANGE,
    STRING,
    TIME,
    Range,
    Value,
    kind,
)

_SIMPLE = (NUMBER, MONTHS)
_MEASURES: dict[str, Callable[[Value], int]] = {
    DATE: timeline.ordinal,
    TIME: timeline.instant,
    DATE_TIME: timeline.instant,
    DAYS: timeline.nanoseconds,
}


def equal(left: Value, right: Value, run: Run) -> bool | None:
    """Whether two values are the same; null equals only null; None when the types differ."""
    if left is None or right is None:
        return left is right
    left, right, left_kind, right_kind = _same_footing(left, right)
    if left_kind != right_kind:
        return _unwrapped(left, right, run)
    if left_kind == LIST:
        return _equal_lists(left, right, run)
    if left_kind == CONTEXT:
        return _equal_contexts(left, right, run)
    if left_kind == RANGE:
        return _equal_ranges(left, right, run)
    return _equal_scalars(left, right, left_kind, run)


def order(left: Value, right: Value, run: Run) -> int | None:
    """Negative, 0 or positive when left is less, equal or greater; None when they have no order."""
    if left is None or right is None:
        return None
    left, right, left_kind, right_kind = _same_footing(left, right)
    if left_kind != right_kind:
        return None
    if left_kind == STRING:
        run.read(left)
    elif left_kind in _MEASURES:
        measure = _MEASURES[left_kind]
        if left_kind in (TIME, DATE_TIME) and (left.tzinfo is None) != (right.tzinfo is None):
            measure = timeline.wall  # the one without an offset takes that of the other
        elif left_kind in (TIME, DATE_TIME) and not timeline.comparable(left, right):
            return None
        left, right = measure(left), measure(right)
    elif left_kind not in _SIMPLE:
        return None
    return int(left > right) - int(left < right)


def within(value: Value, span: Range, run: Run) -> bool | None:
    """Whether a value lies in a range; None when it cannot be compared with the ends."""
    if value is None or (span.operator is None and (span.start is None or span.end is None)):
        return None
    if span.operator == "!=":
        same = equal(value, span.start, run)
        return None if same is None else not same
    return _above(value, span, run) and _below(value, span, run)


def member(value: Value, pattern: Value, run: Run) -> bool | None:
    """Whether a value satisfies what stands right of `in` or in a decision table's cell."""
    if isinstance(pattern, Range):
        return equal(value, pattern, run) if isinstance(value, Range) else within(value, pattern, run)
    if isinstance(pattern, list):
        return _member_of_list(value, pattern, run)
    # A test that is itself true holds for every value; but not for none at all: an unanswered question grants nothing.
    if isinstance(pattern, bool) and value is not None and not isinstance(value, bool):
        return pattern
    return equal(value, pattern, run)


def _above(value: Value, span: Range, run: Run) -> bool | None:
    if span.start is None:
        return True
    found = order(value, span.start, run)
    return None if found is None else found > 0 or (found == 0 and span.start_included)


def _below(value: Value, span: Range, run: Run) -> bool | None:
    if span.end is None:
        return True
    found = order(value, span.end, run)
    return None if found is None else found < 0 or (found == 0 and span.end_included)


def _member_of_list(value: Value, patterns: list[Value], run: Run) -> bool | None:
    if isinstance(value, list) and equal(value, patterns, run) is True:
        return True
    doubtful = False
    run.read(patterns)
    for pattern in patterns:
        is_test = isinstance(pattern, Range) and not isinstance(value, Range)
        found = within(value, pattern, run) if is_test else equal(value, pattern, run)
        if found is True:
            return True
        doubtful = doubtful or (found is None and is_test and value is not None)
    return None if doubtful else False


def _same_footing(left: Value, right: Value) -> tuple[Value, Value, str, str]:
    """A date beside a date and time is taken as midnight UTC."""
    left_kind, right_kind = kind(left), kind(right)
    if left_kind == DATE and right_kind == DATE_TIME:
        return timeline.utc_midnight(left), right, DATE_TIME, DATE_TIME
    if left_kind == DATE_TIME and right_kind == DATE:
        return left, timeline.utc_midnight(right), DATE_TIME, DATE_TIME
    return left, right, left_kind, right_kind


def _unwrapped(left: Value, right: Value, run: Run) -> bool | None:
    """A list of one entry stands for the entry (DMN 1.5 section 10.3.2.9.4). A list has no order with itself here."""
    run.spend(1)
    if isinstance(left, list) and len(left) == 1:
        return equal(left[0], right, run)
    if isinstance(right, list) and len(right) == 1:
        return equal(left, right[0], run)
    return None


def _equal_lists(left: list[Value], right: list[Value], run: Run) -> bool:
    run.spend(2 + len(left) // 2)
    return len(left) == len(right) and all(equal(a, b, run) is True for a, b in zip(left, right, strict=True))


def _equal_contexts(left: dict[str, Value], right: dict[str, Value], run: Run) -> bool:
    run.spend(2 + len(left) // 2)
    return left.keys() == right.keys() and all(equal(left[key], right[key], run) is True for key in left)


def _equal_ranges(left: Range, right: Range, run: Run) -> bool:
    same_shape = (left.start_included, left.end_included, left.operator == "!=") == (
        right.start_included,
        right.end_included,
        right.operator == "!=",
    )
    return same_shape and equal(left.start, right.start, run) is True and equal(left.end, right.end, run) is True


def _equal_scalars(left: Value, right: Value, found: str, run: Run) -> bool:
    if found == FUNCTION:
        return left is right
    if found in (TIME, DATE_TIME):
        return timeline.comparable(left, right) and timeline.instant(left) == timeline.instant(right)
    if found == STRING:
        run.read(left)
    return bool(left == right)

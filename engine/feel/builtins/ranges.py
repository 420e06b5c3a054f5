"""Functions comparing points and ranges (DMN 1.5 table 78, after Allen's interval algebra)."""

# ruff: noqa: D103  the table of the standard named above describes each function

from engine.feel import compare
from engine.feel.builtins.arguments import Refused, span
from engine.feel.builtins.registry import builtin
from engine.feel.run import Run
from engine.feel.values import Range, Value

_POINT_IN_RANGE = ("point, range", "range1, range2")
_RANGE_AND_POINT = ("range, point", "range1, range2")
_RANGES = "range1, range2"


@builtin("before", "point1, point2", "range, point", "point, range", _RANGES, with_run=True)
def before(run: Run, left: Value, right: Value) -> bool:
    last, last_included = (left.end, left.end_included) if isinstance(left, Range) else (left, True)
    first, first_included = (right.start, right.start_included) if isinstance(right, Range) else (right, True)
    found = _order(last, first, run)
    return found < 0 or (found == 0 and not (last_included and first_included))


@builtin("after", "point1, point2", "range, point", "point, range", _RANGES, with_run=True)
def after(run: Run, left: Value, right: Value) -> bool:
    return before(run, right, left)


@builtin("meets", _RANGES, with_run=True)
def meets(run: Run, first: Value, second: Value) -> bool:
    left, right = span(first), span(second)
    return left.end_included and right.start_included and _order(left.end, right.start, run) == 0


@builtin("met by", _RANGES, with_run=True)
def met_by(run: Run, first: Value, second: Value) -> bool:
    return meets(run, second, first)


@builtin("overlaps", _RANGES, with_run=True)
def overlaps(run: Run, first: Value, second: Value) -> bool:
    return not before(run, span(first), span(second)) and not before(run, span(second), span(first))


@builtin("overlaps before", _RANGES, with_run=True)
def overlaps_before(run: Run, first: Value, second: Value) -> bool:
    left, right = span(first), span(second)
    starts, ends = _order(left.start, right.start, run), _order(left.end, right.end, run)
    starts_earlier = starts < 0 or (starts == 0 and left.start_included and not right.start_included)
    ends_earlier = ends < 0 or (ends == 0 and (not left.end_included or right.end_included))
    return starts_earlier and ends_earlier and not before(run, left, right)


@builtin("overlaps after", _RANGES, with_run=True)
def overlaps_after(run: Run, first: Value, second: Value) -> bool:
    left, right = span(first), span(second)
    starts, ends = _order(left.start, right.start, run), _order(left.end, right.end, run)
    starts_later = starts > 0 or (starts == 0 and right.start_included and not left.start_included)
    ends_later = ends > 0 or (ends == 0 and (not right.end_included or left.end_included))
    return starts_later and ends_later and not before(run, right, left)


@builtin("finishes", *_POINT_IN_RANGE, with_run=True)
def finishes(run: Run, inner: Value, outer: Value) -> bool:
    whole = span(outer)
    if not isinstance(inner, Range):
        return whole.end_included and _order(whole.end, inner, run) == 0
    starts = _order(inner.start, whole.start, run)
    inside = starts > 0 or (starts == 0 and (not inner.start_included or whole.start_included))
    return inside and inner.end_included == whole.end_included and _order(inner.end, whole.end, run) == 0


@builtin("finished by", *_RANGE_AND_POINT, with_run=True)
def finished_by(run: Run, outer: Value, inner: Value) -> bool:
    return finishes(run, inner, outer)


@builtin("starts", *_POINT_IN_RANGE, with_run=True)
def starts(run: Run, inner: Value, outer: Value) -> bool:
    whole = span(outer)
    if not isinstance(inner, Range):
        return whole.start_included and _order(whole.start, inner, run) == 0
    ends = _order(inner.end, whole.end, run)
    inside = ends < 0 or (ends == 0 and (not inner.end_included or whole.end_included))
    return inside and inner.start_included == whole.start_included and _order(inner.start, whole.start, run) == 0


@builtin("started by", *_RANGE_AND_POINT, with_run=True)
def started_by(run: Run, outer: Value, inner: Value) -> bool:
    return starts(run, inner, outer)


@builtin("includes", *_RANGE_AND_POINT, with_run=True)
def includes(run: Run, outer: Value, inner: Value) -> bool:
    whole = span(outer)
    if not isinstance(inner, Range):
        found = compare.within(inner, whole, run)
        if found is None:
            raise Refused
        return found
    first, last = _order(whole.start, inner.start, run), _order(whole.end, inner.end, run)
    starts_inside = first < 0 or (first == 0 and (whole.start_included or not inner.start_included))
    ends_inside = last > 0 or (last == 0 and (whole.end_included or not inner.end_included))
    return starts_inside and ends_inside


@builtin("during", *_POINT_IN_RANGE, with_run=True)
def during(run: Run, inner: Value, outer: Value) -> bool:
    return includes(run, outer, inner)


@builtin("coincides", "point1, point2", _RANGES, with_run=True)
def coincides(run: Run, first: Value, second: Value) -> bool:
    if not isinstance(first, Range) and not isinstance(second, Range):
        return _order(first, second, run) == 0
    left, right = span(first), span(second)
    same_ends = (left.start_included, left.end_included) == (right.start_included, right.end_included)
    return same_ends and _order(left.start, right.start, run) == 0 and _order(left.end, right.end, run) == 0


def _order(left: Value, right: Value, run: Run) -> int:
    found = compare.order(left, right, run)
    if found is None:
        raise Refused
    return found

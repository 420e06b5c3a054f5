"""Functions on lists (DMN 1.5 table 67). Positions count from 1, or from the end when negative."""

# ruff: noqa: D103  the table of the standard named above describes each function

import functools
from decimal import Decimal

from engine.feel import compare, limits, messages
from engine.feel.builtins.arguments import Refused, function, integer, items, of_kind, place
from engine.feel.builtins.registry import builtin
from engine.feel.run import Run
from engine.feel.values import FUNCTION, NUMBER, Function, Value, kind


@builtin("list contains", "list, element", with_run=True)
def list_contains(run: Run, values: Value, element: Value) -> bool:
    return any(compare.equal(value, element, run) is True for value in items(values))


@builtin("count", "*list")
def count(values: list[Value]) -> Decimal:
    return Decimal(len(values))


@builtin("sublist", "list, start position, length?")
def sublist(values: Value, start: Value, length: Value = None) -> list[Value]:
    found = items(values)
    first = place(start, len(found))
    if length is None:
        return found[first:]
    wanted = integer(length)
    if wanted < 1 or first + wanted > len(found):
        raise Refused
    return found[first : first + wanted]


@builtin("append", "list, item...")
def append(values: Value, *more: Value) -> list[Value]:
    return [*items(values), *more]


@builtin("concatenate", "list, list...", with_run=True)
def concatenate(run: Run, *lists: Value) -> list[Value]:
    joined = [items(values) for values in lists]
    if sum(map(len, joined)) > limits.LIST:
        raise run.limit(messages.LIST_TOO_LONG, limits.LIST)
    return [value for values in joined for value in values]


@builtin("union", "list...", with_run=True)
def union(run: Run, *lists: Value) -> list[Value]:
    return _distinct(concatenate(run, *lists), run)


@builtin("distinct values", "list", with_run=True)
def distinct_values(run: Run, values: Value) -> list[Value]:
    return _distinct(items(values), run)


@builtin("duplicate values", "list", with_run=True)
def duplicate_values(run: Run, values: Value) -> list[Value]:
    """Each value that occurs more than once. Not in the standard; designers know it from Camunda."""
    kept: list[Value] = []
    repeated: list[Value] = []
    for value in items(values):
        run.spend(1 + len(kept) // limits.ENTRIES_PER_STEP)
        seen = any(compare.equal(value, other, run) is True for other in kept)
        (repeated if seen else kept).append(value)
    return _distinct(repeated, run)


@builtin("partition", "list, size", with_run=True)
def partition(run: Run, values: Value, size: Value) -> list[list[Value]]:
    """The list cut into lists of this size. Not in the standard; designers know it from Camunda."""
    found, length = items(values), integer(size)
    if length < 1:
        raise Refused
    run.spend(len(found))
    return [found[at : at + length] for at in range(0, len(found), length)]


@builtin("insert before", "list, position, newItem")
def insert_before(values: Value, position: Value, new: Value) -> list[Value]:
    found = items(values)
    at = place(position, len(found))
    return [*found[:at], new, *found[at:]]


@builtin("remove", "list, position")
def remove(values: Value, position: Value) -> list[Value]:
    found = items(values)
    at = place(position, len(found))
    return found[:at] + found[at + 1 :]


@builtin("list replace", "list, position, newItem", "list, match, newItem", with_run=True)
def list_replace(run: Run, values: Value, which: Value, new: Value) -> list[Value]:
    found = items(values)
    if kind(of_kind(which, NUMBER, FUNCTION)) == FUNCTION:
        return _replaced(found, function(which, 2), new, run)
    at = place(which, len(found))
    return [*found[:at], new, *found[at + 1 :]]


@builtin("reverse", "list")
def reverse(values: Value) -> list[Value]:
    return items(values)[::-1]


@builtin("index of", "list, match", with_run=True)
def index_of(run: Run, values: Value, match: Value) -> list[Decimal]:
    return [Decimal(at) for at, value in enumerate(items(values), 1) if compare.equal(value, match, run) is True]


@builtin("flatten", "list", with_run=True)
def flatten(run: Run, values: Value) -> list[Value]:
    flat: list[Value] = []
    _flatten(items(values), flat, run)
    return flat


@builtin("sort", "list, precedes?", with_run=True)
def sort(run: Run, values: Value, precedes: Value = None) -> list[Value]:
    found = items(values)
    if precedes is None:
        if any(compare.order(value, found[0], run) is None for value in found):
            raise Refused
        return sorted(found, key=functools.cmp_to_key(lambda left, right: compare.order(left, right, run) or 0))
    ordering = function(precedes, 2)

    def by_function(left: Value, right: Value) -> int:
        run.spend(1)
        if ordering.call([left, right], run) is True:
            return -1
        return 1 if ordering.call([right, left], run) is True else 0

    return sorted(found, key=functools.cmp_to_key(by_function))


def _distinct(values: list[Value], run: Run) -> list[Value]:
    kept: list[Value] = []
    for value in values:
        run.spend(1 + len(kept) // limits.ENTRIES_PER_STEP)
        if not any(compare.equal(value, other, run) is True for other in kept):
            kept.append(value)
    return kept


def _replaced(values: list[Value], match: Function, new: Value, run: Run) -> list[Value]:
    found = [match.call([value, new], run) for value in values]
    if not all(isinstance(one, bool) for one in found):
        raise Refused
    return [new if one else value for one, value in zip(found, values, strict=True)]


def _flatten(values: list[Value], flat: list[Value], run: Run) -> None:
    run.spend(1)
    for value in values:
        if isinstance(value, list):
            _flatten(value, flat, run)
        else:
            flat.append(value)
    if len(flat) > limits.LIST:
        raise run.limit(messages.LIST_TOO_LONG, limits.LIST)

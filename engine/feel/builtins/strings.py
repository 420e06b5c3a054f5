"""Functions on strings (DMN 1.5 table 66). Positions count characters, not bytes, from 1."""

# ruff: noqa: D103  the table of the standard named above describes each function

from decimal import Decimal

from engine.feel import limits, messages
from engine.feel.builtins.arguments import Refused, integer, items, place, string
from engine.feel.builtins.registry import builtin
from engine.feel.run import Run
from engine.feel.values import Value


@builtin("substring", "string, start position, length?")
def substring(value: Value, start: Value, length: Value = None) -> str:
    written = string(value)
    first = place(start, len(written))
    if length is None:
        return written[first:]
    count = integer(length)
    if count < 1:
        raise Refused
    return written[first : first + count]


@builtin("string length", "string")
def string_length(value: Value) -> Decimal:
    return Decimal(len(string(value)))


@builtin("upper case", "string")
def upper_case(value: Value) -> str:
    return string(value).upper()


@builtin("lower case", "string")
def lower_case(value: Value) -> str:
    return string(value).lower()


@builtin("substring before", "string, match")
def substring_before(value: Value, match: Value) -> str:
    before, found, _ = _partition(string(value), string(match))
    return before if found else ""


@builtin("substring after", "string, match")
def substring_after(value: Value, match: Value) -> str:
    _, found, after = _partition(string(value), string(match))
    return after if found else ""


@builtin("contains", "string, match")
def contains(value: Value, match: Value) -> bool:
    return string(match) in string(value)


@builtin("starts with", "string, match")
def starts_with(value: Value, match: Value) -> bool:
    return string(value).startswith(string(match))


@builtin("ends with", "string, match")
def ends_with(value: Value, match: Value) -> bool:
    return string(value).endswith(string(match))


@builtin("string join", "list, delimiter?", with_run=True)
def string_join(run: Run, values: Value, delimiter: Value = None) -> str:
    parts = [string(value) for value in items(values) if value is not None]
    between = "" if delimiter is None else string(delimiter)
    if sum(map(len, parts)) + len(between) * len(parts) > limits.STRING:
        raise run.limit(messages.STRING_TOO_LONG, limits.STRING)
    return between.join(parts)


def _partition(written: str, match: str) -> tuple[str, bool, str]:
    at = written.find(match)  # unlike str.partition, an empty match is found at the start
    return written[: max(at, 0)], at >= 0, written[at + len(match) :]

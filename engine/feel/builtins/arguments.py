"""Checking the arguments of built-in functions: the value as Python has it, or Refused."""

from decimal import Decimal

from engine.feel import messages
from engine.feel.values import (
    BOOLEAN,
    CONTEXT,
    DATE,
    DATE_TIME,
    FUNCTION,
    LABELS_ZH,
    NUMBER,
    RANGE,
    STRING,
    Function,
    Range,
    Value,
    kind,
)
from engine.feel.wide import Date, DateTime


class Refused(Exception):
    """The function cannot take this argument; it becomes a warning and null."""

    def __init__(self, message: messages.Message = messages.UNUSABLE_ARGUMENT, **facts: object) -> None:
        super().__init__(message.en)
        self.message = message
        self.facts = facts


def of_kind(value: Value, *wanted: str) -> Value:
    """A value of one of the kinds; a list of one such value stands for it."""
    found = kind(value)
    if found in wanted:
        return value
    if isinstance(value, list) and len(value) == 1 and kind(value[0]) in wanted:
        return value[0]
    raise Refused(
        messages.WRONG_ARGUMENT,
        expected="或".join(LABELS_ZH[one] for one in wanted),
        expected_en=" or ".join(wanted),
        found=LABELS_ZH[found],
        found_en=found,
    )


def string(value: Value) -> str:
    """A string."""
    text: str = of_kind(value, STRING)
    return text


def number(value: Value) -> Decimal:
    """A number."""
    found: Decimal = of_kind(value, NUMBER)
    return found


def integer(value: Value) -> int:
    """A number without its fraction (DMN 1.5 table 66 allows one and cuts it off)."""
    return int(number(value))


def boolean(value: Value) -> bool:
    """A boolean."""
    found: bool = of_kind(value, BOOLEAN)
    return found


def context(value: Value) -> dict[str, Value]:
    """A context."""
    found: dict[str, Value] = of_kind(value, CONTEXT)
    return found


def items(value: Value) -> list[Value]:
    """A list; a single value is a list of one, null is refused."""
    if isinstance(value, list):
        return value
    if value is None:
        of_kind(value, "list")
    return [value]


def span(value: Value) -> Range:
    """A range."""
    found: Range = of_kind(value, RANGE)
    return found


def function(value: Value, parameters: int) -> Function:
    """A function with so many parameters."""
    found: Function = of_kind(value, FUNCTION)
    if len(found.parameters) != parameters:
        raise Refused
    return found


def day(value: Value) -> Date | DateTime:
    """A date or a date and time."""
    found: Date | DateTime = of_kind(value, DATE, DATE_TIME)
    return found


def place(value: Value, length: int) -> int:
    """A position counted from 1, or from the end when negative, as an index from 0. Refused when outside."""
    position = integer(value)
    if position == 0 or abs(position) > length:
        raise Refused
    return position - 1 if position > 0 else length + position

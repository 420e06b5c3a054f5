"""FEEL values and how Python holds them.

number: Decimal, string: str, boolean: bool, null: None, list: list, context: dict, date: datetime.date,
time: datetime.time, date and time: datetime.datetime, days and time duration: datetime.timedelta,
years and months duration: YearsMonths, range: Range, function: Function. (DMN 1.5 section 10.3.2)
What datetime cannot hold is a WideDate, WideTime, WideDateTime or WideDays (wide.py).
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Any, TypeAlias

from engine.feel import limits
from engine.feel.wide import WideDate, WideDateTime, WideDays, WideTime

Value: TypeAlias = Any  # one of the Python types above; a closed union would have to be recursive at every signature

NULL = "null"
BOOLEAN = "boolean"
NUMBER = "number"
STRING = "string"
LIST = "list"
CONTEXT = "context"
DATE = "date"
TIME = "time"
DATE_TIME = "date and time"
DAYS = "days and time duration"
MONTHS = "years and months duration"
RANGE = "range"
FUNCTION = "function"

LABELS_ZH = {
    NULL: "空值",
    BOOLEAN: "是非值",
    NUMBER: "数字",
    STRING: "文字",
    LIST: "列表",
    CONTEXT: "上下文",
    DATE: "日期",
    TIME: "时刻",
    DATE_TIME: "日期时间",
    DAYS: "天时时长",
    MONTHS: "年月时长",
    RANGE: "区间",
    FUNCTION: "函数",
}

# Only this context computes: Python's ambient one has 28 digits and can be changed by anybody.
DECIMALS = Context(prec=limits.DIGITS, rounding=ROUND_HALF_EVEN, Emax=limits.MAGNITUDE, Emin=-limits.MAGNITUDE)


@dataclass(frozen=True, order=True, slots=True)
class YearsMonths:
    """A years and months duration, in months; negative when it points back."""

    months: int


@dataclass(frozen=True, slots=True)
class Range:
    """An interval. A missing end is None; `operator` is set when written as a comparison: (< 5), (!= 3)."""

    start: Value
    end: Value
    start_included: bool
    end_included: bool
    operator: str | None = None


@dataclass(eq=False)
class Function:
    """A function value: parameter names, and the call taking the arguments in that order and the current run.

    Nobody changes one after it is made; it is not frozen only because built-in functions gather their signatures.
    """

    parameters: tuple[str, ...]
    call: Callable[[list[Value], Any], Value] = field(repr=False)
    name: str = ""


def kind(value: Value) -> str:
    """The FEEL type name of a value. TypeError when it is no FEEL value (a defect in the caller, not in a pack)."""
    found = _KINDS.get(type(value))
    return found if found is not None else _kind_of_subclass(value)


def is_duration(found: str) -> bool:
    """Whether a kind is one of the two duration types."""
    return found in (DAYS, MONTHS)


def is_integral(number: Decimal) -> bool:
    """Whether a number has no fraction."""
    return number == number.to_integral_value()


_KINDS: dict[type, str] = {
    type(None): NULL,
    bool: BOOLEAN,
    Decimal: NUMBER,
    str: STRING,
    list: LIST,
    dict: CONTEXT,
    dt.date: DATE,
    dt.time: TIME,
    dt.datetime: DATE_TIME,
    dt.timedelta: DAYS,
    WideDate: DATE,
    WideTime: TIME,
    WideDateTime: DATE_TIME,
    WideDays: DAYS,
    YearsMonths: MONTHS,
    Range: RANGE,
    Function: FUNCTION,
}


def _kind_of_subclass(value: Value) -> str:
    for base in type(value).__mro__:
        if base in _KINDS:
            return _KINDS[base]
    raise TypeError(f"not a FEEL value: {type(value).__name__}")

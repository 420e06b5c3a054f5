"""Functions on dates, and the moment of the evaluation (DMN 1.5 tables 71 and 76)."""

# ruff: noqa: D103  the table of the standard named above describes each function

import datetime as dt
from decimal import Decimal

from engine.feel import timeline
from engine.feel.builtins.arguments import day
from engine.feel.builtins.registry import builtin
from engine.feel.run import Run
from engine.feel.values import Value

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@builtin("day of year", "date")
def day_of_year(value: Value) -> Decimal:
    return Decimal(timeline.day_of_year(day(value)))


@builtin("day of week", "date")
def day_of_week(value: Value) -> str:
    return _DAYS[timeline.weekday(day(value)) - 1]


@builtin("month of year", "date")
def month_of_year(value: Value) -> str:
    return _MONTHS[day(value).month - 1]


@builtin("week of year", "date")
def week_of_year(value: Value) -> Decimal:
    return Decimal(timeline.week_of_year(day(value)))


@builtin("now", "", with_run=True)
def now(run: Run) -> dt.datetime:
    return run.moment()


@builtin("today", "", with_run=True)
def today(run: Run) -> dt.date:
    return run.moment().date()

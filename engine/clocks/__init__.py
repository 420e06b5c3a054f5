"""Clocks 时限: which days are worked, when a limit ends, how a clock stands."""

from engine.clocks.calendar import Calendar, Day, exceptions
from engine.clocks.count import Due, Pause, due, merged, used
from engine.clocks.plan import last, plan
from engine.clocks.reading import Reading, reached, read, turns
from engine.clocks.steps import moments
from engine.clocks.table import Exceptional, calendar, import_year, parse, set_day
from engine.clocks.together import Span, together

__all__ = [
    "Calendar", "Day", "Due", "Exceptional", "Pause", "Reading", "Span", "calendar", "due", "exceptions",
    "import_year", "last", "merged", "moments", "parse", "plan", "reached", "read", "set_day", "together", "turns",
    "used",
]  # fmt: skip

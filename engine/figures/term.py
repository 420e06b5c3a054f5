"""The days figures are of: a month, a quarter, or from one day to another."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from engine.errors import TermUnclear
from engine.words import CITY

LONGEST = timedelta(days=366)
YEARS = (2000, 2999)  # others are typing mistakes
_DAY = timedelta(days=1)
_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_QUARTER = re.compile(r"(\d{4})-Q([1-4])", re.ASCII)
_QUARTERS = 4
_MONTHS_EACH = 3


@dataclass(frozen=True)
class Term:
    """Days in the city, both included; `name` is 2026-11, 2026-Q4, or empty for any other days."""

    since: date
    until: date
    name: str = ""

    @property
    def begins(self) -> datetime:
        """The first moment."""
        return datetime.combine(self.since, time(), CITY)

    @property
    def ends(self) -> datetime:
        """The first moment after it."""
        return datetime.combine(self.until + _DAY, time(), CITY)


def term(now: datetime, name: str = "", since: str = "", until: str = "") -> Term:
    """What was asked for: two days, else a month or quarter by its name, else this month. `TermUnclear`."""
    try:
        if since or until:
            found = Term(date.fromisoformat(since), date.fromisoformat(until))
        else:
            found = _named(name) if name else _months(now.astimezone(CITY).date(), 1)
    except (ValueError, OverflowError):
        raise TermUnclear from None
    if not YEARS[0] <= found.since.year <= found.until.year <= YEARS[1]:
        raise TermUnclear
    if not timedelta() <= found.until - found.since < LONGEST:
        raise TermUnclear
    return found


def terms(now: datetime) -> tuple[Term, ...]:
    """What people choose from: the last twelve months and the last four quarters, the newest first."""
    today = now.astimezone(CITY).date()
    months = [_months(_back(today, back), 1) for back in range(12)]
    first = today.replace(month=(today.month - 1) // _MONTHS_EACH * _MONTHS_EACH + 1, day=1)
    return (*months, *(_months(_back(first, back * _MONTHS_EACH), _MONTHS_EACH) for back in range(_QUARTERS)))


def _named(name: str) -> Term:
    if found := _MONTH.fullmatch(name):
        return _months(date(int(found[1]), int(found[2]), 1), 1)
    if found := _QUARTER.fullmatch(name):
        return _months(date(int(found[1]), int(found[2]) * _MONTHS_EACH - 2, 1), _MONTHS_EACH)
    raise TermUnclear


def _months(day: date, count: int) -> Term:
    """So many months from the one of a day."""
    since = day.replace(day=1)
    after = since
    for _ in range(count):
        after = (after + timedelta(days=31)).replace(day=1)
    name = f"{since:%Y-%m}" if count == 1 else f"{since.year:04}-Q{(since.month - 1) // _MONTHS_EACH + 1}"
    return Term(since, after - _DAY, name)


def _back(day: date, months: int) -> date:
    """The first day of the month so many months before."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, 1)

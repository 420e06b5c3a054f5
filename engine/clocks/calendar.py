"""Which days are worked. What the table says wins; the library knows the years the State Council has announced.

A year nobody has announced follows the weekend alone: what is counted through it is provisional until it is imported.
"""

from calendar import isleap
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from chinese_calendar import Holiday, get_holiday_detail

from engine.words import CITY, N_, DayKind

WEEKEND, WEEKDAY = N_("weekend"), N_("weekday")
LIBRARY = "chinesecalendar"
CLOSING = time(17, 30)  # 民法典第二百零三条: where there are business hours, a period ends when business stops
SATURDAY = 5


@dataclass(frozen=True)
class Day:
    """One day: worked or not, why, who says so; `certain` is false while its year is not announced."""

    kind: DayKind
    reason: str
    source: str
    certain: bool = True

    @property
    def worked(self) -> bool:
        """Whether offices are open."""
        return self.kind is DayKind.WORK


@dataclass(frozen=True)
class Calendar:
    """The days of one region. `days` are exceptions of its own; `years` the imported years and who announced them."""

    days: Mapping[date, Day] = field(default_factory=dict)
    years: Mapping[int, str] = field(default_factory=dict)
    closing: time = CLOSING

    def day(self, day: date) -> Day:
        """What a day is."""
        if day in self.days:
            return self.days[day]
        if day.year in self.years:
            return replace(_plain(day), source=self.years[day.year])
        return _announced(day)

    def worked(self, day: date) -> bool:
        """Whether offices are open on a day."""
        return self.day(day).worked

    def knows(self, year: int) -> bool:
        """Whether the arrangement of a year was announced, by the table or the library."""
        return year in self.years or self.day(date(year, 1, 1)).certain

    def received(self, moment: datetime) -> date:
        """The day something counts as received: what comes after closing comes on the next day offices are open."""
        local = moment.astimezone(CITY)
        day = local.date()
        if local.time() > self.closing or not self.worked(day):
            return self.next_worked(day + timedelta(days=1))
        return day

    def next_worked(self, day: date) -> date:
        """The day itself if offices are open, else the next one on which they are."""
        while not self.worked(day):
            day += timedelta(days=1)
        return day

    def closes(self, day: date) -> datetime:
        """The moment a day ends for a deadline, in UTC."""
        return datetime.combine(day, self.closing, CITY).astimezone(UTC)


def exceptions(calendar: Calendar, year: int) -> list[date]:
    """The days of a year that are more than a weekday or a weekend, in order."""
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(365 + isleap(year)))
    return [day for day in days if calendar.day(day).reason not in (WEEKEND, WEEKDAY)]


def _plain(day: date) -> Day:
    weekend = day.weekday() >= SATURDAY
    return Day(DayKind.REST if weekend else DayKind.WORK, WEEKEND if weekend else WEEKDAY, "")


@cache  # a few years of days, asked for by every clock; the library looks through all it knows each time
def _announced(day: date) -> Day:
    try:
        rest, name = get_holiday_detail(day)
    except NotImplementedError:
        return replace(_plain(day), certain=False)
    if name is None:
        return replace(_plain(day), source=LIBRARY)
    return Day(DayKind.REST if rest else DayKind.WORK, Holiday(name).chinese, LIBRARY)

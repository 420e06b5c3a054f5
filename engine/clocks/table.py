"""The calendar in the store: read for a region, a year imported, a day set."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Integer, cast, delete, null, select

from engine import identity
from engine.clocks.calendar import Calendar, Day
from engine.errors import CalendarInvalid, NotYours
from engine.store import CalendarDay, CalendarYear, city
from engine.store.calendar import NATION
from engine.words import DayKind, Post
from engine.work import SYSTEM, Work

COLUMNS = ("date", "kind", "reason")
LONGEST_REASON = 80
_DAY = (CalendarDay.day, CalendarDay.region, CalendarDay.kind, CalendarDay.reason, CalendarDay.source)
_YEARS = select(  # in the columns of days, so that both are one statement
    *(cast(null(), column.type).label(column.key) for column in _DAY[:-1]), CalendarYear.source, CalendarYear.year
)


@dataclass(frozen=True)
class Exceptional:
    """One line of an announcement: a day off or an adjusted working day, and why."""

    day: date
    kind: DayKind
    reason: str


def calendar(work: Work, area: str = NATION) -> Calendar:
    """The calendar of a region: what is set nearest to it wins, then the nation, then the library."""
    order = (*identity.lineage(work, area), NATION)
    if len(order) == 1:
        return _read(work, order)
    return city.kept(work.session, ("calendar", order), lambda: _read(work, order))


def _read(work: Work, order: Sequence[str]) -> Calendar:
    set_days = select(*_DAY, cast(null(), Integer).label("year")).where(CalendarDay.region.in_(order))
    rows = work.session.execute(set_days.union_all(_YEARS)).all()
    days: dict[date, Day] = {}
    own = [row for row in rows if row.year is None]
    for row in sorted(own, key=lambda r: order.index(r.region), reverse=True):  # the nearest last, over the others
        days[row.day] = Day(DayKind(row.kind), row.reason, row.source)
    return Calendar(days, {row.year: row.source for row in rows if row.year is not None})


def parse(text: str, year: int) -> list[Exceptional]:
    """The lines of a CSV file with the columns date, kind (work, rest) and reason, all in one year.

    `CalendarInvalid` names the first line that cannot be used.
    """
    reader = csv.DictReader(text.removeprefix("\ufeff").splitlines())
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise CalendarInvalid(line=1, why=f"表头应为 / the header must be {','.join(COLUMNS)}")
    found = [_line(reader.line_num, row, year) for row in reader]
    twice = next((one for n, one in enumerate(found) if one.day in {o.day for o in found[:n]}), None)
    if twice or not found:
        raise CalendarInvalid(
            line=0, why=f"{twice.day} 写了两次 / is named twice" if twice else "没有内容 / it is empty"
        )
    return found


def import_year(work: Work, year: int, days: Iterable[Exceptional], source: str) -> None:
    """Replace the arrangement of a whole year for the nation; from now on the year is certain.

    Days set for single regions stay. For administrators and the command line; `NotYours` for others.
    """
    _admit(work)
    work.session.execute(
        delete(CalendarDay).where(
            CalendarDay.region == NATION, CalendarDay.day.between(date(year, 1, 1), date(year, 12, 31))
        )
    )
    work.session.add_all(
        CalendarDay(day=d.day, region=NATION, kind=d.kind, reason=d.reason, source=source) for d in days
    )
    row = work.session.get(CalendarYear, year) or CalendarYear(year=year)
    row.source, row.imported_at, row.imported_by = source, work.now, work.actor.id
    work.session.add(row)
    work.session.flush()


def set_day(work: Work, day: Exceptional, area: str, source: str) -> None:
    """Set one day of one region: a typhoon, a failure of the system. `NotYours` for others than administrators."""
    _admit(work)
    if area:
        identity.region(work, area)
    row = work.session.get(CalendarDay, (day.day, area)) or CalendarDay(day=day.day, region=area)
    row.kind, row.reason, row.source = day.kind, day.reason, source
    work.session.add(row)
    work.session.flush()


def _admit(work: Work) -> None:
    if work.actor is not SYSTEM and not work.actor.holds(Post.ADMIN):
        raise NotYours


def _line(number: int, row: dict[str, str], year: int) -> Exceptional:
    try:
        day, kind = date.fromisoformat((row["date"] or "").strip()), DayKind((row["kind"] or "").strip())
    except ValueError:
        why = "应为 年-月-日,work 或 rest,原因 / write year-month-day,work or rest,reason"
        raise CalendarInvalid(line=number, why=why) from None
    reason = (row["reason"] or "").strip()
    if day.year != year or not 0 < len(reason) <= LONGEST_REASON or None in row:
        why = f"不在 {year} 年，或没有原因 / not in {year}, or no reason"
        raise CalendarInvalid(line=number, why=why)
    return Exceptional(day, kind, reason)

"""The working-day calendar: what differs from the library, or is not in it yet."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.columns import Moment
from engine.store.rows import ID, WORD, Row, enum_check
from engine.words import DayKind

NATION = ""  # the region of days that are the same everywhere


class CalendarDay(Row):
    """One exceptional day of a region: an announced holiday or adjusted working day, a typhoon, a system failure."""

    __tablename__ = "calendar_day"
    __table_args__ = (CheckConstraint(enum_check("kind", DayKind), "kind"),)

    day: Mapped[date] = mapped_column(primary_key=True)
    region: Mapped[str] = mapped_column(String(12), primary_key=True, default=NATION)
    kind: Mapped[str] = mapped_column(WORD)
    reason: Mapped[str] = mapped_column(String(80))
    source: Mapped[str] = mapped_column(String(200))


class CalendarYear(Row):
    """A year whose arrangement was imported; other days of it follow the weekend, and that is certain."""

    __tablename__ = "calendar_year"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    source: Mapped[str] = mapped_column(String(200))
    imported_at: Mapped[datetime] = mapped_column(Moment)
    imported_by: Mapped[str] = mapped_column(ID)

"""What is said about releases after they were made: when they are in force, and which cases were moved to another."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.columns import Document, Moment
from engine.store.rows import ID, Row, new_id


class Period(Row):
    """From when to when a release takes new applications (both days included); without `since`: never.

    Each change is a row of its own, written once; the one with the highest `seq` counts. So the rows are also the
    ledger of the release: who said what, when, and why.
    """

    __tablename__ = "period"

    release_hash: Mapped[str] = mapped_column(ForeignKey("release.hash"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    since: Mapped[date | None]
    until: Mapped[date | None]
    note: Mapped[str] = mapped_column(String(500), default="")
    at: Mapped[datetime] = mapped_column(Moment)
    actor: Mapped[str] = mapped_column(ID)
    actor_name: Mapped[str] = mapped_column(String(60))


class Migration(Row):
    """One case moved from a release to another, and what it was before, so that it can be undone.

    `revision` is that of the case after the move: as long as the case still has it, nothing else happened.
    """

    __tablename__ = "migration"

    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    old_hash: Mapped[str] = mapped_column(ForeignKey("release.hash"))
    new_hash: Mapped[str] = mapped_column(ForeignKey("release.hash"))
    reason: Mapped[str] = mapped_column(Text)
    before: Mapped[dict[str, Any]] = mapped_column(Document)
    revision: Mapped[int]
    at: Mapped[datetime] = mapped_column(Moment)
    actor: Mapped[str] = mapped_column(ID)
    undone_at: Mapped[datetime | None] = mapped_column(Moment)
    undone_by: Mapped[str | None] = mapped_column(ID)

"""Who is in which case, and what happened in their lives."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine.store.columns import Document, Moment
from engine.store.rows import ID, WORD, Row, enum_check, new_id
from engine.store.work import Case
from engine.words import ConcernState, EventKind, PersonRole


class Person(Row):
    """Somebody in a case. Only keyed hashes are kept: who knows the ID number finds the cases, nobody reads it here.

    `place` is where the answers about this person lie among the facts, such as `groom` or `members.2`.
    """

    __tablename__ = "person"
    __table_args__ = (CheckConstraint(enum_check("role", PersonRole), "role"),)

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), primary_key=True)
    place: Mapped[str] = mapped_column(String(200), primary_key=True)
    role: Mapped[str] = mapped_column(WORD)
    id_hash: Mapped[str] = mapped_column(String(64), index=True)
    name_hash: Mapped[str] = mapped_column(String(64))


class LifeEvent(Row):
    """What was reported about a person or a case. It counts once confirmed; a mistaken one is reversed, never deleted.

    `person` is a keyed hash, `name` masked; `reported_in` is the case in which somebody learned of it.
    """

    __tablename__ = "life_event"
    __table_args__ = (CheckConstraint(enum_check("kind", EventKind), "kind"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(WORD)
    person: Mapped[str | None] = mapped_column(String(64), index=True)
    name: Mapped[str] = mapped_column(Text)
    day: Mapped[date | None] = mapped_column()
    evidence: Mapped[str] = mapped_column(String(80))
    said: Mapped[str] = mapped_column(Text)
    reported_in: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    reported_at: Mapped[datetime] = mapped_column(Moment)
    reported_by: Mapped[str] = mapped_column(ID)
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    confirmed_by: Mapped[str | None] = mapped_column(ID)
    reversed_at: Mapped[datetime | None] = mapped_column(Moment)
    reversed_by: Mapped[str | None] = mapped_column(ID)
    reversal: Mapped[str] = mapped_column(Text, default="")

    concerns: Mapped[list["Concern"]] = relationship(back_populates="event", order_by="Concern.case_id")


class Concern(Row):
    """A case an event concerns, and what came of it there.

    `before` is the case as it was, if the event ended it; as long as the case has `revision`, nothing else happened.
    """

    __tablename__ = "concern"
    __table_args__ = (CheckConstraint(enum_check("state", ConcernState), "state"),)

    event_id: Mapped[str] = mapped_column(ForeignKey("life_event.id"), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), primary_key=True, index=True)
    role: Mapped[str | None] = mapped_column(WORD)
    place: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(WORD, index=True)
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    decided_by: Mapped[str | None] = mapped_column(ID)
    reason: Mapped[str] = mapped_column(Text, default="")
    before: Mapped[dict[str, Any] | None] = mapped_column(Document)
    revision: Mapped[int] = mapped_column(default=0)

    event: Mapped[LifeEvent] = relationship(back_populates="concerns")
    case: Mapped[Case] = relationship()

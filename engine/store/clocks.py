"""Clocks of a case, why they stood still, what was added to them, and the supervision slips they led to."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.columns import Moment
from engine.store.rows import ID, WORD, Row, enum_check, new_id
from engine.words import ClockKind, ExtensionState, Ground, LimitUnit


class Clock(Row):
    """A limit that was started, of an item, of a phase of it, or of the case (`item` is empty).

    `due_at` is null while it is paused. `amber_at` is when its lamp turns yellow, `alarm_at` when somebody is told
    next: both are null once it has ended. `raised` steps of the escalation were taken.
    """

    __tablename__ = "clock"
    __table_args__ = (
        UniqueConstraint("case_id", "item", "phase", "kind"),
        CheckConstraint(enum_check("kind", ClockKind), "kind"),
        CheckConstraint(enum_check("unit", LimitUnit), "unit"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"))
    item: Mapped[str] = mapped_column(String(60), default="")
    phase: Mapped[str] = mapped_column(String(60), default="")
    kind: Mapped[str] = mapped_column(WORD)
    amount: Mapped[int]
    unit: Mapped[str] = mapped_column(WORD)
    started_at: Mapped[datetime] = mapped_column(Moment)
    due_at: Mapped[datetime | None] = mapped_column(Moment)
    due_certain: Mapped[bool | None] = mapped_column()
    amber_at: Mapped[datetime | None] = mapped_column(Moment, index=True)
    alarm_at: Mapped[datetime | None] = mapped_column(Moment, index=True)
    raised: Mapped[int] = mapped_column(default=0)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)


class Stop(Row):
    """An interval in which the clocks of an item, or of the whole case (`item` is empty), stood still, and the ground.

    When an item waited for papers is not kept here: its supplement tasks say so.
    """

    __tablename__ = "stop"
    __table_args__ = (CheckConstraint(enum_check("ground", Ground), "ground"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    item: Mapped[str] = mapped_column(String(60), default="")
    ground: Mapped[str] = mapped_column(WORD)
    reason: Mapped[str] = mapped_column(String(200), default="")
    since: Mapped[datetime] = mapped_column(Moment)
    until: Mapped[datetime | None] = mapped_column(Moment)


class Extension(Row):
    """More time for an item, asked for by its handler and decided by an approver (延期). At most one is granted."""

    __tablename__ = "extension"
    __table_args__ = (
        CheckConstraint(enum_check("state", ExtensionState), "state"),
        Index("ix_extension_asked", "department_id", "state"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    item: Mapped[str] = mapped_column(String(60))
    department_id: Mapped[str] = mapped_column(ForeignKey("department.id"))
    amount: Mapped[int]
    reason: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(WORD, default=ExtensionState.ASKED)
    asked_at: Mapped[datetime] = mapped_column(Moment)
    asked_by: Mapped[str] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("user.id"))
    answer: Mapped[str] = mapped_column(String(200), default="")


class Slip(Row):
    """A supervision slip (督办单): which department, whom in it if somebody held the work, and what they answered."""

    __tablename__ = "slip"
    __table_args__ = (Index("ix_slip_open", "department_id", "answered_at"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    clock_id: Mapped[str] = mapped_column(ForeignKey("clock.id"))
    department_id: Mapped[str] = mapped_column(ForeignKey("department.id"))
    user_id: Mapped[str | None] = mapped_column(ForeignKey("user.id"))
    issued_at: Mapped[datetime] = mapped_column(Moment)
    due_at: Mapped[datetime] = mapped_column(Moment)
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    answered_by: Mapped[str | None] = mapped_column(ForeignKey("user.id"))

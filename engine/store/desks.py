"""What people keep at their desks, and what they pass to each other there."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.columns import Moment
from engine.store.rows import ID, Row, new_id


class Phrase(Row):
    """Words that are often wanted in an opinion (常用意见): a person's own, or their department's."""

    __tablename__ = "phrase"
    __table_args__ = (
        CheckConstraint("(user_id IS NULL) <> (department_id IS NULL)", "whose"),
        UniqueConstraint("user_id", "text"),
        UniqueConstraint("department_id", "text"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    user_id: Mapped[str | None] = mapped_column(ForeignKey("user.id"))
    department_id: Mapped[str | None] = mapped_column(ForeignKey("department.id"))
    text: Mapped[str] = mapped_column(String(200))
    added_at: Mapped[datetime] = mapped_column(Moment)


class Transfer(Row):
    """A task passed on by name (转办): by whom, to whom, why; and when it was given back, with the answer."""

    __tablename__ = "transfer"

    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    task_id: Mapped[str] = mapped_column(ForeignKey("task.id"), index=True)
    giver: Mapped[str] = mapped_column(ForeignKey("user.id"))
    receiver: Mapped[str] = mapped_column(ForeignKey("user.id"))
    reason: Mapped[str] = mapped_column(String(200))
    given_at: Mapped[datetime] = mapped_column(Moment)
    returned_at: Mapped[datetime | None] = mapped_column(Moment)
    answer: Mapped[str] = mapped_column(String(200), default="")


class Urge(Row):
    """Somebody urged a task (催办): who, when, and what they said. The task says when it was urged last."""

    __tablename__ = "urge"

    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    task_id: Mapped[str] = mapped_column(ForeignKey("task.id"), index=True)
    note: Mapped[str] = mapped_column(String(200))
    urged_at: Mapped[datetime] = mapped_column(Moment)
    urged_by: Mapped[str] = mapped_column(ForeignKey("user.id"))

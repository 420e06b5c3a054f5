"""What people keep at their desks, and what they pass to each other there."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.columns import Moment
from engine.store.rows import ID, WORD, Row, enum_check, new_id
from engine.words import Post


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


class Substitution(Row):
    """Somebody stands in for a colleague of the same department and post (代理), from the first day to the last."""

    __tablename__ = "substitution"
    __table_args__ = (CheckConstraint(enum_check("post", Post), "post"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    absent: Mapped[str] = mapped_column(ForeignKey("user.id"), index=True)
    substitute: Mapped[str] = mapped_column(ForeignKey("user.id"), index=True)
    department_id: Mapped[str] = mapped_column(ForeignKey("department.id"))
    post: Mapped[str] = mapped_column(WORD)
    since: Mapped[date]
    until: Mapped[date]
    reason: Mapped[str] = mapped_column(String(200))
    named_at: Mapped[datetime] = mapped_column(Moment)
    named_by: Mapped[str] = mapped_column(ForeignKey("user.id"))
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_by: Mapped[str | None] = mapped_column(ForeignKey("user.id"))

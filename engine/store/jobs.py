"""What machines do for a case: jobs, messages that arrive, events that wait for them, calls to other departments."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine.store.columns import Document, Moment
from engine.store.rows import ID, WORD, Row, enum_check, new_id
from engine.store.work import Case
from engine.words import JobKind, JobState


class Job(Row):
    """Work waiting for a machine. Of a step of the drawing the id is the id of its token in the process state.

    `due` is when somebody may take it: of a waiting job the next try, of a running one the moment its claim is void, of
    one that was asked the moment the answer is overdue. `attempts` counts claims and says whose result counts.
    """

    __tablename__ = "job"
    __table_args__ = (
        CheckConstraint(enum_check("kind", JobKind), "kind"),
        CheckConstraint(enum_check("state", JobState), "state"),
        Index("ix_job_due", "state", "due"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    kind: Mapped[str] = mapped_column(WORD, default=JobKind.SERVICE)
    type: Mapped[str] = mapped_column(String(200))
    node: Mapped[str] = mapped_column(String(200))
    headers: Mapped[dict[str, str]] = mapped_column(Document, default=dict)
    inputs: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)
    retries: Mapped[int]
    backoff: Mapped[int | None]
    state: Mapped[str] = mapped_column(WORD, default=JobState.WAITING)
    due: Mapped[datetime] = mapped_column(Moment)
    attempts: Mapped[int] = mapped_column(default=0)
    claimed_by: Mapped[str] = mapped_column(String(80), default="")
    last_error: Mapped[str] = mapped_column(Text, default="")
    opened_at: Mapped[datetime] = mapped_column(Moment)
    failed_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)

    case: Mapped[Case] = relationship()


class Awaited(Row):
    """A message or signal an event of a case waits for; a projection of the state. A signal has no key."""

    __tablename__ = "awaited"
    __table_args__ = (Index("ix_awaited_name", "signal", "name", "key"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    signal: Mapped[bool] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    node: Mapped[str] = mapped_column(String(200))
    name: Mapped[str] = mapped_column(String(200))
    key: Mapped[str] = mapped_column(String(200))
    since: Mapped[datetime] = mapped_column(Moment)


class Message(Row):
    """A message that arrived, once per sender and id; kept until an event of a case takes it, or until it expires.

    `sender` is the client that sent it, or the id of the case that threw it.
    """

    __tablename__ = "message"
    __table_args__ = (Index("ix_message_kept", "case_id", "name", "key"),)

    sender: Mapped[str] = mapped_column(ID, primary_key=True)
    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    key: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64))
    payload: Mapped[dict[str, Any]] = mapped_column(Document)
    received_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime | None] = mapped_column(Moment)
    case_id: Mapped[str | None] = mapped_column(ForeignKey("case.id"))
    delivered_at: Mapped[datetime | None] = mapped_column(Moment)


class Call(Row):
    """One question to another department: who asked, for which case, why, what came of it. `asked` is masked.

    A question of the window, before there is a case, names the draft; acceptance adds the case.
    """

    __tablename__ = "call"

    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    case_id: Mapped[str | None] = mapped_column(ForeignKey("case.id"), index=True)
    job_id: Mapped[str | None] = mapped_column(ID)
    draft_id: Mapped[str | None] = mapped_column(ID, index=True)
    asked_by: Mapped[str | None] = mapped_column(ID)
    attempt: Mapped[int]
    connector: Mapped[str] = mapped_column(String(200))
    purpose: Mapped[str] = mapped_column(Text)
    basis: Mapped[str] = mapped_column(Text)
    asked: Mapped[dict[str, Any]] = mapped_column(Document)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    took: Mapped[int]
    outcome: Mapped[str] = mapped_column(WORD)
    detail: Mapped[str] = mapped_column(String(200))


class Client(Row):
    """Another system that may call us. Only the hash of its token is stored; `may` lists messages and job types."""

    __tablename__ = "client"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    token: Mapped[str] = mapped_column(String(64), unique=True)
    may: Mapped[list[str]] = mapped_column(Document)
    disabled: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(Moment)

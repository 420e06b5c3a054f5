"""What a case is made of: release, case, items, tasks, timers, materials; and the drafts before it."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine.store.clocks import Clock, Extension, Stop
from engine.store.columns import Document, Moment
from engine.store.rows import ID, WORD, Row, enum_check, new_id
from engine.words import CaseOutcome, CaseState, ItemState, MaterialState, Outcome, TaskState


class Release(Row):
    """A published pack: its files as they were, named by the hash of their content. Never changes."""

    __tablename__ = "release"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    pack: Mapped[str] = mapped_column(String(60), index=True)
    number: Mapped[int]
    files: Mapped[dict[str, str]] = mapped_column(Document)
    published_at: Mapped[datetime] = mapped_column(Moment)
    published_by: Mapped[str] = mapped_column(ID)

    __table_args__ = (UniqueConstraint("pack", "number"),)


class Case(Row):
    """One run of a release for one applicant.

    `facts` is what FEEL sees: the answers of the application and, under each item's code, what its handlers decided.
    `state` is SpiffWorkflow's state without the spec. `revision` makes two simultaneous changes impossible.
    `counts_from`: the moment of receipt from which its clocks count, if it was deemed accepted.
    """

    __tablename__ = "case"
    __table_args__ = (
        CheckConstraint(enum_check("state", CaseState), "state"),
        CheckConstraint(enum_check("outcome", CaseOutcome), "outcome"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    code: Mapped[str] = mapped_column(String(6))
    pack: Mapped[str] = mapped_column(String(60))
    release_hash: Mapped[str] = mapped_column(ForeignKey("release.hash"))
    area: Mapped[str] = mapped_column(ForeignKey("region.code"))
    window_id: Mapped[str] = mapped_column(ForeignKey("department.id"), index=True)
    applicant: Mapped[str] = mapped_column(Text)
    facts: Mapped[dict[str, Any]] = mapped_column(Document)
    process: Mapped[dict[str, Any]] = mapped_column(Document)
    state: Mapped[str] = mapped_column(WORD, default=CaseState.RUNNING)
    outcome: Mapped[str | None] = mapped_column(WORD)
    ending: Mapped[str | None] = mapped_column(String(200))
    trouble: Mapped[str | None] = mapped_column(Text)
    trouble_cause: Mapped[str | None] = mapped_column(String(80))
    accepted_at: Mapped[datetime] = mapped_column(Moment)
    accepted_by: Mapped[str] = mapped_column(ID)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    counts_from: Mapped[datetime | None] = mapped_column(Moment)
    revision: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": revision}
    items: Mapped[list["Item"]] = relationship(back_populates="case", order_by="Item.position")
    tasks: Mapped[list["Task"]] = relationship(back_populates="case", order_by="Task.opened_at")
    materials: Mapped[list["Material"]] = relationship(back_populates="case", order_by="Material.position")
    clocks: Mapped[list[Clock]] = relationship(order_by="Clock.item, Clock.phase, Clock.kind")
    stops: Mapped[list[Stop]] = relationship(order_by="Stop.since")
    extensions: Mapped[list[Extension]] = relationship(order_by="Extension.asked_at")


class Item(Row):
    """One department's part of a case. `due_at` is null before it starts and while its clock is paused."""

    __tablename__ = "item"
    __table_args__ = (
        UniqueConstraint("case_id", "code"),
        CheckConstraint(enum_check("state", ItemState), "state"),
        CheckConstraint(enum_check("outcome", Outcome), "outcome"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"))
    position: Mapped[int]
    code: Mapped[str] = mapped_column(String(60))
    number: Mapped[str] = mapped_column(String(44), unique=True)
    department_id: Mapped[str] = mapped_column(ForeignKey("department.id"), index=True)
    state: Mapped[str] = mapped_column(WORD, default=ItemState.WAITING)
    outcome: Mapped[str | None] = mapped_column(WORD)
    started_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    due_at: Mapped[datetime | None] = mapped_column(Moment)
    due_certain: Mapped[bool | None] = mapped_column()

    case: Mapped[Case] = relationship(back_populates="items")


class Task(Row):
    """Work waiting for a person. Its id is the id of the task in the process state."""

    __tablename__ = "task"
    __table_args__ = (
        CheckConstraint(enum_check("state", TaskState), "state"),
        # The inbox: what is open in my departments, oldest first; what I hold; what I did, the newest first.
        Index("ix_task_inbox", "department_id", "state", "opened_at", "id"),
        Index("ix_task_mine", "holder", "state", "opened_at", "id"),
        Index("ix_task_done", "done_by", "state", "done_at", "id"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    item: Mapped[str | None] = mapped_column(String(60))
    node: Mapped[str] = mapped_column(String(200))
    name: Mapped[str] = mapped_column(String(200))
    stage: Mapped[str] = mapped_column(WORD)
    form: Mapped[str | None] = mapped_column(String(120))
    department_id: Mapped[str] = mapped_column(ForeignKey("department.id"))
    posts: Mapped[list[str]] = mapped_column(Document)
    due: Mapped[datetime | None] = mapped_column(Moment)
    follow_up: Mapped[datetime | None] = mapped_column(Moment)
    state: Mapped[str] = mapped_column(WORD, default=TaskState.OPEN)
    holder: Mapped[str | None] = mapped_column(ForeignKey("user.id"))
    claimed_at: Mapped[datetime | None] = mapped_column(Moment)
    opened_at: Mapped[datetime] = mapped_column(Moment)
    done_at: Mapped[datetime | None] = mapped_column(Moment)
    done_by: Mapped[str | None] = mapped_column(ForeignKey("user.id"))
    answers: Mapped[dict[str, Any] | None] = mapped_column(Document)
    revision: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": revision}
    case: Mapped[Case] = relationship(back_populates="tasks")
    users: Mapped[list["TaskUser"]] = relationship()
    opinions: Mapped[list["Opinion"]] = relationship(viewonly=True, lazy="raise")  # those the statement asked for


class TaskUser(Row):
    """One of the users a task is kept for; without any it is everybody's in the department with the post."""

    __tablename__ = "task_user"

    task_id: Mapped[str] = mapped_column(ForeignKey("task.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("user.id"), primary_key=True)


class Timer(Row):
    """A moment the process waits for; a projection of the state, so that due moments are found without reading it."""

    __tablename__ = "timer"

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    node: Mapped[str] = mapped_column(String(200))
    due: Mapped[datetime] = mapped_column(Moment, index=True)


class Material(Row):
    """One paper of a case, collected once and used by many items."""

    __tablename__ = "material"
    __table_args__ = (
        UniqueConstraint("case_id", "code"),
        CheckConstraint(enum_check("state", MaterialState), "state"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"))
    position: Mapped[int]
    code: Mapped[str] = mapped_column(String(60))
    state: Mapped[str] = mapped_column(WORD, default=MaterialState.MISSING)
    note: Mapped[str] = mapped_column(String(500), default="")

    case: Mapped[Case] = relationship(back_populates="materials")


class Draft(Row):
    """An application being taken at a window: raw answers, so that nothing typed is ever lost, valid or not.

    Once the papers were received there is a `receipt` number, and `decide_by` says until when the window has to accept,
    refuse or ask for what is missing (null when it has); after that the application is deemed accepted.
    """

    __tablename__ = "draft"

    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    user_id: Mapped[str] = mapped_column(ForeignKey("user.id"), index=True)
    window_id: Mapped[str] = mapped_column(ForeignKey("department.id"))
    pack: Mapped[str] = mapped_column(String(60))
    release_hash: Mapped[str] = mapped_column(ForeignKey("release.hash"))
    area: Mapped[str | None] = mapped_column(ForeignKey("region.code"))
    situation: Mapped[dict[str, Any]] = mapped_column(Document)
    answers: Mapped[dict[str, Any]] = mapped_column(Document)
    papers: Mapped[dict[str, Any]] = mapped_column(Document)
    saver: Mapped[str] = mapped_column(String(64), default="")
    created_at: Mapped[datetime] = mapped_column(Moment)
    saved_at: Mapped[datetime] = mapped_column(Moment)
    case_id: Mapped[str | None] = mapped_column(ForeignKey("case.id"))
    received_at: Mapped[datetime | None] = mapped_column(Moment)
    receipt: Mapped[str | None] = mapped_column(String(40), unique=True)
    decide_by: Mapped[datetime | None] = mapped_column(Moment, index=True)
    asked_at: Mapped[datetime | None] = mapped_column(Moment)
    deemed_at: Mapped[datetime | None] = mapped_column(Moment)
    refused_at: Mapped[datetime | None] = mapped_column(Moment)
    refusal: Mapped[str] = mapped_column(String(500), default="")
    basis: Mapped[str] = mapped_column(String(200), default="")
    revision: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": revision}


class Opinion(Row):
    """What a reviewer has typed but not submitted; kept when somebody else was first."""

    __tablename__ = "opinion"

    task_id: Mapped[str] = mapped_column(ForeignKey("task.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("user.id"), primary_key=True)
    answers: Mapped[dict[str, Any]] = mapped_column(Document)
    saved_at: Mapped[datetime] = mapped_column(Moment)

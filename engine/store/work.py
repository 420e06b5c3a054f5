"""What a case is made of: release, case, items, tasks, timers, materials; and the drafts before it."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine.store.clocks import Clock, Extension, Stop
from engine.store.columns import Document, Moment
from engine.store.rows import ID, WORD, Row, enum_check, new_id
from engine.words import (
    CaseOutcome,
    CaseState,
    Delivery,
    ItemState,
    MaterialSource,
    MaterialState,
    Outcome,
    TaskState,
    Trust,
)

if TYPE_CHECKING:
    from engine.store.jobs import Awaited

URGED = text("urged_at IS NOT NULL")  # few tasks ever are, so the index is small


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
    `sources` says which answers another department gave. `state` is SpiffWorkflow's state without the spec. `revision`
    makes two simultaneous changes impossible.
    `counts_from`: the moment of receipt from which its clocks count, if it was deemed accepted.
    `ledger_length`, `ledger_head`, `ledger_seal`: how many entries its ledger has, and hash and seal of the last.
    """

    __tablename__ = "case"
    __table_args__ = (
        CheckConstraint(enum_check("state", CaseState), "state"),
        CheckConstraint(enum_check("outcome", CaseOutcome), "outcome"),
        # Lists: what a window took; and all cases, the newest first, with what decides whether a line is wanted.
        Index("ix_case_window", "window_id", "accepted_at", "id"),
        Index("ix_case_listed", "accepted_at", "id", "area", "window_id", "applicant"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    code: Mapped[str] = mapped_column(String(6))
    pack: Mapped[str] = mapped_column(String(60))
    release_hash: Mapped[str] = mapped_column(ForeignKey("release.hash"))
    area: Mapped[str] = mapped_column(ForeignKey("region.code"))
    window_id: Mapped[str] = mapped_column(ForeignKey("department.id"))
    applicant: Mapped[str] = mapped_column(Text)
    facts: Mapped[dict[str, Any]] = mapped_column(Document)
    process: Mapped[dict[str, Any]] = mapped_column(Document)
    sources: Mapped[dict[str, Any]] = mapped_column(Document, default=dict, server_default="{}")
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
    ledger_length: Mapped[int] = mapped_column(default=0, server_default="0")
    ledger_head: Mapped[str] = mapped_column(String(64), default="", server_default=text("''"))
    ledger_seal: Mapped[str] = mapped_column(String(64), default="", server_default=text("''"))

    __mapper_args__ = {"version_id_col": revision}
    items: Mapped[list["Item"]] = relationship(back_populates="case", order_by="Item.position")
    tasks: Mapped[list["Task"]] = relationship(back_populates="case", order_by="Task.opened_at")
    materials: Mapped[list["Material"]] = relationship(back_populates="case", order_by="Material.position")
    clocks: Mapped[list[Clock]] = relationship(order_by="Clock.item, Clock.phase, Clock.kind")
    stops: Mapped[list[Stop]] = relationship(order_by="Stop.since")
    extensions: Mapped[list[Extension]] = relationship(order_by="Extension.asked_at")
    awaited: Mapped[list["Awaited"]] = relationship(cascade="all, delete-orphan", order_by="Awaited.id")


class Item(Row):
    """One department's part of a case. `due_at` is null before it starts and while its clock is paused."""

    __tablename__ = "item"
    __table_args__ = (
        UniqueConstraint("case_id", "code"),
        CheckConstraint(enum_check("state", ItemState), "state"),
        CheckConstraint(enum_check("outcome", Outcome), "outcome"),
        Index("ix_item_involved", "department_id", "case_id"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"))
    position: Mapped[int]
    code: Mapped[str] = mapped_column(String(60))
    number: Mapped[str] = mapped_column(String(44), unique=True)
    department_id: Mapped[str] = mapped_column(ForeignKey("department.id"))
    state: Mapped[str] = mapped_column(WORD, default=ItemState.WAITING)
    outcome: Mapped[str | None] = mapped_column(WORD)
    started_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    due_at: Mapped[datetime | None] = mapped_column(Moment)
    due_certain: Mapped[bool | None] = mapped_column()

    case: Mapped[Case] = relationship(back_populates="items")


class Handover(Row):
    """The result of an item was handed out, once for each time the item ended: `result_at` is when."""

    __tablename__ = "handover"
    __table_args__ = (
        UniqueConstraint("item_id", "result_at"),
        CheckConstraint(enum_check("way", Delivery), "way"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    item_id: Mapped[str] = mapped_column(ForeignKey("item.id"))
    result_at: Mapped[datetime] = mapped_column(Moment)
    way: Mapped[str] = mapped_column(WORD)
    receiver: Mapped[str] = mapped_column(String(80))
    tracking: Mapped[str] = mapped_column(String(40), default="")
    handed_at: Mapped[datetime] = mapped_column(Moment)
    handed_by: Mapped[str] = mapped_column(ForeignKey("user.id"))


class Task(Row):
    """Work waiting for a person. Its id is the id of the task in the process state."""

    __tablename__ = "task"
    __table_args__ = (
        CheckConstraint(enum_check("state", TaskState), "state"),
        # The inbox: what is open in my departments, oldest first; what I hold; what I did, the newest first. Holder and
        # posts are there so that counting what is free reads the index alone.
        Index("ix_task_inbox", "department_id", "state", "opened_at", "id", "holder", "posts"),
        Index("ix_task_mine", "holder", "state", "opened_at", "id"),
        Index("ix_task_done", "done_by", "state", "done_at", "id"),
        Index("ix_task_involved", "department_id", "case_id"),
        Index("ix_task_urged", "department_id", "state", sqlite_where=URGED, postgresql_where=URGED),
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
    urged_at: Mapped[datetime | None] = mapped_column(Moment)
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
    """One paper of a case, collected once and used by many items.

    `trust` is null while nothing is there. `due_at` is when it has to follow, `overdue_at` when it was found late.
    `holder` is a keyed hash of the ID number of the person it is about, `origin` the paper it was taken over from.
    """

    __tablename__ = "material"
    __table_args__ = (
        UniqueConstraint("case_id", "code"),
        CheckConstraint(enum_check("state", MaterialState), "state"),
        CheckConstraint(enum_check("source", MaterialSource), "source"),
        CheckConstraint(enum_check("trust", Trust), "trust"),
        Index("ix_material_due", "state", "due_at"),
        Index("ix_material_holder", "holder", "kind"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"))
    position: Mapped[int]
    code: Mapped[str] = mapped_column(String(60))
    state: Mapped[str] = mapped_column(WORD, default=MaterialState.MISSING)
    note: Mapped[str] = mapped_column(String(500), default="")
    kind: Mapped[str] = mapped_column(String(60), default="")
    source: Mapped[str] = mapped_column(WORD, default=MaterialSource.APPLICANT)
    trust: Mapped[str | None] = mapped_column(String(1))
    recorded_at: Mapped[datetime | None] = mapped_column(Moment)
    recorded_by: Mapped[str | None] = mapped_column(ID)
    due_at: Mapped[datetime | None] = mapped_column(Moment)
    overdue_at: Mapped[datetime | None] = mapped_column(Moment)
    expires_at: Mapped[datetime | None] = mapped_column(Moment)
    holder: Mapped[str | None] = mapped_column(String(64))
    origin: Mapped[str | None] = mapped_column(ForeignKey("material.id", ondelete="SET NULL"))

    case: Mapped[Case] = relationship(back_populates="materials")


class Draft(Row):
    """An application being taken at a window: raw answers, so that nothing typed is ever lost, valid or not.

    `sources` is what other departments were asked and said (engine/drafts/sources.py), `duplicates` why it goes on
    although a case (by id) looks the same. Once the papers were received there is a `receipt` number, and `decide_by`
    says until when the window has to accept, refuse or ask for what is missing (null when it has); after that the
    application is deemed accepted.
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
    sources: Mapped[dict[str, Any]] = mapped_column(Document, default=dict, server_default="{}")
    choices: Mapped[dict[str, bool]] = mapped_column(Document, default=dict, server_default="{}")
    duplicates: Mapped[dict[str, str]] = mapped_column(Document, default=dict, server_default="{}")
    saver: Mapped[str] = mapped_column(String(64), default="")
    created_at: Mapped[datetime] = mapped_column(Moment)
    saved_at: Mapped[datetime] = mapped_column(Moment)
    case_id: Mapped[str | None] = mapped_column(ForeignKey("case.id"))
    received_at: Mapped[datetime | None] = mapped_column(Moment)
    receipt: Mapped[str | None] = mapped_column(String(40), unique=True, index=True)
    decide_by: Mapped[datetime | None] = mapped_column(Moment, index=True)
    asked_at: Mapped[datetime | None] = mapped_column(Moment)
    asked: Mapped[str] = mapped_column(String(1000), default="", server_default=text("''"))
    deemed_at: Mapped[datetime | None] = mapped_column(Moment)
    refused_at: Mapped[datetime | None] = mapped_column(Moment)
    refusal: Mapped[str] = mapped_column(String(500), default="", server_default=text("''"))
    basis: Mapped[str] = mapped_column(String(200), default="", server_default=text("''"))
    revision: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": revision}


class Opinion(Row):
    """What a reviewer has typed but not submitted; kept when somebody else was first."""

    __tablename__ = "opinion"

    task_id: Mapped[str] = mapped_column(ForeignKey("task.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("user.id"), primary_key=True)
    answers: Mapped[dict[str, Any]] = mapped_column(Document)
    saved_at: Mapped[datetime] = mapped_column(Moment)

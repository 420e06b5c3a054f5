"""What happened, what was already done, and what number comes next."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.columns import Document, Moment
from engine.store.rows import ID, WORD, Row


class Entry(Row):
    """One thing that happened in a case. Written once; `seq` counts from 1 within the case without a gap.

    `hash` binds it to the entry before it, `seal` to the secret of the installation (engine/ledger/chain.py).
    """

    __tablename__ = "entry"

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Moment)
    kind: Mapped[str] = mapped_column(WORD)
    actor: Mapped[str] = mapped_column(ID)
    actor_name: Mapped[str] = mapped_column(String(60))
    facts: Mapped[dict[str, Any]] = mapped_column(Document)
    hash: Mapped[str] = mapped_column(String(64), server_default=text("''"))
    seal: Mapped[str] = mapped_column(String(64), server_default=text("''"))


class Anchor(Row):
    """How far the ledger of a case reached at the last checkpoint. Refers to nothing: it outlives what it is about."""

    __tablename__ = "anchor"

    case_id: Mapped[str] = mapped_column(ID, primary_key=True)
    number: Mapped[str] = mapped_column(String(40))
    length: Mapped[int]
    head: Mapped[str] = mapped_column(String(64))


class Checkpoint(Row):
    """All ledgers at one moment: how many, how many entries, and the hash of all anchors, `root`. Never changes."""

    __tablename__ = "checkpoint"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Moment)
    cases: Mapped[int]
    entries: Mapped[int]
    root: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
    seal: Mapped[str] = mapped_column(String(64))


class Command(Row):
    """A command that was carried out, by the key its form was rendered with: the second click finds it here."""

    __tablename__ = "command"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    actor: Mapped[str] = mapped_column(ID)
    digest: Mapped[str] = mapped_column(String(64))
    result: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Moment, index=True)


class Counter(Row):
    """The last number given out under a name, such as the cases of one county on one day."""

    __tablename__ = "counter"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    value: Mapped[int]


NEXT = text(  # takes the next number under a name, from 1, and holds the name until the transaction ends
    "INSERT INTO counter (name, value) VALUES (:name, 1) "
    "ON CONFLICT (name) DO UPDATE SET value = counter.value + 1 RETURNING value"
)

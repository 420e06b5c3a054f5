"""Entries are chained: hash and seal of each, the last one on its case, checkpoints over all.

The entries there are get both as they stand now; whatever was changed before cannot be known.
"""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

EMPTY = sa.text("''")
SAID = ("case_id", "seq", "at", "kind", "actor", "actor_name", "facts")
ENTRIES = sa.text(f"SELECT {', '.join(SAID)} FROM entry WHERE case_id = :case ORDER BY seq")  # noqa: S608  constants
CHAIN = sa.text("UPDATE entry SET hash = :hash, seal = :seal WHERE case_id = :case AND seq = :seq")
CROWN = sa.text('UPDATE "case" SET ledger_length = :length, ledger_head = :head, ledger_seal = :seal WHERE id = :case')


def upgrade() -> None:
    """Add columns and tables, then chain what is there."""
    for table, name in (("entry", "hash"), ("entry", "seal"), ("case", "ledger_head"), ("case", "ledger_seal")):
        op.add_column(table, sa.Column(name, sa.String(length=64), nullable=False, server_default=EMPTY))
    op.add_column("case", sa.Column("ledger_length", sa.Integer(), nullable=False, server_default="0"))
    _tables()
    cases = op.get_bind().scalars(sa.text("SELECT DISTINCT case_id FROM entry")).all()
    blind = op.get_context().config.attributes.get("blind")  # type: ignore[union-attr]
    for case_id in cases:
        _chain(case_id, blind)


def downgrade() -> None:
    """Forget what binds them."""
    op.drop_table("checkpoint")
    op.drop_table("anchor")
    for table, name in (("entry", "hash"), ("entry", "seal")):
        op.drop_column(table, name)
    for name in ("ledger_length", "ledger_head", "ledger_seal"):
        op.drop_column("case", name)


def _tables() -> None:
    op.create_table(
        "anchor",
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_anchor")),
    )
    op.create_table(
        "checkpoint",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("root", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_checkpoint")),
    )


def _chain(case_id: str, blind: Callable[..., str] | None) -> None:
    """As engine/ledger/chain.py did when this was written."""
    if blind is None:
        raise RuntimeError("a ledger that is not sealed yet can only be upgraded with the installation's secret")
    connection, before, rows = op.get_bind(), "", []
    for entry in connection.execute(ENTRIES, {"case": case_id}):
        said = b"".join(b"%d:%b," % (len(text), text) for text in map(_bytes, (before, *entry)))
        before = hashlib.sha256(said).hexdigest()
        rows.append({"case": case_id, "seq": entry.seq, "hash": before, "seal": blind("ledger", before)})
    connection.execute(CHAIN, rows)
    told = {"case": case_id, "length": len(rows), "head": before, "seal": blind("ledger:last", before)}
    connection.execute(CROWN, told)


def _bytes(value: Any) -> bytes:
    """PostgreSQL gives moments, SQLite their text."""
    if isinstance(value, datetime):
        value = value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
    return str(value).encode()

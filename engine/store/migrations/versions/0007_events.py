"""Who is in which case, and what happens in people's lives."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

ROLES = ("applicant", "subject", "member", "agent")
KINDS = ("withdrawn", "deceased", "changed", "objected")
STATES = ("waiting", "delivered", "undecided", "continued", "upheld", "terminated", "over", "undone")


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "person",
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("id_hash", sa.String(length=64), nullable=False),
        sa.Column("name_hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint(f"role IN {ROLES}", name=op.f("ck_person_role")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_person_case_id_case")),
        sa.PrimaryKeyConstraint("case_id", "place", name=op.f("pk_person")),
    )
    op.create_index(op.f("ix_person_id_hash"), "person", ["id_hash"])
    op.create_table(
        "life_event",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("evidence", sa.String(length=80), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("reported_in", sa.String(length=36), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reported_by", sa.String(length=36), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by", sa.String(length=36), nullable=True),
        sa.Column("reversed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reversed_by", sa.String(length=36), nullable=True),
        sa.Column("reversal", sa.Text(), nullable=False),
        sa.CheckConstraint(f"kind IN {KINDS}", name=op.f("ck_life_event_kind")),
        sa.ForeignKeyConstraint(["reported_in"], ["case.id"], name=op.f("fk_life_event_reported_in_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_life_event")),
    )
    op.create_index(op.f("ix_life_event_person"), "life_event", ["person"])
    op.create_index(op.f("ix_life_event_reported_in"), "life_event", ["reported_in"])
    _concerns()


def downgrade() -> None:
    """Drop them."""
    for table in ("concern", "life_event", "person"):
        op.drop_table(table)


def _concerns() -> None:
    op.create_table(
        "concern",
        sa.Column("event_id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(length=36), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint(f"state IN {STATES}", name=op.f("ck_concern_state")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_concern_case_id_case")),
        sa.ForeignKeyConstraint(["event_id"], ["life_event.id"], name=op.f("fk_concern_event_id_life_event")),
        sa.PrimaryKeyConstraint("event_id", "case_id", name=op.f("pk_concern")),
    )
    op.create_index(op.f("ix_concern_case_id"), "concern", ["case_id"])
    op.create_index(op.f("ix_concern_state"), "concern", ["state"])

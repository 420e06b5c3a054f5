"""The working-day calendar, and when an item is due."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the two tables of the calendar; give items a due moment."""
    op.create_table(
        "calendar_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.String(length=80), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.CheckConstraint("kind IN ('work', 'rest')", name=op.f("ck_calendar_day_kind")),
        sa.PrimaryKeyConstraint("day", "region", name=op.f("pk_calendar_day")),
    )
    op.create_table(
        "calendar_year",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("imported_by", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_calendar_year")),
    )
    op.add_column("item", sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("item", sa.Column("due_certain", sa.Boolean(), nullable=True))


def downgrade() -> None:
    """Take them away again."""
    op.drop_column("item", "due_certain")
    op.drop_column("item", "due_at")
    op.drop_table("calendar_year")
    op.drop_table("calendar_day")

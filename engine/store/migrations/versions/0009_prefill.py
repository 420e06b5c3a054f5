"""Answers of other departments before there is a case: on the draft, then on the case; questions name the draft."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """What there is came from nobody else."""
    for table in ("draft", "case"):
        op.add_column(table, sa.Column("sources", sa.Text(), nullable=False, server_default="{}"))
    with op.batch_alter_table("call") as call:
        call.alter_column("case_id", existing_type=sa.String(36), nullable=True)
        call.alter_column("job_id", existing_type=sa.String(36), nullable=True)
        call.add_column(sa.Column("draft_id", sa.String(36), nullable=True))
        call.add_column(sa.Column("asked_by", sa.String(36), nullable=True))
        call.create_index("ix_call_draft_id", ["draft_id"])


def downgrade() -> None:
    """Questions without a case are lost, as they were never asked."""
    op.execute("DELETE FROM call WHERE case_id IS NULL OR job_id IS NULL")
    with op.batch_alter_table("call") as call:
        call.drop_index("ix_call_draft_id")
        call.drop_column("asked_by")
        call.drop_column("draft_id")
        call.alter_column("job_id", existing_type=sa.String(36), nullable=False)
        call.alter_column("case_id", existing_type=sa.String(36), nullable=False)
    for table in ("draft", "case"):
        op.drop_column(table, "sources")  # not by copying it: other tables refer to it

"""What was ticked and unticked of the items a draft offers."""

import sqlalchemy as sa
from alembic import op

revision = "0007_guide"
down_revision = "0006"


def upgrade() -> None:
    """Drafts of before were offered nothing."""
    op.add_column("draft", sa.Column("choices", sa.Text(), nullable=False, server_default="{}"))
    with op.batch_alter_table("draft") as draft:
        draft.alter_column("choices", server_default=None)


def downgrade() -> None:
    """Forget them."""
    with op.batch_alter_table("draft") as draft:
        draft.drop_column("choices")

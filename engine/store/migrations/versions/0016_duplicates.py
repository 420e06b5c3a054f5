"""Why an application goes on although an earlier case looks the same: on the draft until it is accepted."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Nobody has said anything yet."""
    op.add_column("draft", sa.Column("duplicates", sa.Text(), nullable=False, server_default="{}"))


def downgrade() -> None:
    """Forget the reasons of applications that are not accepted."""
    op.drop_column("draft", "duplicates")

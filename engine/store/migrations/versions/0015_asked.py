"""What the window told was missing before it accepted."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Give drafts the text."""
    op.add_column("draft", sa.Column("asked", sa.String(length=1000), nullable=False, server_default=sa.text("''")))


def downgrade() -> None:
    """Take it away again."""
    op.drop_column("draft", "asked")

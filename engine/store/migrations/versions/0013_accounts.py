"""When somebody last signed in: administrators look for accounts nobody uses."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Unknown of everybody until they sign in again."""
    op.add_column("user", sa.Column("signed_in_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Forget it."""
    op.drop_column("user", "signed_in_at")

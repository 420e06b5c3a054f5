"""Who alone may do a task, when it is due, and when to look at it again."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Two moments on a task, and a table of the users it is kept for."""
    op.add_column("task", sa.Column("due", sa.DateTime(timezone=True), nullable=True))
    op.add_column("task", sa.Column("follow_up", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "task_user",
        sa.Column("task_id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_task_user_task_id_task")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_task_user_user_id_user")),
        sa.PrimaryKeyConstraint("task_id", "user_id", name=op.f("pk_task_user")),
    )


def downgrade() -> None:
    """Forget them."""
    op.drop_table("task_user")
    with op.batch_alter_table("task") as task:
        task.drop_column("follow_up")
        task.drop_column("due")

"""Indexes for every tab of the inbox, in the order of its lines."""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """A page is the beginning of an index, however many tasks there are."""
    op.drop_index("ix_task_inbox", table_name="task")
    op.drop_index("ix_task_holder", table_name="task")
    op.create_index("ix_task_inbox", "task", ["department_id", "state", "opened_at", "id"])
    op.create_index("ix_task_mine", "task", ["holder", "state", "opened_at", "id"])
    op.create_index("ix_task_done", "task", ["done_by", "state", "done_at", "id"])


def downgrade() -> None:
    """The indexes of before."""
    op.drop_index("ix_task_done", table_name="task")
    op.drop_index("ix_task_mine", table_name="task")
    op.drop_index("ix_task_inbox", table_name="task")
    op.create_index("ix_task_holder", "task", ["holder"])
    op.create_index("ix_task_inbox", "task", ["department_id", "state", "opened_at"])

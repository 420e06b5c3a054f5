"""Indexes for lists of a million: counting reads the index alone, and cases are found newest first."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

LONGEST = 600  # characters of the names of a case, as many as an index of PostgreSQL can hold
CASE = sa.table("case", sa.column("applicant"))
NAMES = CASE.c.applicant


def upgrade() -> None:
    """Lists are the beginning of an index, however many cases and tasks there are."""
    op.execute(CASE.update().values(applicant=sa.func.substr(NAMES, 1, LONGEST)).where(sa.func.length(NAMES) > LONGEST))
    op.drop_index("ix_task_inbox", table_name="task")
    op.create_index("ix_task_inbox", "task", ["department_id", "state", "opened_at", "id", "holder", "posts"])
    op.create_index("ix_task_involved", "task", ["department_id", "case_id"])
    op.drop_index("ix_item_department_id", table_name="item")
    op.create_index("ix_item_involved", "item", ["department_id", "case_id"])
    op.drop_index("ix_case_window_id", table_name="case")
    op.create_index("ix_case_window", "case", ["window_id", "accepted_at", "id"])
    op.create_index("ix_case_listed", "case", ["accepted_at", "id", "area", "window_id", "applicant"])


def downgrade() -> None:
    """The indexes of before."""
    op.drop_index("ix_case_listed", table_name="case")
    op.drop_index("ix_case_window", table_name="case")
    op.create_index("ix_case_window_id", "case", ["window_id"])
    op.drop_index("ix_item_involved", table_name="item")
    op.create_index("ix_item_department_id", "item", ["department_id"])
    op.drop_index("ix_task_involved", table_name="task")
    op.drop_index("ix_task_inbox", table_name="task")
    op.create_index("ix_task_inbox", "task", ["department_id", "state", "opened_at", "id"])

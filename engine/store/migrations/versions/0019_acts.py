"""What people keep at their desks, and what they pass to each other there."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

OFFICE = "fk_substitution_department_id_department"
POSTS = "post IN ('window', 'handler', 'reviewer', 'approver', 'lead', 'supervisor', 'designer', 'auditor', 'admin')"


def upgrade() -> None:
    """Nobody has kept or passed on anything yet."""
    _phrase()
    _transfer()
    _urge()
    _substitution()


def downgrade() -> None:
    """Forget it."""
    op.drop_index("ix_task_urged", "task")
    op.drop_column("task", "urged_at")
    for table in ("substitution", "urge", "transfer", "phrase"):
        op.drop_table(table)


def _phrase() -> None:
    op.create_table(
        "phrase",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=True),
        sa.Column("department_id", sa.String(length=40), nullable=True),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(user_id IS NULL) <> (department_id IS NULL)", name=op.f("ck_phrase_whose")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_phrase_user_id_user")),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name=op.f("fk_phrase_department_id_department")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phrase")),
        sa.UniqueConstraint("user_id", "text", name=op.f("uq_phrase_user_id_text")),
        sa.UniqueConstraint("department_id", "text", name=op.f("uq_phrase_department_id_text")),
    )


def _transfer() -> None:
    people = ("giver", "receiver")
    op.create_table(
        "transfer",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("task_id", sa.String(length=36), nullable=False),
        *(sa.Column(name, sa.String(length=36), nullable=False) for name in people),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_transfer_task_id_task")),
        *(sa.ForeignKeyConstraint([name], ["user.id"], name=op.f(f"fk_transfer_{name}_user")) for name in people),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer")),
    )
    op.create_index(op.f("ix_transfer_task_id"), "transfer", ["task_id"])


def _urge() -> None:
    op.create_table(
        "urge",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("task_id", sa.String(length=36), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("urged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("urged_by", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_urge_task_id_task")),
        sa.ForeignKeyConstraint(["urged_by"], ["user.id"], name=op.f("fk_urge_urged_by_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_urge")),
    )
    op.create_index(op.f("ix_urge_task_id"), "urge", ["task_id"])
    op.add_column("task", sa.Column("urged_at", sa.DateTime(timezone=True), nullable=True))
    few = sa.text("urged_at IS NOT NULL")
    op.create_index("ix_task_urged", "task", ["department_id", "state"], sqlite_where=few, postgresql_where=few)


def _substitution() -> None:
    people = ("absent", "substitute", "named_by")
    op.create_table(
        "substitution",
        sa.Column("id", sa.String(length=36), nullable=False),
        *(sa.Column(name, sa.String(length=36), nullable=False) for name in people),
        sa.Column("department_id", sa.String(length=40), nullable=False),
        sa.Column("post", sa.String(length=32), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(length=36), nullable=True),
        sa.CheckConstraint(POSTS, name=op.f("ck_substitution_post")),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name=op.f(OFFICE)),
        *(
            sa.ForeignKeyConstraint([name], ["user.id"], name=op.f(f"fk_substitution_{name}_user"))
            for name in (*people, "ended_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_substitution")),
    )
    for name in ("absent", "substitute"):
        op.create_index(op.f(f"ix_substitution_{name}"), "substitution", [name])

"""Papers: where they come from, how far they are believed, when they follow; scans; bills; what is asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

OLD = "state IN ('missing', 'original', 'copy', 'shared', 'commitment')"
STATES = (
    "state IN ('missing', 'original', 'copy', 'shared', 'commitment', 'tolerated', 'reused', 'expired', 'returned', "
    "'refuted')"
)
SOURCES = "source IN ('applicant', 'shared', 'licence', 'system', 'commitment', 'internal')"
TRUSTS = "trust IN ('A', 'B', 'C', 'D')"
# What the papers of before are: by their state alone, as nothing else was known of them.
SOURCE = "UPDATE material SET source = CASE WHEN state IN ('shared', 'commitment') THEN state ELSE 'applicant' END"
TRUST = (
    "UPDATE material SET kind = code, trust = CASE state WHEN 'original' THEN 'B' WHEN 'copy' THEN 'C' "
    "WHEN 'shared' THEN 'A' WHEN 'commitment' THEN 'D' END"
)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the columns and tables, and say of the papers of before what their state says."""
    with op.batch_alter_table("material") as table:
        table.drop_constraint(op.f("ck_material_state"), type_="check")
        table.create_check_constraint(op.f("ck_material_state"), STATES)
        table.add_column(sa.Column("kind", sa.String(length=60), nullable=False, server_default=""))
        table.add_column(sa.Column("source", sa.String(length=32), nullable=False, server_default="applicant"))
        table.add_column(sa.Column("trust", sa.String(length=1), nullable=True))
        table.add_column(sa.Column("recorded_at", MOMENT, nullable=True))
        table.add_column(sa.Column("recorded_by", sa.String(length=36), nullable=True))
        table.add_column(sa.Column("due_at", MOMENT, nullable=True))
        table.add_column(sa.Column("overdue_at", MOMENT, nullable=True))
        table.add_column(sa.Column("expires_at", MOMENT, nullable=True))
        table.add_column(sa.Column("holder", sa.String(length=64), nullable=True))
        table.add_column(sa.Column("origin", sa.String(length=36), nullable=True))
        table.create_check_constraint(op.f("ck_material_source"), SOURCES)
        table.create_check_constraint(op.f("ck_material_trust"), TRUSTS)
        origin = op.f("fk_material_origin_material")
        table.create_foreign_key(origin, "material", ["origin"], ["id"], ondelete="SET NULL")
        table.create_index("ix_material_due", ["state", "due_at"])
        table.create_index("ix_material_holder", ["holder", "kind"])
    op.execute(SOURCE)
    op.execute(TRUST)
    with op.batch_alter_table("material") as table:
        table.alter_column("kind", server_default=None)
        table.alter_column("source", server_default=None)
    _file()
    _mark()
    _asked()


def downgrade() -> None:
    """What the program of before does not know is missing to it."""
    op.drop_table("asked")
    op.drop_table("material_mark")
    op.drop_table("material_file")
    op.execute(f"UPDATE material SET state = 'missing' WHERE NOT {OLD}")  # noqa: S608  a constant
    with op.batch_alter_table("material") as table:
        table.drop_index("ix_material_due")
        table.drop_index("ix_material_holder")
        for name in ("state", "source", "trust"):
            table.drop_constraint(op.f(f"ck_material_{name}"), type_="check")
        table.drop_constraint(op.f("fk_material_origin_material"), type_="foreignkey")
        for name in ("kind", "source", "trust", "recorded_at", "recorded_by", "due_at", "overdue_at", "expires_at"):
            table.drop_column(name)
        table.drop_column("holder")
        table.drop_column("origin")
        table.create_check_constraint(op.f("ck_material_state"), OLD)


def _file() -> None:
    op.create_table(
        "material_file",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=True),
        sa.Column("draft_id", sa.String(length=36), nullable=True),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("added_by", sa.String(length=36), nullable=False),
        sa.CheckConstraint("(case_id IS NULL) <> (draft_id IS NULL)", name=op.f("ck_material_file_owner")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_material_file_case_id_case")),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_material_file_draft_id_draft")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_material_file")),
    )
    op.create_index("ix_material_file_case", "material_file", ["case_id", "code"])
    op.create_index("ix_material_file_draft", "material_file", ["draft_id", "code"])
    op.create_index(op.f("ix_material_file_hash"), "material_file", ["hash"])


def _mark() -> None:
    op.create_table(
        "material_mark",
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_material_mark_case_id_case")),
        sa.PrimaryKeyConstraint("mark", "case_id", "code", name=op.f("pk_material_mark")),
    )


def _asked() -> None:
    op.create_table(
        "asked",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("item", sa.String(length=60), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("excuse", sa.Text(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("asked_by", sa.String(length=36), nullable=False),
        sa.Column("told_at", MOMENT, nullable=True),
        sa.Column("notice", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_asked_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asked")),
    )
    op.create_index(op.f("ix_asked_case_id"), "asked", ["case_id"])

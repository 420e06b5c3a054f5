"""Notices that were issued, kept unchanged by the database itself; the word of each department in their numbers."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

SENTENCE = "已出具的文书不能修改或删除 / a notice that was issued never changes"
KINDS = (
    "REC", "SGZ", "ACP", "NGA", "NAC", "RQ", "CN", "SPE", "YQ", "SAL", "NSA", "STL", "NST", "RCH", "SEN", "TRA", "CX",
    "ZZ", "DB", "JB",
)  # fmt: skip
OCCASIONS = (
    "case:accepted", "case:ended", "case:withdrawn", "case:terminated", "item:supplement", "item:paused",
    "item:extended", "item:supervised", "item:urged", "item:approved", "item:refused", "item:tolerated",
    "item:not_needed", "item:not_accepted", "item:withdrawn", "item:forwarded", "item:terminated", "node",
)  # fmt: skip


def upgrade() -> None:
    """Add the table and the column, then lock the table."""
    op.add_column("department", sa.Column("word", sa.String(length=20), nullable=True))
    _table()
    op.create_index("ix_notice_case", "notice", ["case_id", "issued_at"])
    _lock()


def downgrade() -> None:
    """Drop the table, its lock and the column."""
    op.drop_table("notice")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION notice_kept()")
    op.drop_column("department", "word")


def _table() -> None:
    op.create_table(
        "notice",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("item", sa.String(length=60), nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("occasion", sa.String(length=32), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("department_id", sa.String(length=40), nullable=False),
        sa.Column("department", sa.String(length=80), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("recipients", sa.Text(), nullable=False),
        sa.Column("addressee", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("blanks", sa.Text(), nullable=False),
        sa.Column("content", sa.String(length=64), nullable=False),
        sa.Column("replaces", sa.String(length=36), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by", sa.String(length=36), nullable=False),
        sa.Column("issuer", sa.String(length=60), nullable=False),
        sa.CheckConstraint(_words("kind", KINDS), name=op.f("ck_notice_kind")),
        sa.CheckConstraint(_words("occasion", OCCASIONS), name=op.f("ck_notice_occasion")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_notice_case_id_case")),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name=op.f("fk_notice_department_id_department")),
        sa.ForeignKeyConstraint(["replaces"], ["notice.id"], name=op.f("fk_notice_replaces_notice")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("code", name=op.f("uq_notice_code")),
        sa.UniqueConstraint("replaces", name=op.f("uq_notice_replaces")),
        sa.UniqueConstraint(
            "department_id", "kind", "year", "serial", name=op.f("uq_notice_department_id_kind_year_serial")
        ),
    )


def _words(column: str, words: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(word) for word in words)})"


def _lock() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION notice_kept() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{SENTENCE}'; END $$"
        )
        op.execute(
            "CREATE TRIGGER notice_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON notice "
            "FOR EACH STATEMENT EXECUTE FUNCTION notice_kept()"
        )
        return
    for verb in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER notice_kept_{verb} BEFORE {verb.upper()} ON notice "
            f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
        )

"""What was ticked of the items a draft offers; two more ways a case ends; what was handed out."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
OLD = "outcome IN ('all', 'partly', 'none')"
NEW = "outcome IN ('all', 'partly', 'none', 'withdrawn', 'terminated')"
SOME = 'EXISTS (SELECT 1 FROM item WHERE item.case_id = "case".id AND item.outcome IN ({}))'


def upgrade() -> None:
    """Drafts of before were offered nothing, and nothing was handed out."""
    op.create_table(
        "handover",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("item_id", sa.String(length=36), nullable=False),
        sa.Column("result_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("way", sa.String(length=32), nullable=False),
        sa.Column("receiver", sa.String(length=80), nullable=False),
        sa.Column("tracking", sa.String(length=40), nullable=False),
        sa.Column("handed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handed_by", sa.String(length=36), nullable=False),
        sa.CheckConstraint("way IN ('window', 'ems', 'pickup')", name=op.f("ck_handover_way")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_handover_item_id_item")),
        sa.ForeignKeyConstraint(["handed_by"], ["user.id"], name=op.f("fk_handover_handed_by_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
        sa.UniqueConstraint("item_id", "result_at", name=op.f("uq_handover_item_id_result_at")),
    )
    op.add_column("draft", sa.Column("choices", sa.Text(), nullable=False, server_default="{}"))
    _outcomes(OLD, NEW)
    decided = SOME.format("'refused', 'not_accepted'")
    for word, some in (("partly", "'forwarded'"), ("withdrawn", "'withdrawn'")):
        _told("none", word, SOME.format(some) + ("" if word == "partly" else f" AND NOT {decided}"))
    _told("none", "terminated", f"NOT {decided}")


def downgrade() -> None:
    """Forget them: what was none of the three was said to be none."""
    op.drop_table("handover")
    for word in ("withdrawn", "terminated"):
        _told(word, "none", "1 = 1")
    _outcomes(NEW, OLD)
    op.drop_column("draft", "choices")  # not by copying it: other tables refer to it


def _outcomes(before: str, after: str) -> None:
    """Other words for the check.

    SQLite would drop the table to copy it, and other tables refer to it; but it lets a check be written anew, because
    that concerns no row (sqlite.org/lang_altertable.html, section 7).
    """
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f("ck_case_outcome"), "case", type_="check")
        op.create_check_constraint(op.f("ck_case_outcome"), "case", after)
        return
    version = op.get_bind().exec_driver_sql("PRAGMA schema_version").scalar_one()
    op.execute("PRAGMA writable_schema=ON")
    anew = sa.text("UPDATE sqlite_master SET sql = replace(sql, :before, :after) WHERE name = 'case'")
    op.execute(anew.bindparams(before=before, after=after))
    op.execute(f"PRAGMA schema_version={version + 1}")
    op.execute("PRAGMA writable_schema=OFF")


def _told(before: str, after: str, when: str) -> None:
    case = sa.table("case", sa.column("outcome"))
    op.execute(sa.update(case).where(case.c.outcome == before, sa.text(when)).values(outcome=after))

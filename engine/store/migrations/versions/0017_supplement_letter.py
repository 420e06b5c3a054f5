"""Notices may be issued because everything that is still needed was told at once."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

OLD = (
    "case:accepted", "case:ended", "case:withdrawn", "case:terminated", "item:supplement", "item:paused",
    "item:extended", "item:supervised", "item:urged", "item:approved", "item:refused", "item:tolerated",
    "item:not_needed", "item:not_accepted", "item:withdrawn", "item:forwarded", "item:terminated", "node",
)  # fmt: skip
NEW = (*OLD[:4], "case:supplement", *OLD[4:])
ISSUED = sa.text("SELECT count(*) FROM notice WHERE occasion = 'case:supplement'")


def upgrade() -> None:
    """One word more."""
    _occasions(OLD, NEW)


def downgrade() -> None:
    """One word less, unless a notice has it: those never change."""
    if op.get_bind().execute(ISSUED).scalar_one():
        raise RuntimeError("notices on case:supplement were issued, and the schema before has no word for them")
    _occasions(NEW, OLD)


def _occasions(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    """Other words for the check.

    SQLite would copy the table, with what it never lets change; but it lets a check be written anew, because that
    concerns no row (sqlite.org/lang_altertable.html, section 7).
    """
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f("ck_notice_occasion"), "notice", type_="check")
        op.create_check_constraint(op.f("ck_notice_occasion"), "notice", _words(after))
        return
    version = op.get_bind().exec_driver_sql("PRAGMA schema_version").scalar_one()
    op.execute("PRAGMA writable_schema=ON")
    anew = sa.text("UPDATE sqlite_master SET sql = replace(sql, :before, :after) WHERE name = 'notice'")
    op.execute(anew.bindparams(before=_words(before), after=_words(after)))
    op.execute(f"PRAGMA schema_version={version + 1}")
    op.execute("PRAGMA writable_schema=OFF")


def _words(words: tuple[str, ...]) -> str:
    return f"occasion IN ({', '.join(repr(word) for word in words)})"

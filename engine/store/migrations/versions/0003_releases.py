"""Periods of releases, cases moved between releases, and releases that the database itself keeps unchanged."""

import json
import tomllib

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

KEPT = ("release", "period")  # rows of these are written once
SENTENCE = "已发布的版本不能修改或删除 / a published release never changes"


def upgrade() -> None:
    """Add the tables, give releases made before the period of their pack, then lock them."""
    _periods()
    _moved()
    _first_periods()
    _lock()


def downgrade() -> None:
    """Unlock the releases and drop the tables."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    for table in KEPT:
        op.execute(f"DROP TRIGGER {table}_kept ON {table}" if postgresql else f"DROP TRIGGER {table}_kept_update")
        if not postgresql:
            op.execute(f"DROP TRIGGER {table}_kept_delete")
    if postgresql:
        op.execute("DROP FUNCTION kept()")
    op.drop_table("migration")
    op.drop_table("period")


def _periods() -> None:
    op.create_table(
        "period",
        sa.Column("release_hash", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=36), nullable=False),
        sa.Column("actor_name", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["release_hash"], ["release.hash"], name=op.f("fk_period_release_hash_release")),
        sa.PrimaryKeyConstraint("release_hash", "seq", name=op.f("pk_period")),
    )


def _moved() -> None:
    op.create_table(
        "migration",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("old_hash", sa.String(length=64), nullable=False),
        sa.Column("new_hash", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=36), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_migration_case_id_case")),
        sa.ForeignKeyConstraint(["old_hash"], ["release.hash"], name=op.f("fk_migration_old_hash_release")),
        sa.ForeignKeyConstraint(["new_hash"], ["release.hash"], name=op.f("fk_migration_new_hash_release")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_migration")),
    )
    op.create_index(op.f("ix_migration_case_id"), "migration", ["case_id"])


def _first_periods() -> None:
    """Until now the dates of `pack.toml` said when a release is in force."""
    release = sa.table("release", *map(sa.column, ("hash", "pack", "files", "published_at", "published_by")))
    release.c.published_at.type = sa.DateTime(timezone=True)
    period = sa.table(
        "period",
        *map(sa.column, ("release_hash", "seq", "note", "actor", "actor_name")),
        sa.column("since", sa.Date()),
        sa.column("until", sa.Date()),
        sa.column("at", sa.DateTime(timezone=True)),
    )
    for row in op.get_bind().execute(sa.select(release)).all():
        said = tomllib.loads(json.loads(row.files)[f"workflows/{row.pack}/pack.toml"])
        dates = {"since": said["effective_from"], "until": said.get("effective_to")}
        who = {"at": row.published_at, "actor": row.published_by, "actor_name": row.published_by}
        op.execute(period.insert().values(release_hash=row.hash, seq=1, note="", **dates, **who))


def _lock() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE FUNCTION kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{SENTENCE}'; END $$"
        )
        for table in KEPT:
            op.execute(
                f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION kept()"
            )
        return
    for table in KEPT:
        for verb in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER {table}_kept_{verb} BEFORE {verb.upper()} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
            )

"""Opening the database: SQLite with a write gate, or PostgreSQL."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text
from sqlalchemy import Engine as Database

from engine.store import sqlite

MIGRATIONS = Path(__file__).parent / "migrations"
SETTINGS = (  # of each connection to PostgreSQL
    "statement_timeout=30s",
    "lock_timeout=5s",
    "idle_in_transaction_session_timeout=60s",
    "plan_cache_mode=force_custom_plan",  # one plan for any limit once made an inbox wait 14 s
)
UPGRADING = 5_233_030_800  # names the PostgreSQL lock of who sets up; any number nobody else uses


def connect(url: str) -> Database:
    """Open `url` (`sqlite:///path` or `postgresql+psycopg://…`) with the settings this project relies on."""
    if url.startswith("sqlite:"):
        return sqlite.open_file(url)
    return create_engine(
        url,
        hide_parameters=True,  # a logged error must not carry personal data
        pool_pre_ping=True,
        pool_recycle=1800,
        isolation_level="READ COMMITTED",
        connect_args={"application_name": "lianban", "options": " ".join(f"-c {each}" for each in SETTINGS)},
    )


def upgrade(database: Database, revision: str = "head", blind: Callable[..., str] | None = None) -> None:
    """Bring the schema to this release's version (Alembic), or an earlier one; does nothing when it is there already.

    All or nothing: both databases run schema changes inside the transaction. Processes that start together wait.
    `blind` is `Vault.blind`: a ledger written before entries had seals can be sealed by nobody else.
    """
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with database.begin() as connection:
        wait_alone(connection)
        config.attributes["connection"] = connection
        config.attributes["blind"] = blind
        command.upgrade(config, revision)


def wait_alone(connection: Connection) -> None:
    """Let one process set up the database at a time, as long as it takes; the SQLite gate has done this already."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL lock_timeout = 0"))
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:name)"), {"name": UPGRADING})


def refresh(connection: Connection) -> None:
    """Let SQLite look at how its tables have grown, a thousand rows of each, so that it takes the right index.

    PostgreSQL does so by itself. Connections opened later plan by it.
    """
    if connection.dialect.name == "sqlite":
        connection.execute(text("PRAGMA analysis_limit = 1000"))
        connection.execute(text("ANALYZE"))


def revision(connection: Connection) -> str:
    """The revision of the schema a database has; empty without one."""
    return MigrationContext.configure(connection).get_current_revision() or ""


@cache
def newest() -> str:
    """The revision this program wants."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return ScriptDirectory.from_config(config).get_current_head() or ""

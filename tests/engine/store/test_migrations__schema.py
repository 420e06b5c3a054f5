"""The schema Alembic makes is the schema the rows describe."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, Connection, Table, inspect, text

from engine import store
from engine.app import Engine
from engine.store.database import MIGRATIONS
from tests import postgres

# Importing takes each process a different time; they wait for one moment so that they really start together.
UPGRADE = """
import sys, time
from engine import store
time.sleep(max(0, float(sys.argv[2]) - time.time()))
store.upgrade(store.connect(sys.argv[1]))
"""


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    """A connection to a migrated database."""
    with engine.database.connect() as connection:
        yield connection


def test_no_difference(connection: Connection) -> None:
    """Alembic finds nothing to change between a migrated database and the rows."""
    context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
    assert compare_metadata(context, store.Row.metadata) == []


def test_same_checks(connection: Connection) -> None:
    """Every check in the database allows the words the rows allow; Alembic does not compare checks itself."""
    tables = store.Row.metadata.tables
    found = {
        (name, check["name"], _words(str(check["sqltext"])))
        for name in tables
        for check in inspect(connection).get_check_constraints(name)
    }
    assert found == {check for table in tables.values() for check in _checks(table)}


def test_upgrade_twice(engine: Engine) -> None:
    """Upgrading a database that is up to date changes nothing."""
    store.upgrade(engine.database)
    with engine.database.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM alembic_version")) == 1


def test_one_head() -> None:
    """There is one newest migration, so that there is one way to upgrade."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert len(ScriptDirectory.from_config(config).get_heads()) == 1


def test_processes_start_together_sqlite(tmp_path: Path) -> None:
    """Processes that open a new SQLite file at once all find it migrated."""
    _upgrade_together(f"sqlite:///{tmp_path / 'new.db'}")


def test_processes_start_together_postgresql(cluster: postgres.Cluster) -> None:
    """Processes that open a new PostgreSQL database at once all find it migrated."""
    url = cluster.empty()
    _upgrade_together(url)
    cluster.drop(url)


def _upgrade_together(url: str) -> None:
    command = [sys.executable, "-c", UPGRADE, url, str(time.time() + 1)]
    together = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(3)]
    complaints = [process.communicate()[1].decode() for process in together]
    assert [process.returncode for process in together] == [0, 0, 0], complaints
    database = store.connect(url)
    assert set(store.Row.metadata.tables) < set(inspect(database).get_table_names())
    database.dispose()


def _checks(table: Table) -> Iterator[tuple[str, str, frozenset[str]]]:
    for check in table.constraints:
        if isinstance(check, CheckConstraint):
            yield table.name, str(check.name), _words(str(check.sqltext))


def _words(condition: str) -> frozenset[str]:
    return frozenset(re.findall(r"'([^']*)'", condition))

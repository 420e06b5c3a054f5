"""Taking a backup while everybody works: one read transaction sees the whole database as it was at one instant."""

import os
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, Table, select, text
from sqlalchemy import Engine as Database

from engine.backup import archive
from engine.backup.archive import Manifest, Writer
from engine.backup.values import written
from engine.store import MaterialFile
from engine.vault import Vault

BATCH = 500
NOWHERE = Vault()
VERSION = "alembic_version"


def take(database: Database, path: Path, now: datetime, vault: Vault = NOWHERE) -> Manifest:
    """Write a backup to `path`, readable by its owner only, and read it back. An unfinished one never has that name.

    With it go the scans the rows name. `FileGone` when one of them is missing or was changed: the audit says which.
    """
    draft = path.with_name(path.name + ".unfinished")
    draft.unlink(missing_ok=True)
    with _snapshot(database) as connection, os.fdopen(os.open(draft, os.O_CREAT | os.O_RDWR, 0o600), "wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
            _write(connection, Writer(zipped), now, vault)
        file.flush()
        os.fsync(file.fileno())
    manifest = archive.verify(draft)
    draft.replace(path)
    return manifest


def tables(connection: Connection) -> list[Table]:
    """The tables of a database, those others point to first."""
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != VERSION]


def _snapshot(database: Database) -> Connection:
    options: dict[str, Any] = {"readonly": True}
    if database.dialect.name == "postgresql":
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    return database.connect().execution_options(**options)


def _write(connection: Connection, writer: Writer, now: datetime, vault: Vault) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL statement_timeout = 0"))
    schema = connection.execute(text(f"SELECT version_num FROM {VERSION}")).scalar_one()  # noqa: S608  a constant
    for table in tables(connection):
        writer.table(table.name, [column.name for column in table.columns], _lines(connection, table))
    names = connection.scalars(select(MaterialFile.hash).distinct().order_by(MaterialFile.hash)).all()
    writer.files((name, vault.read(name)) for name in names)
    writer.close(str(schema), now.isoformat(), connection.dialect.name)


def _lines(connection: Connection, table: Table) -> Iterator[list[Any]]:
    few = {"yield_per": BATCH}  # a city does not fit into memory
    for row in connection.execute(select(table).order_by(*table.primary_key.columns), execution_options=few):
        yield [written(value) for value in row]

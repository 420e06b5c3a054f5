"""Restoring a backup into an empty database of either kind: also the way from SQLite to PostgreSQL."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from alembic.util import CommandError
from sqlalchemy import Connection, Table, func, insert, inspect, select
from sqlalchemy import Engine as Database

from engine import store
from engine.backup import archive
from engine.backup.archive import Contents, Manifest
from engine.backup.take import BATCH, NOWHERE, tables
from engine.backup.values import read
from engine.errors import BackupDamaged, NotEmpty
from engine.vault import Vault


def restore(path: Path, database: Database, vault: Vault = NOWHERE) -> Manifest:
    """Put the rows of a backup into `database`, then bring the schema up to date. All or nothing.

    The scans go into the vault first: files nobody names yet do no harm, rows without their file would.

    `NotEmpty` when there are rows already; `BackupDamaged` when the file is damaged or made by a newer program.
    """
    manifest = archive.verify(path)
    if not _empty(database):
        raise NotEmpty
    try:
        store.upgrade(database, manifest.schema, vault.blind)
    except CommandError as newer:
        raise BackupDamaged(why="由更新的程序写成 / it was written by a newer program") from newer
    for content in archive.files(path, manifest):
        vault.put(content)
    with database.begin() as connection:
        for table in tables(connection):
            _fill(connection, table, path, manifest)
    store.upgrade(database, blind=vault.blind)
    return manifest


def _empty(database: Database) -> bool:
    with database.connect() as connection:
        if not inspect(connection).get_table_names():
            return True
        return not any(connection.scalar(select(func.count()).select_from(table)) for table in tables(connection))


def _fill(connection: Connection, table: Table, path: Path, manifest: Manifest) -> None:
    contents = manifest.tables.get(table.name)
    if contents is None:
        raise BackupDamaged(why=f"没有表 {table.name} / it has no table {table.name}")
    rows = iter(_ordered(_read(path, table, contents), table))
    while batch := list(islice(rows, BATCH)):
        connection.execute(insert(table), batch)


def _read(path: Path, table: Table, contents: Contents) -> Iterator[dict[str, Any]]:
    for line in archive.rows(path, table.name, contents):
        yield read(line, contents.columns, table)


def _ordered(rows: Iterable[dict[str, Any]], table: Table) -> Iterable[dict[str, Any]]:
    """Rows that point to rows of their own table come after those: regions below regions."""
    own = [key for key in table.foreign_keys if key.column.table is table]
    if not own:
        return rows
    (key,) = own
    return _downwards(list(rows), key.parent.name, key.column.name)


def _downwards(rows: list[dict[str, Any]], parent: str, name: str) -> Iterator[dict[str, Any]]:
    written: set[Any] = {None}
    while rows:
        ready = [row for row in rows if row[parent] in written]
        if not ready:
            raise BackupDamaged(why="上下级成环 / rows point to each other in a circle")
        yield from ready
        written |= {row[name] for row in ready}
        rows = [row for row in rows if row[name] not in written]

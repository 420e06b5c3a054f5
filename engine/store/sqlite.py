"""SQLite so that several threads and processes can write: WAL, full sync, and a fair gate before each write.

`BEGIN IMMEDIATE` with a busy timeout is correct but unfair: a writer can wait for seconds while others overtake it. A
kernel lock on a file beside the database queues writers in order, and the kernel frees it when a process is killed.
"""

import fcntl
import os
import random
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event, make_url

WAIT = 10.0  # seconds a writer waits for its turn
PRAGMAS = (
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=10000",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "mmap_size=0",
)


class GatedConnection(sqlite3.Connection):
    """A connection that passes the gate before it writes and leaves it when the transaction ends."""

    turn: threading.Lock
    gate: int = -1
    held = False

    def enter(self) -> None:
        """Wait for this writer's turn: among this process's threads first, then among processes."""
        if self.held:
            return
        if not self.turn.acquire(timeout=WAIT):
            raise sqlite3.OperationalError("database is locked: the write gate did not open in time")
        try:
            fcntl.flock(self.gate, fcntl.LOCK_EX)
        except BaseException:
            self.turn.release()
            raise
        self.held = True

    def leave(self) -> None:
        """Let the next writer in."""
        if self.held:
            self.held = False
            fcntl.flock(self.gate, fcntl.LOCK_UN)
            self.turn.release()

    def commit(self) -> None:
        """Commit; on failure SQLAlchemy rolls back, which leaves the gate."""
        super().commit()
        self.leave()

    def rollback(self) -> None:
        """Roll back and leave the gate whatever happens."""
        try:
            super().rollback()
        finally:
            self.leave()

    def close(self) -> None:
        """Close and forget the gate."""
        try:
            super().close()
        finally:
            self.leave()
            if self.gate >= 0:
                os.close(self.gate)
                self.gate = -1


def open_file(url: str) -> Engine:
    """Open a database file, made if missing. In-memory databases are refused: threads would each see their own."""
    path = make_url(url).database
    if not path or path == ":memory:":
        raise ValueError("SQLite needs a file, such as sqlite:///var/lianban.db")
    Path(path).resolve().parent.mkdir(parents=True, exist_ok=True)
    database = create_engine(
        url,
        hide_parameters=True,  # a logged error must not carry personal data
        poolclass=QueuePool,
        pool_size=16,
        max_overflow=0,
        pool_timeout=30,
        connect_args={"factory": GatedConnection, "timeout": WAIT, "check_same_thread": False},
    )
    event.listen(database, "connect", _prepare(path + ".gate", threading.Lock()))
    event.listen(database, "begin", _begin)
    return database


def _prepare(gate: str, turn: threading.Lock) -> Callable[[GatedConnection, Any], None]:
    def prepare(connection: GatedConnection, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        connection.turn = turn
        connection.gate = os.open(gate, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        try:
            _write_ahead(connection)
            for pragma in PRAGMAS:
                connection.execute(f"PRAGMA {pragma}").close()
        except BaseException:
            connection.close()
            raise

    return prepare


def _write_ahead(connection: GatedConnection) -> None:
    """Turn WAL on, which stays on. Two processes doing so at once refuse each other whatever the busy timeout says."""
    give_up = time.monotonic() + WAIT
    while True:
        try:
            return connection.execute("PRAGMA journal_mode=WAL").close()
        except sqlite3.OperationalError:
            if time.monotonic() > give_up:
                raise
            time.sleep(random.uniform(0.005, 0.05))  # noqa: S311  unequal waits, not secrets


def _begin(connection: Connection) -> None:
    raw: object = connection.connection.dbapi_connection
    if not isinstance(raw, GatedConnection):
        raise TypeError("this connection has no gate")
    if connection.get_execution_options().get("readonly"):
        raw.execute("PRAGMA query_only=ON").close()
        connection.exec_driver_sql("BEGIN DEFERRED")
        return
    raw.execute("PRAGMA query_only=OFF").close()
    raw.enter()
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except BaseException:
        raw.leave()
        raise

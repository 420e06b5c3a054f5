"""The engine as one object: a database and a clock. Everything that changes anything passes through `begin`."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property

from sqlalchemy import Engine as Database
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from engine import store
from engine.errors import Busy, MovedOn
from engine.settings import Settings
from engine.vault import Vault
from engine.work import Actor, Work


@dataclass(frozen=True)
class Engine:
    """An open installation."""

    database: Database
    clock: Callable[[], datetime]
    vault: Vault = field(default_factory=Vault)

    @classmethod
    def open(cls, settings: Settings, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> "Engine":
        """Connect and bring the schema up to date."""
        database, vault = store.connect(settings.database), vault_of(settings)
        store.upgrade(database, blind=vault.blind)
        return cls(database, clock, vault)

    @contextmanager
    def begin(self, actor: Actor) -> Iterator[Work]:
        """The only place a transaction opens to write and the only one that commits: raising rolls back."""
        yield from self._transaction(self.database, actor)

    @contextmanager
    def look(self, actor: Actor) -> Iterator[Work]:
        """A transaction that can only read; it never waits for writers."""
        yield from self._transaction(self._reader, actor)

    @contextmanager
    def snapshot(self, actor: Actor) -> Iterator[Work]:
        """A look at one instant, however many statements it takes: what others write meanwhile is not seen."""
        database = self._reader
        if database.dialect.name == "postgresql":
            database = database.execution_options(isolation_level="REPEATABLE READ")
        yield from self._transaction(database, actor)

    @cached_property
    def _reader(self) -> Database:
        return self.database.execution_options(readonly=True, postgresql_readonly=True)

    def _transaction(self, database: Database, actor: Actor) -> Iterator[Work]:
        try:
            with Session(database) as session, session.begin():
                yield Work(session, actor, self.clock(), self.vault)
        except StaleDataError as stale:
            raise MovedOn from stale
        except NoConnectionFree as trouble:
            raise Busy from trouble
        except (OperationalError, sqlite3.OperationalError) as trouble:
            if _broken(trouble):
                raise
            raise Busy from trouble


def vault_of(settings: Settings) -> Vault:
    """Where this installation keeps scans, and the key of its numbers."""
    return Vault(settings.files, settings.secret, settings.file_megabytes, settings.paper_pages)


def _broken(trouble: Exception) -> bool:
    """Whether SQLite names a mistake of ours (a missing table, a write while reading) and not a busy or full disk."""
    text = str(trouble).lower()
    return any(words in text for words in ("no such", "readonly", "syntax error", "query_only"))

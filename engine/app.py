"""The engine as one object: a database and a clock. Everything that changes anything passes through `begin`."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import Engine as Database
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.orm.exc import StaleDataError

from engine import store
from engine.errors import Busy, MovedOn
from engine.settings import Settings
from engine.work import Actor, Work


@dataclass(frozen=True)
class Engine:
    """An open installation."""

    database: Database
    clock: Callable[[], datetime]
    secret: str = field(default="", repr=False)

    @classmethod
    def open(cls, settings: Settings, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> "Engine":
        """Connect and bring the schema up to date."""
        database = store.connect(settings.database)
        store.upgrade(database)
        return cls(database, clock, settings.secret)

    @contextmanager
    def begin(self, actor: Actor) -> Iterator[Work]:
        """The only place a transaction opens to write and the only one that commits: raising rolls back."""
        yield from self._transaction(sessionmaker(self.database), actor)

    @contextmanager
    def look(self, actor: Actor) -> Iterator[Work]:
        """A transaction that can only read; it never waits for writers."""
        reader = self.database.execution_options(readonly=True, postgresql_readonly=True)
        yield from self._transaction(sessionmaker(reader), actor)

    def _transaction(self, sessions: sessionmaker[Session], actor: Actor) -> Iterator[Work]:
        try:
            with sessions.begin() as session:
                yield Work(session, actor, self.clock(), self.secret)
        except StaleDataError as stale:
            raise MovedOn from stale
        except NoConnectionFree as trouble:
            raise Busy from trouble
        except (OperationalError, sqlite3.OperationalError) as trouble:
            if _broken(trouble):
                raise
            raise Busy from trouble


def _broken(trouble: Exception) -> bool:
    """Whether SQLite names a mistake of ours (a missing table, a write while reading) and not a busy or full disk."""
    text = str(trouble).lower()
    return any(words in text for words in ("no such", "readonly", "syntax error", "query_only"))

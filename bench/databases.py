"""Databases to measure on: SQLite in a folder of its own, and PostgreSQL as a city would run it; both sync."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # `tests` is no installed package

from engine import store
from engine.app import Engine
from engine.cli import prepare
from tests import postgres


@contextmanager
def sqlite() -> Iterator[str]:
    """The URL of a new SQLite file."""
    with tempfile.TemporaryDirectory(prefix="lianban-bench-") as folder:
        yield f"sqlite:///{folder}/bench.db"


@contextmanager
def postgresql() -> Iterator[str]:
    """The URL of a new database of a PostgreSQL server that syncs."""
    with postgres.running(postgres.DURABLE) as cluster:
        yield cluster.create()


def each() -> Iterator[tuple[str, str]]:
    """The kinds of database that can be had here, each with the URL of an empty one."""
    with sqlite() as url:
        yield "sqlite", url
    with suppress(postgres.Missing), postgresql() as url:
        yield "postgresql", url


@contextmanager
def city(url: str) -> Iterator[Engine]:
    """The demo city with its packs."""
    engine = Engine(store.connect(url), lambda: datetime.now(UTC), "test")
    store.upgrade(engine.database)
    prepare(engine, demonstrate=True)
    yield engine
    engine.database.dispose()

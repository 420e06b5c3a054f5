"""Databases to measure on: SQLite in a folder of its own, and PostgreSQL as a city would run it; both sync."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # `tests` is no installed package

from engine import catalog, demo, releases, store
from engine.app import Engine
from engine.work import SYSTEM
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


def each(*kinds: str) -> Iterator[tuple[str, str]]:
    """The kinds of database that can be had here (of those named, if any are), each with the URL of an empty one."""
    if not kinds or "sqlite" in kinds:
        with sqlite() as url:
            yield "sqlite", url
    if not kinds or "postgresql" in kinds:
        with suppress(postgres.Missing), postgresql() as url:
            yield "postgresql", url


@contextmanager
def city(url: str, *packs: str) -> Iterator[Engine]:
    """The demo city with these packs, or with all there are."""
    engine = Engine(store.connect(url), lambda: datetime.now(UTC))
    store.upgrade(engine.database)
    root = catalog.content_root()
    with engine.begin(SYSTEM) as work:
        demo.load(work)
        for code in packs or catalog.packs_on_disk(root):
            releases.publish(work, catalog.files_of(root, code))
    yield engine
    engine.database.dispose()

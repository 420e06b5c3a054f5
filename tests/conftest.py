"""What every test may ask for: a database, an engine with a clock that stands still, and the demo city.

`url` is a fresh migrated SQLite file and `engine` an engine on it. A module whose tests must hold on PostgreSQL as well
overrides `url` with `database_url` and has everything run twice.
"""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings

from engine import demo, identity, store
from engine.app import Engine
from engine.work import SYSTEM, Actor
from tests import postgres

# The gate says the same of the same code, however busy the machine.
settings.register_profile("gate", derandomize=True, deadline=None)
settings.load_profile("gate")
START = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai")).astimezone(UTC)


@dataclass
class Clock:
    """A clock that moves only when told to."""

    now: datetime = START

    def __call__(self) -> datetime:
        """The moment it is (aware, UTC)."""
        return self.now

    def forward(self, **span: float) -> None:
        """Let time pass: `clock.forward(days=3, minutes=1)`."""
        self.now += timedelta(**span)


@dataclass(frozen=True)
class City:
    """The demo city in the database of `engine`."""

    engine: Engine

    def actor(self, login: str) -> Actor:
        """The person with this login, with the posts they hold."""
        with self.engine.look(SYSTEM) as work:
            return identity.actor_named(work, login)


@pytest.fixture
def clock() -> Clock:
    """Monday 2026-11-23, 09:00 in Shanghai."""
    return Clock()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite file with today's schema, to be copied."""
    path = tmp_path_factory.mktemp("template") / "empty.db"
    database = store.connect(f"sqlite:///{path}")
    store.upgrade(database)
    database.dispose()
    return path


@pytest.fixture(scope="session")
def cluster() -> Iterator[postgres.Cluster]:
    """A PostgreSQL server for this session; without one the test is skipped, but never on a build server."""
    try:
        with postgres.running() as cluster:
            yield cluster
    except postgres.Missing as missing:
        if os.environ.get("CI"):
            pytest.fail(str(missing))
        pytest.skip(str(missing))


@pytest.fixture
def sqlite_url(tmp_path: Path, migrated: Path) -> str:
    """A fresh migrated SQLite file."""
    path = tmp_path / "lianban.db"
    shutil.copyfile(migrated, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgresql_url(cluster: postgres.Cluster) -> Iterator[str]:
    """A fresh migrated PostgreSQL database."""
    url = cluster.create()
    yield url
    cluster.drop(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh migrated database of each kind, one after the other."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def url(sqlite_url: str) -> str:
    """Where `engine` keeps its rows."""
    return sqlite_url


@pytest.fixture
def engine(url: str, clock: Clock) -> Iterator[Engine]:
    """An engine on an empty database, with the test's clock."""
    database = store.connect(url)
    yield Engine(database, clock)
    database.dispose()


@pytest.fixture
def city(engine: Engine) -> City:
    """The demo city: regions, departments and people, loaded."""
    with engine.begin(SYSTEM) as work:
        demo.load(work)
    return City(engine)

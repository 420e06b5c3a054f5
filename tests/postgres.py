"""A throw-away PostgreSQL server for one test session: started on first use, stopped whatever happens."""

import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from engine import store

CURE = "PostgreSQL is not installed here; install it with: apt-get install postgresql"
PATIENCE = 30  # seconds until a server that does not answer is a failure
TEMPLATE = "lianban_template"
# Nothing here outlives the session, so nothing has to survive a power cut.
OPTIONS = ("listen_addresses=", "fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60")
DURABLE = ("listen_addresses=", "max_connections=60")  # for measuring: as a city would run it


class Missing(Exception):
    """The machine cannot run PostgreSQL; the message says what to do."""


@dataclass
class Cluster:
    """A running server; `create` gives the URL of a fresh database with today's schema."""

    folder: Path
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def create(self) -> str:
        """A new database, copied from the migrated template."""
        name = f"test_{next(self.numbers)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        return self.url(name)

    def drop(self, url: str) -> None:
        """Remove a database made by `create`, closing what is still connected to it."""
        name = url.partition("?")[0].rpartition("/")[2]
        self.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def empty(self) -> str:
        """A new database without any table."""
        name = f"empty_{next(self.numbers)}"
        self.execute(f"CREATE DATABASE {name}")
        return self.url(name)

    def url(self, name: str) -> str:
        """How the engine reaches a database of this server."""
        return f"postgresql+psycopg://lianban@/{name}?host={self.folder}"

    def execute(self, statement: str) -> None:
        """Run one statement as the owner of the server, outside any transaction."""
        address = f"host={self.folder} user=lianban dbname=postgres connect_timeout=5"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement)

    def await_answer(self, server: "subprocess.Popen[bytes]") -> None:
        """Return when the server answers; fail with its log when it ended or stays silent."""
        give_up = time.monotonic() + PATIENCE
        while True:
            try:
                return self.execute("SELECT 1")
            except psycopg.OperationalError as silence:
                if server.poll() is not None or time.monotonic() > give_up:
                    log = (self.folder / "log").read_text("utf-8", "replace")
                    raise RuntimeError(f"PostgreSQL did not start:\n{log[-2000:]}") from silence
                time.sleep(0.05)


@contextmanager
def running(options: tuple[str, ...] = OPTIONS) -> Iterator[Cluster]:
    """Start a server with one migrated template database; stop it and delete its files on leaving."""
    tools = _tools()
    owner = _owner()
    # Short: a socket's path may have 107 characters, and test folders are often longer.
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    try:
        if owner:
            shutil.chown(folder, owner, owner)
        _initialise(tools, folder, owner)
        with _server(tools, folder, owner, options) as cluster:
            _prepare_template(cluster)
            yield cluster
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _tools() -> Path:
    found = shutil.which("initdb")
    places = [Path(found).resolve().parent] if found else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True)
    for place in places:
        if (place / "initdb").exists() and (place / "postgres").exists():
            return place
    raise Missing(CURE)


def _owner() -> str | None:
    """The account to run as: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        raise Missing(CURE) from None


def _as(owner: str | None) -> dict[str, Any]:
    return {"user": owner, "group": owner, "extra_groups": []} if owner else {}


def _initialise(tools: Path, folder: Path, owner: str | None) -> None:
    command = [tools / "initdb", "-D", folder / "data", "-U", "lianban", "-A", "trust", "-E", "UTF8", "--locale=C"]
    made = subprocess.run([*command, "--no-sync"], capture_output=True, text=True, cwd=folder, **_as(owner))
    if made.returncode:
        raise RuntimeError(f"initdb failed:\n{made.stderr}")


@contextmanager
def _server(tools: Path, folder: Path, owner: str | None, options: tuple[str, ...]) -> Iterator[Cluster]:
    command: list[str | Path] = [tools / "postgres", "-D", folder / "data", "-k", folder]
    for option in options:
        command += ["-c", option]
    if shutil.which("setpriv"):
        # The kernel stops the server when the test run is killed and no finaliser can.
        command = ["setpriv", "--pdeathsig", "INT", *command]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, **_as(owner))
    try:
        cluster = Cluster(folder)
        cluster.await_answer(server)
        yield cluster
    finally:
        server.send_signal(signal.SIGQUIT)  # stop at once; nobody needs the data
        server.wait(PATIENCE)


def _prepare_template(cluster: Cluster) -> None:
    cluster.execute(f"CREATE DATABASE {TEMPLATE}")
    database = store.connect(cluster.url(TEMPLATE))
    store.upgrade(database)
    database.dispose()

"""TERM stops in good order: what was begun ends well, nothing new is taken, and the exit status is 0."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine import demo, sandbox, store
from engine.app import Engine
from engine.words import JobState
from engine.work import SYSTEM
from tests import asking, story
from tests.server import Server
from tests.visitor import Visitor

PATIENCE = 30  # seconds until something that has to happen is a failure


@pytest.fixture
def site(tmp_path, monkeypatch):
    """The folder of an installation that asks a slow department, its engine, and the department."""
    with sandbox.Sandbox() as peer:
        peer.faults = {asking.TYPE: {"fault": "slow", "seconds": 1.5}}
        exchange = tmp_path / "exchange.toml"
        exchange.write_text(f'[connectors."{asking.TYPE}"]\nurl = "{peer.address}/{asking.TYPE}"\n', "utf-8")
        monkeypatch.setenv("LIANBAN_EXCHANGE", str(exchange))
        monkeypatch.setenv("LIANBAN_DATA", str(tmp_path))
        monkeypatch.delenv("LIANBAN_DATABASE", raising=False)
        database = store.connect(f"sqlite:///{tmp_path / 'lianban.db'}")
        store.upgrade(database)
        engine = Engine(database, lambda: datetime.now(UTC), "test")
        with engine.begin(SYSTEM) as work:
            demo.load(work)
        yield engine, tmp_path
        database.dispose()


@pytest.fixture
def server(site):
    """The installation, served."""
    running = Server(site[1])
    running.start()
    yield running
    running.stop()


def test_a_running_request_is_answered(site, server):
    """Told to stop while somebody's form waits for the database, the server answers it, takes no other, and ends."""
    person, found = Visitor(server.address), []
    person.get("/signin")
    wrong = {"login": "wangfang", "password": "wrong"}  # counted in the database before it is refused
    typing = threading.Thread(target=lambda: found.append(person.submit("/signin", **wrong).status))
    with site[0].begin(SYSTEM) as work:
        work.session.connection()  # whoever writes now waits for us
        typing.start()
        time.sleep(1)
        os.kill(server.process.pid, signal.SIGTERM)
        until(lambda: refused(server.port))
        assert not found, "the request was still running"
    typing.join(PATIENCE)
    assert found == [422]
    assert server.process.wait(PATIENCE) == 0


@pytest.mark.parametrize("verb", ["serve", "work"])
def test_a_running_job_is_finished(site, verb):
    """Told to stop while another department thinks, the process waits for the answer, stores it, and ends."""
    engine, data = site
    asking.publish(engine, asking.first(asking.ask()))
    story.accepted(engine, story.person(engine, "wangfang"))
    with (data / "log").open("wb") as log:
        process = subprocess.Popen(
            [Path(sys.executable).with_name("lianban"), verb],
            env=os.environ | {"LIANBAN_PORT": str(Server(data).port)},
            stdout=log,
            stderr=log,
        )
    try:
        until(lambda: asking.states(engine) == [JobState.RUNNING])
        process.terminate()
        assert process.wait(PATIENCE) == 0, (data / "log").read_text("utf-8")
    finally:
        process.kill()
    assert asking.states(engine) == [JobState.DONE]


def until(true):
    """Wait until this is so."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def refused(port):
    """Whether nobody listens."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0

"""The real server and the sandbox's departments over real sockets: an answer at once, later, many times, or never."""

import json
import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine import exchange, sandbox, store
from engine.app import Engine
from engine.work import SYSTEM
from tests import story
from tests.server import Server

MARRIAGE = "mz.marriage"


@pytest.fixture
def peer():
    """The invented departments."""
    with sandbox.Sandbox() as running:
        yield running


@pytest.fixture
def server(tmp_path, peer, monkeypatch):
    """An installation that reaches them as its file says, with a secret from the environment."""
    file = tmp_path / "exchange.toml"
    lines = [f'[connectors."{MARRIAGE}"]', f'url = "{peer.address}/{MARRIAGE}"', 'callback = "PT1H"']
    file.write_text("\n".join([*lines, 'headers = { Authorization = "Bearer ${MZ_TOKEN}" }']), "utf-8")
    monkeypatch.setenv("LIANBAN_EXCHANGE", str(file))
    monkeypatch.setenv("MZ_TOKEN", "secret-of-the-register")
    monkeypatch.setattr(story, "checked", lambda _engine: None)
    running = Server(tmp_path / "var")
    running.start()
    yield running
    running.stop()
    assert "secret-of-the-register" not in (running.data / "server.log").read_text("utf-8")


@pytest.fixture
def engine(server):
    """The same database, opened beside the server."""
    database = store.connect(f"sqlite:///{server.data / 'lianban.db'}")
    yield Engine(database, lambda: datetime.now(UTC), "test")
    database.dispose()


def token(server):
    """The register may call back; its token, as the command prints it."""
    program = Path(sys.executable).with_name("lianban")
    environment = os.environ | {"LIANBAN_DATA": str(server.data)}
    command = [program, "client", "mz", MARRIAGE, "--json"]
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return json.loads(told.stdout)["token"]


def waiting(engine, login, node):
    """Whether this task opens for this person within some seconds."""
    for _ in range(100):
        if node in story.waiting(engine, story.person(engine, login)):
            return True
        time.sleep(0.1)
    return False


def test_an_answer_at_once(engine, peer):
    """The case goes on by itself, and the register was asked once for each of the two."""
    case_id = story.accepted(engine, story.person(engine, "wangfang"))
    assert waiting(engine, "zhangwei", "review_marriage")
    assert len(peer.asked) == 2
    with engine.begin(story.person(engine, "zhangwei")) as work:
        assert [call.outcome for call in exchange.calls(work, case_id)] == ["ok", "ok"]


def test_an_answer_that_comes_later_and_three_times(engine, server, peer):
    """The register takes the question and calls back, three times each: the case moves once each time."""
    address = f"{server.address}/api/v1/callbacks"
    later = {"fault": "later", "callback": address, "token": token(server), "copies": 3, "seconds": 0.3}
    peer.faults = {MARRIAGE: later}
    case_id = story.accepted(engine, story.person(engine, "wangfang"))
    assert waiting(engine, "zhangwei", "review_marriage")
    with engine.look(SYSTEM) as work:
        done = work.session.query(store.Entry).filter_by(case_id=case_id, kind="job:done").count()
    assert done == 2


def test_a_department_that_is_away(engine, peer):
    """After three tries the window is asked for a commitment; the case does not stand still."""
    peer.faults = {MARRIAGE: {"fault": "down"}}
    story.accepted(engine, story.person(engine, "wangfang"))
    for _ in range(300):
        assert not story.waiting(engine, story.person(engine, "zhangwei"))
        if "commit_marriage" in story.waiting(engine, story.person(engine, "wangfang")):
            return
        with engine.begin(SYSTEM) as work:  # as if the pause between tries were over
            work.session.query(store.Job).filter_by(state="waiting", kind="service").update({"due": work.now})
        time.sleep(0.1)
    raise AssertionError("the case stands still")

"""The real server is killed with -9 under load; whoever was told "done" finds it done, exactly once."""

import threading
import time
from collections import Counter
from datetime import UTC, datetime
from http.client import HTTPException
from uuid import uuid4

import pytest
from sqlalchemy import select

from engine import audit, store
from engine.app import Engine
from engine.work import SYSTEM
from tests import story
from tests.server import Server
from tests.visitor import Visitor

CASES = 12


@pytest.fixture(params=["sqlite", "postgresql"])
def server(request, tmp_path):
    """A server with the demo city; on PostgreSQL a database of its own."""
    url = request.getfixturevalue("postgresql_url") if request.param == "postgresql" else ""
    running = Server(tmp_path / "var", url)
    running.start()
    yield running
    running.stop()


def database_of(server):
    """The server's database, opened beside it."""
    return store.connect(server.database or f"sqlite:///{server.data / 'lianban.db'}")


def prepared(server):
    """Cases that wait for the registrar, opened in one process with the server's database; ids of the tasks."""
    engine = Engine(database_of(server), lambda: datetime.now(UTC), "test")
    clerk = story.person(engine, "wangfang")
    for _ in range(CASES):
        story.accepted(engine, clerk)
    with engine.look(SYSTEM) as work:
        tasks = list(work.session.scalars(select(store.Task.id).where(store.Task.node == "review_marriage")))
    engine.database.dispose()
    return tasks


def reviewer(server, login, todo, told, stop):
    """Decide tasks until none is left; a request without an answer is repeated with its key, as a browser would."""
    visitor = None
    while todo and not stop.is_set():
        task = todo[0]
        key = told.setdefault(task, uuid4().hex)
        try:
            visitor = visitor or signed_in(server, login)
            token = dict(visitor.get("/inbox/").form("/language").form_values())["csrf_token"]
            page = visitor.post(f"/inbox/tasks/{task}", {"csrf_token": token, "_key": key, "decision": "approved"})
            assert (page.status, "已提交" in page.text) == (200, True), page.words[:300]
            todo.pop(0)
        except (OSError, HTTPException):
            visitor = None
            time.sleep(0.05)


def signed_in(server, login):
    """A visitor at their desk."""
    visitor = Visitor(server.address)
    visitor.sign_in(login)
    return visitor


def test_what_was_acknowledged_is_there_once(server):
    """After each kill and restart: each accepted decision exactly once, no half-done case, every case can go on."""
    todo = prepared(server)
    every, told, stop = list(todo), {}, threading.Event()
    worker = threading.Thread(target=reviewer, args=(server, "zhangwei", todo, told, stop))
    worker.start()
    kills = 0
    for left in range(CASES - 3, 0, -3):
        while len(todo) > left and worker.is_alive():
            time.sleep(0.01)
        kills += bool(todo)
        server.kill()
        server.start()
    worker.join(timeout=120)
    stop.set()
    assert kills, "the load was over before it was disturbed"
    assert not todo, "every decision was acknowledged in the end"
    server.kill()
    check(server, every, told)


def check(server, tasks, told):
    """Rows, ledger and process state agree, and each task was decided once."""
    database = database_of(server)
    with Engine(database, lambda: datetime.now(UTC), "test").look(SYSTEM) as work:
        entries = work.session.scalars(select(store.Entry).where(store.Entry.kind == "task:completed"))
        done = Counter(entry.facts["task"] for entry in entries)
        assert {task: done[task] for task in tasks} == dict.fromkeys(tasks, 1)
        assert set(told) == set(tasks)
        assert list(audit.audit(work)) == []
    database.dispose()

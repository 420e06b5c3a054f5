"""The server is killed with -9 at random moments under load; whoever was told "done" finds it done, exactly once."""

import random
import threading
import time
import urllib.error
from collections import Counter
from datetime import UTC, datetime
from http.client import HTTPException
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from engine import releases, runtime, store
from engine.app import Engine
from engine.work import SYSTEM
from tests import story
from tests.server import Server
from tests.visitor import Visitor

CASES = 24
KILLS = 4


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
    engine = Engine(database_of(server), lambda: datetime.now(UTC))
    clerk = story.person(engine, "wangfang")
    for _ in range(CASES):
        story.accepted(engine, clerk)
    with engine.look(SYSTEM) as work:
        tasks = list(work.session.scalars(select(store.Task.id).where(store.Task.node == "review_marriage")))
    engine.database.dispose()
    return tasks


def reviewer(server, login, todo, told, stop):
    """Decide tasks until none is left; an unanswered request is repeated with the same key, as a browser would."""
    visitor = None
    while todo and not stop.is_set():
        task = todo[0]
        try:
            if visitor is None:
                visitor = Visitor(server.address)
                visitor.sign_in(login)
            visitor.get(f"/inbox/tasks/{task}")
            if visitor.page.status != 200 or "decision" not in visitor.page.text:
                visitor = None
                continue
            key = told.setdefault(task, {"key": uuid4().hex, "done": 0})["key"]
            page = visitor.submit(f"/inbox/tasks/{task}", decision="approved", _key=key)
            if page.status == 200:
                told[task]["done"] += 1
                todo.pop(0)
        except (OSError, HTTPException, urllib.error.URLError, AssertionError):
            visitor = None
            time.sleep(0.1)


def test_what_was_acknowledged_is_there_once(server):
    """After every kill and restart: each accepted decision exactly once, no half-done case, every case can go on."""
    todo = prepared(server)
    every, told, stop = list(todo), {}, threading.Event()
    worker = threading.Thread(target=reviewer, args=(server, "zhangwei", todo, told, stop))
    worker.start()
    chance = random.Random(20190709)
    for _ in range(KILLS):
        time.sleep(chance.uniform(0.2, 1.2))
        server.kill()
        server.start()
    worker.join(timeout=120)
    stop.set()
    assert not todo, "every decision was acknowledged in the end"
    server.kill()
    check(server, every, told)


def check(server, tasks, told):
    """Rows, ledger and process state agree."""
    database = database_of(server)
    engine = Engine(database, lambda: datetime.now(UTC))
    with engine.look(SYSTEM) as work:
        done = Counter(
            entry.facts["task"]
            for entry in work.session.scalars(select(store.Entry).where(store.Entry.kind == "task:completed"))
        )
        assert {task: done[task] for task in tasks} == dict.fromkeys(tasks, 1)
        assert set(told) == set(tasks)
        for case in work.session.scalars(select(store.Case)):
            pack = releases.load(work, case.release_hash)
            open_rows = {t.node for t in case.tasks if t.state == "open"}
            assert open_rows == set(runtime.marks(pack.model, case.process).current) & {t.node for t in case.tasks}
            count, last = work.session.execute(
                select(func.count(), func.max(store.Entry.seq)).where(store.Entry.case_id == case.id)
            ).one()
            assert count == last, "the ledger has no gap"
    database.dispose()

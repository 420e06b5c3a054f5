"""No list, search or look of a worker reads a table that grows from end to end: SQLite says so beforehand."""

import re

import pytest
from sqlalchemy import event, text

from engine import backup, cases, jobs, messages, store, tasks
from engine.tasks import Box
from engine.work import SYSTEM
from engine.worker.sweeps import tidy
from tests import story

WHOLE = re.compile(r"SCAN (task|item|job|timer|awaited)\b|SCAN case$")  # cases by an index: until the page is full
NUMBER = "330802202611233"

READS = {
    "free": ("zhangwei", lambda work: tasks.inbox(work, Box.FREE)),
    "mine": ("zhangwei", lambda work: tasks.inbox(work, Box.MINE)),
    "done": ("zhangwei", lambda work: tasks.inbox(work, Box.DONE)),
    "done, older": ("zhangwei", lambda work: tasks.inbox(work, Box.DONE, after="2026-11-23T01:00:00+00:00 x")),
    "under supervision": ("chenjing", lambda work: tasks.inbox(work, Box.WATCHED)),
    "inbox, number": ("zhangwei", lambda work: tasks.inbox(work, Box.FREE, search=NUMBER)),
    "inbox, name": ("zhangwei", lambda work: tasks.inbox(work, Box.FREE, search="李志远")),
    "several departments": ("chenjing", lambda work: tasks.inbox(work, Box.FREE)),
    "several departments, name": ("chenjing", lambda work: tasks.inbox(work, Box.FREE, search="李志远")),
    "window": ("wangfang", cases.taken),
    "window, number": ("wangfang", lambda work: cases.taken(work, search=NUMBER)),
    "window, name": ("wangfang", lambda work: cases.taken(work, search="李志远")),
    "cases of a department": ("zhangwei", cases.listing),
    "cases of the city": ("sunhui", cases.listing),
    "cases of the city, number": ("sunhui", lambda work: cases.listing(work, search=NUMBER)),
    "due timers": ("", cases.due_cases),
    "due jobs": ("", jobs.due),
    "messages": ("", messages.deliverable),
}


@pytest.fixture
def busy(city):
    """Two waiting cases."""
    story.publish_family(city.engine)
    for _ in range(2):
        story.accepted(city.engine, city.actor("wangfang"))
    return city


@pytest.mark.parametrize("read", READS)
def test_no_growing_table_is_read_whole(busy, read):
    """Every statement of the reading, as SQLite plans it without knowing how large its tables are."""
    login, ask = READS[read]
    asked = []

    def hear(_connection, _cursor, statement, parameters, *_):
        asked.append((statement, parameters))

    event.listen(busy.engine.database, "before_cursor_execute", hear)
    with busy.engine.look(busy.actor(login) if login else SYSTEM) as work:
        ask(work)
    event.remove(busy.engine.database, "before_cursor_execute", hear)
    plans = []
    with busy.engine.database.connect() as connection:
        for statement, parameters in asked:
            if statement.startswith("SELECT"):
                rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
                plans += [row.detail for row in rows]
    assert plans
    assert not [line for line in plans if WHOLE.search(line)]


def test_sqlite_is_told_how_large_its_tables_are(busy, tmp_path):
    """Tidying up gives the planner its statistics; they are no part of a backup."""
    tidy(busy.engine)
    with busy.engine.database.connect() as connection:
        known = set(connection.scalars(text("SELECT idx FROM sqlite_stat1 WHERE tbl = 'task'")))
    assert {"ix_task_inbox", "ix_task_case_id"} <= known
    made = backup.take(busy.engine.database, tmp_path / "backup.zip", busy.engine.clock())
    assert not [name for name in made.tables if name.startswith("sqlite")]
    database = store.connect(f"sqlite:///{tmp_path / 'restored.db'}")
    backup.restore(tmp_path / "backup.zip", database)
    database.dispose()

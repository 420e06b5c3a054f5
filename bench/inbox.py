"""The first page of an inbox as an installation grows: `python bench/inbox.py [MOST]`, MOST open tasks (100000).

For each size the page is read as a person of the fullest department reads it, its counts included; the goal is that
the largest costs no more than 1.5 times the smallest. The plan is checked: no table of tasks or cases is read whole.
"""

import json
import re
import statistics
import sys
import time

from databases import city, each
from sqlalchemy import event, func, select, text

from engine import identity, seed, tasks
from engine.app import Engine
from engine.store import Holding, Task, User
from engine.tasks import Box
from engine.words import Post
from engine.work import SYSTEM, Actor

SIZES = (1_000, 10_000, 100_000, 1_000_000)
TASKS_A_CASE = 1.2  # what the seed makes, roughly
READS, GOAL = 60, 1.5


def main() -> int:
    """Measure and print; with --check status 1 when a goal is missed."""
    numbers = [int(word) for word in sys.argv[1:] if word.isdecimal()]
    most = numbers[0] if numbers else 100_000
    good = True
    for kind, url in each():
        with city(url) as engine:
            lines = [grown(engine, size) for size in SIZES if size <= most]
        ratio = round(lines[-1]["p50_ms"] / lines[0]["p50_ms"], 2)
        found = {"database": kind, "sizes": lines, "ratio": ratio, "goal_ratio": GOAL}
        sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
        good &= ratio <= GOAL and not lines[-1]["reads_whole_table"]  # a table of a few pages is best read whole
    return int("--check" in sys.argv and not good)


def grown(engine: Engine, size: int) -> dict[str, object]:
    """One size: how long the page takes, and whether its plan reads a table whole."""
    with engine.look(SYSTEM) as work:
        there = work.session.scalar(select(func.count()).where(Task.state == "open")) or 0
    seed.seed(engine, int((size - there) / TASKS_A_CASE), lambda _: None, chance=size)
    with engine.database.connect() as connection:
        connection.execute(text("ANALYZE"))
        connection.rollback()
    reader = busiest(engine)
    spent = sorted(page(engine, reader) for _ in range(READS))
    with engine.look(SYSTEM) as work:
        there = work.session.scalar(select(func.count()).where(Task.state == "open")) or 0
    return {
        "open_tasks": there,
        "p50_ms": round(statistics.median(spent), 2),
        "p95_ms": round(spent[int(READS * 0.95)], 2),
        "reads_whole_table": whole(engine, reader),
    }


def page(engine: Engine, reader: Actor) -> float:
    """Milliseconds of one first page with its counts."""
    begun = time.perf_counter()
    with engine.look(reader) as work:
        tasks.counts(work)
        tasks.inbox(work, Box.FREE)
    return (time.perf_counter() - begun) * 1000


def busiest(engine: Engine) -> Actor:
    """A reviewer of the department with most open tasks."""
    with engine.look(SYSTEM) as work:
        reviewers = select(Holding.department_id).where(Holding.post == Post.REVIEWER)
        open_ = select(Task.department_id).where(Task.state == "open", Task.department_id.in_(reviewers))
        office = work.session.scalar(open_.group_by(Task.department_id).order_by(func.count().desc()).limit(1))
        held = select(User.login).join(Holding, Holding.user_id == User.id).where(Holding.department_id == office)
        return identity.actor_named(work, str(work.session.scalar(held.where(Holding.post == Post.REVIEWER).limit(1))))


def whole(engine: Engine, reader: Actor) -> list[str]:
    """Steps of the plans of everything a page asks that read tasks or cases whole."""
    asked: list[tuple[str, object]] = []

    def hear(_connection: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        asked.append((statement, parameters))

    event.listen(engine.database, "before_cursor_execute", hear)
    page(engine, reader)
    event.remove(engine.database, "before_cursor_execute", hear)
    explain = "EXPLAIN" if engine.database.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"
    said: list[str] = []
    with engine.database.connect() as connection:
        for statement, parameters in asked:
            if statement.startswith("SELECT"):
                rows = connection.exec_driver_sql(f"{explain} {statement}", parameters)
                said += [" ".join(map(str, row)) for row in rows]
        connection.rollback()
    return [line for line in said if re.search(r"SCAN (task|case)\b|Seq Scan on (task|\"case\")(?!\w)", line)]


if __name__ == "__main__":
    sys.exit(main())

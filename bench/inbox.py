"""The lists as an installation grows: `python bench/inbox.py [MOST]`, MOST open tasks (100000).

For each size the first page of an inbox is read as a person of the fullest department reads it, counts of the tabs
included; the goal is that the largest costs no more than 1.5 times the smallest, read by turns. Other lists, searches
and what workers look for every second are timed as well. The plans are checked: no table that grows is read whole.
"""

import json
import re
import statistics
import sys
import time
from collections.abc import Callable

import grow
from databases import city, each
from sqlalchemy import event, func, select

from engine import cases, identity, jobs, messages, seed, tasks
from engine.app import Engine
from engine.store import Case, Holding, Task, User
from engine.tasks import Box
from engine.words import Post
from engine.work import SYSTEM, Actor, Work

SIZES = (1_000, 10_000, 100_000, 1_000_000)
SEEDED = 10_000  # open tasks made one by one; more are copies
TASKS_A_CASE = 1.2  # what the seed makes, roughly
FIRST, GOAL = "first page", 1.5
READS, ROUND = 200, 20  # readings, and those of one round
PATIENCE = 5.0  # seconds for one kind of reading
GROWING = "task|case|item|job|timer|awaited"  # messages nobody takes expire
WHOLE = re.compile(rf"SCAN ({GROWING})$|Seq Scan on \"?({GROWING})\"?(?!\w)")
Read = tuple[Actor, Callable[[Work], object]]


def main() -> int:
    """Measure and print; with --check status 1 when a goal is missed. A kind of database may be named alone."""
    numbers = [int(word) for word in sys.argv[1:] if word.isdecimal()]
    most = numbers[0] if numbers else 100_000
    good = True
    kinds = {"sqlite", "postgresql"} & {*sys.argv}
    for (kind, url), (_, other) in zip(each(*kinds), each(*kinds), strict=True):
        with city(url) as engine, city(other) as small:
            lines = [grown(engine, size) for size in SIZES if size <= most]
            grown(small, SIZES[0])
            ratio = compared(engine, small)
        found = {"database": kind, "sizes": lines, "ratio": ratio, "goal_ratio": GOAL}
        sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
        good &= ratio <= GOAL and not lines[-1]["reads_whole_table"]  # a table of a few pages is best read whole
    return int("--check" in sys.argv and not good)


def grown(engine: Engine, size: int) -> dict[str, object]:
    """One size: how long each list takes, and which plans read a table whole."""
    if size <= SEEDED:
        seed.seed(engine, int((size - _open(engine)) / TASKS_A_CASE), lambda _: None, chance=size)
        if size == SEEDED:
            grow.keep_base(engine.database)
    else:
        grow.copy(engine.database, range(size // SEEDED // 10, size // SEEDED))
    grow.settle(engine)
    asked = reads(engine)
    spent = {name: times(engine, *asked[name]) for name in asked}
    return {
        "open_tasks": _open(engine),
        "p50_ms": {name: round(calmest(found), 2) for name, found in spent.items()},
        "p95_ms": {name: round(sorted(found)[int(len(found) * 0.95)], 2) for name, found in spent.items()},
        "reads_whole_table": [line for read in asked.values() for line in whole(engine, *read)],
    }


def reads(engine: Engine) -> dict[str, Read]:
    """What is read, and who reads it: people of the departments with most to do, and an overseer of the whole city."""
    reviewer, window = busiest(engine, Task, Post.REVIEWER), busiest(engine, Case, Post.WINDOW)
    with engine.look(SYSTEM) as work:
        overseer = identity.actor_named(work, _held(work, Post.SUPERVISOR))
        number = str(work.session.scalar(select(Case.number).where(Case.window_id.in_(window.departments()))))
    return {
        FIRST: (reviewer, first_page),
        "last page": (reviewer, lambda work: tasks.inbox(work, Box.FREE, page=50)),
        "under supervision": (reviewer, lambda work: tasks.inbox(work, Box.WATCHED)),
        "done": (reviewer, lambda work: tasks.inbox(work, Box.DONE)),
        "inbox, a number": (reviewer, lambda work: tasks.inbox(work, Box.FREE, search=number)),
        "inbox, a common name": (reviewer, lambda work: tasks.inbox(work, Box.FREE, search="王")),
        "inbox, no such name": (reviewer, lambda work: tasks.inbox(work, Box.FREE, search="无此人")),
        "window": (window, cases.taken),
        "window, a number": (window, lambda work: cases.taken(work, search=number)),
        "window, no such name": (window, lambda work: cases.taken(work, search="无此人")),
        "cases of a department": (reviewer, cases.listing),
        "cases of the city": (overseer, cases.listing),
        "cases of the city, a number": (overseer, lambda work: cases.listing(work, search=number)),
        "cases of the city, no such name": (overseer, lambda work: cases.listing(work, search="无此人")),
        "due jobs": (SYSTEM, jobs.due),
        "due timers": (SYSTEM, cases.due_cases),
        "messages to deliver": (SYSTEM, messages.deliverable),
    }


def first_page(work: Work) -> None:
    """What the screen asks for."""
    tasks.inbox(work, Box.FREE)
    for other in (Box.MINE, Box.DONE, Box.WATCHED):
        tasks.count(work, other)


def times(engine: Engine, reader: Actor, read: Callable[[Work], object], most: int = 0) -> list[float]:
    """Milliseconds of each of `most` readings (READS); fewer readings of what takes long."""
    spent: list[float] = []
    while len(spent) < (most or READS) and sum(spent) < PATIENCE * 1000:
        begun = time.perf_counter()
        with engine.look(reader) as work:
            read(work)
        spent.append((time.perf_counter() - begun) * 1000)
    return spent


def compared(large: Engine, small: Engine) -> float:
    """How many times as long the first page takes: read by turns, so that both meet the same machine."""
    readers = [(engine, busiest(engine, Task, Post.REVIEWER)) for engine in (large, small)]
    spent: tuple[list[float], list[float]] = ([], [])
    for _ in range(READS):
        for found, (engine, reader) in zip(spent, readers, strict=True):
            found += times(engine, reader, first_page, 1)
    return round(statistics.median(spent[0]) / statistics.median(spent[1]), 2)


def calmest(spent: list[float]) -> float:
    """The median of the round least disturbed: other programs of the machine only ever make a reading slower."""
    return min(statistics.median(spent[n : n + ROUND]) for n in range(0, len(spent), ROUND))


def busiest(engine: Engine, of: type[Task] | type[Case], post: Post) -> Actor:
    """Somebody with this post in the department with most open tasks, or that took most cases."""
    with engine.look(SYSTEM) as work:
        column = Task.department_id if of is Task else Case.window_id
        posted = column.in_(select(Holding.department_id).where(Holding.post == post))
        wanted = select(column).where(posted, *([Task.state == "open"] if of is Task else []))
        office = work.session.scalar(wanted.group_by(column).order_by(func.count().desc()).limit(1))
        return identity.actor_named(work, _held(work, post, str(office)))


def whole(engine: Engine, reader: Actor, read: Callable[[Work], object]) -> list[str]:
    """Steps of the plans of everything a reading asks that read a growing table whole."""
    asked: list[tuple[str, object]] = []

    def hear(_connection: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        asked.append((statement, parameters))

    event.listen(engine.database, "before_cursor_execute", hear)
    with engine.look(reader) as work:
        read(work)
    event.remove(engine.database, "before_cursor_execute", hear)
    explain = "EXPLAIN" if engine.database.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"
    said: list[str] = []
    with engine.database.connect() as connection:
        for statement, parameters in asked:
            if statement.startswith("SELECT"):
                rows = connection.exec_driver_sql(f"{explain} {statement}", parameters)
                said += [" ".join(map(str, row)) for row in rows]
        connection.rollback()
    return [line for line in said if WHOLE.search(line)]


def _held(work: Work, post: Post, office: str = "") -> str:
    held = select(User.login).join(Holding, Holding.user_id == User.id).where(Holding.post == post)
    return str(
        work.session.scalar(held.where(Holding.department_id == office) if office else held.order_by(User.login))
    )


def _open(engine: Engine) -> int:
    with engine.look(SYSTEM) as work:
        return work.session.scalar(select(func.count()).where(Task.state == "open")) or 0


if __name__ == "__main__":
    sys.exit(main())

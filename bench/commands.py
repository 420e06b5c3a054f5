"""Durable commands: `python bench/commands.py` prints one JSON line for each kind of database.

A command is a reviewer's decision: one transaction, synced to disk before anybody is told. It is compared with the bare
minimum the same database can do in the same run: a transaction that changes one row. Between the two, for who asks
where the rest goes: the very statements of decisions with their values, sent by the driver in a transaction opened as
the bare one is, without anything of ours or of SQLAlchemy between them (`statements_per_s`). Four threads do each.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import uuid4

from databases import city, each
from sqlalchemy import event, func, select, text

from engine import catalog, identity, releases, seed, tasks
from engine.app import Engine
from engine.store import Case, Holding, Task, User
from engine.words import Post
from engine.work import SYSTEM, Actor

THREADS, CASES, COMMANDS, SENT = 4, 4_000, 600, 300
COUNTED, ACCEPTED, WARM = 50, 60, 10  # the first ones warm up and are not shown
PACK = "family"
GOAL, STATEMENTS = 0.5, 8

Sent = list[tuple[str, Any, bool]]  # statements with their values; whether these are many rows


class Refused(Exception):
    """The end of a transaction that is only looked at."""


def main() -> int:
    """Measure and print; with --check status 1 when a goal is missed."""
    good = True
    for kind, url in each():
        with city(url, PACK) as engine:
            found = {"database": kind, **measured(engine)}
        sys.stdout.write(json.dumps(found) + "\n")
        good &= found["ratio"] >= GOAL and found["statements_median"] <= STATEMENTS
    return int("--check" in sys.argv and not good)


def measured(engine: Engine) -> dict[str, float]:
    """All figures of one database."""
    seed.seed(engine, CASES, lambda _: None)
    with engine.database.begin() as connection:
        connection.execute(text("CREATE TABLE bare (id INTEGER PRIMARY KEY, value INTEGER)"))
        connection.execute(text("INSERT INTO bare VALUES (1, 0), (2, 0), (3, 0), (4, 0)"))
    work = waiting(engine)
    statements = counted(engine, work[:COUNTED])
    sent = list(islice(repeatable(engine, work[COUNTED + COMMANDS :]), SENT))
    bare = rate([lambda n=n: one_row(engine, n % THREADS + 1) for n in range(COMMANDS)])
    decided = work[COUNTED:][:COMMANDS]
    commands = rate([lambda each=each: decide(engine, *each) for each in decided])
    again = rate([lambda n=n: one_row(engine, n % THREADS + 1) for n in range(COMMANDS)])
    replayed = rate([lambda each=each: replay(engine, each) for each in sent])
    accepted = accepting(engine)
    return {
        "bare_commits_per_s": round((bare + again) / 2, 1),
        "commands_per_s": round(commands, 1),
        "ratio": round(commands / ((bare + again) / 2), 2),
        "goal_ratio": GOAL,
        "statements_per_s": round(replayed, 1),
        "ratio_of_statements": round(replayed / ((bare + again) / 2), 2),
        "statements_median": statistics.median(statements),
        "statements_most": max(statements),
        "goal_statements": STATEMENTS,
        "accept_ms_p50": round(statistics.median(accepted), 1),
        "accept_ms_p95": round(sorted(accepted)[int(len(accepted) * 0.95)], 1),
        "bytes_per_case": size(engine),
    }


def rate(acts: list[Callable[[], None]]) -> float:
    """How many of these are done in a second by four threads, each taking the next one."""
    with ThreadPoolExecutor(THREADS) as pool:
        begun = time.perf_counter()
        for done in [pool.submit(act) for act in acts]:
            done.result()  # what failed is no command done
        return len(acts) / (time.perf_counter() - begun)


def one_row(engine: Engine, row: int) -> None:
    """The bare minimum: one row changed in a transaction of its own."""
    with engine.database.begin() as connection:
        connection.execute(text("UPDATE bare SET value = value + 1 WHERE id = :row"), {"row": row})


def decide(engine: Engine, actor: Actor, task: str, answers: Mapping[str, Any]) -> None:
    """A reviewer answers what the scenario says."""
    with engine.begin(actor) as work:
        tasks.complete(work, task, answers, key=uuid4().hex)


def recorded(engine: Engine, decision: tuple[Actor, str, Mapping[str, Any]]) -> Sent:
    """What a decision sends: statements with their values, and whether these are many rows. Nothing of it is kept."""
    said: Sent = []

    def hear(_connection: object, _cursor: object, statement: str, values: Any, _context: object, many: bool) -> None:
        said.append((statement, values, many))

    def refuse(_connection: object) -> None:
        raise Refused

    event.listen(engine.database, "before_cursor_execute", hear)
    event.listen(engine.database, "commit", refuse)
    with suppress(Refused):
        decide(engine, *decision)
    event.remove(engine.database, "commit", refuse)
    event.remove(engine.database, "before_cursor_execute", hear)
    return [one for one in said if not one[0].startswith("BEGIN")]


def repeatable(engine: Engine, decisions: Iterable[tuple[Actor, str, Mapping[str, Any]]]) -> Iterator[Sent]:
    """What decisions send, of those that hand out no notice: its number would be taken again."""
    found = (recorded(engine, each) for each in decisions)
    return (said for said in found if not any("INTO notice" in statement for statement, *_ in said))


def replay(engine: Engine, said: Sent) -> None:
    """The same statements in a transaction of their own, and everything they find fetched."""
    with engine.database.begin() as connection:
        cursor = connection.connection.cursor()
        for statement, values, many in said:
            (cursor.executemany if many else cursor.execute)(statement, values)
            if cursor.description:
                cursor.fetchall()
        cursor.close()


def waiting(engine: Engine) -> list[tuple[Actor, str, Mapping[str, Any]]]:
    """Reviews that wait, each of another case of one pack, with somebody who may decide them."""
    with engine.look(SYSTEM) as work:
        mine = select(Case.id).where(Case.pack == PACK)
        wanted = select(func.min(Task.id)).where(Task.state == "open", Task.stage == "review", Task.case_id.in_(mine))
        wanted = wanted.group_by(Task.case_id)
        found = work.session.execute(select(Task.id, Task.department_id, Task.node).where(Task.id.in_(wanted))).all()
        held = select(Holding.department_id, func.min(User.login)).join(User, User.id == Holding.user_id)
        reviewers = held.where(Holding.post == Post.REVIEWER).group_by(Holding.department_id)
        logins = dict(work.session.execute(reviewers).all())
        actors = {office: identity.actor_named(work, login) for office, login in logins.items()}
        stories = catalog.scenarios(releases.current(work, PACK).pack)
    typed = {step.name: step.values for story in reversed(stories) for step in story.steps if step.kind == "task"}
    return [(actors[office], task, typed[node]) for task, office, node in found if office in actors and node in typed]


def counted(engine: Engine, work: list[tuple[Actor, str, Mapping[str, Any]]]) -> list[int]:
    """How many statements each of these decisions takes, without the beginning and the end of its transaction."""
    said: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    event.listen(engine.database, "before_cursor_execute", hear)
    found = []
    for each_ in work:
        said.clear()
        decide(engine, *each_)
        found.append(sum(not statement.startswith("BEGIN") for statement in said))
    event.remove(engine.database, "before_cursor_execute", hear)
    return found[WARM:]


def accepting(engine: Engine) -> list[float]:
    """Milliseconds of accepting a case, from complete answers to the commit."""
    with engine.look(SYSTEM) as work:
        release = releases.current(work, PACK)
    story = catalog.scenarios(release.pack)[0]
    spent = []
    for _ in range(ACCEPTED):
        begun = time.perf_counter()
        with engine.begin(SYSTEM) as work:
            seed.accepted(work, release, story, "330802006")
        spent.append((time.perf_counter() - begun) * 1000)
    return spent[WARM:]


def size(engine: Engine) -> int:
    """Bytes of the database for each case."""
    with engine.look(SYSTEM) as work:
        cases = work.session.scalar(select(func.count()).select_from(Case)) or 1
        if engine.database.dialect.name == "postgresql":
            whole = work.session.scalar(text("SELECT pg_database_size(current_database())"))
        else:
            whole = Path(str(engine.database.url.database)).stat().st_size
    return int(whole) // cases


if __name__ == "__main__":
    sys.exit(main())

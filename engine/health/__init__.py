"""Is this installation able to work, and how much waits in it: for load balancers, monitors and administrators."""

import shutil
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select, text

from engine import store
from engine.app import Engine
from engine.errors import EngineError
from engine.store import Case, Task, Timer
from engine.words import CaseState, TaskState
from engine.work import SYSTEM, Work

LEAST_FREE = 200_000_000  # bytes on the disk of an embedded database: below, the next upload may be the last


@dataclass(frozen=True)
class Check:
    """One thing that has to hold, and what is wrong if it does not: a word for machines, no data."""

    name: str
    wrong: str = ""


@dataclass(frozen=True)
class Waiting:
    """What waits: cases by state, open tasks, timers that are due, and by how long the oldest of them is late."""

    cases: dict[str, int]
    tasks: int
    timers: int
    late: timedelta


def checks(engine: Engine) -> tuple[Check, ...]:
    """Whether work can be taken. Never raises: a database that is away is an answer."""
    return (_database(engine), _schema(engine), _disk(engine))


def waiting(work: Work) -> Waiting:
    """How much waits now."""
    states = dict(work.session.execute(select(Case.state, func.count()).group_by(Case.state)).all())
    due = work.session.execute(select(func.count(), func.min(Timer.due)).where(Timer.due <= work.now)).one()
    return Waiting(
        cases={str(state): 0 for state in CaseState} | states,
        tasks=work.session.scalar(select(func.count()).where(Task.state == TaskState.OPEN)) or 0,
        timers=due[0],
        late=work.now - due[1] if due[1] else timedelta(0),
    )


def _database(engine: Engine) -> Check:
    try:
        with engine.look(SYSTEM) as work:
            work.session.execute(text("SELECT 1"))
    except (EngineError, store.Trouble):
        return Check("database", "no answer")
    return Check("database")


def _schema(engine: Engine) -> Check:
    try:
        with engine.database.connect() as connection:
            there = store.revision(connection)
    except store.Trouble:
        return Check("schema", "unknown")
    return Check("schema", "" if there == store.newest() else f"{there}, not {store.newest()}")


def _disk(engine: Engine) -> Check:
    """PostgreSQL's disk is watched where it runs."""
    file = engine.database.url.database
    if engine.database.dialect.name != "sqlite" or not file:
        return Check("disk")
    return Check("disk", "" if shutil.disk_usage(file).free > LEAST_FREE else "nearly full")

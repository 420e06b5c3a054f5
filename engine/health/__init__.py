"""Is this installation able to work, and how much waits in it: for load balancers, monitors and administrators."""

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, text

from engine import messages, store
from engine.app import Engine
from engine.errors import EngineError
from engine.jobs import CLAIMABLE
from engine.store import Case, Job, Task, Timer
from engine.words import CaseState, JobState, TaskState
from engine.work import SYSTEM, Work

LEAST_FREE = 200_000_000  # bytes on the disk of an embedded database: below, the next upload may be the last

OPEN = (*CLAIMABLE, JobState.FAILED)  # what is over grows for ever, and counting it would too


@dataclass(frozen=True)
class Check:
    """One thing that has to hold, and what is wrong if it does not: a word for machines, no data."""

    name: str
    wrong: str = ""


@dataclass(frozen=True)
class Waiting:
    """What waits: cases and open jobs by state, tasks, kept messages, due timers.

    `late` and `jobs_late` say since when no worker came for the oldest, whichever process or machine it runs in.
    """

    cases: dict[str, int]
    tasks: int
    timers: int
    late: timedelta
    jobs: dict[str, int]
    jobs_late: timedelta
    messages: int


def checks(engine: Engine) -> tuple[Check, ...]:
    """Whether work can be taken. Never raises: a database that is away is an answer."""
    return (_database(engine), _schema(engine), _disk(engine))


def waiting(work: Work) -> Waiting:
    """How much waits now."""
    states = dict(work.session.execute(select(Case.state, func.count()).group_by(Case.state)).all())
    due = work.session.execute(select(func.count(), func.min(Timer.due)).where(Timer.due <= work.now)).one()
    jobs = work.session.execute(select(Job.state, func.count()).where(Job.state.in_(OPEN)).group_by(Job.state)).all()
    first = work.session.scalar(select(func.min(Job.due)).where(Job.state.in_(CLAIMABLE), Job.due <= work.now))
    return Waiting(
        cases={str(state): 0 for state in CaseState} | states,
        tasks=work.session.scalar(select(func.count()).where(Task.state == TaskState.OPEN)) or 0,
        timers=due[0],
        late=_since(work, due[1]),
        jobs={str(state): 0 for state in OPEN} | dict(jobs),
        jobs_late=_since(work, first),
        messages=messages.kept(work),
    )


def _since(work: Work, due: datetime | None) -> timedelta:
    return work.now - due if due else timedelta(0)


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

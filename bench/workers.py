"""Jobs and timers: `python bench/workers.py [CASES]` prints one JSON line for each kind of database.

CASES cases (1200) each wait for one job, which a worker finds answered at once: what is measured is the claim, the step
and the two commits. On PostgreSQL one process is compared with four; the goal is 0.8 of the cores there are. One
process and its database use more than one core, so two cores are full before four processes are: what four of them take
of the processors for a job, beside what one takes, says what more cores would give. Then as many cases as fit wait for
a timer, and how late it rings is measured; a worker looks once a second.
"""

import json
import multiprocessing
import os
import statistics
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import spent
from databases import city, each
from sqlalchemy import func, select

from engine import catalog, releases, seed, store, worker
from engine.app import Engine
from engine.catalog.scenario import Scenario
from engine.jobs import Answer, Errand
from engine.store import Case, Entry, Job
from engine.words import EntryKind, JobState
from engine.work import SYSTEM
from engine.worker import Done
from tests import asking

CASES, TIMED, WAIT = 1_200, 60, timedelta(seconds=5)
PROCESSES, AREA = 4, "330802006"
GOAL_SCALE, GOAL_LATE = 0.8, 2.0
PATIENCE = 600  # seconds until the last job has to be done
TIMER = f"""<bpmn:intermediateCatchEvent id="later" name="等待"><bpmn:timerEventDefinition>
<bpmn:timeDuration xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="bpmn:tFormalExpression"
>PT{WAIT.seconds}S</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>"""


def main() -> int:
    """Measure and print; with --check status 1 when a goal is missed."""
    numbers = [int(word) for word in sys.argv[1:] if word.isdecimal()]
    many, good = numbers[0] if numbers else CASES, True
    for kind, url in each():
        with city(url) as engine:
            found = {"database": kind, "cores": cores(), **measured(engine, url, many)}
        sys.stdout.write(json.dumps(found) + "\n")
        good &= found["timer_late_s_p95"] <= GOAL_LATE and found.get("scale", GOAL_SCALE) >= GOAL_SCALE
    return int("--check" in sys.argv and not good)


def measured(engine: Engine, url: str, many: int) -> dict[str, float]:
    """All figures of one database; more processes only where they are allowed."""
    accept(engine, asking.first(asking.ask()), many)
    alone, used = jobs_a_second(engine, url, many, 1)
    found = {
        "jobs_per_s": round(alone, 1),
        "cores_used": round(used * alone, 2),
        "cpu_ms": round(used * 1000, 1),
    }
    if engine.database.dialect.name == "postgresql":
        accept(engine, asking.first(asking.ask()), many)
        together, used_together = jobs_a_second(engine, url, many, PROCESSES)
        found[f"jobs_per_s_{PROCESSES}_processes"] = round(together, 1)
        found[f"cores_used_{PROCESSES}_processes"] = round(used_together * together, 2)
        found["scale"] = round(together / alone / min(PROCESSES, cores()), 2)
        found["scale_of_cpu"] = round(used / used_together, 2)
        found["goal_scale"] = GOAL_SCALE
    late = lateness(engine, url)
    return {
        **found,
        "timer_late_s_p50": round(statistics.median(late), 2),
        "timer_late_s_p95": round(late[int(len(late) * 0.95)], 2),
        "goal_late_s": GOAL_LATE,
    }


def accept(engine: Engine, files: dict[str, str], many: int) -> None:
    """Cases of this pack, accepted as a window does."""
    name = asking.publish(engine, files)
    story = next(one for one in stories(engine) if one.answers)
    with engine.look(SYSTEM) as work:
        release = releases.numbered(work, name)
    for _ in range(many):
        with engine.begin(SYSTEM) as work:
            seed.accepted(work, release, story, AREA)


def stories(engine: Engine) -> list[Scenario]:
    """The scenarios of the family pack as it comes, whose answers every edited pack takes too."""
    with engine.look(SYSTEM) as work:
        packs = [releases.load(work, hash_) for hash_ in work.session.scalars(select(store.Release.hash))]
    return [story for pack in packs if pack.code == "family" for story in catalog.scenarios(pack)]


def jobs_a_second(engine: Engine, url: str, many: int, processes: int) -> tuple[float, float]:
    """How many waiting jobs are done in a second, from when all workers are ready to the last; CPU seconds of one."""
    with Workers(url, processes):
        begun, used = time.perf_counter(), spent.seconds()
        wait(lambda: waiting(engine) == 0)
        return many / (time.perf_counter() - begun), (spent.seconds() - used) / many


def waiting(engine: Engine) -> int:
    """Jobs that are not done."""
    with engine.look(SYSTEM) as work:
        return work.session.scalar(select(func.count()).where(Job.state != JobState.DONE)) or 0


def lateness(engine: Engine, url: str) -> list[float]:
    """Seconds between the moment a timer was due and the moment its case moved, in order."""
    fired = select(Entry.at, Case.accepted_at).join(Case, Case.id == Entry.case_id)
    fired = fired.where(Entry.kind == EntryKind.TIMER_FIRED)

    def rung() -> list[float]:
        with engine.look(SYSTEM) as work:
            return sorted((at - since - WAIT).total_seconds() for at, since in work.session.execute(fired))

    with Workers(url, 1):
        accept(engine, asking.first(TIMER, "later"), TIMED)
        wait(lambda: len(rung()) == TIMED)
    return rung()


def wait(true: Callable[[], bool]) -> None:
    """Look again and again, not so often that looking is work."""
    give_up = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > give_up:
            raise TimeoutError("the workers did not finish")
        time.sleep(0.05)


class Workers:
    """Worker processes, begun together once all of them are ready."""

    def __init__(self, url: str, processes: int) -> None:
        spawn = multiprocessing.get_context("spawn")
        self.stop, self.start = spawn.Event(), spawn.Barrier(processes + 1)
        self.all = [spawn.Process(target=work_on, args=(url, self.start, self.stop)) for _ in range(processes)]

    def __enter__(self) -> None:
        for process in self.all:
            process.start()
        self.start.wait(60)

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        for process in self.all:
            process.join(60)


def work_on(url: str, start: "threading.Barrier", stop: threading.Event) -> None:
    """One worker process with its usual threads, until it is told to stop."""
    engine = Engine(store.connect(url), lambda: datetime.now(UTC))
    with engine.look(SYSTEM) as work:
        for hash_ in work.session.scalars(select(store.Release.hash)):
            releases.load(work, hash_)  # reading the packs is not what is measured
    start.wait(60)
    worker.run(engine, stop, answered)
    engine.database.dispose()


def answered(_errand: Errand) -> Done:
    """A department that knows everybody, and says so at once."""
    return Done(Answer({"result": "ok"}))


def cores() -> int:
    """Processors this process may use."""
    return len(os.sched_getaffinity(0))


if __name__ == "__main__":
    sys.exit(main())

"""Workers are killed with -9 while they ask other departments: no job is lost, and none counts twice."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from redis import Redis
from sqlalchemy import update

from engine import demo, sandbox, store
from engine.app import Engine
from engine.work import SYSTEM
from tests import asking, redis, story
from tests.server import free_port

CASES = 24
KILLS = 3  # at least, while jobs run
PATIENCE = 60  # seconds until the last job has to be done
CELERY = ("celery", "-A", "engine.celery_app", "worker", "-c", "2", "-l", "error", "--without-gossip")


@dataclass(frozen=True)
class Site:
    """An installation, and the environment its processes run in."""

    engine: Engine
    environment: dict[str, str]
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)


@pytest.fixture
def peer():
    """A sandbox that takes its time, so that kills meet running jobs."""
    with sandbox.Sandbox() as running:
        running.faults = {asking.TYPE: {"fault": "slow", "seconds": 0.15}}
        yield running


@pytest.fixture
def office(database_url, tmp_path, peer):
    """A real installation with cases that ask the sandbox."""
    engine = Engine(store.connect(database_url), lambda: datetime.now(UTC), "test")
    with engine.begin(SYSTEM) as work:
        demo.load(work)
    asking.publish(engine, asking.first(asking.ask(retries="99")))
    clerk = story.person(engine, "wangfang")
    for _ in range(CASES):
        story.accepted(engine, clerk)
    exchange = tmp_path / "exchange.toml"
    exchange.write_text(f'[connectors."{asking.TYPE}"]\nurl = "{peer.address}/{asking.TYPE}"\n', "utf-8")
    settings = {
        "LIANBAN_DATA": tmp_path,
        "LIANBAN_DATABASE": database_url,
        "LIANBAN_EXCHANGE": exchange,
        "LIANBAN_PORT": free_port(),
    }
    site = Site(engine, os.environ | {name: str(value) for name, value in settings.items()})
    yield site
    for process in site.processes:
        if process.poll() is None:
            kill(process)
    engine.database.dispose()


def begun(site, *command):
    """A process of the installation, in a group of its own."""
    program = Path(sys.executable).with_name(command[0])
    quiet = subprocess.DEVNULL
    environment = site.environment
    process = subprocess.Popen(
        [program, *command[1:]], env=environment, start_new_session=True, stdout=quiet, stderr=quiet
    )
    site.processes.append(process)
    return process


def kill(process):
    """As by a power cut: no handler runs."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def let_claims_lapse(site):
    """As if the lease had passed: what was claimed by the dead may be claimed again."""
    with site.engine.begin(SYSTEM) as work:
        work.session.execute(update(store.Job).where(store.Job.state == "running").values(due=work.now))


def unfinished(site):
    """How many jobs are not done."""
    return sum(state != "done" for state in asking.states(site.engine))


def check(site, peer):
    """Each job is done and in the ledger once, every case has gone on, and every try had its job's own key."""
    with site.engine.look(SYSTEM) as work:
        done = Counter(e.facts["job"] for e in work.session.query(store.Entry).filter_by(kind="job:done"))
        checks = [case.facts["marriage"]["check"]["kind"] for case in work.session.query(store.Case)]
        waiting = work.session.query(store.Task).filter_by(node="review_marriage", state="open").count()
    rows = asking.job_rows(site.engine)
    assert {row["state"] for row in rows} == {"done"}
    assert done == {row["id"]: 1 for row in rows}
    assert (checks, waiting) == (["ok"] * CASES, CASES)
    assert {asked["key"] for asked in peer.asked} == {row["id"] for row in rows}


COMMANDS = [
    pytest.param("sqlite", ("lianban", "serve"), id="web on SQLite"),
    pytest.param("postgresql", ("lianban", "work", "--threads", "2"), id="worker on PostgreSQL"),
]


@pytest.mark.parametrize(("database_url", "command"), COMMANDS, indirect=["database_url"])
def test_killed_processes_lose_and_double_nothing(office, peer, command):
    """The web process, or a worker alone, is killed again and again until the next one finds nothing left."""
    chance, kills = random.Random(5), 0
    end = time.monotonic() + PATIENCE
    while unfinished(office) and time.monotonic() < end:
        process = begun(office, *command)
        before = unfinished(office)
        while unfinished(office) == before and time.monotonic() < end:
            time.sleep(0.05)
        time.sleep(chance.uniform(0, 0.4))
        kills += bool(unfinished(office))
        kill(process)
        let_claims_lapse(office)
    assert kills >= KILLS, "the jobs were over before anything was disturbed"
    check(office, peer)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_celery_loses_nothing_with_its_broker(office, peer, tmp_path):
    """Celery and the bell are killed and the broker forgets everything: what is due is rung for again until done."""
    try:
        with redis.running(tmp_path) as broker:
            office.environment["LIANBAN_BROKER"] = broker
            _ring_and_kill(office, broker)
    except redis.Missing as missing:
        pytest.skip(str(missing))
    check(office, peer)


def _ring_and_kill(office, broker):
    """Two rounds end with a broker that lost all it held, while jobs run; the third is left alone."""
    chance, end = random.Random(7), time.monotonic() + PATIENCE * 2
    for disturbed in (True, True, False):
        before = unfinished(office)
        together = [begun(office, *CELERY), begun(office, "lianban", "ring")]
        while time.monotonic() < end and unfinished(office) > (before - 1 if disturbed else 0):
            time.sleep(0.05)
        time.sleep(chance.uniform(0, 0.4))
        assert unfinished(office) or not disturbed, "the jobs were over before anything was disturbed"
        for process in together:
            kill(process)
        let_claims_lapse(office)
        with Redis.from_url(broker) as client:
            client.flushall()

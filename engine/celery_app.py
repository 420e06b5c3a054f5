"""Celery as the distributed engine: `celery -A engine.celery_app worker` on any number of machines.

The message is a job's id and nothing else. Whoever hears it claims the row; a message that comes twice finds the claim
taken, one that is lost is rung again (`lianban ring`), so the broker may lose everything.
"""

import os
import socket
from functools import cache

from celery import Celery
from celery.signals import setup_logging

from engine import jobs, logs
from engine.app import Engine
from engine.cli.machines import installation
from engine.settings import Settings
from engine.work import SYSTEM
from engine.worker import Desk, perform, survive

app = Celery("lianban", broker=os.environ.get("LIANBAN_BROKER", "redis://127.0.0.1:6379/0"))
app.conf.update(
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_ignore_result=True,
    worker_prefetch_multiplier=1,
    broker_connection_retry_on_startup=True,
    broker_transport_options={"visibility_timeout": 600, "socket_connect_timeout": 5, "socket_timeout": 30},
    accept_content=["json"],
)


@app.task(name="lianban.job")  # type: ignore[untyped-decorator]
def do(job_id: str) -> None:
    """Claim this job and do it, unless somebody else has it or it is over. Never raises: Celery would log the text."""
    survive(lambda: _do(job_id), f"job {job_id} not finished now; it is rung for again")


def ring(job_id: str) -> None:
    """Name a due job to whoever listens; gives up at once when the broker is away: it is rung again."""
    app.send_task("lianban.job", [job_id], retry=False)


@setup_logging.connect  # type: ignore[untyped-decorator]  # with a listener Celery leaves the log to us
def _log(**_told: object) -> None:
    logs.configure(Settings.from_environment().log)


def _do(job_id: str) -> int:
    engine, desk = _opened()
    with engine.begin(SYSTEM) as work:
        errands = jobs.claim(work, f"{socket.gethostname()[:60]}:{os.getpid()}", only=[job_id])
    return sum(perform(engine, errand, desk) for errand in errands)


@cache
def _opened() -> tuple[Engine, Desk]:
    # Opened by the first job of each process: connections must not cross the fork that made it.
    return installation()

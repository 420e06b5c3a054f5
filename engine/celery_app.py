"""Celery as the distributed engine: `celery -A engine.celery_app worker` on any number of machines.

The message is a job's id and nothing else. Whoever hears it claims the row; a message that comes twice finds the claim
taken, one that is lost is rung again (`lianban ring`), so the broker may lose everything.
"""

import os
import socket
from functools import cache

from celery import Celery

from engine import jobs
from engine.app import Engine
from engine.cli.machines import installation
from engine.work import SYSTEM
from engine.worker import Desk, perform

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
    """Claim this job and do it, unless somebody else has it or it is over."""
    engine, desk = _opened()
    with engine.begin(SYSTEM) as work:
        errands = jobs.claim(work, f"{socket.gethostname()[:60]}:{os.getpid()}", only=[job_id])
    for errand in errands:
        perform(engine, errand, desk)


def ring(job_id: str) -> None:
    """Name a due job to whoever listens; gives up at once when the broker is away: it is rung again."""
    app.send_task("lianban.job", [job_id], retry=False)


@cache
def _opened() -> tuple[Engine, Desk]:
    # Opened by the first job of each process: connections must not cross the fork that made it.
    return installation()

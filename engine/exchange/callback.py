"""The other department calls back with its answer. It may come twice, late, or before our own request has returned."""

from collections.abc import Mapping
from typing import Any

from engine import jobs
from engine.errors import NotFound
from engine.exchange.ask import Asked, understood
from engine.exchange.calls import record
from engine.exchange.clients import Client
from engine.work import Work


def call_back(work: Work, client: Client, job_id: str, body: Mapping[str, Any]) -> bool:
    """Take the answer to a job's question; False if it came too late to count. `NotFound` if it is not theirs."""
    errand = jobs.asked(work, job_id)
    if errand is None or errand.type not in client.may:
        raise NotFound
    reply, outcome, detail = understood(errand, body)
    counted = jobs.finish(work, job_id, None, reply)
    if counted:
        record(work, Asked(errand, reply, work.now, 0, outcome, f"callback {detail}".strip()))
    return counted

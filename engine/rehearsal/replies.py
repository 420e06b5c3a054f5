"""What other departments answer in a scenario: `[replies]` names the node, and the kind, or the whole answer.

[replies]
check_groom = "ok"
check_bride = ["unavailable", { kind = "ok", data = { marital_status = "single" } }]    # one answer a visit
"""

from collections.abc import Iterator, Mapping
from typing import Any

from engine import exchange
from engine.jobs import Answer, Errand, Failure
from engine.rehearsal.player import Player
from engine.runtime import Advance, Job
from engine.words import JobKind


class Silent(Exception):
    """A step asks another department, and the scenario does not say what it answers."""


def answered(player: Player, replies: Mapping[str, Any], visits: dict[str, int]) -> Iterator[Advance]:
    """Answer what is asked and has a reply, until nothing is; `visits` counts the answers by node.

    `Silent` when a reply is none. What has no reply waits for a step of its own.
    """
    while player.ended is None:
        job = next((job for job in player.jobs.values() if job.node in replies), None)
        if job is None:
            return
        visits[job.node] = visits.get(job.node, 0) + 1
        yield player.answer(job.id, result_of(job, replies[job.node], visits[job.node]))


def result_of(job: Job | Errand, said: Any, visit: int) -> Mapping[str, Any]:
    """What a reply means to the case, at this visit. `Silent` when it is none."""
    said = said[min(visit, len(said)) - 1] if isinstance(said, list) and said else said
    body = {"kind": said} if isinstance(said, str) else said
    if not isinstance(body, dict):
        raise Silent(f"[replies] does not say what {job.node} is answered")
    asked = {name: getattr(job, name) for name in ("id", "type", "node", "headers", "inputs")}
    reply, kind, _ = exchange.understood(Errand(**asked, attempt=1, kind=JobKind.SERVICE, case_id="", number=""), body)
    if isinstance(reply, Answer):
        return reply.result
    if isinstance(reply, Failure) and reply.last is not None:
        return reply.last
    raise Silent(f"{job.node} would be an incident: {kind}")

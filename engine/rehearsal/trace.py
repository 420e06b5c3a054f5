"""`lianban trace`: a drawing played in memory, one line per thing that happens."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from engine.rehearsal.clock import later
from engine.rehearsal.player import Player
from engine.runtime import Advance, Job, Model, Opened

Line = dict[str, Any]
STEPS = 10_000  # tasks completed and jobs answered in one trace


def trace(
    model: Model, facts: Mapping[str, Any], answers: Mapping[str, Any], *, start: datetime, advance: str | None = None
) -> Iterator[Line]:
    """Play `model` from `start`; yields dicts with `at` and `event`.

    `answers` maps a node id to the answers of its task (or the result of its job): one object for every visit, or a
    list with one object a visit. A task without answers stays open. `advance` (ISO 8601) lets that much time pass at
    the end, after which tasks opened by timers are answered as well. Events: `passed`, `task`, `taken-away`, `job`,
    `timer`, `item-ended`, `warning`, `incident`, `ended`, and a last `waiting` when the process has not ended.
    """
    player = Player(model, start, dict(facts))
    visits: dict[str, int] = {}
    yield from _lines(player, player.start())
    yield from _answered(player, answers, visits)
    if advance and player.ended is None:
        for step in player.until(later(start, advance)):
            yield from _lines(player, step)
            yield from _answered(player, answers, visits)
    if player.ended is None:
        yield _line(
            player,
            "waiting",
            tasks=[t.node for t in player.tasks.values()],
            jobs=[j.node for j in player.jobs.values()],
            timers=[{"node": t.node, "due": t.due.isoformat()} for t in player.timers],
            facts=player.facts,
        )


def _answered(player: Player, answers: Mapping[str, Any], visits: dict[str, int]) -> Iterator[Line]:
    """Answer whatever has answers, oldest first, until nothing more happens."""
    for _ in range(STEPS):
        found = _next(player, answers, visits)
        if player.ended is not None or found is None:
            return
        identity, node, given = found
        visits[node] = visits.get(node, 0) + 1
        step = player.finish(identity, given) if identity in player.tasks else player.answer(identity, given)
        yield from _lines(player, step)
        if step.incident:
            return
    yield _line(player, "stopped", en=f"more than {STEPS} answers", zh=f"超过 {STEPS} 次答复")


def _next(
    player: Player, answers: Mapping[str, Any], visits: Mapping[str, int]
) -> tuple[str, str, dict[str, Any]] | None:
    open_now: list[Opened | Job] = [*player.tasks.values(), *player.jobs.values()]
    for waiting in open_now:
        given = answers.get(waiting.node)
        if isinstance(given, list):
            seen = visits.get(waiting.node, 0)
            given = given[seen] if seen < len(given) else None
        if given is not None:
            return waiting.id, waiting.node, given
    return None


def _lines(player: Player, advance: Advance) -> Iterator[Line]:
    for warning in advance.warnings:
        yield _line(player, "warning", zh=str(warning.zh), en=str(warning.en))
    if advance.incident:
        stop = advance.incident
        yield _line(player, "incident", node=stop.node, zh=stop.zh, en=stop.en)
        return
    for event, what in _happened(advance):
        yield _line(player, event, **what)


def _happened(advance: Advance) -> Iterator[tuple[str, Line]]:
    yield from (("passed", {"node": p.node, "name": p.name, "kind": p.kind}) for p in advance.passed)
    yield from (("item-ended", {"item": i.item, "outcome": i.outcome, "node": i.node}) for i in advance.outcomes)
    yield from (("taken-away", {"id": gone}) for gone in advance.closed)
    yield from (
        ("task", {"node": t.node, "name": t.name, "lane": t.lane, "form": t.form, "item": t.item})
        for t in advance.opened
    )
    yield from (("job", {"node": j.node, "type": j.type, "inputs": j.inputs}) for j in advance.jobs)
    yield from (("timer", {"node": t.node, "due": t.due.isoformat()}) for t in advance.timers)
    if advance.ended:
        yield "ended", {"node": advance.ended.node, "name": advance.ended.name, "facts": advance.facts}


def _line(player: Player, event: str, **what: Any) -> Line:
    return {"at": player.now.isoformat(), "event": event, **what}

"""`lianban trace`: a drawing played in memory, one line per thing that happens."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from engine.rehearsal.clock import later
from engine.rehearsal.player import Player
from engine.runtime import Advance, Awaited, Job, Listening, Model, Opened

Line = dict[str, Any]
Give = Callable[[Player, Line], Advance]
STEPS = 10_000  # tasks completed and jobs answered in one trace


def trace(
    model: Model,
    facts: Mapping[str, Any],
    answers: Mapping[str, Any],
    *,
    start: datetime,
    advance: str | None = None,
    begin: str | None = None,
) -> Iterator[Line]:
    """Play `model` from `start`, at the start event `begin` if it is named; yields dicts with `at` and `event`.

    `answers` maps a node id to the answers of its task (or the result of its job): one object for every visit, or a
    list with one object a visit. A task without answers stays open. An event that waits for a message or signal has it
    with its answers as the payload, once, or as often as its list is long; events come before tasks. `advance` (ISO
    8601) lets that much time pass at the end, after which tasks opened by timers are answered as well. Events:
    `passed`, `task`, `taken-away`, `job`, `timer`, `message`, `signal`, `item-ended`, `warning`, `incident`, `ended`,
    and a last `waiting` when the process has not ended.
    """
    player = Player(model, start, dict(facts))
    visits: dict[str, int] = {}
    yield from _lines(player, player.start(begin))
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
            messages=[{"node": m.node, "name": m.name, "key": m.key} for m in player.waiting],
            signals=[{"node": s.node, "name": s.name} for s in player.listening],
            facts=player.facts,
        )


def _answered(player: Player, answers: Mapping[str, Any], visits: dict[str, int]) -> Iterator[Line]:
    """Answer whatever has answers, oldest first, until nothing more happens."""
    for _ in range(STEPS):
        found = _next(player, answers, visits)
        if player.ended is not None or found is None:
            return
        node, given, give = found
        visits[node] = visits.get(node, 0) + 1
        step = give(player, given)
        yield from _lines(player, step)
        if step.incident:
            return
    yield _line(player, "stopped", en=f"more than {STEPS} answers", zh=f"超过 {STEPS} 次答复")


def _next(player: Player, answers: Mapping[str, Any], visits: Mapping[str, int]) -> tuple[str, Line, Give] | None:
    """The first event that waits, or else the first task or job, that has answers; them; and how they are given."""
    events: list[Awaited | Listening] = [*player.waiting, *player.listening]
    work: list[Opened | Job] = [*player.tasks.values(), *player.jobs.values()]
    for waiting in (*events, *work):
        given = answers.get(waiting.node)
        if waiting in events and isinstance(given, dict):
            given = [given]
        if isinstance(given, list):
            seen = visits.get(waiting.node, 0)
            given = given[seen] if seen < len(given) else None
        if given is not None:
            return waiting.node, given, _giving(waiting)
    return None


def _giving(waiting: Awaited | Listening | Opened | Job) -> Give:
    match waiting:
        case Awaited():
            return lambda player, given: _heard(player.deliver(waiting.name, waiting.key, given))
        case Listening():
            return lambda player, given: _heard(player.signal(waiting.name, given))
        case Opened():
            return lambda player, given: player.finish(waiting.id, given)
        case Job():
            return lambda player, given: player.answer(waiting.id, given)


def _heard(step: Advance | None) -> Advance:
    if step is None:
        raise LookupError("what was waited for is not waited for any more")
    return step


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
    yield from (
        ("message", {"node": m.node, "name": m.name, "key": m.key, "payload": m.payload}) for m in advance.messages
    )
    yield from (("signal", {"node": s.node, "name": s.name, "payload": s.payload}) for s in advance.signals)
    yield from (("timer", {"node": t.node, "due": t.due.isoformat()}) for t in advance.timers)
    if advance.ended:
        yield "ended", {"node": advance.ended.node, "name": advance.ended.name, "facts": advance.facts}


def _line(player: Player, event: str, **what: Any) -> Line:
    return {"at": player.now.isoformat(), "event": event, **what}

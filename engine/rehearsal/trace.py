"""`lianban trace`: a drawing played in memory, one line per thing that happens."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from engine.rehearsal.clock import later
from engine.rehearsal.given import Act, Answers, Step, steps
from engine.rehearsal.player import Player
from engine.runtime import Advance, Model, TimerDue

Line = dict[str, Any]
MOST = 10_000  # tasks completed, jobs answered, messages and signals given in one trace


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
    list with one object a visit. A job with `{"error": CODE, "variables": {…}}` fails. A task without answers stays
    open. An event that waits for a message or signal has it with its answers as the payload, once, or as often as its
    list is long; events come before tasks. `answers["steps"]` are messages, signals and answers at a moment.
    `advance` (ISO 8601) lets that much time pass, after which tasks opened by timers are answered as well.

    Events: `passed`, `task`, `taken-away`, `job`, `timer`, `message`, `signal`, `item-ended`, `warning`, `incident`,
    `ended`, `kept` and `lost` (a step nothing waited for), and a last `waiting` when the process has not ended. What a
    step passed before its incident is told too, although the step is undone.
    """
    return _Trace(model, facts, answers, start).lines(advance, begin)


class _Trace:
    """One run."""

    def __init__(self, model: Model, facts: Mapping[str, Any], answers: Mapping[str, Any], start: datetime) -> None:
        self._player = Player(model, start, dict(facts))
        self._answers = Answers(answers, model)
        self._steps = steps(answers, model, start)
        self._kept: list[Step] = []  # messages that came too early
        self._nodes: dict[str, str] = {}  # of what was opened, by its id
        self._set: tuple[TimerDue, ...] = ()  # the timers that were told

    def lines(self, advance: str | None, begin: str | None) -> Iterator[Line]:
        player, start = self._player, self._player.now
        end = later(start, advance) if advance else start
        yield from self._told(player.start(begin))
        while self._steps and self._steps[0].at <= start:
            yield from self._happens(self._steps.pop(0))
        yield from self._answered()
        for step in self._steps:
            yield from self._passing(step.at)
            yield from self._happens(step)
            yield from self._answered()
        yield from self._passing(end)
        if player.ended is None:
            yield self._waiting()

    def _passing(self, moment: datetime) -> Iterator[Line]:
        """Let time pass; whatever timers open is answered."""
        for step in self._player.until(moment):
            yield from self._told(step)
            yield from self._answered()

    def _happens(self, step: Step) -> Iterator[Line]:
        done = step.act(self._player) if self._player.state and self._player.ended is None else None
        if done:
            yield from self._told(done)
            return
        early = step.kind == "message" and self._player.ended is None
        if early:
            self._kept.append(step)
        yield self._line("kept" if early else "lost", kind=step.kind, name=step.name)

    def _answered(self) -> Iterator[Line]:
        """Give whatever is waited for and has answers, oldest first, until nothing more happens."""
        for _ in range(MOST):
            found = None if self._player.ended else self._early() or self._answers.next(self._player)
            if found is None:
                return
            step = found(self._player)
            yield from self._told(step) if step else ()
            if step and step.incident:
                return
        yield self._line("stopped", en=f"more than {MOST} answers", zh=f"超过 {MOST} 次答复")

    def _early(self) -> Act | None:
        """The first message that came too early and is waited for now."""
        for step in self._kept:
            if any(w.name == step.name and w.key in ("", step.key) for w in self._player.waiting):
                self._kept.remove(step)
                return step.act
        return None

    def _told(self, advance: Advance) -> Iterator[Line]:
        for warning in advance.warnings:
            yield self._line("warning", node=warning.node, zh=str(warning.zh), en=str(warning.en))
        stop = advance.incident
        for one in stop.passed if stop else advance.passed:
            yield self._line("passed", node=one.node, name=one.name, kind=one.kind)
        if stop:
            yield self._line("incident", node=stop.node, zh=stop.zh, en=stop.en, error=stop.error)
            return
        self._nodes |= {task.id: task.node for task in advance.opened} | {job.id: job.node for job in advance.jobs}
        for event, what in self._happened(advance):
            yield self._line(event, **what)

    def _happened(self, advance: Advance) -> Iterator[tuple[str, Line]]:
        yield from (("item-ended", {"item": i.item, "outcome": i.outcome, "node": i.node}) for i in advance.outcomes)
        yield from (("taken-away", {"id": gone, "node": self._nodes.get(gone, "")}) for gone in advance.closed)
        for t in advance.opened:
            yield "task", {"id": t.id, "node": t.node, "name": t.name, "lane": t.lane, "form": t.form, "item": t.item}
        yield from (("job", {"id": j.id, "node": j.node, "type": j.type, "inputs": j.inputs}) for j in advance.jobs)
        for m in advance.messages:
            yield "message", {"node": m.node, "name": m.name, "key": m.key, "payload": m.payload}
        yield from (("signal", {"node": s.node, "name": s.name, "payload": s.payload}) for s in advance.signals)
        yield from (("timer", {"node": t.node, "due": t.due.isoformat()}) for t in advance.timers if t not in self._set)
        self._set = advance.timers
        if advance.ended:
            yield "ended", {"node": advance.ended.node, "name": advance.ended.name, "facts": advance.facts}

    def _waiting(self) -> Line:
        player = self._player
        return self._line(
            "waiting",
            tasks=[t.node for t in player.tasks.values()],
            jobs=[j.node for j in player.jobs.values()],
            timers=[{"node": t.node, "due": t.due.isoformat()} for t in player.timers],
            messages=[{"node": m.node, "name": m.name, "key": m.key} for m in player.waiting],
            signals=[{"node": s.node, "name": s.name} for s in player.listening],
            conditions=list(player.conditions),
            facts=player.facts,
        )

    def _line(self, event: str, **what: Any) -> Line:
        return {"at": self._player.now.isoformat(), "event": event, **what}

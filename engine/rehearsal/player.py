"""A running process in memory: what is open, what is due, and (on request) saved and restored between all steps."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from engine import runtime
from engine.runtime import Advance, Awaited, Job, Listening, Model, Opened, TimerDue
from engine.store.columns import dumps, loads


@dataclass
class Player:
    """One case in memory. `advances` are all steps so far; the newest decides what is waiting."""

    model: Model
    now: datetime
    facts: dict[str, Any]
    saving: bool = False
    tasks: dict[str, Opened] = field(default_factory=dict)
    jobs: dict[str, Job] = field(default_factory=dict)
    timers: tuple[TimerDue, ...] = ()
    waiting: tuple[Awaited, ...] = ()
    listening: tuple[Listening, ...] = ()
    conditions: tuple[str, ...] = ()
    state: dict[str, Any] = field(default_factory=dict)
    ended: str | None = None

    def start(self, at: str | None = None) -> Advance:
        """Start the process, at a start event if it is named."""
        return self.take(runtime.start(self.model, self.facts, now=self.now, at=at))

    def finish(self, task: str, answers: Mapping[str, Any]) -> Advance:
        """Complete an open task by its id."""
        self.tasks.pop(task)
        return self.take(runtime.finish(self.model, self.state, task, dict(answers), self.facts, now=self.now))

    def answer(self, job: str, result: Mapping[str, Any]) -> Advance:
        """Give the result of a job by its id."""
        self.jobs.pop(job)
        return self.take(runtime.answer(self.model, self.state, job, dict(result), self.facts, now=self.now))

    def fail(self, job: str, code: str, payload: Mapping[str, Any]) -> Advance:
        """End a job with a BPMN error."""
        self.jobs.pop(job)
        return self.take(runtime.fail(self.model, self.state, job, code, dict(payload), self.facts, now=self.now))

    def deliver(self, name: str, key: str, payload: Mapping[str, Any]) -> Advance | None:
        """Give a message to the event that waits for it; None when nothing does."""
        advance = runtime.deliver(self.model, self.state, name, key, dict(payload), self.facts, now=self.now)
        return advance and self.take(advance)

    def signal(self, name: str, payload: Mapping[str, Any]) -> Advance | None:
        """Let everything that waits for a signal have it; None when nothing does."""
        advance = runtime.signal(self.model, self.state, name, dict(payload), self.facts, now=self.now)
        return advance and self.take(advance)

    def until(self, moment: datetime) -> Iterator[Advance]:
        """Let time pass to `moment`, firing timers in the order they are due."""
        while self.ended is None and (due := [t.due for t in self.timers if t.due <= moment]):
            self.now = max(self.now, min(due))
            advance = self.take(runtime.fire(self.model, self.state, self.facts, now=self.now))
            yield advance
            if advance.incident:
                return  # the same timer would fail again for ever
        self.now = max(self.now, moment)

    def take(self, advance: Advance) -> Advance:
        """Follow a step; one with an incident did nothing."""
        if advance.incident:
            return advance
        self.state = loads(dumps(advance.state)) if self.saving else advance.state
        self.facts = loads(dumps(advance.facts)) if self.saving else advance.facts
        for gone in advance.closed:
            self.tasks.pop(gone, None)
            self.jobs.pop(gone, None)
        self.tasks.update({t.id: t for t in advance.opened})
        self.jobs.update({j.id: j for j in advance.jobs})
        self.timers, self.waiting, self.listening = advance.timers, advance.waiting, advance.listening
        self.conditions = advance.conditions
        self.ended = advance.ended.node if advance.ended else None
        return advance

"""Playing a case: what is asked of a model, and what it does."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import simplejson

from engine import runtime
from engine.errors import Finding, PackInvalid

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
UNSOUND = (  # asked by lint alone: `read` takes the drawing
    "bpmn-deadlock", "bpmn-unsynchronised", "bpmn-livelock", "bpmn-no-default", "bpmn-unnamed",
)  # fmt: skip
_TASKS = ("task", "Task", "callActivity")


@dataclass(frozen=True)
class Case:
    """A model, and what BPMN 2.0 asks of it: runs of steps with what each shows, or the rule that refuses it.

    Steps: `u x=1` finish a task · `#j x=1` answer a job · `#j !E1` fail it · `@5` let seconds pass · `!msg key x=1`
    deliver a message · `~sig x=1` broadcast a signal; `nothing` first: the process is not started but begins with what
    comes; `at s2` first: it is started there. A run shows the tasks passed, `~` signals and `!` messages thrown, then
    `|` and where it stands: `end`, `incident node`, the open tasks, or `waits`, then the fact called `show`; a leading
    `~` means in any order.
    """

    name: str
    construct: str
    xml: bytes
    plays: tuple[tuple[str, str], ...] = ()
    refused: str = ""
    show: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    decisions: Mapping[str, bytes] = field(default_factory=dict)
    drawings: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """right, refused or wrong, and why."""

    case: Case
    word: str
    why: str


def case(name: str, construct: str, xml: bytes, *plays: str | tuple[str, str], **more: Any) -> Case:
    """A case in one line: what a run without steps shows is written alone."""
    return Case(name, construct, xml, tuple(("", p) if isinstance(p, str) else p for p in plays), **more)


def no(name: str, construct: str, xml: bytes, rule: str, **more: Any) -> Case:
    """A model that has to be refused."""
    return Case(name, construct, xml, refused=rule, **more)


def judge(tried: Case) -> Verdict:
    """Play a case straight and with the state saved and restored between all steps.

    Surplus tokens and joins that wait in vain are executed to the letter, although lint calls them unsound.
    """
    findings = [f for f in lint(tried) if not f.warning and (tried.refused or f.rule not in UNSOUND)]
    if tried.refused:
        hit = next((f for f in findings if f.rule == tried.refused), None)
        clear = hit is not None and hit.line and hit.cure_en and hit.cure_zh
        return Verdict(tried, "refused" if clear else "wrong", hit.en if hit else f"not refused: {findings}")
    if findings:
        return Verdict(tried, "wrong", f"refused: {findings[0]}")
    for steps, expected in tried.plays:
        for saved in (False, True):
            shown = Player(tried, saved).play(steps)
            if not same(shown, expected):
                return Verdict(tried, "wrong", f"{steps!r} shows {shown!r}, not {expected!r}")
    return Verdict(tried, "right" if tried.plays else "wrong", "" if tried.plays else "nothing is asked of it")


def lint(case: Case) -> list[Finding]:
    """What lint says about the model."""
    found = runtime.lint(case.xml, f"{case.name}.bpmn", decisions=case.decisions, drawings=case.drawings)
    try:
        runtime.read(case.xml, decisions=case.decisions, drawings=case.drawings)
    except PackInvalid:
        assert any(not f.warning for f in found), case.name
    return found


class Player:
    """One run."""

    def __init__(self, case: Case, saved: bool) -> None:
        self.model = runtime.read(case.xml, decisions=case.decisions, drawings=case.drawings)
        self.saved, self.now, self.show = saved, NOW, case.show
        self.tasks: dict[str, str] = {}
        self.jobs: dict[str, str] = {}
        self.trace: list[str] = []
        self.state: dict[str, Any] = {}
        self.facts: dict[str, Any] = dict(case.facts)
        self.ended: Any = None
        self.incident: Any = None
        self.signals: list[str] = []

    def play(self, text: str) -> str:
        """Carry out the steps; a first step `!msg` or `~sig` starts the process, else it is started."""
        steps = [step for part in text.split(";") if (step := part.strip())]
        begin = steps.pop(0) if steps and re.fullmatch(r"nothing|at \S+", steps[0]) else ""
        if begin != "nothing":
            self._take(runtime.start(self.model, self.facts, now=self.now, at=begin.removeprefix("at ") or None))
        for step in steps:
            self._step(step)
        where = ",".join(sorted(self.tasks.values())) or "waits"
        where = f"incident {self.incident.node}" if self.incident else "end" if self.ended else where
        fact = simplejson.dumps(self.facts.get(self.show)) if self.show else ""
        return f"{' '.join(self.trace)} | {where} {fact}".strip()

    def _step(self, text: str) -> None:
        words = re.findall(r"\S+=\"[^\"]*\"|\S+", text)
        values = {k: simplejson.loads(v) for k, _, v in (w.partition("=") for w in words[1:] if "=" in w)}
        others = [w for w in words[1:] if "=" not in w]
        name = words[0][1:]
        if text[0] == "@":
            self.now += timedelta(seconds=float(name))
            self._take(runtime.fire(self.model, self.state, self.facts, now=self.now))
        elif text[0] == "!":
            key = others[0] if others else "k"
            self._take(runtime.deliver(self.model, self.state, name, key, values, self.facts, now=self.now))
        elif text[0] == "~":
            self._take(runtime.signal(self.model, self.state, name, values, self.facts, now=self.now))
        elif text[0] == "#":
            self._job(name, others, values)
        else:
            token = next(i for i, node in self.tasks.items() if node == words[0])
            del self.tasks[token]
            self._take(runtime.finish(self.model, self.state, token, values, self.facts, now=self.now))

    def _job(self, name: str, others: list[str], values: dict[str, Any]) -> None:
        token = next(i for i, node in self.jobs.items() if node == name)
        del self.jobs[token]
        if others:
            code = others[0][1:]
            self._take(runtime.fail(self.model, self.state, token, code, values, self.facts, now=self.now))
        else:
            self._take(runtime.answer(self.model, self.state, token, values, self.facts, now=self.now))

    def _take(self, advance: runtime.Advance | None) -> None:
        if advance is None:
            self.trace.append("lost")
            return
        self.incident = advance.incident
        self.state, self.facts = advance.state, advance.facts
        if self.saved:
            self.state, self.facts = _written(self.state), _written(self.facts)
        self.trace += [p.node for p in advance.passed if p.kind.endswith(_TASKS)]
        self.trace += [f"~{s.name}" for s in advance.signals] + [f"!{m.name}" for m in advance.messages]
        self.tasks.update({o.id: o.node for o in advance.opened})
        self.jobs.update({j.id: j.node for j in advance.jobs})
        for gone in advance.closed:
            self.tasks.pop(gone, None)
        self.ended = advance.ended or self.ended


def _written(document: Any) -> Any:
    return simplejson.loads(simplejson.dumps(document, use_decimal=True), use_decimal=True)


def same(shown: str, expected: str) -> bool:
    """Whether a play shows what is expected; a leading `~` means in any order."""
    if expected.startswith("~"):
        return sorted(shown.split()) == sorted(expected[1:].split())
    return shown.split() == expected.split()

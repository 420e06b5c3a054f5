"""`scenarios/*.toml` → values, naming everything that is wrong with them: a misspelt key would play another story."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from engine.catalog import rules
from engine.errors import Finding
from engine.forms.shape import Reading

TASK, JOB, MESSAGE, SIGNAL, WAIT = "task", "job", "message", "signal", "wait"
KEYS = {  # what a step may say beside its kind
    TASK: ("by", "answers", "open"),
    JOB: ("reply", "error", "open"),
    MESSAGE: ("key", "payload", "open"),
    SIGNAL: ("payload", "open"),
    WAIT: ("open",),
}


@dataclass(frozen=True)
class Step:
    """One thing that happens: a task is finished, a job answered, a message or signal comes, or time passes.

    `name` is the node, the name of the message or signal, or the duration. `values` are answers, reply or payload;
    `error` ends a job with a BPMN error. `open` names the tasks that have to be open afterwards; None: not said.
    """

    kind: str
    name: str
    line: int
    values: Mapping[str, Any]
    by: str = ""
    key: str = ""
    error: str = ""
    open: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Scenario:
    """A story: how the application was, what happens, how it ends: at which node, each item's outcome, some facts.

    `replies` are what other departments answer whenever they are asked, by node; a step `job` answers once. `choices`
    are the offered items that were ticked or unticked, `area` the region it happens in; nothing: anywhere.
    """

    file: str
    about: str
    on: date
    answers: Mapping[str, Any]
    steps: tuple[Step, ...]
    at: str | None
    items: Mapping[str, str]
    facts: Mapping[str, Any]
    replies: Mapping[str, Any] = field(default_factory=dict)
    choices: Mapping[str, bool] = field(default_factory=dict)
    area: str = ""


def read(file: str, text: str, document: Mapping[str, Any]) -> tuple[Scenario | None, list[Finding]]:
    """The scenario a TOML document holds; None with what is wrong."""
    reading = Reading(file, text, rules=rules.RULES)
    reading.only(document, ("about", "area", "choices", "start", "replies", "step", "end"), "scenario", 1)
    start, end = reading.table(document, "start", "scenario"), reading.table(document, "end", "scenario")
    reading.only(end, ("at", "items", "facts"), "end", _line(text, "[end]"))
    choices = reading.table(document, "choices", "scenario")
    on = start.get("on")
    if not isinstance(on, date) or isinstance(on, datetime):
        reading.refuse("missing-key", _line(text, "[start]"), where="start", name="on")
        on = date.min
    scenario = Scenario(
        file=file,
        about=reading.string(document, "about", "scenario"),
        on=on,
        answers={name: value for name, value in start.items() if name != "on"},
        steps=tuple(_steps(reading, document)),
        at=reading.string(end, "at", "end") or None,
        items={name: str(outcome) for name, outcome in reading.table(end, "items", "end").items()},
        facts=reading.table(end, "facts", "end"),
        replies=reading.table(document, "replies", "scenario"),
        choices={name: reading.boolean(choices, name, "choices") for name in choices},
        area=reading.string(document, "area", "scenario"),
    )
    return (None if reading.findings else scenario), reading.findings


def _steps(reading: Reading, document: Mapping[str, Any]) -> Iterator[Step]:
    places = [found.start() for found in re.finditer(r"^\s*\[\[step\]\]", reading.text, re.MULTILINE)]
    lines = [reading.text.count("\n", 0, place) + 1 for place in places]
    for number, table in enumerate(reading.objects(document, "step", "scenario")):
        line = lines[number] if number < len(lines) else 0
        kinds = [kind for kind in KEYS if kind in table]
        if len(kinds) == 1:
            yield _step(reading, table, kinds[0], line)
        else:
            reading.refuse("scenario-step", line, known=", ".join(KEYS))


def _step(reading: Reading, table: Mapping[str, Any], kind: str, line: int) -> Step:
    where = f"step {kind}"
    reading.only(table, (kind, *KEYS[kind]), where, line)
    name = reading.string(table, kind, where, line)
    values = next((key for key in ("answers", "reply", "payload") if key in KEYS[kind]), "")
    if kind == MESSAGE and "key" not in table:
        reading.refuse("missing-key", line, where=where, name="key")
    return Step(
        kind,
        name,
        line,
        reading.table(table, values, where, line) if values else {},
        by=reading.string(table, "by", where, line),
        key=str(table.get("key", "")),
        error=reading.string(table, "error", where, line),
        open=reading.texts(table, "open", where, line) if "open" in table else None,
    )


def _line(text: str, heading: str) -> int:
    return text.count("\n", 0, text.find(heading)) + 1 if heading in text else 0

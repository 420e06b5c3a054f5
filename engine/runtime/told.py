"""What one step did: the values that leave the runtime."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from engine.words import Stage


@dataclass(frozen=True)
class Opened:
    """A user task that waits for a person since this step. `id` is the task's id until it is finished or closed.

    `groups` are posts, `assignee` the login of the one who is to do it, `users` the logins of those who may.
    """

    id: str
    node: str
    name: str
    lane: str | None
    form: str | None
    item: str | None
    stage: Stage | None
    groups: tuple[str, ...]
    properties: Mapping[str, str]
    due: datetime | None
    priority: int | None
    assignee: str | None = None
    users: tuple[str, ...] = ()
    follow_up: datetime | None = None


@dataclass(frozen=True)
class Job:
    """A service or send task that waits for a machine since this step.

    It is tried at most `retries` times, `backoff` apart; None leaves the distance to the worker.
    """

    id: str
    node: str
    type: str
    headers: Mapping[str, str]
    inputs: Mapping[str, Any]
    retries: int = 3
    backoff: timedelta | None = None


@dataclass(frozen=True)
class TimerDue:
    """A timer that waits, and when it is due (aware)."""

    id: str
    node: str
    due: datetime


@dataclass(frozen=True)
class Awaited:
    """A message that is waited for: its name and the correlation key that says it is meant for this case."""

    id: str
    node: str
    name: str
    key: str


@dataclass(frozen=True)
class Signalled:
    """A signal this case threw; inside the case it was caught already, other cases wait for the caller to tell them."""

    node: str
    name: str
    payload: Mapping[str, Any]


@dataclass(frozen=True)
class Sent:
    """A message this process sent without a job; whoever waits for its name and key waits for the caller to tell it.

    Without a key (empty) it can only begin a process.
    """

    node: str
    name: str
    key: str
    payload: Mapping[str, Any]


@dataclass(frozen=True)
class Listening:
    """A signal that is waited for."""

    id: str
    node: str
    name: str


@dataclass(frozen=True)
class Decided:
    """A decision that was computed: from which inputs, by which rules, with which value.

    `matched` are rules (`dmn.MatchedRule`) of its own tables, `before` those of the decisions it needed.
    """

    node: str
    decision: str
    inputs: Mapping[str, Any]
    matched: tuple[Any, ...]
    value: Any
    before: tuple[Any, ...] = ()


@dataclass(frozen=True)
class ItemEnded:
    """An item that ended in this step; `outcome` is a value of `words.Outcome`."""

    item: str
    outcome: str
    node: str


@dataclass(frozen=True)
class Passed:
    """A node that completed in this step."""

    kind: str
    node: str
    name: str


@dataclass(frozen=True)
class Ended:
    """The process ended: at which end event, and its `result` in words for the applicant."""

    node: str
    name: str
    result: str


@dataclass(frozen=True)
class Incident:
    """Why the process could not move. The sentences are for the designer and the administrator.

    `passed` are the nodes of the step until then, which is undone; `error` the code of an error nobody caught.
    """

    node: str
    zh: str
    en: str
    error: str | None = None
    passed: tuple[Passed, ...] = ()


@dataclass(frozen=True)
class NodeWarning:
    """What an expression of a node complained about while it was evaluated."""

    node: str
    zh: str
    en: str


@dataclass(frozen=True)
class Advance:
    """What one step did. With an `incident` nothing happened: state and facts are those from before the step."""

    state: dict[str, Any]
    facts: dict[str, Any]
    opened: tuple[Opened, ...] = ()
    closed: tuple[str, ...] = ()
    jobs: tuple[Job, ...] = ()
    timers: tuple[TimerDue, ...] = ()
    outcomes: tuple[ItemEnded, ...] = ()
    passed: tuple[Passed, ...] = ()
    ended: Ended | None = None
    incident: Incident | None = None
    warnings: tuple[NodeWarning, ...] = ()
    decisions: tuple[Decided, ...] = ()
    waiting: tuple[Awaited, ...] = ()
    signals: tuple[Signalled, ...] = ()
    messages: tuple[Sent, ...] = ()
    listening: tuple[Listening, ...] = ()
    conditions: tuple[str, ...] = ()  # ids of the nodes that wait for a condition
    reopened: tuple[str, ...] = ()  # items that are decided again, if they had ended


@dataclass(frozen=True)
class Marks:
    """For the diagram: ids of nodes that completed, nodes where the case stands, flows that were taken."""

    done: frozenset[str]
    current: frozenset[str]
    flows: frozenset[str]

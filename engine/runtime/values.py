"""The values that cross the runtime's door: what a drawing holds and what one step did."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from engine.words import Stage


@dataclass(frozen=True)
class Timer:
    """When a timer event fires. `kind` is `date`, `duration` or `cycle`; `text` an ISO 8601 literal or `=FEEL`."""

    kind: str
    text: str
    line: int


@dataclass(frozen=True)
class Loop:
    """Multi-instance: one task for each element of a list. Expressions with their `=`."""

    sequential: bool
    collection: str
    element: str
    result: str
    answer: str
    until: str = ""


@dataclass(frozen=True)
class Mapped:
    """One `zeebe:input` or `zeebe:output`: an expression and where its value goes."""

    source: str
    target: str


@dataclass(frozen=True)
class Node:
    """A flow node: `kind` is the BPMN element's name, `lane` the innermost lane, `scope` the process around it.

    Texts that may be FEEL start with `=`. `item` is the node's own property or the one of a sub-process around it.
    """

    id: str
    kind: str
    name: str
    line: int
    scope: str
    lane: str | None = None
    item: str | None = None
    properties: Mapping[str, str] = field(default_factory=dict)
    form: str | None = None
    groups: str = ""
    due: str = ""
    priority: str = ""
    job: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    inputs: tuple[Mapped, ...] = ()
    outputs: tuple[Mapped, ...] = ()
    script: str = ""
    variable: str = ""
    event: str = ""  # "", "timer", "error" or "terminate"
    timer: Timer | None = None
    error: str | None = None  # the code thrown or caught; None on a boundary catches every error
    host: str | None = None  # the activity a boundary event sits on
    interrupting: bool = True
    loop: Loop | None = None
    default: str | None = None  # the default flow's id

    @property
    def called(self) -> str:
        """The name, or the id where the designer gave none: for sentences about the node."""
        return self.name or self.id

    @property
    def stage(self) -> Stage | None:
        """What kind of work the task is, if the drawing says so."""
        word = self.properties.get("stage")
        return Stage(word) if word else None

    @property
    def outcome(self) -> str:
        """How the item ends when the node completes: a word, `=FEEL`, or nothing."""
        return self.properties.get("outcome", "")


@dataclass(frozen=True)
class Flow:
    """A sequence flow; `condition` is empty or starts with `=`, and `condition_line` is where it is written."""

    id: str
    source: str
    target: str
    name: str = ""
    condition: str = ""
    line: int = 0
    condition_line: int = 0


@dataclass(frozen=True)
class Model:
    """A drawing that was read, checked and built. Never changes; safe to share between threads."""

    name: str
    hash: str
    process_id: str
    process_name: str
    nodes: Mapping[str, Node]
    flows: Mapping[str, Flow]
    lanes: tuple[str, ...]
    spec: Any = field(repr=False, compare=False)  # SpiffWorkflow's, for this package only
    subprocess_specs: Mapping[str, Any] = field(repr=False, compare=False)


@dataclass(frozen=True)
class Opened:
    """A user task that waits for a person since this step. `id` is the task's id until it is finished or closed."""

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


@dataclass(frozen=True)
class Job:
    """A service or send task that waits for a machine since this step."""

    id: str
    node: str
    type: str
    headers: Mapping[str, str]
    inputs: Mapping[str, Any]


@dataclass(frozen=True)
class TimerDue:
    """A timer that waits, and when it is due (aware)."""

    id: str
    node: str
    due: datetime


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
    """Why the process could not move. The sentences are for the designer and the administrator."""

    node: str
    zh: str
    en: str


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


@dataclass(frozen=True)
class Marks:
    """For the diagram: ids of nodes that completed, nodes where the case stands, flows that were taken."""

    done: frozenset[str]
    current: frozenset[str]
    flows: frozenset[str]

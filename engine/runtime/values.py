"""What a drawing holds: the values every room may read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
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
    """Multi-instance: one task for each element of a list; or a standard loop. Expressions with their `=`."""

    sequential: bool
    collection: str
    element: str
    result: str
    answer: str
    until: str = ""
    standard: bool = False
    again: str = ""  # of a standard loop: the condition for another round
    before: bool = False  # it is tested before the first round
    most: int = 0  # rounds at most; 0: no limit


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
    retries: str = ""  # how often a job is tried; a number or FEEL, nothing: three times
    headers: Mapping[str, str] = field(default_factory=dict)
    inputs: tuple[Mapped, ...] = ()
    outputs: tuple[Mapped, ...] = ()
    script: str = ""
    variable: str = ""
    event: str = ""  # "", or the name of the event definition without that word: "timer", "message", …
    timer: Timer | None = None
    error: str | None = None  # the code of an error or escalation; None on a catching event catches every one
    message: str = ""  # the name of the message; may be FEEL
    key: str = ""  # FEEL: the correlation key
    signal: str = ""
    condition: str = ""  # FEEL of a conditional event
    link: str = ""
    all_of: bool = False  # of several triggers all have to happen, not one
    needs: int = 1  # tokens that start the activity once
    gives: int = 1  # tokens it sends on each flow
    decision: str = ""  # the id of a decision of the pack
    calls: str = ""  # the id of the process a call activity runs
    gives_all: bool = True  # the called process sees the caller's facts
    takes_all: bool = True  # what the called process writes is written by the caller
    by_event: bool = False  # an event sub-process
    transaction: bool = False  # a sub-process that can be cancelled
    ad_hoc: bool = False  # a sub-process without an order
    until: str = ""  # of an ad-hoc sub-process: FEEL, when it is enough
    cancels_rest: bool = True
    undoes: bool = False  # runs only to compensate another activity
    handler: str = ""  # of a compensation boundary event: the activity that undoes
    target: str = ""  # of a thrown compensation: the one activity to undo
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
    decisions: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)  # by node: (model, id)
    conditional: bool = False  # whether there are conditional events at all

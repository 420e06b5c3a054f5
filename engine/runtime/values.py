"""What a drawing holds: the values every room may read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from engine.words import Stage


@dataclass(frozen=True)
class Timer:
    """When a timer event fires. `kind` is `date`, `duration` or `cycle`; `text` an ISO 8601 literal or `=FEEL`."""

    kind: str
    text: str
    line: int


@dataclass(frozen=True)
class Thrown:
    """What a multi-instance activity throws when an instance completed and the condition holds."""

    condition: str  # FEEL
    event: str  # "signal" or "escalation"
    name: str  # of the signal, or the code of the escalation


@dataclass(frozen=True)
class Loop:
    """Multi-instance: so many instances, or one for each element of a list; or a standard loop. FEEL with its `=`."""

    sequential: bool = False
    collection: str = ""
    element: str = ""
    result: str = ""
    answer: str = ""
    until: str = ""
    count: str = ""  # how many instances, where there is no list
    throws: tuple[Thrown, ...] = ()
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
    assignee: str = ""
    users: str = ""
    due: str = ""
    follow_up: str = ""
    priority: str = ""
    job: str = ""
    retries: str = ""  # how often a job is tried; a number or FEEL, nothing: three times
    headers: Mapping[str, str] = field(default_factory=dict)
    inputs: tuple[Mapped, ...] = ()
    outputs: tuple[Mapped, ...] = ()
    requires: tuple[str, ...] = ()  # facts without which the activity does not start
    script: str = ""
    variable: str = ""
    event: str = ""  # "", or the name of the event definition without that word: "timer", "message", …
    timer: Timer | None = None
    error: str | None = None  # the code of an error or escalation; None on a catching event catches every one
    message: str = ""  # the name of the message; may be FEEL
    key: str = ""  # FEEL: the correlation key
    signal: str = ""
    condition: str = ""  # FEEL of a conditional event
    activation: str = ""  # FEEL of a complex gateway: when it goes on
    link: str = ""
    triggers: "tuple[Node, ...]" = ()  # of a multiple event: the event once for each it waits for or throws
    all_of: bool = False  # of several triggers, or events behind a gateway, all have to happen, not one
    instantiates: bool = False  # a receive task or event-based gateway that begins a process
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
    one_by_one: bool = False  # of an ad-hoc sub-process: its ordering is sequential
    begins_with: str = ""  # of an ad-hoc sub-process: FEEL, the ids of the activities that are offered
    cancels_rest: bool = True
    undoes: bool = False  # runs only to compensate another activity
    handler: str = ""  # of a compensation boundary event: the activity that undoes
    target: str = ""  # of a thrown compensation: the one activity to undo
    waits: bool = True  # of a thrown compensation: it goes on when that is done
    host: str | None = None  # the activity a boundary event sits on
    interrupting: bool = True
    loop: Loop | None = None
    default: str | None = None  # the default flow's id

    @property
    def awaits(self) -> "tuple[Node, ...]":
        """What it waits for or throws, one by one: its triggers, or itself."""
        return self.triggers or (self,)

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
    callable: frozenset[str] = frozenset()  # ids of the processes that may be called
    declared: frozenset[str] = frozenset()  # names of data objects, properties, and what a process is given
    conditional: bool = False  # whether there are conditional events at all
    timed: bool = False  # whether there are timers at all

    @cached_property
    def pausing(self) -> Mapping[str, tuple[str, str]]:
        """The nodes that stop a clock: item and ground of each."""
        said = ((node, node.properties.get("pause")) for node in self.nodes.values())
        return {node.id: (node.item or "", ground) for node, ground in said if ground}

    @cached_property
    def listens(self) -> bool:
        """Whether anything in the drawing can wait for what comes from outside."""
        return any(part.message or part.signal for node in self.nodes.values() for part in node.awaits)

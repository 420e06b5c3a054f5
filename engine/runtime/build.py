"""From nodes and flows to SpiffWorkflow's specifications, without its parser.

The parser recurses along the flows (490 tasks in a row end it), drops flows without an id, and puts conditions in the
order of the shapes' heights. What it would do for our nodes is a page of connecting.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from SpiffWorkflow.bpmn.specs import BpmnProcessSpec

from engine.runtime.activities import Call, Machine, Part, Person, Rule, Script, is_job
from engine.runtime.adhoc import AdHoc
from engine.runtime.behaviours import Behaviour, Exclusive, Plain, none_event
from engine.runtime.compensation import Abort, Again, Undo
from engine.runtime.complex import Complex
from engine.runtime.joins import Inclusive, Parallel
from engine.runtime.reading import Reading
from engine.runtime.repeated import ROUNDS, Repeated
from engine.runtime.several import INSTANCE, INSTANCES, Several
from engine.runtime.throwing import End, Send, Throw
from engine.runtime.tokens import PREFIX
from engine.runtime.undoing import AGAIN
from engine.runtime.values import Model, Node
from engine.runtime.waiting import TRIGGER, Begin, Boundary, Catch, Choice, Listener, Receive, Trigger, Waits
from engine.runtime.ways import Ways, reaches, ways

_KINDS: dict[str, type[Any]] = {
    "task": Plain,
    "manualTask": Plain,
    "userTask": Person,
    "scriptTask": Script,
    "businessRuleTask": Rule,
    "receiveTask": Receive,
    "subProcess": Part,
    "callActivity": Call,
    "exclusiveGateway": Exclusive,
    "parallelGateway": Parallel,
    "inclusiveGateway": Inclusive,
    "complexGateway": Complex,
    "eventBasedGateway": Choice,
    "startEvent": Begin,
    "endEvent": End,
    "intermediateThrowEvent": Throw,
    "intermediateCatchEvent": Catch,
    "boundaryEvent": Boundary,
}


def build(readings: Sequence[Reading], name: str, hash_: str, decisions: Mapping[str, Any]) -> Model:
    """The model of drawings that were linted: the process that is started comes first, then those it calls."""
    specs: dict[str, BpmnProcessSpec] = {}
    for reading in readings:
        _add_process(reading, specs)
    main = readings[0]
    nodes = {node.id: node for reading in readings for node in reading.nodes.values()}
    called = {node.calls for node in nodes.values()}
    by_name = any(name.startswith("=") for name in called)
    callable_ = frozenset(reading.process_id for reading in readings if can_be_called(reading))
    spec = specs[main.process_id]
    return Model(
        name=name,
        hash=hash_,
        process_id=main.process_id,
        process_name=main.process_name,
        nodes=MappingProxyType(nodes),
        flows=MappingProxyType({flow.id: flow for reading in readings for flow in reading.flows.values()}),
        lanes=tuple(dict.fromkeys(lane for reading in readings for lane in reading.lanes)),
        spec=spec,
        subprocess_specs=MappingProxyType({k: v for k, v in specs.items() if v is not spec or k in called or by_name}),
        decisions=MappingProxyType(dict(decisions)),
        callable=callable_,
        declared=frozenset(name for reading in readings for name in reading.declared),
        conditional=any(part.condition for node in nodes.values() for part in node.awaits),
        timed=any(part.timer for node in nodes.values() for part in node.awaits),
    )


def first_nodes(reading: Reading, scope: str) -> tuple[str, ...]:
    """Where a scope begins: its first plain start event, or every node without an incoming flow.

    Start events that wait for something begin a process only when that happens (`beginnings`).
    """
    inside = reading.inside.get(scope, [])
    starts = [n for n in inside if n.kind == "startEvent"]
    if starts or any(n.instantiates for n in inside):
        around = reading.nodes.get(scope)
        return tuple(n.id for n in starts if not n.event or (around and around.by_event))[:1]
    return tuple(n.id for n in inside if n.id not in reading.arriving and not _apart(n))


def can_be_called(reading: Reading) -> bool:
    """Whether it is clear where a process begins that a call activity calls: it has one plain start event, or none."""
    starts = [n for n in reading.inside.get(reading.process_id, ()) if n.kind == "startEvent" and not n.event]
    return bool(first_nodes(reading, reading.process_id)) and len(starts) < 2


def beginnings(reading: Reading) -> tuple[str, ...]:
    """The nodes that begin the process when something happens."""
    inside = reading.inside.get(reading.process_id, [])
    return tuple(n.id for n in inside if n.instantiates or (n.kind == "startEvent" and n.event))


def _apart(node: Node) -> bool:
    """Whether a node is not part of the flow that begins with its scope."""
    return node.kind == "boundaryEvent" or node.by_event or node.undoes


def _add_process(reading: Reading, specs: dict[str, BpmnProcessSpec]) -> None:
    scopes = [reading.process_id, *(n.id for n in reading.nodes.values() if n.kind == "subProcess")]
    specs.update({scope: BpmnProcessSpec(name=scope) for scope in scopes})
    specs[reading.process_id].begins = beginnings(reading)
    known = ways(reading)
    for node in reading.nodes.values():
        _add(specs[node.scope], node, reading, known)
    for scope in scopes:
        _say(specs[scope], scope, reading)


def _say(spec: BpmnProcessSpec, scope: str, reading: Reading) -> None:
    """What `tokens`, `undoing` and `behaviours` ask of a scope."""
    around = reading.nodes.get(scope)
    inside = reading.inside.get(scope, [])
    listeners = [n.id for n in inside if n.by_event]
    undoers = {name for name in listeners for n in reading.inside.get(name, ()) if _undoes_its_scope(n)}
    spec.first = first_nodes(reading, scope)
    spec.ad_hoc = around is not None and around.ad_hoc
    spec.one_by_one = around is not None and around.ad_hoc and around.one_by_one
    spec.declared = () if around else reading.declared
    spec.required = () if around else reading.required
    spec.by_event = around is not None and around.by_event
    spec.listeners = tuple(name for name in listeners if name not in undoers)
    spec.undoer = next((name for name in listeners if name in undoers), None)
    spec.handlers = {n.host: n.handler for n in inside if n.event == "compensate" and n.host}


def _undoes_its_scope(node: Node) -> bool:
    return node.kind == "startEvent" and node.event == "compensate"


def _add(spec: BpmnProcessSpec, node: Node, reading: Reading, known: Ways) -> None:
    made = _make(spec, node)
    made.node = node
    made.outgoing = tuple(reading.leaving.get(node.id, ()))
    made.incoming = tuple(f.id for f in reading.arriving.get(node.id, ()))
    made.attached = tuple(n.id for n in reading.attached.get(node.id, ()) if n.event != "compensate")
    if isinstance(made, Inclusive):
        flows = [reading.flows[name] for name in made.incoming]
        made.reach = reaches(flows, node.id, known.every)
        alike = known.straight is known.every  # large drawings without boundary events keep it once
        made.straight = made.reach if alike else reaches(flows, node.id, known.straight)
    if isinstance(made, Listener):
        made.start = next(n for n in reading.inside[node.id] if n.kind == "startEvent")
    for index, trigger in enumerate(made.caught.triggers if isinstance(made, Waits) else ()):
        _bare(_new(Trigger, spec, f"{PREFIX}{node.id}{TRIGGER}{index}", trigger), trigger)
    if isinstance(made, Part | Several | Repeated) and node.kind in ("subProcess", "callActivity"):
        _bare(_new(Again, spec, PREFIX + node.id + AGAIN, node), node)
    if isinstance(made, Several | Repeated):
        types = ROUNDS if isinstance(made, Repeated) else INSTANCES
        _bare(_new(types[_type(node)], spec, PREFIX + node.id + INSTANCE, node), node)


def _bare(made: Behaviour, node: Node) -> None:
    """What runs in the place of a node but has none of its flows and events."""
    made.node, made.outgoing, made.incoming, made.attached = node, (), (), ()


def _make(spec: BpmnProcessSpec, node: Node) -> Behaviour:
    name = PREFIX + node.id
    if node.loop:
        loops = Repeated if node.loop.standard else Several
        made: Behaviour = loops(spec, name, task_spec=name + INSTANCE)
        return made
    return _new(_type(node), spec, name, node)


def _type(node: Node) -> type[Any]:
    """What a node does."""
    if is_job(node):
        return Machine
    if node.kind == "sendTask":
        return Send
    if node.by_event:
        return Listener
    if node.ad_hoc:
        return AdHoc
    if node.event == "cancel" and node.kind == "endEvent":
        return Abort
    if node.event == "compensate" and node.kind in ("intermediateThrowEvent", "endEvent"):
        return Undo
    if (node.kind == "intermediateThrowEvent" and not node.event) or node.event == "link":
        return Plain
    return _KINDS[node.kind]


def _new(type_: type[Any], spec: BpmnProcessSpec, name: str, node: Node) -> Behaviour:
    """A node of SpiffWorkflow's: each of its types wants something else, and we use none of it."""
    options: dict[str, Any] = {}
    if issubclass(type_, Part):
        options = {"subworkflow_spec": node.calls or node.id}
    elif issubclass(type_, Script):
        options = {"script": ""}
    elif issubclass(type_, Begin | End | Throw | Catch | Choice | Undo | Trigger):
        options = {"event_definition": none_event()}
    elif issubclass(type_, Boundary):
        options = {"event_definition": none_event(), "cancel_activity": node.interrupting}
    made: Behaviour = type_(spec, name, **options)
    return made

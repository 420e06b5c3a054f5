"""From nodes and flows to SpiffWorkflow's specifications, without its parser.

The parser recurses along the flows (490 tasks in a row end it), drops flows without an id, and puts conditions in the
order of the shapes' heights. What it would do for our nodes is a page of connecting.
"""

from collections import deque
from collections.abc import Iterable
from types import MappingProxyType
from typing import Any

from SpiffWorkflow.bpmn.specs import BpmnProcessSpec

from engine.runtime.behaviours import (
    Begin,
    Behaviour,
    End,
    Exclusive,
    Machine,
    Milestone,
    Part,
    Person,
    Plain,
    Script,
    none_event,
)
from engine.runtime.joins import Inclusive, Parallel
from engine.runtime.reading import Reading
from engine.runtime.several import INSTANCE, Instance, Several
from engine.runtime.tokens import PREFIX
from engine.runtime.values import Flow, Model, Node
from engine.runtime.waiting import Boundary, Catch

_PLAIN: dict[str, type[Any]] = {
    "task": Plain,
    "manualTask": Plain,
    "userTask": Person,
    "serviceTask": Machine,
    "sendTask": Machine,
    "exclusiveGateway": Exclusive,
    "parallelGateway": Parallel,
    "inclusiveGateway": Inclusive,
}
_EVENTS: dict[str, type[Any]] = {
    "startEvent": Begin,
    "endEvent": End,
    "intermediateThrowEvent": Milestone,
    "intermediateCatchEvent": Catch,
}


def build(reading: Reading, name: str, hash_: str) -> Model:
    """The model of a drawing that was linted."""
    scopes = {n.id for n in reading.nodes.values() if n.kind == "subProcess"}
    specs = {scope: BpmnProcessSpec(name=scope) for scope in (reading.process_id, *scopes)}
    arrivals = _arrivals(reading)
    for node in reading.nodes.values():
        _add(specs[node.scope], node, reading, arrivals)
    for scope, spec in specs.items():
        spec.first = first_nodes(reading, scope)
    return Model(
        name=name,
        hash=hash_,
        process_id=reading.process_id,
        process_name=reading.process_name,
        nodes=MappingProxyType(dict(reading.nodes)),
        flows=MappingProxyType(dict(reading.flows)),
        lanes=reading.lanes,
        spec=specs.pop(reading.process_id),
        subprocess_specs=MappingProxyType(specs),
    )


def first_nodes(reading: Reading, scope: str) -> tuple[str, ...]:
    """Where a scope begins: its start event, or every node without an incoming flow."""
    inside = [n for n in reading.nodes.values() if n.scope == scope]
    starts = [n.id for n in inside if n.kind == "startEvent"]
    reached = {f.target for f in reading.flows.values()}
    return tuple(starts or [n.id for n in inside if n.id not in reached and n.kind != "boundaryEvent"])


def before(flow: Flow, gateway: str, arrivals: dict[str, list[str]]) -> frozenset[str]:
    """The nodes from which `flow` can be reached without passing `gateway`."""
    found = {flow.source} - {gateway}
    waiting = deque(found)
    while waiting:
        for source in arrivals.get(waiting.popleft(), ()):
            if source != gateway and source not in found:
                found.add(source)
                waiting.append(source)
    return frozenset(found)


def _add(spec: BpmnProcessSpec, node: Node, reading: Reading, arrivals: dict[str, list[str]]) -> None:
    made = _make(spec, node)
    made.node = node
    made.outgoing = tuple(f for f in reading.flows.values() if f.source == node.id)
    made.incoming = tuple(f.id for f in reading.flows.values() if f.target == node.id)
    made.attached = tuple(n.id for n in reading.nodes.values() if n.host == node.id)
    if isinstance(made, Inclusive):
        made.reach = {name: before(reading.flows[name], node.id, arrivals) for name in made.incoming}
    if isinstance(made, Several):
        instance = Instance(spec, PREFIX + node.id + INSTANCE)
        instance.node, instance.outgoing, instance.incoming, instance.attached = node, (), (), ()


def _make(spec: BpmnProcessSpec, node: Node) -> Behaviour:
    name = PREFIX + node.id
    made: Behaviour
    if node.loop:
        made = Several(spec, name, task_spec=name + INSTANCE)
    elif node.kind == "subProcess":
        made = Part(spec, name, subworkflow_spec=node.id)
    elif node.kind == "scriptTask":
        made = Script(spec, name, script="")
    elif node.kind == "boundaryEvent":
        made = Boundary(spec, name, event_definition=none_event(), cancel_activity=node.interrupting)
    elif node.kind in _EVENTS:
        made = _EVENTS[node.kind](spec, name, event_definition=none_event())
    else:
        made = _PLAIN[node.kind](spec, name)
    return made


def _arrivals(reading: Reading) -> dict[str, list[str]]:
    """For each node the ones before it: by a flow, or because it is a boundary event on them."""
    found: dict[str, list[str]] = {}
    pairs: Iterable[tuple[str, str]] = [
        *((f.source, f.target) for f in reading.flows.values()),
        *((n.host, n.id) for n in reading.nodes.values() if n.host),
    ]
    for source, target in pairs:
        found.setdefault(target, []).append(source)
    return found

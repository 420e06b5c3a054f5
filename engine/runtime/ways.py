"""From where a flow can be reached: what inclusive and complex gateways have to know of the tokens elsewhere."""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.runtime.reading import Reading
from engine.runtime.values import Flow

Arrivals = Mapping[str, list[str]]


@dataclass(frozen=True)
class Ways:
    """For each node the ones before it: by a flow or by a boundary event on them (`every`), by a flow (`straight`)."""

    every: Arrivals
    straight: Arrivals


def ways(reading: Reading) -> Ways:
    """The ways of a process."""
    flows = [(flow.source, flow.target) for flow in reading.flows.values()]
    events = [(node.host, node.id) for node in reading.nodes.values() if node.host]
    straight = _arrivals(flows)
    return Ways(_arrivals([*flows, *events]) if events else straight, straight)


def reaches(flows: Iterable[Flow], gateway: str, arrivals: Arrivals) -> dict[str, frozenset[str]]:
    """For each flow the nodes from which it can be reached without passing `gateway`."""
    return {flow.id: before(flow, gateway, arrivals) for flow in flows}


def before(flow: Flow, gateway: str, arrivals: Arrivals) -> frozenset[str]:
    """The nodes from which `flow` can be reached without passing `gateway`."""
    found = {flow.source} - {gateway}
    waiting = deque(found)
    while waiting:
        for source in arrivals.get(waiting.popleft(), ()):
            if source != gateway and source not in found:
                found.add(source)
                waiting.append(source)
    return frozenset(found)


def _arrivals(pairs: Iterable[tuple[str, str]]) -> Arrivals:
    found: dict[str, list[str]] = {}
    for source, target in pairs:
        found.setdefault(target, []).append(source)
    return found

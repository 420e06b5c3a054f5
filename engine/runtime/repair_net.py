"""The nodes and flows of one scope as a net, and the token game on it. Pure: no SpiffWorkflow, no data.

A place is a node, at a join together with the flow a token came by. A marking is the sorted places of all tokens. Every
choice the data could make is possible here, so what is proven holds whatever people answer.
"""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, combinations

from engine.runtime.values import Flow, Model, Node

Place = tuple[str, str]
Marking = tuple[Place, ...]
LEAVES = ("terminate", "error", "cancel")  # ends that take the rest of their scope away
CONDITIONS = 8  # on the flows of one node; all their combinations are looked at


class TooLarge(Exception):
    """There are more possibilities than are looked at."""


@dataclass(frozen=True)
class Net:
    """One scope. `out` and `into` are its flows by node, `events` the boundary events of an activity."""

    nodes: Mapping[str, Node]
    out: Mapping[str, tuple[Flow, ...]]
    into: Mapping[str, tuple[Flow, ...]]
    events: Mapping[str, tuple[Node, ...]]
    doubles: dict[Marking, bool] = field(default_factory=dict)  # markings from which a node may run twice at once

    @classmethod
    def of(cls, model: Model, scope: str) -> "Net":
        """The net of a process or sub-process of a drawing."""
        nodes = {n.id: n for n in model.nodes.values() if n.scope == scope}
        out: dict[str, list[Flow]] = {name: [] for name in nodes}
        into: dict[str, list[Flow]] = {name: [] for name in nodes}
        for flow in model.flows.values():
            if flow.source in nodes:
                out[flow.source].append(flow)
                into[flow.target].append(flow)
        hosts = {name: tuple(n for n in nodes.values() if n.host == name and not n.handler) for name in nodes}
        return cls(
            nodes, {n: tuple(flows) for n, flows in out.items()}, {n: tuple(flows) for n, flows in into.items()}, hosts
        )

    def joins(self, node: str) -> bool:
        """Whether tokens wait for one another here."""
        kind = self.nodes[node].kind
        return kind in ("parallelGateway", "inclusiveGateway") and len(self.into[node]) > 1

    def place(self, node: str, via: str) -> Place:
        """Where a token that came by a flow stands."""
        return (node, via if self.joins(node) else "")

    @cached_property
    def begun(self) -> Marking:
        """The tokens the scope begins with."""
        starts = [n for n in self.nodes.values() if n.kind == "startEvent"]
        apart = [n.id for n in self.nodes.values() if n.host or n.by_event or n.undoes]
        free = [name for name in self.nodes if not self.into[name] and name not in apart]
        return tuple(sorted((name, "") for name in ([starts[0].id] if starts else free)))

    def next(self, node: str) -> list[str]:
        """The nodes one step on, by a flow or by an event on the node."""
        return [*(f.target for f in self.out[node]), *(n.id for n in self.events[node])]

    def after(self, node: str, *, again: bool = False) -> dict[str, int]:
        """The nodes behind `node` and how far away; with `again` also by ways that lead back in a loop."""
        found: dict[str, int] = {}
        waiting = deque([(node, 0)])
        while waiting:
            here, far = waiting.popleft()
            for there in self.next(here):
                if there not in found and (again or (here, there) not in self.back):
                    found[there] = far + 1
                    waiting.append((there, far + 1))
        return found

    @cached_property
    def back(self) -> frozenset[tuple[str, str]]:
        """The steps that close a loop, seen from where the scope begins."""
        found: set[tuple[str, str]] = set()
        seen: set[str] = set()
        for first in [*(name for name, _ in self.begun), *self.nodes]:
            if first not in seen:
                found |= self._closing(first, seen)
        return frozenset(found)

    def _closing(self, first: str, seen: set[str]) -> set[tuple[str, str]]:
        """The steps below `first` that lead to a node on the way to them. No recursion: drawings may be long."""
        found: set[tuple[str, str]] = set()
        path = {first: iter(self.next(first))}
        seen.add(first)
        while path:
            here = next(reversed(path))
            there = next(path[here], None)
            if there is None:
                del path[here]
            elif there in path:
                found.add((here, there))
            elif there not in seen:
                seen.add(there)
                path[there] = iter(self.next(there))
        return found

    @cached_property
    def reach(self) -> Mapping[str, frozenset[str]]:
        """For each flow into an inclusive join, the nodes from which it is reached without passing the join."""
        inclusive = [n for n in self.nodes if self.nodes[n].kind == "inclusiveGateway" and self.joins(n)]
        return {flow.id: self._before(flow, join) for join in inclusive for flow in self.into[join]}

    def _before(self, flow: Flow, join: str) -> frozenset[str]:
        found = {flow.source} - {join}
        waiting = deque(found)
        while waiting:
            node = self.nodes[waiting.popleft()]
            for source in [*(f.source for f in self.into[node.id]), *([node.host] if node.host else [])]:
                if source != join and source not in found:
                    found.add(source)
                    waiting.append(source)
        return frozenset(found)


def steps(net: Net, marking: Marking) -> Iterator[Marking]:
    """Every marking that one node's completing, or one event's happening, makes of this one."""
    for place in dict.fromkeys(marking):
        node = net.nodes[place[0]]
        taken = _taken(net, marking, place)
        if taken is None:
            continue
        left = _without(marking, taken)
        if node.kind == "endEvent" and node.event in LEAVES:
            yield ()
            continue
        for flows in _ways(net, node):
            arrivals = [net.place(f.target, f.id) for f in flows] * node.gives
            yield tuple(sorted((*left, *arrivals)))
        for event in net.events[node.id]:
            if event.interrupting:
                yield tuple(sorted((*_without(marking, (place,)), (event.id, ""))))


def _taken(net: Net, marking: Marking, place: Place) -> Marking | None:
    """The tokens that the node at `place` takes when it starts, or None as long as it cannot."""
    name, via = place
    node = net.nodes[name]
    if not net.joins(name):
        return (place,) * node.needs if marking.count(place) >= node.needs else None
    waiting = dict.fromkeys(flow for at, flow in marking if at == name)
    if via != next(iter(waiting)):
        return None  # the join is looked at once, not for each of its tokens
    missing = [f.id for f in net.into[name] if f.id not in waiting]
    if node.kind == "parallelGateway" and missing:
        return None
    if node.kind == "inclusiveGateway" and _coming(net, marking, name, missing, list(waiting)):
        return None
    return tuple((name, flow) for flow in waiting)


def _coming(net: Net, marking: Marking, join: str, missing: list[str], waiting: list[str]) -> bool:
    """Whether an inclusive join still waits for a token elsewhere (the same rule as in `joins`)."""
    elsewhere = {node for node, _ in marking if node != join}
    return any(
        any(node in net.reach[flow] for flow in missing) and not any(node in net.reach.get(f, ()) for f in waiting)
        for node in elsewhere
    )


def _ways(net: Net, node: Node) -> list[tuple[Flow, ...]]:
    """The sets of flows a node may send tokens on."""
    flows = net.out[node.id]
    if node.kind in ("exclusiveGateway", "eventBasedGateway") or not flows:
        return [(flow,) for flow in flows] or [()]
    always = [f for f in flows if not f.condition and f.id != node.default]
    maybe = [f for f in flows if f.condition and f.id != node.default]
    default = [f for f in flows if f.id == node.default]
    if len(maybe) > CONDITIONS:
        raise TooLarge
    sets = chain.from_iterable(combinations(maybe, size) for size in range(len(maybe) + 1))
    found = [(*always, *chosen) if chosen else (*always, *default) for chosen in sets]
    return [flows for flows in found if flows]


def _without(marking: Marking, taken: Marking) -> Marking:
    left = list(marking)
    for place in taken:
        left.remove(place)
    return tuple(left)

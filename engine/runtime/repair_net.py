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

    @property
    def back(self) -> frozenset[tuple[str, str]]:
        """The steps that close a loop, seen from where the scope begins."""
        return self._walked[0]

    @property
    def rank(self) -> Mapping[str, int]:
        """An order of the nodes in which every step leads on to a later one, but those that close a loop."""
        return self._walked[1]

    @cached_property
    def around(self) -> Mapping[str, frozenset[str]]:
        """The nodes that are reached from a node by any way."""
        return {node: frozenset(self.after(node, again=True)) for node in self.nodes}

    @cached_property
    def _walked(self) -> tuple[frozenset[tuple[str, str]], Mapping[str, int]]:
        """Depth first through the nodes; without recursion, for drawings may be long."""
        back: set[tuple[str, str]] = set()
        left: list[str] = []
        seen: set[str] = set()
        for first in [*(name for name, _ in self.begun), *self.nodes]:
            path = {} if first in seen else {first: iter(self.next(first))}
            seen.add(first)
            while path:
                here = next(reversed(path))
                there = next(path[here], None)
                if there is None:
                    del path[here]
                    left.append(here)
                elif there in path:
                    back.add((here, there))
                elif there not in seen:
                    seen.add(there)
                    path[there] = iter(self.next(there))
        return frozenset(back), {node: number for number, node in enumerate(reversed(left))}

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


def steps(net: Net, marking: Marking) -> list[Marking]:
    """Every marking the first place that can move makes of this one; empty when nothing can.

    What one place does takes nothing from the others, so their order does not matter to where it all ends, and looking
    at one order is enough: sums instead of products of what the branches can do. A token waits until those that may
    still come to its node have moved, so that two that come to one place are seen there together.
    """
    nodes = {node for node, _ in marking}

    def behind(place: Place) -> tuple[int, int]:
        around = net.around[place[0]]
        return sum(place[0] in net.around[node] and node not in around for node in nodes), net.rank[place[0]]

    ordered = sorted(dict.fromkeys(marking), key=behind)
    return next((found for place in ordered if (found := list(moved(net, marking, place)))), [])


def moved(net: Net, marking: Marking, place: Place) -> Iterator[Marking]:
    """Every marking that the node at `place` completing, or an event on it happening, makes of this one."""
    node = net.nodes[place[0]]
    taken = _taken(net, marking, place)
    if taken is None:
        return
    left = _without(marking, taken)
    if node.kind == "endEvent" and node.event in LEAVES:
        yield ()
        return
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

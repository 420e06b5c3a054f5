"""Whether a drawing could itself stand where a case stands: its tokens, forgetting data, are followed from the start.

A place is a node with a token (`@node`) or a flow on which one waits before a join (`>flow`); a marking counts them.
A scope is looked at alone: a sub-process in it is one node, and what runs inside is a marking of its own.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, combinations
from typing import Any

from engine.runtime.behaviours import Exclusive
from engine.runtime.complex import Complex
from engine.runtime.counterparts import spec_of
from engine.runtime.joins import Inclusive, Parallel
from engine.runtime.tokens import PREFIX
from engine.runtime.values import Flow, Model
from engine.runtime.waiting import Begin, Choice

BUDGET = 20_000  # markings looked at for one scope
WIDEST = 6  # conditional flows after one node; each may be taken or not
_NEVER_RESTS = frozenset({"terminate", "error", "cancel"})  # ends that take the whole scope away

Marking = tuple[tuple[str, int], ...]


def can_tell(model: Model, scope: str) -> bool:
    """Whether the scope can be followed at all: what a complex join or a quantity does depends on more than tokens."""
    return _Net(model, scope).readable


def could_stand(model: Model, scope: str, wanted: Mapping[str, int]) -> bool:
    """Whether the scope can come to have exactly these tokens. False as well when it would take too long to tell."""
    net, goal = _Net(model, scope), _marking(wanted)
    most = sum(wanted.values()) + len(net.specs)
    todo = list(net.beginnings())
    seen = set(todo)
    while todo and len(seen) < BUDGET:
        marking = todo.pop()
        if marking == goal:
            return True
        for following in net.after(Counter(dict(marking)), wanted):
            few = sum(count for _, count in following) <= most
            if few and following not in seen and net.hopeful(dict(following), wanted):
                seen.add(following)
                todo.append(following)
    return False


def place(spec: Any, via: str) -> str:
    """Where a token that came by a flow to a node is."""
    joins = isinstance(spec, Parallel | Inclusive) and len(spec.incoming) > 1
    return f">{via}" if joins else f"@{spec.node.id}"


def ahead(model: Model, nodes: Iterable[str]) -> frozenset[str]:
    """Everything a case that stands at these nodes may still come to, the insides of sub-processes and calls too."""
    followers = _followers(model)
    found: set[str] = set()
    todo = list(nodes)
    while todo:
        node = model.nodes[todo.pop()]
        called = model.callable if node.calls.startswith("=") else (node.calls or node.id,)
        within = (("in", name) for name in called)
        places = ("after", node.id), ("on", node.id), ("beside", node.scope), *within
        fresh = {name for place in places for name in followers.get(place, ())} - found
        found |= fresh
        todo += fresh
    return frozenset(found)


def _followers(model: Model) -> dict[tuple[str, str], list[str]]:
    """Nodes by where they come: after a node or on it, in a scope, or beside what runs there (event sub-processes)."""
    found: dict[tuple[str, str], list[str]] = {}
    for node in model.nodes.values():
        found.setdefault(("in", node.scope), []).append(node.id)
        if node.by_event:
            found.setdefault(("beside", node.scope), []).append(node.id)
        if node.host:
            found.setdefault(("on", node.host), []).append(node.id)
        if node.handler:
            found.setdefault(("after", node.id), []).append(node.handler)
    for flow in model.flows.values():
        found.setdefault(("after", flow.source), []).append(flow.target)
    return found


class _Net:
    """One scope as places and moves."""

    def __init__(self, model: Model, scope: str) -> None:
        self.spec = spec_of(model, scope)
        specs = (self.spec.task_specs.get(PREFIX + n.id) for n in model.nodes.values())
        self.specs: dict[str, Any] = {spec.node.id: spec for spec in specs if spec is not None}
        self.joins: dict[str, Any] = {flow: spec for spec in self.specs.values() for flow in spec.incoming}
        self._reach: dict[str, frozenset[str]] = {}
        nodes = [spec.node for spec in self.specs.values()]
        self.readable = all(n.needs == n.gives == 1 for n in nodes) and all(map(_readable, self.specs.values()))

    def beginnings(self) -> Iterator[Marking]:
        """Where the scope can begin: at its start, or at one of the events that start it."""
        if self.spec.first:
            yield _marking(Counter(f"@{name}" for name in self.spec.first))
        for name, spec in self.specs.items():
            if (isinstance(spec, Begin) or spec.node.instantiates) and name not in self.spec.first:
                yield _marking({f"@{name}": 1})

    def after(self, marking: Counter[str], wanted: Mapping[str, int]) -> Iterator[Marking]:
        """The markings one move further.

        A token where none is wanted has to leave in any case, and no other move hinders it: then only it moves.
        """
        for name in sorted(marking):
            if marking[name] > wanted.get(name, 0) and (found := self._leaving(marking, name)):
                return iter(found)
        waiting = {self.joins[n[1:]].node.id for n in marking if n[0] == ">"}
        joins = (self.specs[n] for n in sorted(waiting) if isinstance(self.specs[n], Inclusive))
        moves = (self._leaving(marking, name) for name in sorted(marking))
        return chain(*moves, *(self._merged(marking, join) for join in joins))

    def hopeful(self, marking: Mapping[str, int], wanted: Mapping[str, int]) -> bool:
        """Whether every place that still lacks a token may be reached from one that has one."""
        lacking = (name for name, count in wanted.items() if marking.get(name, 0) < count)
        return all(any(name in self._reached(other) for other in marking) for name in lacking)

    def _reached(self, name: str) -> frozenset[str]:
        """The places a token may come to from a place."""
        if name not in self._reach:
            found: set[str] = set()
            todo = [name]
            while todo:
                at = todo.pop()
                spec = self.specs[at[1:]] if at[0] == "@" else self.joins[at[1:]]
                fresh = {place for way in self._ways(spec) for place in way} - found
                found |= fresh
                todo += fresh
            self._reach[name] = frozenset(found)
        return self._reach[name]

    def _leaving(self, marking: Counter[str], name: str) -> list[Marking]:
        if name[0] == "@":
            spec = self.specs[name[1:]]
            return [_moved(marking, [name], gone) for gone in self._ways(spec)]
        join = self.joins[name[1:]]
        needed = [f">{flow}" for flow in join.incoming]
        if isinstance(join, Inclusive) or any(not marking[n] for n in needed):
            return []
        return [_moved(marking, needed, gone) for gone in self._ways(join)]

    def _merged(self, marking: Counter[str], join: Inclusive) -> list[Marking]:
        """An inclusive join goes on when no token elsewhere could still fill a flow that has none (see `joins`)."""
        waiting = [flow for flow in join.incoming if marking[f">{flow}"]]
        missing = [flow for flow in join.incoming if flow not in waiting]
        elsewhere = {n[1:] if n[0] == "@" else self.joins[n[1:]].node.id for n in marking} - {join.node.id}
        for node in elsewhere:
            coming = any(node in join.reach[flow] for flow in missing)
            if coming and not any(node in join.reach[flow] for flow in waiting):
                return []
        return [_moved(marking, [f">{flow}" for flow in waiting], gone) for gone in self._ways(join)]

    def _ways(self, spec: Any) -> list[tuple[str, ...]]:
        """What a token at a node may turn into: by leaving it, or by one of the events on it. The likeliest last."""
        ways = []
        for event in (self.specs[name] for name in spec.attached):
            stays = () if event.node.interrupting else (f"@{spec.node.id}",)
            ways += [(*stays, *way) for way in self._ways(event)]
        if isinstance(spec, Choice) and spec.node.all_of:
            return [*ways, tuple(f"@{flow.target}" for flow in spec.outgoing)]
        if isinstance(spec, Choice):
            return ways + [way for flow in spec.outgoing for way in self._ways(self.specs[flow.target])]
        if spec.node.kind == "endEvent" and spec.node.event in _NEVER_RESTS:
            return ways
        return ways + [tuple(place(self.joins[f.id], f.id) for f in flows) for flows in _choices(spec)]


def _readable(spec: Any) -> bool:
    """Whether it is clear what a node does with its tokens, and in not too many ways."""
    joins = isinstance(spec, Complex) and len(spec.incoming) > 1
    return not joins and (isinstance(spec, Exclusive) or len([f for f in spec.outgoing if f.condition]) <= WIDEST)


def _choices(spec: Any) -> list[tuple[Flow, ...]]:
    """Which flows may be taken together."""
    if isinstance(spec, Exclusive):
        return [(flow,) for flow in spec.outgoing]
    default = spec.node.default
    sure = [f for f in spec.outgoing if not f.condition and f.id != default]
    asked = [f for f in spec.outgoing if f.condition and f.id != default]
    some = chain.from_iterable(combinations(asked, number) for number in range(len(asked) + 1))
    taken = [(*sure, *chosen) for chosen in some]
    otherwise = tuple(f for f in spec.outgoing if f.id == default)
    return [flows or otherwise for flows in taken if flows or otherwise or not spec.outgoing]


def _moved(marking: Counter[str], taken: Iterable[str], given: Iterable[str]) -> Marking:
    left = marking.copy()
    left.subtract(taken)
    left.update(given)
    return _marking(left)


def _marking(counts: Mapping[str, int]) -> Marking:
    return tuple(sorted((name, count) for name, count in counts.items() if count > 0))

"""Soundness, the picture: the flow of one scope as steps that take tokens and send them on.

A condition is a free choice: any one flow of an exclusive gateway, any of the sets an inclusive split may take. An
interrupting event on an activity is one more choice of it; one that does not interrupt happens besides it. What follows
is `soundness_reduced` (smaller, the same verdict) and `soundness_played` (every marking that can be reached).
"""

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, combinations

from engine.runtime.values import Flow, Node

MOST_SUBSETS = 12  # conditional flows of one split whose sets are written out
_ONE = frozenset({"exclusiveGateway", "eventBasedGateway"})
_JOINS = {"parallelGateway": "all", "inclusiveGateway": "some"}


class Open(Exception):
    """Too much to look at: nothing is proven."""


@dataclass(eq=False, slots=True)
class Way:
    """A flow, or what is left of several in a row from `flow` to `last`. A second token on it shows at `shows`."""

    source: "Step"
    target: "Step"
    flow: str
    last: str
    shows: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Ways that get a token together; `said` names what was chosen where there was a choice."""

    ways: frozenset[Way]
    said: tuple[str, ...] = ()


@dataclass(eq=False, slots=True)
class Step:
    """A node. `join`: a token on `any` way starts it, one on `all`, or on `some` (inclusive).

    Its token takes one of `choices`, or any non-empty set of `some`. `besides` happen without taking it, again and
    again. `clears`: it takes every token of its scope away.
    """

    name: str
    join: str = "any"
    arriving: dict[Way, None] = field(default_factory=dict)
    choices: list[Choice] = field(default_factory=list)
    some: list[Way] = field(default_factory=list)
    besides: list[Choice] = field(default_factory=list)
    clears: bool = False

    def spell_out(self, fixed: frozenset[Way] = frozenset()) -> None:
        """Write the sets of `some` out as choices, each with the `fixed` ways. `Open` when there are too many."""
        if len(self.some) > MOST_SUBSETS:
            raise Open
        self.choices += [Choice(ways | fixed, _names(ways)) for ways in _subsets(self.some)]
        self.some = []


@dataclass(frozen=True)
class Net:
    """One scope: where it begins, its steps by name, and the nodes that are only reached besides the flow."""

    root: Step
    steps: dict[str, Step]
    beside: frozenset[str]


@dataclass(frozen=True)
class Scope:
    """What a net is made of. `begins`: the nodes that get a token together, one entry for each way to begin."""

    nodes: Mapping[str, Node]  # without event sub-processes and what only compensates
    flows: Mapping[str, Sequence[Flow]]  # by source, within the scope
    events: Mapping[str, Sequence[Node]]  # boundary events by the activity they sit on
    begins: Sequence[tuple[str, ...]]
    clearing: frozenset[str]  # ends that take every token of the scope away

    def after(self, name: str, *, besides: bool = True) -> Iterator[str]:
        """The nodes right after a node, its events too; those that do not interrupt it only with `besides`."""
        yield from (flow.target for flow in self.flows.get(name, ()))
        yield from (event.id for event in self.events.get(name, ()) if besides or event.interrupting)

    def reached(self, begin: Iterable[str], *, besides: bool = True) -> set[str]:
        """The nodes that can be reached from these, and these."""
        found = set(begin)
        waiting = deque(found)
        while waiting:
            for name in self.after(waiting.popleft(), besides=besides):
                if name not in found:
                    found.add(name)
                    waiting.append(name)
        return found


def picture(scope: Scope) -> Net:
    """The net of one scope."""
    return _Painter(scope).net()


def _names(ways: Iterable[Way]) -> tuple[str, ...]:
    return tuple(sorted(way.flow for way in ways))


def _subsets(ways: Sequence[Way]) -> Iterator[frozenset[Way]]:
    return map(frozenset, chain.from_iterable(combinations(ways, size) for size in range(1, len(ways) + 1)))


class _Painter:
    """Holds what is shared while the steps of one scope are made."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._idle = _idle(scope)
        self._main = scope.reached((name for begin in scope.begins for name in begin), besides=False)
        self._beside: set[str] = set()
        arriving = Counter(flow.target for flows in scope.flows.values() for flow in flows)
        drawn = [node for node in scope.nodes.values() if node.kind != "boundaryEvent"]
        self._steps = {n.id: Step(n.id, _JOINS.get(n.kind, "any") if arriving[n.id] > 1 else "any") for n in drawn}

    def net(self) -> Net:
        """Every step with its ways, and a root before them all."""
        root = Step("")
        for begin in self._scope.begins:
            flows = [Flow(f" {name}", "", name) for name in begin]
            root.choices.append(Choice(self._ways(root, flows), begin if len(self._scope.begins) > 1 else ()))
        for name, step in self._steps.items():
            self._leave(step, name)
            for event in self._scope.events.get(name, ()):
                self._add_event(step, event, root)
        return Net(root, {"": root, **self._steps}, frozenset(self._beside - self._main))

    def _leave(self, step: Step, name: str) -> None:
        """How a node's token goes on: what `Behaviour.leave` does, with every outcome of the conditions."""
        node, flows = self._scope.nodes[name], self._scope.flows.get(name, ())
        conditional = [f for f in flows if f.condition and f.id != node.default]
        if name in self._scope.clearing:
            step.clears = True
            step.choices.append(Choice(frozenset()))
        elif node.kind in _ONE and flows:
            told = len(flows) > 1
            step.choices += [Choice(self._ways(step, [f]), (f.id,) if told else ()) for f in flows]
        elif conditional and len(flows) > 1:
            self._split(step, node, flows, conditional)
        else:
            always = [f for f in flows if f.id != node.default] or flows
            step.choices.append(Choice(self._ways(step, always)))

    def _split(self, step: Step, node: Node, flows: Sequence[Flow], conditional: list[Flow]) -> None:
        """An inclusive split: any set of the conditions may hold; none, if there is a default or a flow without one."""
        fixed = self._ways(step, [f for f in flows if not f.condition and f.id != node.default])
        rest = [f for f in flows if f.id == node.default]
        step.some = [way for f in conditional for way in self._ways(step, [f])]
        nothing = len(step.some) < len(conditional)  # the others lead to nothing but an end
        if rest or fixed or nothing:
            step.choices.append(Choice(self._ways(step, rest) | fixed, tuple(f.id for f in rest)))
        if nothing and rest and self._ways(step, rest):
            step.choices.append(Choice(fixed))
        if fixed:
            step.spell_out(fixed)

    def _add_event(self, step: Step, event: Node, root: Step) -> None:
        """A boundary event: instead of the activity, besides it, or, if it never touches the flow again, on its own."""
        aside = Step(event.id)
        self._leave(aside, event.id)
        aside.spell_out()
        found = [Choice(choice.ways, (event.id, *choice.said)) for choice in aside.choices]
        reached = self._scope.reached([event.id])
        alone = not event.interrupting and reached.isdisjoint(self._main | self._scope.clearing)
        if event.interrupting:
            step.choices += found
        elif alone:
            root.choices += found
        else:
            self._beside |= reached
            step.besides += found
        for way in {way for choice in found for way in choice.ways}:
            way.source = root if alone else step

    def _ways(self, source: Step, flows: Sequence[Flow]) -> frozenset[Way]:
        """New ways for flows; none for one that leads to nothing but an end, for that waits for nobody."""
        made = []
        for flow in flows:
            if flow.target not in self._idle:
                target = self._steps[flow.target]
                way = Way(source, target, flow.id, flow.id, flow.target)
                target.arriving[way] = None
                made.append(way)
        return frozenset(made)


def _idle(scope: Scope) -> set[str]:
    """Nodes after which nothing is done any more: plain ends, and exclusive gateways that lead only to such."""
    nodes = scope.nodes.values()
    found = {n.id for n in nodes if n.kind == "endEvent" and not n.event and not n.outcome}
    before: dict[str, list[str]] = {}
    left = {}
    for node in nodes:
        targets = [flow.target for flow in scope.flows.get(node.id, ())]
        left[node.id] = len(targets) if node.kind == "exclusiveGateway" and not node.outcome else -1
        for target in targets:
            before.setdefault(target, []).append(node.id)
    waiting = deque(found)
    while waiting:
        for name in before.get(waiting.popleft(), ()):
            left[name] -= 1
            if left[name] == 0:
                found.add(name)
                waiting.append(name)
    return found

"""Where a case stands, read from its state: the tokens of each scope, and what a person may do with each."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from SpiffWorkflow.util.task import TaskState

from engine.runtime.activities import is_job
from engine.runtime.changes import Standing
from engine.runtime.repair_net import Net, Place
from engine.runtime.several import INSTANCE
from engine.runtime.told import TimerDue
from engine.runtime.values import Model, Node

_EVENTS = {"due": "timer", "message": "message", "signal": "signal", "held": "condition"}
_LEAVES = ("task", "job", "timer", "message", "signal", "condition")
_WAITS = {
    "subProcess": "part",
    "callActivity": "part",
    "parallelGateway": "join",
    "inclusiveGateway": "join",
    "eventBasedGateway": "choice",
}


@dataclass(frozen=True)
class Scope:
    """One running process or sub-process: `id` is the token it runs for, or empty; `inside` the scope around it.

    `own_names`: it sees more than the facts.
    """

    id: str
    name: str
    inside: str | None
    tokens: tuple[Mapping[str, Any], ...]
    own_names: bool = False

    def places(self, net: Net) -> dict[str, Place]:
        """The tokens of the flow by id; not what only listens, nor the instances of an activity."""
        flowing = (t for t in self.tokens if t["about"].keys().isdisjoint(("host", "watch", "body")))
        return {t["id"]: net.place(t["node"], t["about"].get("via", "")) for t in flowing}


def scopes(model: Model, document: Mapping[str, Any]) -> list[Scope]:
    """The running scopes, outer ones first. A case that is over has its process, without tokens."""
    found = [Scope("", model.process_id, None, tuple(document["tokens"]))]
    for inner in document["scopes"]:
        around, host = next((s, t) for s in found for t in s.tokens if t["id"] == inner["host"])
        node = node_of(model, host)
        found.append(Scope(inner["host"], node.calls or node.id, around.id, tuple(inner["tokens"]), "data" in inner))
    return found


def standing(model: Model, document: Mapping[str, Any]) -> tuple[Standing, ...]:
    """Everything that waits, outer scopes first, and which changes fit it."""
    return tuple(_standing(model, scope, token) for scope in scopes(model, document) for token in _shown(model, scope))


def due(model: Model, document: Mapping[str, Any]) -> tuple[TimerDue, ...]:
    """The timers that wait, as the last step told them."""
    waiting = (t for scope in scopes(model, document) for t in scope.tokens if "due" in t["about"])
    return tuple(TimerDue(t["id"], node_of(model, t).id, datetime.fromisoformat(t["about"]["due"])) for t in waiting)


def node_of(model: Model, token: Mapping[str, Any]) -> Node:
    """The node a token stands on."""
    return model.nodes[token["node"].removesuffix(INSTANCE)]


def closed(model: Model, scope: Scope) -> bool:
    """Whether a scope is being left: it undoes what was done, or an event sub-process took its place."""
    return any(_undoing(token) or _interrupts(model, token) for token in scope.tokens)


def within(model: Model, nodes: Collection[str]) -> frozenset[str]:
    """These nodes and all that lie in them, in called processes as well."""
    found, waiting = set(nodes), list(nodes)
    while waiting:
        node = model.nodes[waiting.pop()]
        inside = {n.id for n in model.nodes.values() if n.scope in (node.id, node.calls or node.id)}
        waiting += inside - found
        found |= inside
    return frozenset(found)


def undecided(model: Model, document: Mapping[str, Any]) -> frozenset[str]:
    """The items that no node within reach decides on any more, as far as the drawing says who decides on items."""
    items = {node.item for node in model.nodes.values() if node.item}
    return frozenset(items - {node.item for node in _within_reach(model, document) if node.outcome and node.item})


def items_again(model: Model, nodes: Collection[str], done: Collection[str]) -> tuple[str, ...]:
    """The items that are decided again when these nodes are done again.

    One that ended at a node outside keeps its result, for nothing would give it another one.
    """
    deciding: dict[str, set[str]] = {}
    for node in model.nodes.values():
        if node.item and node.outcome:
            deciding.setdefault(node.item, set()).add(node.id)
    return tuple(item for item, at in deciding.items() if at & set(nodes) and at & set(done) <= set(nodes))


def _within_reach(model: Model, document: Mapping[str, Any]) -> Iterator[Node]:
    for scope in scopes(model, document):
        net = Net.of(model, scope.name)
        here = {node_of(model, token).id for token in scope.tokens}
        yield from (model.nodes[name] for name in within(model, here.union(*(net.after(n, again=True) for n in here))))


def _shown(model: Model, scope: Scope) -> Iterator[Mapping[str, Any]]:
    """Tokens a person can do something with: those of the flow, instances, and events behind a gateway."""
    for token in scope.tokens:
        node = node_of(model, token)
        if "watch" not in token["about"] and node.kind != "boundaryEvent":
            yield token


def _standing(model: Model, scope: Scope, token: Mapping[str, Any]) -> Standing:
    node, about = node_of(model, token), token["about"]
    kind = _kind(node, token)
    can = {"skip"} if kind in _LEAVES else set()
    if "body" not in about and "host" not in about:
        can |= {"retry"} if kind in (*_LEAVES, "choice") else set()
        can |= set() if node.by_event or closed(model, scope) else {"move"}
    return Standing(token["id"], node.id, scope.id, kind, frozenset(can))


def _kind(node: Node, token: Mapping[str, Any]) -> str:
    about = token["about"]
    if node.needs > 1 and "body" not in about and token["state"] == TaskState.WAITING:
        return "join"
    if (node.loop and "body" not in about) or "undoing" in about:
        return "part"
    if is_job(node):
        return "job"
    if node.kind == "userTask":
        return "task"
    waits = (word for name, word in _EVENTS.items() if name in about)
    return next(waits, _WAITS.get(node.kind, "part"))


def _undoing(token: Mapping[str, Any]) -> bool:
    return not token["about"].keys().isdisjoint(("undo", "undoing"))


def _interrupts(model: Model, token: Mapping[str, Any]) -> bool:
    node = node_of(model, token)
    starts = (n for n in model.nodes.values() if n.scope == node.id and n.kind == "startEvent")
    return node.by_event and "watch" not in token["about"] and any(start.interrupting for start in starts)

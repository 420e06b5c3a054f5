"""What later steps need: after a change, names nobody would give any more are found before they stop the case."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine import feel
from engine.runtime import expressions, repair_words
from engine.runtime.activities import is_job
from engine.runtime.changes import Cancel, Change, Move, Skip
from engine.runtime.repair_net import Net
from engine.runtime.repair_standing import Scope, node_of, scopes, within
from engine.runtime.told import Incident
from engine.runtime.values import Model, Node

GIVING = ("userTask", "receiveTask", "serviceTask", "sendTask")  # give names only their forms know


@dataclass(frozen=True)
class Ahead:
    """The nodes of a scope that may still be done, and those whose token already stands there."""

    net: Net
    here: frozenset[str]
    nodes: frozenset[str]


def passed_by(model: Model, document: dict[str, Any], change: Change) -> tuple[Node, ...]:
    """The user tasks and jobs whose answers a change does without, in the order of the drawing."""
    if isinstance(change, Cancel):
        return tuple(n for n in model.nodes.values() if _asks(n) and n.item in change.items)
    if not isinstance(change, Skip | Move):
        return ()
    found = ((s, node_of(model, t).id) for s in scopes(model, document) for t in s.tokens if t["id"] == change.token)
    scope, node = next(found, (None, ""))
    if scope is None:
        return ()
    net = Net.of(model, scope.name)
    missed = {node}
    if isinstance(change, Move) and change.node in net.nodes:
        missed = {node, *net.after(node)} - {change.node, *net.after(change.node)}
    return tuple(n for n in model.nodes.values() if _asks(n) and n.id in within(model, missed))


def _asks(node: Node) -> bool:
    return node.kind == "userTask" or is_job(node)


def wanting(model: Model, document: dict[str, Any], facts: Mapping[str, Any], now: datetime) -> Incident | None:
    """The first expression that would stop the case because a name in it does not exist and nothing will give it."""
    known = feel.Facts(dict(facts))
    standing = [_ahead(model, scope) for scope in scopes(model, document) if not scope.own_names]
    for ahead in standing:
        for node, text in _texts(ahead):
            for name in _unknown(text, known, facts, now):
                if not any(_gives(model, other, node, name) for other in standing):
                    return repair_words.wanting(node, name)
    return None


def _ahead(model: Model, scope: Scope) -> Ahead:
    net = Net.of(model, scope.name)
    here = frozenset(node for node, _ in scope.places(net).values())
    return Ahead(net, here, here.union(*(net.after(node) for node in here)))


def _texts(ahead: Ahead) -> Iterator[tuple[Node, str]]:
    """The expressions that are still to be evaluated over the facts alone."""
    for name in ahead.nodes:
        node = ahead.net.nodes[name]
        plain = not (node.inputs or node.loop)
        if name not in ahead.here and plain:
            timer = node.timer.text if node.timer else ""
            yield from ((node, text) for text in (node.groups, node.due, node.priority, node.script, node.key, timer))
        yield from ((node, flow.condition) for flow in ahead.net.out[name])


def _unknown(text: str, known: feel.Facts, facts: Mapping[str, Any], now: datetime) -> list[str]:
    """The names that are missing when an expression is evaluated now; none when it does without them."""
    if not text.startswith("="):
        return []
    try:
        expressions.evaluate(text, known, now)
    except expressions.Unknown:
        return [name for name in feel.compile(text[1:]).names if not _has(facts, name)] or [text]
    except expressions.Refused:
        return []
    return []


def _has(facts: Mapping[str, Any], name: str) -> bool:
    value: Any = facts
    for part in name.split("."):
        if not isinstance(value, Mapping):
            return True
        if part not in value:
            return False
        value = value[part]
    return True


def _gives(model: Model, ahead: Ahead, reader: Node, name: str) -> bool:
    """Whether a node that is still to be done, and not behind the reader, may give this name."""
    behind = ahead.net.after(reader.id) if reader.id in ahead.net.nodes else {}
    inside = within(model, ahead.nodes - behind.keys())
    return any(_writes(model.nodes[giver], name) for giver in inside)


def _writes(node: Node, name: str) -> bool:
    root = name.partition(".")[0]
    targets = [mapped.target for mapped in node.outputs] + [node.variable] + ([node.loop.result] if node.loop else [])
    if any(target.partition(".")[0] == root for target in targets if target):
        return True
    variable = node.headers.get("resultVariable") if is_job(node) and not node.outputs else None
    if variable:
        place = f"{node.item}.{variable}." if node.item else f"{variable}."
        return f"{name}.".startswith(place) or place.startswith(f"{name}.")
    gives = node.kind in GIVING or is_job(node) or bool(node.message or node.signal)
    return gives and not node.outputs and node.item in (None, root)

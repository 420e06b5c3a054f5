"""Which node of one drawing is which of another: by id and name, by what it is, and by where it stands.

So a drawing whose ids were all renamed, or that another tool wrote in another order, is the same drawing.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import partial

from engine.changes.change import matched
from engine.runtime import Model, Node
from engine.runtime.reading import GATEWAYS

Pairs = list[tuple[Node, Node]]


@dataclass(frozen=True)
class Paired:
    """The nodes of two drawings: the same ones, those gone, those new."""

    old: Model
    new: Model
    pairs: Pairs
    gone: list[Node]
    come: list[Node]

    def after(self, node: Node, *, new: bool) -> frozenset[str]:
        """Names of the paired nodes that follow a node; others on the way are passed by. Names are the new ones."""
        model = self.new if new else self.old
        names = {(b if new else a).id: b.id for a, b in self.pairs}
        todo, seen, found = [node.id], {node.id}, set()
        following = _following(model)
        while todo:
            for target in following.get(todo.pop(), ()):
                if target in names:
                    found.add(names[target])
                elif target not in seen:
                    seen.add(target)
                    todo.append(target)
        return frozenset(found)


def paired(old: Model, new: Model) -> Paired:
    """Pair the nodes of two drawings."""
    pairs, gone, come = matched(
        old.nodes.values(),
        new.nodes.values(),
        lambda n: (n.id, n.kind, n.name),
        lambda n: (n.kind, n.event, n.name, n.lane, n.item, n.form) if n.name else None,
        lambda n: (n.id, n.kind),
        lambda n: (n.kind, n.event, n.name) if n.name else None,
    )
    pairs, gone, come = _by_place(old, new, pairs, gone, come, by_kind=True)
    more, gone, come = matched(gone, come, lambda n: n.id if n.kind in GATEWAYS else None)
    return Paired(old, new, *_by_place(old, new, pairs + more, gone, come, by_kind=False))


def _by_place(
    old: Model, new: Model, pairs: Pairs, gone: list[Node], come: list[Node], *, by_kind: bool
) -> tuple[Pairs, list[Node], list[Node]]:
    """Pair what stands between the same neighbours, again and again: each pair makes neighbours known."""
    while gone and come:
        places = _places(old, {a.id: str(n) for n, (a, _) in enumerate(pairs)}, gone, by_kind=by_kind)
        places |= _places(new, {b.id: str(n) for n, (_, b) in enumerate(pairs)}, come, by_kind=by_kind)
        more, gone, come = matched(gone, come, partial(_place, places))
        if not more:
            break
        pairs = pairs + more
    return pairs, gone, come


def _place(places: Mapping[int, Hashable], node: Node) -> Hashable:
    return places[id(node)]


def _places(model: Model, known: Mapping[str, str], nodes: list[Node], *, by_kind: bool) -> dict[int, Hashable]:
    """What identifies each node by its neighbours; None while none of them is known."""
    following = _following(model)
    found: dict[int, Hashable] = {}
    for node in nodes:
        after = frozenset(known[n] for n in following.get(node.id, ()) if n in known)
        before = frozenset(known[n] for n, targets in following.items() if node.id in targets and n in known)
        around = known.get(node.scope, "") if node.scope in model.nodes else "process"
        what = (node.kind, node.event, node.name) if by_kind else ("gateway", node.name) * (node.kind in GATEWAYS)
        found[id(node)] = (what, before, after, around) if what and (before or after) else None
    return found


def _following(model: Model) -> dict[str, list[str]]:
    """The nodes after each node, and the events on it."""
    found: dict[str, list[str]] = {}
    for flow in model.flows.values():
        found.setdefault(flow.source, []).append(flow.target)
    for node in model.nodes.values():
        if node.host:
            found.setdefault(node.host, []).append(node.id)
    return found

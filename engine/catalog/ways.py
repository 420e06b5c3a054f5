"""The ways through a drawing: which node can follow which, as far as the flows go."""

from collections import deque
from collections.abc import Collection, Iterator, Mapping

from engine.runtime import Model

OUT = "/out"  # added to a sub-process: what follows when it is over


class Ways:
    """What follows what, sub-processes opened: their inside lies between the node and what follows it."""

    def __init__(self, model: Model) -> None:
        self._after: dict[str, list[str]] = {}
        nodes = model.nodes
        inner = {node.scope for node in nodes.values()} & nodes.keys()
        sources = {flow.source for flow in model.flows.values()}
        targets = {flow.target for flow in model.flows.values()}
        for flow in model.flows.values():
            self._add(flow.source + OUT if flow.source in inner else flow.source, flow.target)
        for name in inner:
            self._add(name, name + OUT)
        for node in nodes.values():
            if node.host:
                self._add(node.host + OUT if node.host in inner else node.host, node.id)
            elif node.scope in inner and node.id not in targets:
                self._add(node.scope, node.id)
            if node.scope in inner and node.id not in sources:
                self._add(node.id + OUT if node.id in inner else node.id, node.scope + OUT)
        self.first = tuple(
            node.id for node in nodes.values() if node.id not in targets and not node.host and node.scope not in nodes
        )

    def _add(self, source: str, target: str) -> None:
        self._after.setdefault(source, []).append(target)

    def after(self, name: str) -> tuple[str, ...]:
        """What comes directly after a node, or with `OUT` after a sub-process is over."""
        return tuple(dict.fromkeys(self._after.get(name, ())))

    def behind(self, begin: Collection[str], without: Collection[str] = ()) -> set[str]:
        """The nodes that can follow these, on ways that do not pass `without`."""
        found: set[str] = set()
        waiting = deque(begin)
        while waiting:
            for name in self._after.get(waiting.popleft(), ()):
                if name not in found and name not in without:
                    found.add(name)
                    waiting.append(name)
        return found

    def reached(self, without: Collection[str] = ()) -> set[str]:
        """The nodes that can be reached from where the drawing begins, on ways that do not pass `without`."""
        first = [name for name in self.first if name not in without]
        return {*first, *self.behind(first, without)}


def before(name: str, depends: Mapping[str, Collection[str]]) -> set[str]:
    """What has to come before one, directly or not."""
    found: set[str] = set()
    waiting = list(depends.get(name, ()))
    while waiting:
        other = waiting.pop()
        if other not in found:
            found.add(other)
            waiting += depends.get(other, ())
    return found


def heaviest(names: Collection[str], behind: Mapping[str, Collection[str]], weight: Mapping[str, int]) -> list[str]:
    """The names on the heaviest way; those in one loop count once each. `behind` says what can follow a name."""
    best: dict[frozenset[str], tuple[int, list[str]]] = {}
    for loop in sorted(set(_loops(names, behind)), key=lambda loop: len(loop | _all(loop, names, behind))):
        later = _all(loop, names, behind) - loop
        most = max((found for other, found in best.items() if other <= later), default=(0, []), key=lambda way: way[0])
        inside = [name for name in names if name in loop]
        best[loop] = (sum(weight[name] for name in inside) + most[0], inside + most[1])
    return max(best.values(), default=(0, []), key=lambda way: way[0])[1]


def _loops(names: Collection[str], behind: Mapping[str, Collection[str]]) -> Iterator[frozenset[str]]:
    """For each name the names it can follow and be followed by, and itself."""
    for name in names:
        yield frozenset({name, *(other for other in names if other in behind[name] and name in behind[other])})


def _all(loop: frozenset[str], names: Collection[str], behind: Mapping[str, Collection[str]]) -> frozenset[str]:
    return frozenset(other for other in names if any(other in behind[name] for name in loop))

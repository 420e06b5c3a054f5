"""Columns: every flow that is not on a way back leads to the right."""

from collections.abc import Iterable, Mapping, Sequence

Edge = tuple[str, str]


def ranks(nodes: Sequence[str], edges: Sequence[Edge]) -> dict[str, int]:
    """The column of each node, from 0: one right of its last predecessor. `edges` without cycles, see `forward`."""
    after, missing = follow(nodes, edges), dict.fromkeys(nodes, 0)
    for _, target in edges:
        missing[target] += 1
    found = dict.fromkeys(nodes, 0)
    ready = [node for node in nodes if not missing[node]]
    sources = set(ready)
    for node in ready:
        for target in after[node]:
            found[target] = max(found[target], found[node] + 1)
            missing[target] -= 1
            if not missing[target]:
                ready.append(target)
    for node in sources:  # what nothing leads to stands beside what it leads to
        if after[node]:
            found[node] = min(found[target] for target in after[node]) - 1
    return found


def forward(nodes: Sequence[str], edges: Sequence[Edge], first: Iterable[str]) -> list[Edge]:
    """The edges without those that lead back, found by walking from `first` and then from what is left."""
    after = follow(nodes, [edge for edge in edges if edge[0] != edge[1]])
    back: set[Edge] = set()
    state: dict[str, int] = {}  # 1: on the way that is being walked, 2: done
    for root in [*first, *nodes]:
        if root not in state:
            _walk(root, after, state, back)
    return [edge for edge in dict.fromkeys(edges) if edge not in back and edge[0] != edge[1]]


def remaining(nodes: Sequence[str], edges: Sequence[Edge], rank: Mapping[str, int]) -> dict[str, int]:
    """How many nodes the longest way from each node to an end passes."""
    after = follow(nodes, edges)
    found: dict[str, int] = {}
    for node in sorted(nodes, key=lambda each: -rank[each]):
        found[node] = 1 + max((found[target] for target in after[node]), default=0)
    return found


def returning(
    nodes: Sequence[str], ahead: Sequence[Edge], back: Sequence[Edge], rank: Mapping[str, int]
) -> dict[str, int]:
    """Columns of nodes that only lead back, such as handing in what was missing: at what they lead back to."""
    after = follow(nodes, ahead)
    leads_to = dict(reversed(back))
    found: dict[str, int] = {}
    for node in sorted(nodes, key=lambda each: -rank[each]):
        if any(target not in found for target in after[node]):
            continue
        columns = [found[target] + 1 for target in after[node]]
        columns += [rank[leads_to[node]]] if node in leads_to else []
        if columns and any(target == node for _, target in ahead):
            found[node] = min(max(columns), rank[node])
    return found


def follow(nodes: Sequence[str], edges: Sequence[Edge]) -> dict[str, list[str]]:
    """The nodes after each node, in the order of the file."""
    after: dict[str, list[str]] = {node: [] for node in nodes}
    for source, target in edges:
        after[source].append(target)
    return after


def _walk(root: str, after: Mapping[str, Sequence[str]], state: dict[str, int], back: set[Edge]) -> None:
    """Depth first, without recursion: a drawing may be a thousand steps long."""
    way = [(root, iter(after[root]))]
    state[root] = 1
    while way:
        node, rest = way[-1]
        target = next(rest, None)
        if target is None:
            state[node] = 2
            way.pop()
        elif state.get(target) == 1:
            back.add((node, target))
        elif target not in state:
            state[target] = 1
            way.append((target, iter(after[target])))

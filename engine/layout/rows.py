"""Rows: within its lane every stretch of flow gets a row of its own, near what it comes from and leads to.

A stretch is a run of nodes in neighbouring columns of one lane. The longest are placed first, so the main way is one
straight line; each is tried in every row and between any two, where it costs least: long ways up and down, crossings.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from engine.layout.ranks import Edge, follow, remaining

_SWEEPS = 3
_CROSSING = 1.2
_NEW_ROW = 1.0
_AWAY = (1.0, 0.15)  # a row up or down: within a lane, from lane to lane
_BACK = 0.5  # share of that for a way back, which is no straight line anyway
_BENT = 0.5  # not straight at all
_SAME_SIDE = 0.7  # a second line leaving a node upwards, or downwards
_HANGING = 4.0  # what a boundary event leads to stands over it
_OVER = 1.5  # data or a note stands under what it belongs to
_BELOW = 0.1  # of two equal rows the lower is taken: alternatives stand under the main way
_FREE = (10**9, -1)


@dataclass(slots=True, eq=False)
class Stretch:
    """Nodes that share a row, and the columns kept free for them."""

    band: int
    nodes: list[str]
    first: int
    last: int
    row: int = -1  # within the band; -1 as long as it has none
    above: bool = False  # stands over what it belongs to, as data and notes do


@dataclass(slots=True)
class Rows:
    """All stretches of a scope while rows are being found."""

    rank: Mapping[str, int]
    bands: int
    edges: Sequence[Edge]
    stretches: list[Stretch] = field(default_factory=list)
    home: dict[str, Stretch] = field(default_factory=dict)
    near: dict[str, list[Edge]] = field(default_factory=dict)
    out: dict[str, list[Edge]] = field(default_factory=dict)
    hanging: frozenset[Edge] = frozenset()  # edges from boundary events
    over: dict[int, list[Edge]] = field(default_factory=dict)  # column → the edges that leave it or pass it
    height: list[int] = field(default_factory=list)  # rows of each band
    base: list[float] = field(default_factory=list)  # level of the first row of each band

    def level(self, node: str) -> float:
        """How far down a node is, all bands counted."""
        stretch = self.home[node]
        return self.base[stretch.band] + stretch.row

    def resize(self, band: int, by: int) -> None:
        """Count a row more or less."""
        self.height[band] += by
        for below in range(band + 1, self.bands):
            self.base[below] += by


def rows(
    rank: Mapping[str, int],
    edges: Sequence[Edge],
    back: Sequence[Edge],
    band: Mapping[str, int],
    above: Iterable[str],
    hanging: Iterable[Edge],
) -> dict[str, int]:
    """The row of each node, from 0 in each band.

    `edges` lead right, `back` lead left; nodes `above` go over what they belong to, `hanging` edges lead down.
    """
    bands = max(band.values(), default=0) + 1
    found = Rows(rank, bands, [*edges, *back], height=[0] * bands, hanging=frozenset(hanging))
    found.base = [0.5 * band for band in range(bands)]
    found.stretches = _stretches(rank, [edge for edge in edges if edge not in found.hanging], band, frozenset(above))
    found.home = {node: stretch for stretch in found.stretches for node in stretch.nodes}
    _connect(found, edges)
    for stretch in found.stretches:
        _insert(found, stretch)
    for _ in range(_SWEEPS):
        for stretch in found.stretches:
            _remove(found, stretch)
            _insert(found, stretch)
    return {node: stretch.row for node, stretch in found.home.items()}


def _connect(found: Rows, edges: Sequence[Edge]) -> None:
    """Index the edges by node and by column."""
    found.near = {node: [] for node in found.rank}
    found.out = {node: [] for node in found.rank}
    for edge in edges:
        found.out[edge[0]].append(edge)
    for source, target in found.edges:
        found.near[source].append((source, target))
        if source != target:
            found.near[target].append((source, target))
    for source, target in edges:
        for column in range(found.rank[source], found.rank[target]):
            found.over.setdefault(column, []).append((source, target))


def _stretches(
    rank: Mapping[str, int], edges: Sequence[Edge], band: Mapping[str, int], above: frozenset[str]
) -> list[Stretch]:
    """Cut the graph into runs, the longest first, notes last."""
    flow = [edge for edge in edges if not (above & {*edge})]
    nodes = list(rank)
    rest, after = remaining(nodes, flow, rank), follow(nodes, flow)
    before = follow(nodes, [(target, source) for source, target in flow])
    order = sorted(nodes, key=lambda each: (each in above, -rest[each] - rank[each], rank[each]))
    taken: set[str] = set()
    found = []
    for node in order:
        if node in taken:
            continue
        run = [node]
        ahead = after[node]
        while ahead := [n for n in ahead if n not in taken and band[n] == band[node]]:
            run.append(max(ahead, key=lambda each: rest[each]))
            ahead = after[run[-1]]
        taken.update(run)
        first = max((rank[n] + 1 for n in before[run[0]] if band[n] == band[node]), default=rank[run[0]])
        last = min((rank[n] - 1 for n in after[run[-1]] if band[n] == band[node]), default=rank[run[-1]])
        first, last = min(first, rank[run[0]]), max(last, rank[run[-1]])
        found.append(Stretch(band[node], run, first, last, above=node in above))
    return found


def _remove(found: Rows, stretch: Stretch) -> None:
    """Take a stretch out; its row closes if nothing else is in it."""
    row, stretch.row = stretch.row, -1
    others = [each for each in found.stretches if each.band == stretch.band]
    if not any(each.row == row for each in others):
        found.resize(stretch.band, -1)
        for each in others:
            each.row -= each.row > row


def _insert(found: Rows, stretch: Stretch) -> None:
    """Put a stretch where it costs least: into a row with room, or into a new one before row n."""
    placed = [each for each in found.stretches if each.band == stretch.band and each.row >= 0]
    height = found.height[stretch.band]
    busy = {
        each.row for each in placed if each is not stretch and each.first <= stretch.last and stretch.first <= each.last
    }
    tries = [(_cost(found, stretch, float(row)), 0, row) for row in range(height) if row not in busy]
    tries += [(_cost(found, stretch, row - 0.5) + _NEW_ROW, 1, row) for row in range(height + 1)]
    _, new, row = min(tries, key=lambda each: (round(each[0] - _BELOW * each[2], 6), each[1], -each[2]))
    if new:
        found.resize(stretch.band, 1)
        for each in placed:
            each.row += each.row >= row
    stretch.row = row


def _cost(found: Rows, stretch: Stretch, row: float) -> float:
    """What it costs to have the stretch in this row (halves: between two rows)."""
    level = found.base[stretch.band] + row
    total = 0.0
    for node in stretch.nodes:
        for edge in found.near[node]:
            other = edge[1] if edge[0] == node else edge[0]
            if found.home[other] is not stretch and found.home[other].row >= 0:
                total += _cost_of_edge(found, edge, node, other, level)
    return total


def _cost_of_edge(found: Rows, edge: Edge, node: str, other: str, level: float) -> float:
    """What one line costs if `node` is on this level."""
    stretch, away = found.home[node], level - found.level(other)
    weight = _AWAY[stretch.band != found.home[other].band]
    if stretch.above or found.home[other].above:
        return abs(away) * weight + (_OVER if (away > 0) == stretch.above else 0)
    if found.rank[edge[0]] >= found.rank[edge[1]]:
        return abs(away) * weight * _BACK
    cost = abs(away) * weight + (_BENT if away else 0) + _CROSSING * _crossings(found, node, other, level)
    if edge in found.hanging:
        return cost + (_HANGING if (away <= 0) == (node == edge[1]) else 0)
    if edge[0] == other and away:
        beside = [target for _, target in found.out[other] if target != node and found.home[target].row >= 0]
        cost += _SAME_SIDE * sum((found.level(target) - found.level(other)) * away > 0 for target in beside)
    return cost


def _crossings(found: Rows, node: str, other: str, level: float) -> int:
    """How many lines a line between two nodes would cross, all drawn straight."""
    left, right = sorted(((found.rank[node], level), (found.rank[other], found.level(other))))
    count = 0
    for source, target in _beside(found, node, other):
        a = (found.rank[source], found.level(source))
        b = (found.rank[target], found.level(target))
        count += _cross(left, right, min(a, b), max(a, b))
    return count


def _beside(found: Rows, node: str, other: str) -> Iterable[Edge]:
    """Placed edges over the first or last column of the line that share no end with it."""
    low, high = sorted((found.rank[node], found.rank[other]))
    near = found.over.get(low, []) + (found.over.get(high - 1, []) if high > low + 1 else [])
    for edge in dict.fromkeys(near):
        if not {*edge} & {node, other} and all(found.home[end].row >= 0 for end in edge):
            yield edge


def _cross(a: tuple[int, float], b: tuple[int, float], c: tuple[int, float], d: tuple[int, float]) -> bool:
    """Whether line a–b and line c–d cross between their common columns."""
    start, end = max(a[0], c[0]), min(b[0], d[0])
    if start >= end:
        return False

    def at(p: tuple[int, float], q: tuple[int, float], x: int) -> float:
        return p[1] + (q[1] - p[1]) * (x - p[0]) / (q[0] - p[0])

    return (at(a, b, start) - at(c, d, start)) * (at(a, b, end) - at(c, d, end)) < 0

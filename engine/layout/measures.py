"""How readable a drawing is, in numbers. Pure functions over planes and pictures."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, fields
from itertools import combinations

from engine.layout import sizes
from engine.layout.index import Index
from engine.layout.values import Box, Link, Node, Picture, Plane, Point, segments

_SAID = {
    "missing": "没有画出 / not drawn",
    "overlaps": "图形重叠 / shapes overlap",
    "through": "连线穿过图形 / a line goes through a shape",
    "outside": "不在泳道或子流程内 / outside of its lane or sub-process",
    "adrift": "没有贴在所属图形上 / not on the border it belongs to",
    "covered": "文字压住图形或文字 / a text covers a shape or a text",
    "struck": "连线穿过文字 / a line goes through a text",
    "shared": "连线重合 / lines on top of one another",
}
_SHY = 1  # a line may touch a border without going through


@dataclass(frozen=True, slots=True)
class Measures:
    """What is wrong with a drawing, by id, and what could be better, counted."""

    missing: tuple[str, ...]  # what has no place
    overlaps: tuple[tuple[str, str], ...]  # shapes on shapes
    through: tuple[tuple[str, str], ...]  # (line, shape that is not its end)
    outside: tuple[tuple[str, str], ...]  # (node, the lane, pool or sub-process it does not lie in)
    adrift: tuple[str, ...]  # boundary events not on the border of their activity, lines not at their ends
    covered: tuple[tuple[str, str], ...]  # (owner of a label, what it covers: a shape or another label's owner)
    struck: tuple[tuple[str, str], ...]  # (owner of a label, line that runs through it)
    shared: tuple[tuple[str, str], ...]  # lines on top of one another that lead to different nodes
    crossings: int
    bends: int
    forward: float  # share of sequence flows that lead to the right

    @property
    def readable(self) -> bool:
        """Whether nothing is wrong."""
        return not any(self.wrongs.values())

    @property
    def wrongs(self) -> dict[str, tuple[object, ...]]:
        """Everything that is wrong, by measure."""
        return {each.name: getattr(self, each.name) for each in fields(self)[:8]}

    @property
    def badness(self) -> tuple[int, ...]:
        """For comparing drawings of one model: the smaller, the better."""
        return (*(len(each) for each in self.wrongs.values()), self.crossings, self.bends)

    def told(self) -> dict[str, object]:
        """All measures as plain data."""
        wrongs = {name: [list(e) if isinstance(e, tuple) else e for e in each] for name, each in self.wrongs.items()}
        counts = {"crossings": self.crossings, "bends": self.bends, "forward": round(self.forward, 2)}
        return {"readable": self.readable, **wrongs, **counts}

    def sentence(self, what: str) -> str:
        """One line for people, and one for each thing that is wrong."""
        head = f"{'✔' if self.readable else '✘'} {what}: 交叉 / crossings {self.crossings}, 转折 / bends {self.bends}"
        wrongs = [
            f"\n    {_SAID[name]}: {' '.join(each) if isinstance(each, tuple) else each}"
            for name, found in self.wrongs.items()
            for each in found
        ]
        return head + "".join(wrongs)


def measure(plane: Plane, picture: Picture) -> Measures:
    """Measure one drawing."""
    links = [link for link in plane.all_links() if link.id in picture.paths]
    wanted = [*(pool.id for pool in plane.pools), *_lanes(plane), *plane.nodes()]
    flows = [link for link in links if link.kind == "sequenceFlow"]
    right = sum(picture.paths[link.id][-1][0] >= picture.paths[link.id][0][0] for link in flows)
    return Measures(
        missing=tuple(
            [name for name in wanted if name not in picture.boxes]
            + [link.id for link in plane.all_links() if link.id not in picture.paths]
        ),
        overlaps=tuple(overlaps(plane, picture)),
        through=tuple(through(plane, picture)),
        outside=tuple(outside(plane, picture)),
        adrift=tuple(adrift(plane, picture)),
        covered=tuple(covered(plane, picture)),
        struck=tuple(struck(plane, picture)),
        shared=tuple(shared(links, picture)),
        crossings=crossings(links, picture),
        bends=sum(max(len(picture.paths[link.id]) - 2, 0) for link in links),
        forward=right / len(flows) if flows else 1.0,
    )


def overlaps(plane: Plane, picture: Picture) -> Iterator[tuple[str, str]]:
    """Pairs of siblings that share room, except a boundary event and its activity; and pools, and lanes."""
    for scope in plane.scopes():
        placed = [(picture.boxes[name], name) for name in scope.nodes if name in picture.boxes]
        for one, other in _meeting(placed):
            if other not in (scope.nodes[one].host,) and one != scope.nodes[other].host:
                yield one, other
        leaves = [leaf.id for root in scope.lanes for leaf in root.leaves()]
        yield from _meeting([(picture.boxes[name], name) for name in leaves if name in picture.boxes])
    yield from _meeting([(picture.boxes[pool.id], pool.id) for pool in plane.pools if pool.id in picture.boxes])


def through(plane: Plane, picture: Picture) -> Iterator[tuple[str, str]]:
    """Lines that pass through a shape which is neither an end nor around an end."""
    solid = Index([(picture.boxes[name], name) for name in plane.nodes() if name in picture.boxes])
    black = [(picture.boxes[p.id], p.id) for p in plane.pools if not p.scope and p.id in picture.boxes]
    open_pools = {pool.id for pool in plane.pools if pool.scope}
    around = _around(plane)
    for link in plane.all_links():
        path = picture.paths.get(link.id, ())
        own = {name for end in (link.source, link.target) for name in _outwards(end, around)}
        met = {name for piece in segments(path) for box, name in solid.near(_piece(piece)) if _cuts(piece, box)}
        met |= {name for piece in segments(path) for box, name in black if _cuts(piece, box)}
        yield from ((link.id, name) for name in sorted(met - own))
        for end in (link.source, link.target):  # an end may be touched, not crossed from side to side
            box = picture.boxes.get(end) if end not in open_pools else None
            if box and link.source != link.target and any(_cuts(piece, box) for piece in segments(path)):
                yield link.id, end


def outside(plane: Plane, picture: Picture) -> Iterator[tuple[str, str]]:
    """Nodes that do not lie within their lane, pool or sub-process; boundary events go with their activity."""
    pools = {pool.scope.id: pool.id for pool in plane.pools if pool.scope}
    for scope in plane.scopes():
        lanes = {leaf.id for root in scope.lanes for leaf in root.leaves()}
        for node in scope.nodes.values():
            holder = node.lane if node.lane in lanes else pools.get(scope.id, scope.id)
            box, around = picture.boxes.get(node.id), picture.boxes.get(holder)
            if box and around and node.host not in scope.nodes and not around.holds(box):
                yield node.id, holder
        for root in scope.lanes:
            for lane in root.all():
                holder = pools.get(scope.id, scope.id)
                box, around = picture.boxes.get(lane.id), picture.boxes.get(holder)
                if box and around and not around.holds(box):
                    yield lane.id, holder


def adrift(plane: Plane, picture: Picture) -> Iterator[str]:
    """Boundary events that are not on their activity's border, and lines that do not begin and end at their ends."""
    nodes = plane.nodes()
    for node in nodes.values():
        host, box = picture.boxes.get(node.host), picture.boxes.get(node.id)
        middle = box and _dot(box.centre)
        if host and middle and (host.grown(-18).holds(middle) or not host.grown(18).holds(middle)):
            yield node.id
    for link in plane.all_links():
        path = picture.paths.get(link.id)
        for end, point in ((link.source, path[0]), (link.target, path[-1])) if path else ():
            box = picture.boxes.get(end)
            if box and not box.grown(2).holds(_dot(point)):
                yield link.id


def covered(plane: Plane, picture: Picture) -> Iterator[tuple[str, str]]:
    """Labels on shapes or on other labels."""
    nodes = plane.nodes()
    solid = Index([(_body(n, picture), n.id) for n in nodes.values() if n.id in picture.boxes and not _open(n)])
    texts = [(box, name) for name, box in picture.labels.items()]
    for box, name in texts:
        yield from ((name, other) for shape, other in solid.near(box) if shape.meets(box))
    yield from _meeting(texts)


def struck(plane: Plane, picture: Picture) -> Iterator[tuple[str, str]]:
    """Labels with a line through them."""
    texts = Index([(box, name) for name, box in picture.labels.items()])
    for link in plane.all_links():
        for piece in segments(picture.paths.get(link.id, ())):
            yield from ((name, link.id) for box, name in texts.near(_piece(piece)) if _cuts(piece, box))


def shared(links: list[Link], picture: Picture) -> Iterator[tuple[str, str]]:
    """Flows that run on top of one another although they come from and lead to different nodes."""
    pieces: dict[tuple[int, int], list[tuple[int, int, Link]]] = {}
    for link in (each for each in links if each.kind.endswith("Flow")):
        for (x1, y1), (x2, y2) in segments(picture.paths[link.id]):
            if x1 == x2:
                pieces.setdefault((0, x1), []).append((min(y1, y2), max(y1, y2), link))
            elif y1 == y2:
                pieces.setdefault((1, y1), []).append((min(x1, x2), max(x1, x2), link))
    for found in pieces.values():
        for (a, b, one), (c, d, other) in combinations(found, 2):
            if min(b, d) > max(a, c) and one.target != other.target and one.source != other.source:
                yield one.id, other.id


def crossings(links: list[Link], picture: Picture) -> int:
    """How often lines cross; lines that share an end may meet there."""
    across, down = [], []
    for link in links:
        for (x1, y1), (x2, y2) in segments(picture.paths[link.id]):
            if y1 == y2:
                across.append((y1, min(x1, x2), max(x1, x2), link))
            elif x1 == x2:
                down.append((x1, min(y1, y2), max(y1, y2), link))
    across.sort(key=lambda each: each[0])
    levels = [each[0] for each in across]
    count = 0
    for x, top, bottom, link in down:
        for y, left, right, other in across[bisect_left(levels, top + 1) :]:
            if y >= bottom:
                break
            count += left < x < right and link is not other
    return count


def _meeting(boxes: list[tuple[Box, str]]) -> Iterator[tuple[str, str]]:
    """Pairs that share room."""
    index = Index(boxes)
    order = {name: number for number, (_, name) in enumerate(boxes)}
    for box, name in boxes:
        yield from ((name, other) for near, other in index.near(box) if order[name] < order[other] and near.meets(box))


def _lanes(plane: Plane) -> list[str]:
    return [lane.id for scope in plane.scopes() for root in scope.lanes for lane in root.all()]


def _body(node: Node, picture: Picture) -> Box:
    """What a node covers: the corners of a gateway's box are empty."""
    box = picture.boxes[node.id]
    return box.grown(-box.w // 4) if sizes.is_gateway(node) else box


def _open(node: Node) -> bool:
    return node.inner is not None and not node.collapsed


def _around(plane: Plane) -> dict[str, str]:
    """Node → what holds it: the sub-process, and for a boundary event's line also nothing more."""
    return {name: scope.id for scope in plane.scopes() for name in scope.nodes}


def _outwards(name: str, around: dict[str, str]) -> Iterator[str]:
    while name:
        yield name
        name = around.get(name, "")


def _piece(piece: tuple[Point, Point]) -> Box:
    (x1, y1), (x2, y2) = piece
    return Box(min(x1, x2), min(y1, y2), abs(x1 - x2), abs(y1 - y2))


def _cuts(piece: tuple[Point, Point], box: Box) -> bool:
    """Whether a straight piece goes through the inside of a box."""
    (x1, y1), (x2, y2) = piece
    low, high = 0.0, 1.0
    for start, end, least, most in ((x1, x2, box.x, box.right), (y1, y2, box.y, box.bottom)):
        least, most = least + _SHY, most - _SHY
        if start == end:
            if not least < start < most:
                return False
            continue
        a, b = sorted(((least - start) / (end - start), (most - start) / (end - start)))
        low, high = max(low, a), min(high, b)
    return low < high


def _dot(point: Point) -> Box:
    return Box(*point, 0, 0)

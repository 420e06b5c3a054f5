"""Texts beside shapes and on lines: each goes to the first place near its owner where it covers nothing."""

from collections.abc import Iterable, Iterator, Sequence

from engine.layout import sizes
from engine.layout.index import Index
from engine.layout.values import Box, Node, Path, Picture, Plane, segments

_THIN = 3  # how near a text may come to a line
_RINGS = 4  # rings of places around a shape
_FAR = 16  # steps a text may be away at most
_STEP = 14


class Ground:
    """What is on the sheet: shapes, lines and texts as boxes, each with how bad it is to cover it."""

    def __init__(self) -> None:
        self._index: Index[int] = Index()

    def put(self, box: Box, weight: int) -> None:
        """Occupy a place."""
        self._index.put(box, weight)

    def covered(self, box: Box) -> int:
        """How bad it is to write here; 0: free."""
        return sum(weight for other, weight in self._index.near(box) if other.meets(box))


def label(plane: Plane, picture: Picture) -> None:
    """Place every text that has no place yet: names of shapes first, then names of lines."""
    nodes = plane.nodes()
    ground = _ground(plane, picture, nodes)
    for node in nodes.values():
        if sizes.named_outside(node) and node.id not in picture.labels:
            width, height = sizes.label(node.name)
            _settle(node.id, _beside_shape(node, picture.boxes[node.id], width, height), picture, ground)
    for link in plane.all_links():
        if link.name and link.id not in picture.labels:
            width, height = sizes.label(link.name)
            _settle(link.id, _on_line(picture.paths[link.id], width, height), picture, ground)


def _ground(plane: Plane, picture: Picture, nodes: dict[str, Node]) -> Ground:
    """What is there: shapes, headers and borders of pools and lanes, lines, texts."""
    ground = Ground()
    for node in nodes.values():
        if node.inner and not node.collapsed:
            _put_frame(ground, picture.boxes[node.id])
        else:
            ground.put(picture.boxes[node.id], 100)
    for pool in plane.pools:
        box = picture.boxes[pool.id]
        ground.put(box._replace(w=sizes.HEADER) if pool.scope else box, 100)
    for lane in [lane for scope in plane.scopes() for root in scope.lanes for lane in root.all()]:
        box = picture.boxes[lane.id]
        ground.put(box._replace(w=sizes.HEADER), 100)
        ground.put(Box(box.x, box.bottom - 1, box.w, 2), 8)
    for path in picture.paths.values():
        for (x1, y1), (x2, y2) in segments(path):
            ground.put(Box(min(x1, x2), min(y1, y2), abs(x1 - x2), abs(y1 - y2)).grown(_THIN), 10)
    for box in picture.labels.values():
        ground.put(box, 30)
    return ground


def _put_frame(ground: Ground, box: Box) -> None:
    """An expanded sub-process: texts inside are fine, on its border or its title they are not."""
    ground.put(Box(box.x, box.y, box.w, sizes.TITLE), 100)
    ground.put(Box(box.x - 1, box.y, 3, box.h), 100)
    ground.put(Box(box.right - 1, box.y, 3, box.h), 100)
    ground.put(Box(box.x, box.bottom - 1, box.w, 3), 100)


def _settle(name: str, places: Iterable[Box], picture: Picture, ground: Ground) -> None:
    """Take the first free place, else the nearest free one around it, else the one that covers least."""
    best: tuple[int, Box] | None = None
    for box in _and_around(list(places)):
        bad = ground.covered(box)
        if best is None or bad < best[0]:
            best = (bad, box)
        if not bad:
            break
    if best:
        picture.labels[name] = best[1]
        ground.put(best[1], 30)


def _and_around(places: Sequence[Box]) -> Iterator[Box]:
    """The places, then a field of places around the first, from near to far."""
    yield from places
    steps = [(x * _STEP, y * _STEP) for x in range(-_FAR, _FAR + 1) for y in range(-_FAR, _FAR + 1)]
    for dx, dy in sorted(steps, key=lambda each: (abs(each[0]) + abs(each[1]), each)):
        yield places[0].moved(dx, dy)


def _beside_shape(node: Node, box: Box, width: int, height: int) -> Iterator[Box]:
    """Under an event, over a gateway, beside either; then further and further away."""
    x, y = box.centre
    for ring in range(_RINGS):
        gap = 4 + ring * 10
        below = [Box(x - width // 2, box.bottom + gap, width, height)]
        above = [Box(x - width // 2, box.y - gap - height, width, height)]
        corners = [
            Box(left, top, width, height)
            for top in (box.bottom + gap - 4, box.y - gap + 4 - height)
            for left in (x + 6 + ring * 10, x - 6 - ring * 10 - width)
        ]
        sides = [Box(box.right + gap, y + 6, width, height), Box(box.x - gap - width, y + 6, width, height)]
        if sizes.is_gateway(node):
            yield from [*above, *corners[2:], *below, *corners[:2], *sides]
        elif node.kind == "boundaryEvent":
            yield from [*corners[:2], *below, *sides]
        else:
            yield from [*below, *above, *corners, *sides]


def _on_line(path: Path, width: int, height: int) -> Iterator[Box]:
    """Beside the first piece long enough, near the start; then anywhere along the line, then further off."""
    pieces = list(segments(path))
    for gap in (4, 10, 18, 28, 40, 60):
        for (x1, y1), (x2, y2) in pieces:
            if y1 == y2:
                room = abs(x2 - x1) - width
                starts = [8, room // 2, room - 14] if room > 16 else [room // 2]
                for start in [start for start in starts if start >= 0] or [room // 2]:
                    left = x1 + start if x2 >= x1 else x1 - start - width
                    yield Box(left, y1 - gap - height, width, height)
                    yield Box(left, y1 + gap, width, height)
            else:
                room = abs(y2 - y1) - height
                for start in (room // 4, room // 2, room * 3 // 4):
                    top = min(y1, y2) + start
                    yield Box(x1 + gap + 1, top, width, height)
                    yield Box(x1 - gap - 1 - width, top, width, height)

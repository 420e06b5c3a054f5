"""All lines of a plane: those inside a scope first, each scope on tracks of its own, then those from scope to scope."""

from collections.abc import Iterable, Mapping, Sequence

from engine.layout import sizes
from engine.layout.index import Index
from engine.layout.ports import Port, free_ports, ports
from engine.layout.route import cheapest
from engine.layout.tracks import CLEAR, Ends, Tracks
from engine.layout.values import Box, Link, Node, Path, Picture, Plane, Point, Scope, segments

_AROUND = 120  # how far lines may run outside of everything when there is no pool


def connect(plane: Plane, picture: Picture) -> None:
    """Give every line that has no path yet one; those with a path stay and are avoided."""
    frames = {pool.scope.id: picture.boxes[pool.id] for pool in plane.pools if pool.scope}
    for scope in plane.scopes():
        if not any(link.id not in picture.paths for link in scope.links):
            continue
        frame = frames.get(scope.id) or picture.boxes.get(scope.id) or _around(picture.boxes.values())
        _Sheet(scope, frame, picture).connect(scope.links)
    links = [link for link in plane.links if link.id not in picture.paths]
    if links:
        _Between(plane, links, picture).connect(links)


class _Sheet:
    """The tracks of one scope and what its lines need to know."""

    def __init__(self, scope: Scope, frame: Box, picture: Picture) -> None:
        self._nodes = scope.nodes
        self._picture = picture
        boxes = [picture.boxes[name] for name in scope.nodes]
        lanes = [picture.boxes[lane.id] for root in scope.lanes for lane in root.all()]
        walls = [side for lane in lanes for side in (lane.y, lane.bottom)]
        left = max((lane.x + sizes.HEADER for lane in lanes), default=frame.x)
        region = Box(left, frame.y, frame.right - left, frame.h)
        tasks = [node for node in scope.nodes.values() if not (sizes.is_event(node) or sizes.is_gateway(node))]
        self._tracks = Tracks(region, boxes, walls, _asides(picture.boxes[node.id] for node in tasks))
        self._wary = self._tracks.avoiding(picture.labels.values(), 2)  # texts a person placed, if there is another way
        self._index = Index((picture.boxes[name], name) for name in scope.nodes)
        self._guests = _guests(self._nodes, picture)
        self._taken: dict[Point, Ends] = {}

    def connect(self, links: Sequence[Link]) -> None:
        """Short and straight ones first, ways back after them, lines to data and notes last."""
        boxes, paths = self._picture.boxes, self._picture.paths
        for link in links:
            if link.id in paths:
                self._note(link, paths[link.id])
        missing = [link for link in links if link.id not in paths]
        for link in missing:
            path = self._straight(link)
            if path:
                self._note(link, path)
        for link in sorted((link for link in missing if link.id not in paths), key=self._turn):
            source, target = boxes[link.source], boxes[link.target]
            back = target.centre[0] < source.centre[0] or link.source == link.target
            starts = self._ports(link.source, link, target, leaving=True, back=back)
            goals = self._ports(link.target, link, source, leaving=False, back=back)
            ends = (link.source, link.target)
            path = cheapest(self._wary, starts, goals, ends, self._taken)
            path = path or cheapest(self._tracks, starts, goals, ends, self._taken)
            self._note(link, path or _direct(source, target))

    def _straight(self, link: Link) -> Path:
        """The commonest way, without a search: level, to the right, with nothing between."""
        source, target = self._picture.boxes[link.source], self._picture.boxes[link.target]
        start, end = (source.right, source.centre[1]), (target.x, target.centre[1])
        if link.kind != "sequenceFlow" or start[1] != end[1] or start[0] >= end[0]:
            return ()
        if start in self._taken or end in self._taken:
            return ()
        between = Box(start[0], start[1] - 8, end[0] - start[0], 16)
        met = {name for box, name in self._index.near(between) if between.meets(box)}
        return () if met - {link.source, link.target} else (start, end)

    def _note(self, link: Link, path: Path) -> None:
        self._picture.paths[link.id] = path
        self._tracks.use(path, (link.source, link.target))
        self._taken.setdefault(path[0], (link.source, ""))
        self._taken.setdefault(path[-1], ("", link.target))

    def _ports(self, end: str, link: Link, facing: Box, *, leaving: bool, back: bool) -> list[Port]:
        box, guests = self._picture.boxes[end], self._guests.get(end, ())
        return free_ports(self._nodes[end], box, link, guests, leaving=leaving, back=back, facing=facing)

    def _turn(self, link: Link) -> tuple[int, int, int, int]:
        """When a line is drawn: kind, whether it leads back, whether it passes others on its level, how far it is."""
        (x1, y1), (x2, y2) = self._picture.boxes[link.source].centre, self._picture.boxes[link.target].centre
        return int(link.kind != "sequenceFlow"), int(x2 < x1), int(y1 == y2), abs(x2 - x1) + 3 * abs(y2 - y1)


class _Between:
    """The tracks of a whole plane, for lines between pools, or into and out of sub-processes."""

    def __init__(self, plane: Plane, links: Sequence[Link], picture: Picture) -> None:
        self._nodes = plane.nodes()
        self._picture = picture
        self._inside = {name: scope.id for scope in plane.scopes() for name in scope.nodes if scope.id in self._nodes}
        self._open = sorted(set(self._inside.values()))  # sub-processes a line passes into if one of its ends is there
        lanes = [picture.boxes[lane.id] for scope in plane.scopes() for root in scope.lanes for lane in root.all()]
        pools = [picture.boxes[pool.id] for pool in plane.pools]
        headers = [box._replace(w=sizes.HEADER - CLEAR) for box in lanes]
        headers += [picture.boxes[pool.id]._replace(w=sizes.HEADER - CLEAR) for pool in plane.pools if pool.scope]
        black = [picture.boxes[pool.id] for pool in plane.pools if not pool.scope]
        solid = [picture.boxes[name] for name in self._nodes if name not in self._open]
        walls = [side for box in [*lanes, *pools] for side in (box.y, box.bottom)]
        every = [picture.boxes[name] for name in self._nodes]
        extra = [*self._facing(links), *_asides(every), *(box.centre for box in every)]
        self._tracks = Tracks(_around(picture.boxes.values()), [*solid, *black, *headers], walls, extra)
        self._guests = _guests(self._nodes, picture)
        self._taken: dict[Point, Ends] = {}
        for link in plane.all_links():
            if link.id in picture.paths:
                self._note(link, picture.paths[link.id])

    def connect(self, links: Sequence[Link]) -> None:
        """Short ones first."""
        for link in sorted(links, key=lambda each: _length(*self._ends(each))):
            source, target = self._ends(link)
            starts = self._ports(link, source, target, leaving=True)
            goals = self._ports(link, target, source, leaving=False)
            closed = [self._picture.boxes[name] for name in self._open if name not in self._opened(link)]
            tracks = self._tracks.avoiding(closed)
            path = cheapest(tracks, starts, goals, (link.source, link.target), self._taken)
            self._note(link, path or _direct(source, target))

    def _note(self, link: Link, path: Path) -> None:
        self._picture.paths[link.id] = path
        self._tracks.use(path, (link.source, link.target))
        self._taken.setdefault(path[0], (link.source, ""))
        self._taken.setdefault(path[-1], ("", link.target))

    def _ports(self, link: Link, box: Box, facing: Box, *, leaving: bool) -> list[Port]:
        end = link.source if leaving else link.target
        node, guests = self._nodes.get(end), self._guests.get(end, ())
        return free_ports(node, box, link, guests, leaving=leaving, back=False, facing=facing)

    def _facing(self, links: Sequence[Link]) -> list[Point]:
        """Places on pools that other ends look at; they need lines."""
        pairs = [self._ends(link) for link in links if {link.source, link.target} - self._nodes.keys()]
        both = [pair for a, b in pairs for pair in ((a, b), (b, a))]
        found = [ports(None, box, links[0], leaving=True, back=False, facing=other) for box, other in both]
        return [port.at for places in found for port in places]

    def _opened(self, link: Link) -> set[str]:
        """The sub-processes a line may pass into: those around one of its ends, and an end itself from inside."""
        found = set()
        for end in (link.source, link.target):
            holder = self._inside.get(end, "")
            while holder:
                found.add(holder)
                holder = self._inside.get(holder, "")
        return found

    def _ends(self, link: Link) -> tuple[Box, Box]:
        """The boxes at both ends; a line that ends on a line ends at a dot in its middle."""
        found = []
        for end in (link.source, link.target):
            box = self._picture.boxes.get(end)
            if box is None:
                (x1, y1), (x2, y2) = _longest(self._picture.paths[end])
                box = Box((x1 + x2) // 2, (y1 + y2) // 2, 0, 0)
            found.append(box)
        return found[0], found[1]


def _guests(nodes: Mapping[str, Node], picture: Picture) -> dict[str, list[Box]]:
    """Activity → the boxes of its boundary events."""
    found: dict[str, list[Box]] = {}
    for node in nodes.values():
        if node.host:
            found.setdefault(node.host, []).append(picture.boxes[node.id])
    return found


def _longest(path: Path) -> tuple[Point, Point]:
    return max(segments(path), key=lambda each: abs(each[0][0] - each[1][0]) + abs(each[0][1] - each[1][1]))


def _direct(source: Box, target: Box) -> Path:
    """When there is no way round: from middle to middle, seen by `lianban layout --check`."""
    return source.centre, target.centre


def _asides(boxes: Iterable[Box]) -> list[Point]:
    """The places at a quarter of each side, beside the middle."""
    return [
        (box.centre[0] + sign * (box.w // 4), box.centre[1] + sign * (box.h // 4)) for box in boxes for sign in (-1, 1)
    ]


def _length(a: Box, b: Box) -> int:
    return abs(a.centre[0] - b.centre[0]) + abs(a.centre[1] - b.centre[1])


def _around(boxes: Iterable[Box]) -> Box:
    """A frame around everything."""
    given = list(boxes)
    x, y = min(box.x for box in given) - _AROUND, min(box.y for box in given) - _AROUND
    right, bottom = max(box.right for box in given) + _AROUND, max(box.bottom for box in given) + _AROUND
    return Box(x, y, right - x, bottom - y)

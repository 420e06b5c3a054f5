"""Where everything in a scope lies: columns and rows become coordinates, sub-processes from the inside out."""

from dataclasses import dataclass, field

from engine.layout import sizes
from engine.layout.ranks import forward, ranks, returning
from engine.layout.rows import rows
from engine.layout.values import Box, Lane, Node, Scope

PAD = 25  # between a lane's border and what lies in it
TRACK = 10  # from one line to the next beside it
MOST_TRACKS = 12
_COLUMN_GAP = 50
_ROW_GAP = 30
_SHELF_GAP = 40


@dataclass(slots=True)
class Placed:
    """The boxes of one scope, from 0, 0."""

    width: int = 0
    height: int = 0
    boxes: dict[str, Box] = field(default_factory=dict)


def place_scope(scope: Scope, spread: int, *, pooled: bool = False) -> Placed:
    """The content of a process or sub-process, everything inside of it included; in a pool with room at its borders."""
    return _Scope(scope, spread).place(PAD if pooled or scope.lanes else 0)


class _Scope:
    """One scope while it is being placed."""

    def __init__(self, scope: Scope, spread: int) -> None:
        self._scope = scope
        self._spread = spread
        self._inner = {
            node.id: place_scope(node.inner, spread)
            for node in scope.nodes.values()
            if node.inner and not node.collapsed
        }
        self._guests: dict[str, list[Node]] = {}
        for node in scope.nodes.values():
            if node.host in scope.nodes:
                self._guests.setdefault(node.host, []).append(node)
        guests = {guest.id for each in self._guests.values() for guest in each}
        self._home = {name: node.host if name in guests else name for name, node in scope.nodes.items()}
        self._size = {node.id: self._size_of(node) for node in scope.nodes.values()}
        self._bands = scope.bands
        self._arrange([node for name, node in scope.nodes.items() if name not in guests])

    def _size_of(self, node: Node) -> tuple[int, int]:
        inner = self._inner.get(node.id)
        if inner is None:
            return sizes.shape(node, len(self._guests.get(node.id, ())))
        least = len(self._guests.get(node.id, ())) * sizes.BOUNDARY + 20
        return (
            max(inner.width + 2 * sizes.FRAME, least, 120),
            max(inner.height + 2 * sizes.FRAME + sizes.TITLE, 80),
        )

    def _arrange(self, nodes: list[Node]) -> None:
        """Find columns and rows; what no line touches goes on a shelf under its lane's rows."""
        touched = {self._home[end] for link in self._scope.links for end in (link.source, link.target)}
        self._shelf = [node for node in nodes if node.id not in touched] if len(touched) else []
        if not touched and not all(node.inner for node in nodes):
            self._shelf = [node for node in nodes if node.inner or self._is_artifact(node)]
        on_shelf = {node.id for node in self._shelf}
        self._nodes = [node.id for node in nodes if node.id not in on_shelf]
        flow, side = self._edges()
        inner = [name for name in self._nodes if not self._is_artifact(self._scope.nodes[name])]
        starts = [name for name in inner if self._scope.nodes[name].kind == "startEvent"]
        ahead = forward(inner, flow, starts + [name for name in inner if name not in {t for _, t in flow}])
        self._rank = ranks(inner, ahead)
        back = [edge for edge in dict.fromkeys(flow) if edge not in set(ahead) and edge[0] != edge[1]]
        moved = returning(inner, ahead, back, self._rank)
        self._rank |= moved
        back += [edge for edge in ahead if edge[1] in moved]
        ahead = [edge for edge in ahead if edge[1] not in moved]
        self._rank_artifacts(side)
        band = {name: self._band(name) for name in self._rank}
        artifacts = [name for name in self._rank if self._is_artifact(self._scope.nodes[name])]
        hanging = {
            (self._home[link.source], self._home[link.target])
            for link in self._scope.links
            if self._home[link.source] != link.source
        }
        self._row = rows(self._rank, [*ahead, *side], back, band, artifacts, hanging)

    def _edges(self) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        """Sequence flows between activities, and lines to data and notes."""
        flow, side = [], []
        for link in self._scope.links:
            edge = (self._home[link.source], self._home[link.target])
            if link.kind == "sequenceFlow":
                flow.append(edge)
            elif any(self._is_artifact(self._scope.nodes[end]) for end in edge):
                side.append(edge)
            else:  # compensation: the handler stands behind its activity
                flow.append(edge)
        return flow, side

    def _rank_artifacts(self, side: list[tuple[str, str]]) -> None:
        """Data and notes stand in the column of the first node they belong to."""
        for _ in range(2):
            for source, target in side:
                for one, other in ((source, target), (target, source)):
                    if one not in self._rank and other in self._rank:
                        self._rank[one] = self._rank[other]
        for edge in side:
            for end in edge:
                self._rank.setdefault(end, 0)

    def _is_artifact(self, node: Node) -> bool:
        return sizes.is_data(node) or node.kind == "textAnnotation"

    def _band(self, name: str) -> int:
        lane = self._scope.nodes[name].lane
        return self._bands.index(lane) if lane in self._bands else 0

    def place(self, pad: int) -> Placed:
        """Columns from left to right, bands from top to bottom."""
        placed = Placed()
        levels = max((lane.level + 1 for root in self._scope.lanes for lane in root.all()), default=0)
        left = levels * sizes.HEADER
        x_of, right = self._columns(left + pad)
        y = 0
        for number, band in enumerate(self._bands):
            top, y = y, self._place_band(number, y + pad, x_of, left + pad, right, placed) + pad
            y = max(y, top + 80) if band else y
            if band:
                placed.boxes[band] = Box(left, top, 0, y - top)
        placed.width = max((box.right for box in placed.boxes.values()), default=left) + pad
        placed.height = y
        self._place_inner(placed)
        _place_lanes(self._scope.lanes, placed)
        return placed

    def _columns(self, left: int) -> tuple[dict[int, int], int]:
        """The middle of each column, and where the last one ends."""
        width: dict[int, int] = {}
        for name, rank in self._rank.items():
            width[rank] = max(width.get(rank, 0), self._breadth(name))
        x_of, x = {}, left
        for rank in sorted(width):
            x_of[rank] = x + width[rank] // 2
            x += width[rank] + self._gap_after(rank)
        return x_of, x

    def _breadth(self, name: str) -> int:
        """Room a node needs from left to right, with the name under an event."""
        node = self._scope.nodes[name]
        named = sizes.is_event(node) or sizes.is_data(node)
        return max(self._size[name][0], sizes.label(node.name)[0] if named and node.name else 0)

    def _gap_after(self, rank: int) -> int:
        """Room for the lines that turn between two columns, and for their names."""
        turning, named = 0, 0
        for link in self._scope.links:
            source, target = self._home[link.source], self._home[link.target]
            if source not in self._rank or target not in self._rank:
                continue
            leaves = self._rank[source] == rank
            arrives = self._rank[target] == rank + 1
            level = self._row[source] == self._row[target] and self._band(source) == self._band(target)
            turning += (leaves or arrives) and not (level and leaves and arrives)
            if leaves and link.name:
                named = max(named, sizes.label(link.name)[0] + 24)
        tracks = min(turning, MOST_TRACKS) * TRACK
        return max(_COLUMN_GAP + self._spread * 20, tracks + 30, named + tracks // 2)

    def _place_band(self, band: int, top: int, x_of: dict[int, int], left: int, right: int, placed: Placed) -> int:
        """Place the rows of a band and what is on its shelf; gives the y where it ends."""
        members: dict[int, list[str]] = {}
        for name in self._rank:
            if self._band(name) == band:
                members.setdefault(self._row[name], []).append(name)
        tracks = self._tracks(band)
        y = top + (TRACK * min(tracks.get(-1, 0), MOST_TRACKS))
        for row in sorted(members):
            over = max(self._over(name) for name in members[row])
            under = max(self._under(name) for name in members[row])
            for name in members[row]:
                self._put(name, x_of[self._rank[name]], y + over, placed)
            y += over + under + _ROW_GAP + TRACK * min(tracks.get(row, 0), MOST_TRACKS) + self._spread * 15
        y -= _ROW_GAP if members else 0
        return self._place_shelf(band, y + (_SHELF_GAP if members else 0), left, right, placed) or y

    def _tracks(self, band: int) -> dict[int, int]:
        """How many lines may have to run under each row: those that skip columns or lead back."""
        found: dict[int, int] = {}
        for link in self._scope.links:
            source, target = self._home[link.source], self._home[link.target]
            if source in self._rank and target in self._rank and self._band(source) == band:
                span = self._rank[target] - self._rank[source]
                level = self._row[source] == self._row[target] and self._band(target) == band
                if span < 1 or (span > 1 and not level):
                    row = self._row[source]
                    found[row] = found.get(row, 0) + 1
                    if span < 1 and not row:
                        found[-1] = found.get(-1, 0) + 1
        return found

    def _put(self, name: str, x: int, y: int, placed: Placed) -> None:
        width, height = self._size[name]
        box = Box(x - width // 2, y - height // 2, width, height)
        placed.boxes[name] = box
        guests = sorted(self._guests.get(name, []), key=self._leads_down, reverse=True)
        for guest, where in zip(guests, sizes.guests(box, len(guests)), strict=True):
            placed.boxes[guest.id] = where

    def _leads_down(self, guest: Node) -> tuple[int, int]:
        """How deep a boundary event's line leads: the deepest stands leftmost, so that none crosses another."""
        targets = [self._home[link.target] for link in self._scope.links if link.source == guest.id]
        return max(((self._band(t), self._row.get(t, 0)) for t in targets if t in self._rank), default=(0, 0))

    def _over(self, name: str) -> int:
        """Room a node needs above its middle."""
        node = self._scope.nodes[name]
        named = sizes.label(node.name)[1] + 6 if sizes.is_gateway(node) and node.name else 0
        return self._size[name][1] // 2 + named

    def _under(self, name: str) -> int:
        """Room a node needs below its middle."""
        node = self._scope.nodes[name]
        named = sizes.label(node.name)[1] + 6 if sizes.named_outside(node) and not sizes.is_gateway(node) else 0
        guests = self._guests.get(name, [])
        below = max((sizes.label(guest.name)[1] if guest.name else 0 for guest in guests), default=-1)
        return self._size[name][1] // 2 + named + (below + sizes.EVENT // 2 + 8 if guests else 0)

    def _place_shelf(self, band: int, top: int, left: int, right: int, placed: Placed) -> int:
        """Event sub-processes and what else no line touches, side by side; 0 if there is nothing."""
        x, y, deepest = left, top, 0
        for node in self._shelf:
            if self._band(node.id) != band:
                continue
            width, _ = self._size[node.id]
            if x > left and x + width > max(right, 900):
                x, y = left, deepest + _SHELF_GAP
            self._put(node.id, x + width // 2, y + self._over(node.id), placed)
            deepest = max(deepest, y + self._over(node.id) + self._under(node.id))
            x += width + _SHELF_GAP
        return deepest

    def _place_inner(self, placed: Placed) -> None:
        for name, inner in self._inner.items():
            box = placed.boxes[name]
            x, y = box.x + sizes.FRAME, box.y + sizes.FRAME + sizes.TITLE
            placed.boxes |= {each: where.moved(x, y) for each, where in inner.boxes.items()}


def _place_lanes(lanes: list[Lane], placed: Placed) -> None:
    """Bands get their width; outer lanes lie around their inner ones, one header further left."""
    for root in lanes:
        for lane in reversed(list(root.all())):
            x = lane.level * sizes.HEADER
            leaves = [placed.boxes[leaf.id] for leaf in lane.leaves()]
            top, bottom = leaves[0].y, leaves[-1].bottom
            placed.boxes[lane.id] = Box(x, top, placed.width - x, bottom - top)

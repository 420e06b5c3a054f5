"""Keeping what a person placed: shapes stay, missing ones are put where there is room, lanes grow to the right."""

from collections.abc import Iterable, Iterator, Sequence

from engine.layout import sizes
from engine.layout.old import Old
from engine.layout.values import Box, Lane, Node, Path, Picture, Plane, Point, Pool, Scope, segments

_GAP = 50
_APART = 15  # least room between a new shape and what is there
_STEP = 20
_REACH = 25  # steps that are searched in every direction
_LANE = 120  # height of a new lane


def kept(plane: Plane, fresh: Picture, old: Old) -> Picture:
    """The old boxes, paths and labels, and places for what has none. `fresh` is the same plane drawn anew."""
    picture = seen(plane, old)
    keeper = _Keeper(plane, fresh, picture)
    for pool in plane.pools:
        keeper.pool(pool)
    for scope in plane.scopes():
        keeper.scope(scope)
    return picture


def seen(plane: Plane, old: Old) -> Picture:
    """What the file shows of a plane. A path counts if it still begins and ends where its line does."""
    names = {pool.id for pool in plane.pools} | plane.nodes().keys() | {group.id for group in plane.all_groups()}
    names |= {lane.id for scope in plane.scopes() for root in scope.lanes for lane in root.all()}
    links = {link.id: link for link in plane.all_links()}
    boxes = {name: box for name, box in old.boxes.items() if name in names}
    paths = {
        name: old.paths[name]
        for name, link in links.items()
        if name in old.paths
        and (link.source in links or _docks(old.paths[name][0], boxes.get(link.source)))
        and (link.target in links or _docks(old.paths[name][-1], boxes.get(link.target)))
    }
    labels = {name: box for name, box in old.labels.items() if name in boxes or name in paths}
    unnamed = {node.id for node in plane.nodes().values() if not node.name}
    unnamed |= {link.id for link in links.values() if not link.name}
    return Picture(boxes, paths, {name: box for name, box in labels.items() if name not in unnamed})


class _Keeper:
    """One plane while missing shapes are added."""

    def __init__(self, plane: Plane, fresh: Picture, picture: Picture) -> None:
        self._plane = plane
        self._fresh = fresh
        self._boxes = picture.boxes
        self._paths = picture.paths
        self._labels = picture.labels
        self._pool_of = {scope.id: pool for pool in plane.pools if pool.scope for scope in pool.scope.all()}

    def pool(self, pool: Pool) -> None:
        """A new pool goes under everything, as it would be drawn anew; new lanes go under their pool's lanes."""
        if pool.id not in self._boxes:
            lowest = max((box.bottom for box in self._boxes.values()), default=0)
            left = min((self._boxes[p.id].x for p in self._plane.pools if p.id in self._boxes), default=160)
            there = self._fresh.boxes[pool.id]
            inside = [pool.id, *(name for scope in ([pool.scope] if pool.scope else []) for name in _all(scope))]
            for name in inside:
                if name not in self._boxes:
                    self._boxes[name] = self._fresh.boxes[name].moved(left - there.x, lowest + 60 - there.y)

    def scope(self, scope: Scope) -> None:
        """Lanes first, then nodes in the order of the file, each beside the neighbour it has by then."""
        for root in scope.lanes:
            for leaf in root.leaves():
                if leaf.id not in self._boxes:
                    self._add_lane(scope, leaf)
            for lane in reversed(list(root.all())):
                self._wrap(lane)
        waiting = [node for node in scope.nodes.values() if node.id not in self._boxes]
        while waiting:
            ready = [node for node in waiting if self._neighbour(scope, node)] or waiting[:1]
            self._add(scope, ready[0])
            waiting.remove(ready[0])

    def _add_lane(self, scope: Scope, lane: Lane) -> None:
        beside = [self._boxes[leaf.id] for root in scope.lanes for leaf in root.leaves() if leaf.id in self._boxes]
        frame = self._frame(scope)
        x = frame.x + sizes.HEADER * (lane.level + 1)
        top = max((box.bottom for box in beside), default=frame.y)
        self._boxes[lane.id] = Box(x, top, max(frame.right - x, _GAP), _LANE)
        self._grow(scope, self._boxes[lane.id])

    def _wrap(self, lane: Lane) -> None:
        """A lane lies around its inner ones."""
        inner = [self._boxes[each.id] for each in lane.lanes]
        if inner:
            own = self._boxes.get(lane.id, inner[0]._replace(x=inner[0].x - sizes.HEADER))
            self._boxes[lane.id] = _hull([own, *inner])

    def _neighbour(self, scope: Scope, node: Node) -> tuple[Box, int] | None:
        """A placed node the new one belongs beside, and on which side: 1 right of it, -1 left, 0 on it."""
        if node.host in scope.nodes:
            return (self._boxes[node.host], 0) if node.host in self._boxes else None
        for link in scope.links:
            for near, far, side in ((link.source, link.target, 1), (link.target, link.source, -1)):
                if far == node.id and near in self._boxes:
                    return self._boxes[near], side
        return None

    def _add(self, scope: Scope, node: Node) -> None:
        found = self._neighbour(scope, node)
        width, height = self._fresh.boxes[node.id][2:]
        holder = self._boxes.get(node.lane) or self._frame(scope)
        if found and not found[1] and node.host:
            self._boxes[node.id] = self._on_border(scope, node, found[0])
            return
        guests = [
            self._boxes[each.id] for each in scope.nodes.values() if each.host == node.id and each.id in self._boxes
        ]
        if guests:
            self._settle(scope, node, self._under(scope, width, height, guests))
            return
        near, side = found or (holder._replace(w=sizes.HEADER), 1)
        x = near.right + _GAP if side > 0 else near.x - _GAP - width
        y = near.centre[1] - height // 2
        if not holder.y <= near.centre[1] <= holder.bottom:
            y = holder.centre[1] - height // 2
        box = self._free(scope, Box(x, y, width, height), holder) or self._at_end(scope, width, height, holder)
        self._settle(scope, node, box)

    def _settle(self, scope: Scope, node: Node, box: Box) -> None:
        """Put a node there, with all that is inside, and let what is around reach far enough."""
        self._boxes[node.id] = box
        self._move_inner(node, box)
        self._grow(scope, box.grown(_APART))

    def _under(self, scope: Scope, width: int, height: int, guests: Sequence[Box]) -> Box:
        """The activity of boundary events that have a place: they sit on its lower border, or on its upper one."""
        events = _hull(guests)
        width = max(width, events.w + 20)
        lower = Box(events.centre[0] - width // 2, guests[0].centre[1] - height, width, height)
        others = [self._boxes[name] for name in scope.nodes if name in self._boxes and self._boxes[name] not in guests]
        upper = lower.moved(0, height)
        return upper if any(lower.meets(other) for other in others) else lower

    def _on_border(self, scope: Scope, node: Node, host: Box) -> Box:
        """A place on the lower border no other boundary event has, from the left; else on the upper one."""
        taken = [
            self._boxes[each.id] for each in scope.nodes.values() if each.host == node.host and each.id in self._boxes
        ]
        places = [
            Box(x, y - sizes.EVENT // 2, sizes.EVENT, sizes.EVENT)
            for y in (host.bottom, host.y)
            for x in range(host.x + 12, max(host.right - sizes.EVENT - 4, host.x + 13), 10)
        ]
        return next((box for box in places if not any(box.grown(2).meets(other) for other in taken)), places[0])

    def _free(self, scope: Scope, wanted: Box, holder: Box) -> Box | None:
        """The nearest place within the holder that touches neither shapes nor lines."""
        room = Box(holder.x + sizes.HEADER, holder.y + 8, holder.w - sizes.HEADER - 8, holder.h - 16)
        taken = [self._boxes[name] for name in scope.nodes if name in self._boxes]
        taken += [box for path in self._paths.values() for box in _pieces(path)]
        taken += self._labels.values()
        steps = [(x * _STEP, y * _STEP) for x in range(-_REACH, _REACH + 1) for y in range(-_REACH, _REACH + 1)]
        for dx, dy in sorted(steps, key=lambda each: (abs(each[0]) + 2 * abs(each[1]), -each[0], -each[1])):
            box = wanted.moved(dx, dy)
            if room.holds(box) and not any(box.grown(_APART).meets(other) for other in taken):
                return box
        return None

    def _at_end(self, scope: Scope, width: int, height: int, holder: Box) -> Box:
        """Right of everything in the scope; the lanes grow."""
        right = max((self._boxes[name].right for name in scope.nodes if name in self._boxes), default=holder.right)
        lines = [p[0] for link in scope.links for p in self._paths.get(link.id, ())]
        return Box(max([right, *lines]) + _GAP, holder.centre[1] - height // 2, width, height)

    def _move_inner(self, node: Node, box: Box) -> None:
        """The content of a new sub-process comes with it."""
        if node.inner and not node.collapsed:
            there = self._fresh.boxes[node.id]
            for name in _all(node.inner):
                self._boxes.setdefault(name, self._fresh.boxes[name].moved(box.x - there.x, box.y - there.y))

    def _grow(self, scope: Scope, box: Box) -> None:
        """Let the lanes and whatever is around reach far enough."""
        for name in self._around(scope):
            if name in self._boxes:
                self._boxes[name] = _reaching(self._boxes[name], box)
        right = self._frame(scope).right
        for root in scope.lanes:
            for lane in root.all():
                if lane.id in self._boxes:
                    own = self._boxes[lane.id]
                    self._boxes[lane.id] = own._replace(w=max(own.w, right - own.x))

    def _around(self, scope: Scope) -> Iterator[str]:
        """The sub-processes around a scope, itself first, then the pool."""
        holders = {name: each.id for each in self._plane.scopes() for name in each.nodes}
        name = scope.id
        while name in holders:
            yield name
            name = holders[name]
        if scope.id in self._pool_of:
            yield self._pool_of[scope.id].id

    def _frame(self, scope: Scope) -> Box:
        """What the scope lies in: its pool or sub-process, or all of it."""
        pool = self._pool_of.get(scope.id)
        if pool and pool.scope is scope:
            return self._boxes[pool.id]
        if scope.id in self._boxes:
            return self._boxes[scope.id]
        placed = [self._boxes[name] for name in scope.nodes if name in self._boxes]
        return _hull(placed).grown(400) if placed else Box(120, 60, 4000, 4000)


def _all(scope: Scope) -> list[str]:
    """Every node and lane of a scope and of those inside."""
    return [
        name for each in scope.all() for name in [*each.nodes, *(lane.id for root in each.lanes for lane in root.all())]
    ]


def _docks(point: Point, box: Box | None) -> bool:
    return box is not None and box.grown(5).holds(Box(*point, 0, 0))


def _hull(boxes: Sequence[Box]) -> Box:
    x, y = min(box.x for box in boxes), min(box.y for box in boxes)
    return Box(x, y, max(box.right for box in boxes) - x, max(box.bottom for box in boxes) - y)


def _reaching(box: Box, other: Box) -> Box:
    """The box, reaching right and down to hold `other`."""
    return box._replace(w=max(box.w, other.right - box.x), h=max(box.h, other.bottom - box.y))


def _pieces(path: Path) -> Iterable[Box]:
    for (x1, y1), (x2, y2) in segments(path):
        yield Box(min(x1, x2), min(y1, y2), abs(x1 - x2) + 1, abs(y1 - y2) + 1)

"""Where pools lie: under each other, as wide as the widest, each around its scope."""

from collections.abc import Iterable

from engine.layout import sizes
from engine.layout.scopes import MOST_TRACKS, PAD, TRACK, Placed, place_scope
from engine.layout.values import Box, Lane, Picture, Plane, Pool

_POOL_GAP = 60
_MARGIN = (160, 80)  # where the first pool begins


def place(plane: Plane, spread: int = 0) -> Picture:
    """All boxes of a plane. Each `spread` widens the room for lines."""
    picture = Picture()
    made = {pool.id: place_scope(pool.scope, spread, pooled=True) for pool in plane.pools if pool.scope}
    width = max((each.width for each in made.values()), default=600) + sizes.HEADER
    x, y = _MARGIN
    loose = place_scope(plane.scope, spread) if plane.scope else Placed()
    if plane.pools and loose.boxes:  # notes beside the pools
        picture.boxes |= {name: box.moved(x, y) for name, box in loose.boxes.items()}
        y += loose.height + _POOL_GAP
    elif plane.scope:
        picture.boxes |= {name: box.moved(x, y) for name, box in loose.boxes.items()}
    crowd = TRACK * min(len(plane.links), MOST_TRACKS) + spread * 20
    for pool in plane.pools:
        inside = made.get(pool.id)
        height = inside.height if inside else sizes.BLACK_BOX
        picture.boxes[pool.id] = Box(x, y, width, height)
        if inside and pool.scope:
            picture.boxes |= {name: box.moved(x + sizes.HEADER, y) for name, box in inside.boxes.items()}
            widen(pool.scope.lanes, picture.boxes, picture.boxes[pool.id].right)
        y += height + _POOL_GAP + crowd
    for pool in plane.pools:
        _shift(plane, pool, picture)
    return picture


def _shift(plane: Plane, pool: Pool, picture: Picture) -> None:
    """Move a short process under those it exchanges messages with, as far as its pool has room."""
    own = {node for scope in (pool.scope.all() if pool.scope else ()) for node in scope.nodes}
    boxes = picture.boxes
    others = plane.nodes().keys() - own
    pairs = [(link.source, link.target) for link in plane.links if link.kind == "messageFlow"]
    away = [boxes[b].centre[0] - boxes[a].centre[0] for a, b in pairs if a in own and b in others]
    away += [boxes[a].centre[0] - boxes[b].centre[0] for a, b in pairs if b in own and a in others]
    if away:
        room = boxes[pool.id].right - PAD - max(boxes[name].right for name in own)
        by = min(max(sum(away) // len(away), 0), max(room, 0))
        boxes |= {name: boxes[name].moved(by, 0) for name in own}


def widen(lanes: Iterable[Lane], boxes: dict[str, Box], right: int) -> None:
    """Let lanes reach to the right side of their pool."""
    for lane in lanes:
        for each in lane.all():
            box = boxes[each.id]
            boxes[each.id] = box._replace(w=right - box.x)

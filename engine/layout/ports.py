"""Where a line may touch a shape, and how much each place is wanted."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from engine.layout import sizes
from engine.layout.values import Box, Link, Node, Point

RIGHT, DOWN, LEFT, UP = range(4)


class Port(NamedTuple):
    """A place on a border, the way out of the shape there, and what it costs to use it."""

    at: Point
    way: int
    cost: int


_OUT = {
    "gateway": (0, 25, 130, 25),
    "event": (0, 60, 260, 60),
    "boundary": (900, 0, 900, 900),
    "activity": (0, 70, 260, 70),
}
_IN = {
    "gateway": (160, 35, 0, 35),
    "event": (220, 45, 0, 45),
    "boundary": (900, 900, 900, 900),
    "activity": (260, 55, 0, 55),
}
_BACK_OUT = {
    "gateway": (30, 0, 120, 0),
    "event": (0, 30, 120, 30),
    "boundary": (900, 0, 900, 900),
    "activity": (20, 20, 160, 20),
}
_BACK_IN = {
    "gateway": (40, 0, 30, 0),
    "event": (40, 20, 30, 20),
    "boundary": (900, 900, 900, 900),
    "activity": (10, 0, 40, 0),
}
_MESSAGE = (200, 0, 200, 0)
_ANY = (10, 0, 10, 0)


def free_ports(
    node: Node | None, box: Box, link: Link, guests: Iterable[Box], *, leaving: bool, back: bool, facing: Box
) -> list[Port]:
    """The ports no boundary event sits on."""
    taken = [guest.grown(3) for guest in guests]
    found = ports(node, box, link, leaving=leaving, back=back, facing=facing)
    return [port for port in found if not any(guest.holds(Box(*port.at, 0, 0)) for guest in taken)]


def ports(node: Node | None, box: Box, link: Link, *, leaving: bool, back: bool, facing: Box) -> Iterator[Port]:
    """The places where `link` may touch the box. `node` is None for a pool; `facing` is the box at the other end."""
    if node is None:
        yield from _pool(box, facing)
        return
    costs = _costs(_kind(node), link.kind, leaving=leaving, back=back)
    x, y = box.centre
    yield Port((box.right, y), RIGHT, costs[RIGHT])
    yield Port((x, box.bottom), DOWN, costs[DOWN])
    yield Port((box.x, y), LEFT, costs[LEFT])
    yield Port((x, box.y), UP, costs[UP])
    if _kind(node) == "activity":
        for share in (4, -4):
            aside_x, aside_y = box.w // share, box.h // share
            yield Port((box.right, y + aside_y), RIGHT, costs[RIGHT] + 30 + 2 * abs(aside_y))
            yield Port((box.x, y + aside_y), LEFT, costs[LEFT] + 30 + 2 * abs(aside_y))
            yield Port((x + aside_x, box.bottom), DOWN, costs[DOWN] + 20 + 2 * abs(aside_x))
            yield Port((x + aside_x, box.y), UP, costs[UP] + 20 + 2 * abs(aside_x))


def _pool(box: Box, facing: Box) -> Iterator[Port]:
    """A message reaches a pool straight from above or below, on the side it comes from."""
    middle = facing.centre[0]
    for aside in (0, 14, -14, 28, -28):
        x = min(max(middle + aside, box.x + 40), box.right - 10)
        if facing.centre[1] >= box.y:
            yield Port((x, box.bottom), DOWN, abs(aside) * 2)
        if facing.centre[1] <= box.bottom:
            yield Port((x, box.y), UP, abs(aside) * 2)


def _kind(node: Node) -> str:
    if sizes.is_gateway(node):
        return "gateway"
    if node.kind == "boundaryEvent":
        return "boundary"
    return "event" if sizes.is_event(node) else "activity"


def _costs(kind: str, link: str, *, leaving: bool, back: bool) -> tuple[int, int, int, int]:
    if link == "messageFlow":
        return _MESSAGE
    if link != "sequenceFlow":
        return _OUT[kind] if kind == "boundary" else _ANY
    if back:
        return (_BACK_OUT if leaving else _BACK_IN)[kind]
    return (_OUT if leaving else _IN)[kind]

"""How big things are: shapes as modelling tools draw them, texts as browsers set them."""

import unicodedata

from engine.layout.values import Box, Node

TASK = (100, 80)
EVENT = 36
GATEWAY = 50
HEADER = 30  # the strip with the name of a pool or lane
BLACK_BOX = 60  # height of a pool without content
FRAME = 24  # between the border of a sub-process and its content
TITLE = 20  # the line with a sub-process's name
LINE = 14  # height of a line of text beside a shape
LABEL = 96  # most width of a text beside a shape
BOUNDARY = 50  # from one boundary event to the next
_GLYPH = 6  # width of a Latin glyph at 11 px; a CJK one is twice as wide


def glyphs(text: str) -> int:
    """Width of a text in Latin glyphs; a CJK glyph counts as two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def label(text: str, most: int = LABEL) -> tuple[int, int]:
    """Width and height of a text beside a shape or line, set in lines no wider than `most`."""
    pieces = [glyphs(word) * _GLYPH for word in text.split()]
    widest = max((piece for piece in pieces if piece <= most), default=0)
    lines, room = 1, most
    for piece in pieces:
        if piece > room and room < most:
            lines, room = lines + 1, most
        if piece > most:  # a word (or a Chinese sentence) that has to be broken
            lines, piece = lines + (piece - 1) // most, most
            widest = most
        room -= piece + _GLYPH
    whole = glyphs(" ".join(text.split())) * _GLYPH
    width = whole if lines == 1 else max(widest, min(most, -(-whole // lines) + 2 * _GLYPH))
    return max(width, 2 * _GLYPH) + 4, lines * LINE


def is_event(node: Node) -> bool:
    """Whether it is drawn as a circle."""
    return node.kind.endswith("Event")


def is_gateway(node: Node) -> bool:
    """Whether it is drawn as a diamond."""
    return node.kind.endswith("Gateway")


def is_data(node: Node) -> bool:
    """Whether it is a data object or store."""
    return node.kind.startswith("data")


def named_outside(node: Node) -> bool:
    """Whether its name stands beside it, not in it."""
    return bool(node.name) and (is_event(node) or is_gateway(node) or is_data(node))


def shape(node: Node, guests: int) -> tuple[int, int]:
    """Width and height of a node that is no expanded sub-process; `guests` is its number of boundary events."""
    if is_event(node):
        return EVENT, EVENT
    if is_gateway(node):
        return GATEWAY, GATEWAY
    if node.kind == "textAnnotation":
        width, height = label(node.name, 150)
        return max(100, width + 12), height + 16
    if is_data(node):
        return (EVENT, GATEWAY) if node.kind != "dataStoreReference" else (GATEWAY, GATEWAY)
    return _activity(node.name, guests)


def _activity(name: str, guests: int) -> tuple[int, int]:
    """An activity is widened for its boundary events, and for a name of more than four lines."""
    width, height = TASK
    length = glyphs(name) * (_GLYPH + 0.5)
    if length > 4 * (width - 16):
        width = min(200, int(length / 4) + 24)
        height = max(height, int(length / (width - 16) + 1.5) * 16 + 20)
    return max(width, guests * BOUNDARY + 10), height


def guests(host: Box, count: int) -> list[Box]:
    """Where `count` boundary events sit: on the lower border, the first at the left."""
    step = host.w / (count + 1)
    if step < BOUNDARY - 4:
        step, start = (host.w - EVENT - 10) / max(count - 1, 1), EVENT / 2 + 5
    else:
        start = step
    return [
        Box(int(host.x + start + step * i - EVENT / 2), host.bottom - EVENT // 2, EVENT, EVENT) for i in range(count)
    ]

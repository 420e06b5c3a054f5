"""A grid of lines on which paths may run, and what is on them already."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from itertools import pairwise

from engine.layout.values import Box, Path, Point, segments

CLEAR = 9  # how near a path may pass a shape
_STEPS = (14, 24, 34, 44)  # lines beside each side of a shape
_APART = 9  # from one line to the next at least, but for those through middles
_ON = 5  # a path nearer than this to a line runs on it
_WALL = 6  # no line runs this near to the border of a lane or pool

Ends = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Aisle:
    """What one needs to know to go one way from a crossing: right, down, left or up."""

    on: int  # from a crossing to the next
    back: int  # from a crossing to the number of the step
    beside: int  # from a crossing to the other step that would be crossed there
    length: list[int]  # of each step
    blocked: bytearray
    used: dict[int, Ends]
    crossed: dict[int, Ends]


class Tracks:
    """Vertical lines `xs` and horizontal lines `ys`; shapes block them, paths use them."""

    def __init__(
        self, region: Box, shapes: Sequence[Box], walls: Iterable[int] = (), extra: Iterable[Point] = ()
    ) -> None:
        extra = list(extra)
        self.xs = _lines(
            [(s.x, s.right) for s in shapes], {s.centre[0] for s in shapes} | {x for x, _ in extra},
            (region.x, region.right), [],
        )  # fmt: skip
        self.ys = _lines(
            [(s.y, s.bottom) for s in shapes], {s.centre[1] for s in shapes} | {y for _, y in extra},
            (region.y, region.bottom), sorted(walls),
        )  # fmt: skip
        self.width, self.height = len(self.xs), len(self.ys)
        size = self.width * self.height
        self.across = bytearray(size)  # 1: the step from a crossing to the one at its right is blocked
        self.down = bytearray(size)  # 1: the step to the one below is blocked
        self.used_across: dict[int, Ends] = {}
        self.used_down: dict[int, Ends] = {}
        for row in range(self.height):
            self.across[row * self.width + self.width - 1] = 1  # nothing leads off the sheet
        self.down[size - self.width :] = b"\1" * self.width
        for shape in shapes:
            self._block(shape.grown(CLEAR))
        self._pave()

    def _pave(self) -> None:
        wide = [b - a for a, b in pairwise(self.xs)] + [0]
        high = [b - a for a, b in pairwise(self.ys)] + [0]
        across = (1, wide, self.across, self.used_across, self.used_down, self.width)
        down = (self.width, high, self.down, self.used_down, self.used_across, 1)
        self.aisles = [
            Aisle(on * sign, min(0, on * sign), beside, length, blocked, used, crossed)
            for sign in (1, -1)
            for on, length, blocked, used, crossed, beside in (across, down)
        ]

    def avoiding(self, shapes: Iterable[Box], clear: int = CLEAR) -> "Tracks":
        """The same tracks, and the same paths on them, with more shapes in the way."""
        more = copy(self)
        more.across, more.down = bytearray(self.across), bytearray(self.down)
        for shape in shapes:
            more._block(shape.grown(clear))
        more._pave()
        return more

    def _block(self, box: Box) -> None:
        left, right = bisect_right(self.xs, box.x), bisect_left(self.xs, box.right)
        top, bottom = bisect_right(self.ys, box.y), bisect_left(self.ys, box.bottom)
        for row in range(top, bottom):
            for column in range(max(left - 1, 0), min(right, self.width - 1)):
                self.across[row * self.width + column] = 1
        for column in range(left, right):
            for row in range(max(top - 1, 0), min(bottom, self.height - 1)):
                self.down[row * self.width + column] = 1

    def use(self, path: Path, ends: Ends) -> None:
        """Mark where a path runs."""
        for (x1, y1), (x2, y2) in segments(path):
            if abs(y1 - y2) <= abs(x1 - x2):
                near = range(bisect_left(self.ys, min(y1, y2) - _ON), bisect_right(self.ys, max(y1, y2) + _ON))
                first, last = self._span(self.xs, x1, x2)
                for row in near:
                    for column in range(first, last):
                        self.used_across[row * self.width + column] = ends
            else:
                near = range(bisect_left(self.xs, min(x1, x2) - _ON), bisect_right(self.xs, max(x1, x2) + _ON))
                first, last = self._span(self.ys, y1, y2)
                for column in near:
                    for row in range(first, last):
                        self.used_down[row * self.width + column] = ends

    @staticmethod
    def _span(lines: Sequence[int], a: int, b: int) -> tuple[int, int]:
        """The steps between two places, with those that are only partly between them."""
        a, b = min(a, b), max(a, b)
        return max(bisect_right(lines, a) - 1, 0), min(bisect_left(lines, b), len(lines) - 1)


def _lines(sides: Sequence[tuple[int, int]], middles: set[int], within: tuple[int, int], walls: list[int]) -> list[int]:
    """Lines through every middle, some beside every side, one between neighbours; none outside or along a wall."""
    wanted = {line for low, high in sides for step in _STEPS for line in (low - step, high + step)}
    borders = sorted({side for pair in sides for side in pair})
    wanted |= {(a + b) // 2 for a, b in pairwise(borders) if b - a >= 20}
    chosen: list[int] = sorted(middles)
    found = list(chosen)
    for line in sorted(wanted):
        if not within[0] + 8 <= line <= within[1] - 8:
            continue
        if any(abs(line - near) < _APART for near in _around(chosen, line)) or (
            found and abs(found[-1] - line) < _APART
        ):
            continue
        if any(abs(line - wall) < _WALL for wall in _around(walls, line)):
            continue
        found.append(line)
    return sorted(set(found))


def _around(lines: Sequence[int], line: int) -> Sequence[int]:
    """The sorted lines on either side of a place."""
    at = bisect_left(lines, line)
    return lines[max(at - 1, 0) : at + 1]

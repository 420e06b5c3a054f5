"""Which parts of a space of columns rules cover. A rule is a box: for each axis the pieces it holds for, as bits.

Sets of rules and sets of pieces are whole numbers used as bits: Python computes with them at the speed of the machine.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from engine.dmn import limits

Box = tuple[int, ...]


class TooLarge(Exception):
    """The space has too many parts to look at them all."""


@dataclass
class Space:
    """Axes with their numbers of pieces, and the boxes of rules in it."""

    sizes: Sequence[int]
    boxes: Sequence[Box]
    _holding: list[list[int]] = field(init=False)
    _open_from: list[int] = field(init=False)
    _covered: set[tuple[int, int, Box]] = field(init=False, default_factory=set)
    _steps: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        whole = self.whole()
        self._holding = [
            [_bits(box[axis] >> piece & 1 for box in self.boxes) for piece in range(size)]
            for axis, size in enumerate(self.sizes)
        ]
        self._open_from = [
            _bits(box[axis:] == whole[axis:] for box in self.boxes) for axis in range(len(self.sizes) + 1)
        ]

    def whole(self) -> Box:
        """The box of everything."""
        return tuple((1 << size) - 1 for size in self.sizes)

    def overlaps(self) -> Iterator[tuple[int, int, Box]]:
        """Pairs of rules whose boxes meet, with what they share."""
        for second in range(len(self.boxes)):
            for first in range(second):
                shared = tuple(a & b for a, b in zip(self.boxes[first], self.boxes[second], strict=True))
                if all(shared):
                    yield first, second, shared

    def gaps(self, within: Box, rules: int) -> Iterator[Box]:
        """Disjoint boxes inside `within` that none of the rules (as bits) covers. TooLarge when it takes too long."""
        yield from self._gaps(within, rules, 0)

    def _gaps(self, within: Box, rules: int, axis: int) -> Iterator[Box]:
        self._count()
        if rules & self._open_from[axis] or (axis, rules, within[axis:]) in self._covered:
            return
        if not rules:
            yield within[axis:]
            return
        found = False
        for active, pieces in self._groups(within[axis], rules, axis).items():
            for rest in self._gaps(within, active, axis + 1):
                found = True
                yield (pieces, *rest)
        if not found:
            self._covered.add((axis, rules, within[axis:]))

    def _groups(self, within: int, rules: int, axis: int) -> dict[int, int]:
        """The pieces of an axis by the rules that hold for them."""
        self._count(self.sizes[axis])
        groups: dict[int, int] = {}
        for piece, holding in enumerate(self._holding[axis]):
            if within >> piece & 1:
                active = rules & holding
                groups[active] = groups.get(active, 0) | 1 << piece
        return groups

    def _count(self, steps: int = 1) -> None:
        self._steps += steps
        if self._steps > limits.ANALYSIS_STEPS:
            raise TooLarge


def first_piece(pieces: int) -> int:
    """The number of the lowest piece in a set."""
    return (pieces & -pieces).bit_length() - 1


def _bits(flags: Iterable[object]) -> int:
    return sum(1 << number for number, flag in enumerate(flags) if flag)

"""Boxes by squares, so that a thousand shapes do not make a million comparisons."""

from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from engine.layout.values import Box

_CELL = 128
_MANY = 2_000  # squares; a box over more is looked at every time, so that absurd numbers cost no more than others

T = TypeVar("T")


class Index(Generic[T]):
    """Boxes with something each, found by where they are."""

    def __init__(self, boxes: Iterable[tuple[Box, T]] = ()) -> None:
        self._cells: dict[tuple[int, int], list[tuple[Box, T]]] = {}
        self._all: list[tuple[Box, T]] = []
        self._huge: list[tuple[Box, T]] = []
        for box, thing in boxes:
            self.put(box, thing)

    def put(self, box: Box, thing: T) -> None:
        """Add a box."""
        self._all.append((box, thing))
        if _is_huge(box):
            self._huge.append((box, thing))
            return
        for cell in _cells_of(box):
            self._cells.setdefault(cell, []).append((box, thing))

    def near(self, box: Box) -> list[tuple[Box, T]]:
        """What may meet the box, each once, in the order it was put."""
        if _is_huge(box):
            return self._all
        found = [each for cell in _cells_of(box) for each in self._cells.get(cell, ())]
        return list(dict.fromkeys([*found, *self._huge]))


def _is_huge(box: Box) -> bool:
    return (box.w // _CELL + 2) * (box.h // _CELL + 2) > _MANY


def _cells_of(box: Box) -> Iterator[tuple[int, int]]:
    for column in range(box.x // _CELL, box.right // _CELL + 1):
        for row in range(box.y // _CELL, box.bottom // _CELL + 1):
            yield column, row

"""Boxes by squares, so that a thousand shapes do not make a million comparisons."""

from collections.abc import Iterable, Iterator

from engine.layout.values import Box

_CELL = 200


class Index:
    """Named boxes, found by where they are."""

    def __init__(self, boxes: Iterable[tuple[Box, str]]) -> None:
        self._cells: dict[tuple[int, int], list[tuple[Box, str]]] = {}
        for box, name in boxes:
            for cell in self._of(box):
                self._cells.setdefault(cell, []).append((box, name))

    def near(self, box: Box) -> list[tuple[Box, str]]:
        """What lies in the same squares."""
        return list(dict.fromkeys(each for cell in self._of(box) for each in self._cells.get(cell, ())))

    def _of(self, box: Box) -> Iterator[tuple[int, int]]:
        for column in range(box.x // _CELL, box.right // _CELL + 1):
            for row in range(box.y // _CELL, box.bottom // _CELL + 1):
                yield column, row

"""One page of a list, the same for cases and tasks."""

from dataclasses import dataclass
from typing import Generic, TypeVar

SIZE = 20
Line = TypeVar("Line")


@dataclass(frozen=True)
class Page(Generic[Line]):
    """Lines of one page; `total` counts all of them, `number` is the page's own, from 1."""

    lines: tuple[Line, ...]
    total: int
    number: int

    @property
    def last(self) -> int:
        """The number of the last page, at least 1."""
        return last_page(self.total)


def last_page(total: int) -> int:
    """How many pages that many lines fill, at least 1."""
    return max(1, -(-total // SIZE))


def within(page: int, total: int) -> int:
    """The page asked for, or the nearest one there is."""
    return min(max(1, page), last_page(total))

"""What a drawing consists of, apart from XML. All lengths are the pixels of BPMN DI, whole numbers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

Point = tuple[int, int]
Path = tuple[Point, ...]


class Box(NamedTuple):
    """A rectangle: left, top, width, height."""

    x: int
    y: int
    w: int
    h: int

    @property
    def right(self) -> int:
        """The x of its right side."""
        return self.x + self.w

    @property
    def bottom(self) -> int:
        """The y of its lower side."""
        return self.y + self.h

    @property
    def centre(self) -> Point:
        """Its middle."""
        return self.x + self.w // 2, self.y + self.h // 2

    def moved(self, dx: int, dy: int) -> "Box":
        """The same box elsewhere."""
        return Box(self.x + dx, self.y + dy, self.w, self.h)

    def grown(self, by: int) -> "Box":
        """The box with a margin around it."""
        return Box(self.x - by, self.y - by, self.w + 2 * by, self.h + 2 * by)

    def meets(self, other: "Box") -> bool:
        """Whether they share more than a border."""
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom

    def holds(self, other: "Box") -> bool:
        """Whether `other` lies inside, borders included."""
        return self.x <= other.x and other.right <= self.right and self.y <= other.y and other.bottom <= self.bottom


@dataclass(slots=True)
class Lane:
    """A lane with the lanes inside; `level` counts from 0."""

    id: str
    name: str
    level: int
    lanes: list["Lane"] = field(default_factory=list)

    def leaves(self) -> Iterator["Lane"]:
        """The innermost lanes, from top to bottom."""
        if not self.lanes:
            yield self
        for lane in self.lanes:
            yield from lane.leaves()

    def all(self) -> Iterator["Lane"]:
        """This lane and every one inside."""
        yield self
        for lane in self.lanes:
            yield from lane.all()


@dataclass(slots=True)
class Node:
    """What has a place of its own: flow nodes, data, text annotations. `inner` is what a sub-process holds."""

    id: str
    kind: str
    name: str
    host: str = ""  # the activity a boundary event sits on
    lane: str = ""  # the innermost lane
    inner: "Scope | None" = None
    collapsed: bool = False
    by_event: bool = False


@dataclass(slots=True)
class Link:
    """What is drawn as a line."""

    id: str
    kind: str  # sequenceFlow, messageFlow, association, dataInputAssociation, dataOutputAssociation
    source: str
    target: str
    name: str = ""


@dataclass(slots=True)
class Group:
    """A dashed frame around nodes; it is drawn around its members, wherever they come to lie."""

    id: str
    name: str
    members: tuple[str, ...] = ()


@dataclass(slots=True)
class Scope:
    """A process or sub-process: its nodes by id, the lines between them, its lanes."""

    id: str
    nodes: dict[str, Node] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    lanes: list[Lane] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)

    @property
    def bands(self) -> list[str]:
        """Ids of the innermost lanes from top to bottom, or one nameless band."""
        return [leaf.id for lane in self.lanes for leaf in lane.leaves()] or [""]

    def all(self) -> Iterator["Scope"]:
        """This scope and every one drawn inside."""
        yield self
        for node in self.nodes.values():
            if node.inner and not node.collapsed:
                yield from node.inner.all()


@dataclass(slots=True)
class Pool:
    """A participant; without a scope it is a black box."""

    id: str
    name: str
    scope: Scope | None


@dataclass(slots=True)
class Plane:
    """One diagram: a collaboration with its pools, or one process or collapsed sub-process with none."""

    id: str
    pools: list[Pool] = field(default_factory=list)
    scope: Scope | None = None
    links: list[Link] = field(default_factory=list)  # lines from one scope to another
    groups: list[Group] = field(default_factory=list)

    def scopes(self) -> Iterator[Scope]:
        """Every scope drawn in this diagram, outer ones first."""
        for scope in [self.scope, *(pool.scope for pool in self.pools)]:
            if scope:
                yield from scope.all()

    def nodes(self) -> dict[str, Node]:
        """Every node of the diagram by id."""
        return {node.id: node for scope in self.scopes() for node in scope.nodes.values()}

    def all_links(self) -> list[Link]:
        """Every line of the diagram."""
        return [link for scope in self.scopes() for link in scope.links] + self.links

    def all_groups(self) -> list[Group]:
        """Every group of the diagram."""
        return [group for scope in self.scopes() for group in scope.groups] + self.groups


@dataclass(slots=True)
class Picture:
    """Where everything of one plane lies."""

    boxes: dict[str, Box] = field(default_factory=dict)
    paths: dict[str, Path] = field(default_factory=dict)
    labels: dict[str, Box] = field(default_factory=dict)


def segments(path: Sequence[Point]) -> Iterator[tuple[Point, Point]]:
    """The straight pieces of a path."""
    return pairwise(path)

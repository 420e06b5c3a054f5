"""What a scope of a process knows: the facts of the case, over them names of its own, or only its own."""

from collections.abc import Mapping, Sequence
from typing import Any

from engine.feel import Facts
from engine.runtime import facts


class Document:
    """Names and values. Over an `outer` document only the names it was made with are its own; others go outwards.

    Without `outer` it is closed: the facts of the case, or those of a called process.
    """

    def __init__(self, own: Mapping[str, Any], outer: "Document | None" = None) -> None:
        self.own: dict[str, Any] = dict(own)
        self.outer = outer
        self.written: dict[str, None] = {}  # of a closed one: the names that were written since it was made
        self._seen: tuple[int, Facts] | None = None

    @property
    def changes(self) -> int:
        """How often this document, or one it looks through to, was written."""
        return self._count + (self.outer.changes if self.outer else 0)

    _count = 0

    def seen(self) -> dict[str, Any]:
        """All names that can be read here."""
        return {**self.outer.seen(), **self.own} if self.outer else self.own

    def scope(self) -> Facts:
        """What an expression sees. Converted once for all expressions between two changes."""
        if self._seen is None or self._seen[0] != self.changes:
            self._seen = (self.changes, Facts(self.seen()))
        return self._seen[1]

    def get(self, path: Sequence[str]) -> Any:
        """What is at a path, or None."""
        return facts.get(self.seen(), path)

    def declare(self, names: Sequence[str]) -> None:
        """Names that exist from now on, without a value unless they have one."""
        if names:
            self.own = {**dict.fromkeys(names), **self.own}
            self._count += 1

    def put(self, path: Sequence[str], value: Any) -> None:
        """Write at a path. `facts.Blocked` when something on the way down is no document."""
        if self.outer is not None and path[0] not in self.own:
            self.outer.put(path, value)
            return
        self.own = facts.put(self.own, path, value)
        self.written[path[0]] = None
        self._count += 1

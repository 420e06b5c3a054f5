"""What can be undone (`undoing`), as another drawing knows it: the same activities, as far as they are undone there."""

from typing import Any

from engine.runtime.counterparts import Counterparts, spec_of
from engine.runtime.tokens import PREFIX
from engine.runtime.undoing import AGAIN


class Records:
    """Records of one drawing on their way to another; `lost` are old nodes that cannot be undone there."""

    def __init__(self, pairs: Counterparts) -> None:
        self._pairs = pairs
        self.lost: dict[str, None] = {}

    def translated(self, records: list[Any], scope: str) -> list[Any]:
        """The records of a scope, named as in the new drawing, without those that cannot be undone there."""
        return [one for one in (self._record(record, scope) for record in records) if one is not None]

    def _record(self, record: Any, scope: str) -> Any:
        name = record if isinstance(record, str) else record["node"]
        spec = spec_of(self._pairs.new, scope) if scope else None
        again, inside = self._pairs.name(name), None
        if spec is not None and not isinstance(record, str) and "inside" in record:
            inside = self._inside(name, record["inside"], known=PREFIX + again + AGAIN in spec.task_specs)
        elif spec is not None and again in spec.handlers:
            return again if isinstance(record, str) else {**record, "node": again}
        if inside is None:
            self.lost[name] = None
            return None
        return {**record, "node": again, "inside": inside}

    def _inside(self, name: str, left: dict[str, Any], *, known: bool) -> dict[str, Any] | None:
        """What a completed sub-process or called process left; None where it would be another one."""
        old, new = self._pairs.old.nodes[name], self._pairs.node(name)
        if not known or new is None or old.calls != new.calls:
            return None
        scope = left.get("calls") or new.calls or new.id
        if scope not in self._pairs.new.subprocess_specs:
            return None
        return {**left, "undo": self.translated(left["undo"], scope)}

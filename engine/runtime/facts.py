"""Writing into a document without changing the one that was given: only the way down is copied."""

from collections.abc import Mapping, Sequence
from typing import Any


class Blocked(Exception):
    """Something on the way down is no document; says where."""


def put(document: Mapping[str, Any], path: Sequence[str], value: Any) -> dict[str, Any]:
    """The document with `value` at `path`; missing documents on the way are made."""
    name, *rest = path
    copy = dict(document)
    if not rest:
        copy[name] = value
        return copy
    held = copy.get(name)
    if held is not None and not isinstance(held, Mapping):
        raise Blocked(name)
    copy[name] = put(held or {}, rest, value)
    return copy


def get(document: Mapping[str, Any], path: Sequence[str]) -> Any:
    """What is at `path`, or None."""
    found: Any = document
    for name in path:
        found = found.get(name) if isinstance(found, Mapping) else None
    return found

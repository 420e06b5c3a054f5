"""Which answers another department gave, as long as they are still the ones it gave."""

from collections.abc import Mapping
from typing import Any


def still(sources: Mapping[str, Any], before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """The sources of what a correction left as it was; in a list, of rows in which nothing changed."""
    return {key: told for key, told in sources.items() if _held(before, key) == _held(after, key)}


def _held(facts: Mapping[str, Any], address: str) -> Any:
    """What stands at an address of the facts; of an answer in a row, the whole row."""
    found: Any = facts
    for part in address.split("."):
        if isinstance(found, list):
            return found[int(part) - 1] if part.isdecimal() and 0 < int(part) <= len(found) else None
        found = found.get(part) if isinstance(found, Mapping) else None
    return found

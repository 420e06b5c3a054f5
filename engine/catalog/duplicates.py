"""`[duplicates]` of `pack.toml` → what counts as the same application twice (重复申请, domain.md 2.0.8)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.catalog.keys import need, word
from engine.forms import lines
from engine.forms.shape import Reading
from engine.words import PersonRole


@dataclass(frozen=True)
class Duplicates:
    """Two applications for one item are the same when a person of one of `roles` is in both.

    `same`: form keys whose answers have to be equal as well (another cause is another matter); of a key inside a list,
    `children.born_on`, one answer in both is enough. `days`: how many days after its end a case still counts; 0: only
    open ones do.
    """

    roles: frozenset[PersonRole]
    source: str
    same: tuple[str, ...] = ()
    days: int = 0


def duplicates(reading: Reading, document: Mapping[str, Any]) -> Duplicates | None:
    """The rule of the pack, None if it has none; whatever is wrong is noted in `reading`."""
    where = "duplicates"
    table, line = reading.table(document, where, "pack.toml"), lines.line_of(reading.text, f"[{where}]")
    if not table:
        return None
    reading.only(table, {"roles", "source", "same", "days"}, where, line)
    need(reading, table, ("roles", "source"), where, line)
    said = reading.texts(table, "roles", where, line)
    roles = [word(reading, PersonRole, role, where, "roles", line, PersonRole) for role in said]
    return Duplicates(
        roles=frozenset(role for role in roles if role),
        source=reading.plain(table, "source", where, line),
        same=reading.texts(table, "same", where, line),
        days=reading.integer(table, "days", where, line) or 0,
    )

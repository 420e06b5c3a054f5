"""`apart` of an item and `visits` of a pack → values: what the four reductions (四减) are counted from."""

from collections.abc import Mapping
from typing import Any

from engine.catalog.apart import Apart, Visits
from engine.catalog.keys import line_of_key, need
from engine.forms.shape import Reading

FIGURES = ("steps", "papers", "visits")


def apart(reading: Reading, table: Mapping[str, Any], where: str, line: int) -> Apart | None:
    """`apart = { steps = 5, papers = 4, visits = 2, source = "…" }`; a figure that is left out is not stated."""
    said = reading.table(table, "apart", where, line)
    if "apart" not in table:
        return None
    where = f"{where} apart"
    reading.only(said, {*FIGURES, "source"}, where, line)
    need(reading, said, ("source",), where, line)
    steps, papers, visits = (reading.integer(said, name, where, line) for name in FIGURES)
    if not any(name in said for name in FIGURES):
        reading.refuse("apart-nothing", line, name=reading.plain(table, "name", where, line))
    return Apart(steps, papers, visits, reading.plain(said, "source", where, line))


def visits(reading: Reading, document: Mapping[str, Any]) -> Visits | None:
    """`visits = { most = 1, source = "…" }` of the pack."""
    said, line = reading.table(document, "visits", "pack.toml"), line_of_key(reading.text, "visits")
    if "visits" not in document:
        return None
    reading.only(said, {"most", "source"}, "visits", line)
    need(reading, said, ("most", "source"), "visits", line)
    most = reading.integer(said, "most", "visits", line)
    return None if most is None else Visits(most, reading.plain(said, "source", "visits", line))

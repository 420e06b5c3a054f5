"""Processor time of a bench and of everything it started: its threads, its processes, PostgreSQL's server."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def seconds() -> float:
    """Processor seconds so far of this process and all below it, ended ones included (Linux; proc(5), stat)."""
    parents, spent = {}, {}
    for number, parent, ticks in _processes():
        parents[number], spent[number] = parent, ticks
    return sum(ticks for number, ticks in spent.items() if _below(number, parents)) / TICKS


def _processes() -> Iterator[tuple[int, int, int]]:
    """Each living process, its parent and its ticks; what ended below it is in them once it was waited for."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it ended while we looked
            number, _, rest = stat.read_text().partition(" ")
            fields = rest.rpartition(")")[2].split()
            yield int(number), int(fields[1]), sum(map(int, fields[11:15]))


def _below(number: int, parents: dict[int, int]) -> bool:
    while number and number != os.getpid():
        number = parents.get(number, 0)
    return number == os.getpid()

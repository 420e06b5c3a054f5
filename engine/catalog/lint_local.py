"""Local switches: do they name what there is, and does the pack hold together in every region that has its own?"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from graphlib import CycleError, TopologicalSorter

from engine.catalog import lint_limits, regions, rules
from engine.catalog.gather import Gathered
from engine.catalog.lint_references import unknown
from engine.catalog.manifest import Manifest
from engine.catalog.manifest_local import places_of
from engine.catalog.pack import Local
from engine.errors import Finding
from engine.runtime import Model
from engine.words import Need


def findings(pack: Gathered) -> Iterator[Finding]:
    """Names nobody knows, items that would wait for each other, values for a place that hold nowhere else."""
    if pack.manifest is None:
        return
    said = pack.manifest
    codes, places = [item.code for item in said.items], places_of(pack.files[pack.pack_file])
    for number, one in enumerate(said.local):
        line = places[number] if number < len(places) else 0
        for code in filter(None, (one.item, *(one.depends or ()))):
            if code not in codes:
                yield unknown(pack.pack_file, line, "item-unknown", code, codes)
        if one.lane and one.lane not in said.lanes:
            yield unknown(pack.pack_file, line, "lane-unmapped", one.lane, said.lanes)
    for region, day in _cases(said):
        yield from _cycle(pack, said, region, day)


def promises(pack: Gathered, said: Manifest, model: Model) -> Iterator[Finding]:
    """The limits of the drawing against what is promised in each region."""
    for region, day in _cases(said):
        there = replace(said, items=regions.items(said.items, regions.in_force(said.local, region, day)))
        yield from lint_limits.findings(pack, there, model)


def left_out(pack: Gathered, said: Manifest, model: Model) -> Iterator[Finding]:
    """An item that need not be part of a case, and a drawing that never asks whether it is."""
    may = {one.item for one in said.local if one.off} | {i.code for i in said.items if i.need is not Need.REQUIRED}
    read = " ".join(flow.condition for flow in model.flows.values())
    for code in sorted(may & {item.code for item in said.items}):
        if f"{code}.applies" not in read:
            yield rules.finding(pack.drawing_file, 0, "applies-unread", name=code)


def _cases(said: Manifest) -> list[tuple[str, date]]:
    """Regions with something of their own, at every day something begins there or around it."""
    days = sorted({one.since for one in said.local})
    named = dict.fromkeys(one.region for one in said.local)
    return [(region, day) for region in named for day in days if regions.in_force(said.local, region, day)]


def _cycle(pack: Gathered, said: Manifest, region: str, day: date) -> Iterator[Finding]:
    there: tuple[Local, ...] = regions.in_force(said.local, region, day)
    depends = {item.code: item.depends for item in regions.items(said.items, there)}
    try:
        TopologicalSorter(depends).prepare()
    except CycleError as cycle:
        yield rules.finding(pack.pack_file, 0, "item-cycle", codes=", ".join(dict.fromkeys(cycle.args[1])))

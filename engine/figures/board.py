"""The supervisor's board: what stands where, who has how much to do, how counties compare."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine import identity, releases, supervision
from engine.catalog import Pack
from engine.errors import NoSuchRelease
from engine.figures.counted import Counted, county_of, department, overseen, person, tally
from engine.figures.medians import medians, taken
from engine.figures.term import Term
from engine.identity import DepartmentInfo, RegionInfo
from engine.store import Case, Task
from engine.words import Lamp, Level
from engine.work import Work

PEOPLE = 30  # of the board; those with the most overdue and open tasks
Counts = Mapping[Counted, int]


@dataclass(frozen=True)
class Load:
    """What a department, or a person in it, has to do and did. `median` working days; None where it is not stated."""

    department: DepartmentInfo
    person: str
    name: str
    counts: Counts
    median: int | None


@dataclass(frozen=True)
class Row:
    """A department and, by code of the pack, what it has of it: the lamps that are not green, and its items."""

    department: DepartmentInfo
    lamps: Mapping[str, Mapping[Lamp, int]]
    items: Mapping[str, Counts]


@dataclass(frozen=True)
class County:
    """A county: what was accepted and decided there in the term, and what is open and late now."""

    region: RegionInfo
    counts: Counts

    @property
    def rate(self) -> float | None:
        """The part of the items decided in time, from 0 to 1; None where no limit was counted."""
        kept, broken = self.counts[Counted.ITEMS_IN_TIME], self.counts[Counted.ITEMS_TOO_LATE]
        return kept / (kept + broken) if kept + broken else None


@dataclass(frozen=True)
class Board:
    """Everything on the page. `people` are at most `PEOPLE` of `everybody`; `many`: too much for medians."""

    term: Term
    packs: Mapping[str, Pack]
    rows: tuple[Row, ...]
    loads: tuple[Load, ...]
    people: tuple[Load, ...]
    everybody: int
    counties: tuple[County, ...]
    many: bool


def board(work: Work, term: Term) -> Board:
    """The board of the areas the actor oversees."""
    lamps = supervision.tallied(work)
    items = {what: tally(work, what, term, department(what), Case.pack, Case.area) for what in _ITEMS}
    loads, many = _loads(work, term)
    packs = {pack for _, pack, _ in lamps} | {pack for found in items.values() for _, pack, _ in found}
    own = [load for load in loads if load.person]
    return Board(
        term=term,
        packs={code: pack for code in sorted(packs) if (pack := _pack(work, code))},
        rows=_rows(work, lamps, items),
        loads=tuple(load for load in loads if not load.person),
        people=tuple(own[:PEOPLE]),
        everybody=len(own),
        counties=_counties(work, term, items),
        many=many,
    )


_TASKS = (Counted.TASKS_OPEN, Counted.TASKS_LATE, Counted.TASKS_DONE)
_ITEMS = (Counted.ITEMS_OPEN, Counted.ITEMS_LATE, Counted.ITEMS_IN_TIME, Counted.ITEMS_TOO_LATE)
_STANDING = (Counted.ITEMS_OPEN, Counted.ITEMS_LATE)


def _pack(work: Work, code: str) -> Pack | None:
    """A pack as its newest release has it: cases may be of one that is in force no more."""
    try:
        return releases.of_number(work, code, releases.newest(work, code)).pack
    except NoSuchRelease:
        return None


def _loads(work: Work, term: Term) -> tuple[list[Load], bool]:
    """Of each department, and of each person in it; those with the most overdue first."""
    found: dict[tuple[str, str], Counter[Counted]] = {}
    for what in _TASKS:
        for (office, who), count in tally(work, what, term, Task.department_id, person(what)).items():
            for key in {(office, ""), (office, who or "")}:
                found.setdefault(key, Counter())[what] += count
    rows = taken(work, term)
    groups = [(key, begun, ended) for o, who, begun, ended in rows or () for key in ((o, ""), (o, who))]
    middle = medians(work, groups)
    offices = identity.departments(work, {office for office, _ in found})
    names = identity.names(work, {who for _, who in found if who})
    loads = [
        Load(offices[key[0]], key[1], names.get(key[1], ""), counts, middle.get(key)) for key, counts in found.items()
    ]
    return sorted(loads, key=_first), rows is None


def _first(load: Load) -> tuple[Any, ...]:
    return (*(-load.counts[what] for what in (Counted.TASKS_LATE, *_TASKS)), load.department.id, load.name)


def _rows(work: Work, lamps: Mapping[Any, int], items: Mapping[Counted, Mapping[Any, int]]) -> tuple[Row, ...]:
    lit: dict[str, dict[str, Counter[Lamp]]] = {}
    for (office, pack, lamp), count in lamps.items():
        lit.setdefault(office, {}).setdefault(pack, Counter())[lamp] += count
    stand: dict[str, dict[str, Counter[Counted]]] = {}
    for what in _STANDING:
        for (office, pack, _), count in items[what].items():
            stand.setdefault(office, {}).setdefault(pack, Counter())[what] += count
    offices = identity.departments(work, {*lit, *stand})
    rows = [Row(office, lit.get(key, {}), stand.get(key, {})) for key, office in offices.items()]
    return tuple(sorted(rows, key=_worst))


def _worst(row: Row) -> tuple[Any, ...]:
    """The most red first, then the most yellow, then the most that is open."""
    red, yellow = (sum(lamps.get(lamp, 0) for lamps in row.lamps.values()) for lamp in (Lamp.RED, Lamp.YELLOW))
    return -red, -yellow, -sum(counts[Counted.ITEMS_OPEN] for counts in row.items.values()), row.department.id


def _counties(work: Work, term: Term, items: Mapping[Counted, Mapping[Any, int]]) -> tuple[County, ...]:
    regions = {region.code: region for region in overseen(work)}
    found: dict[str, Counter[Counted]] = {}
    for what in _ITEMS:
        for (_, _, area), count in items[what].items():
            found.setdefault(county_of(area, regions), Counter())[what] += count
    for (area,), count in tally(work, Counted.CASES_ACCEPTED, term, Case.area).items():
        found.setdefault(county_of(area, regions), Counter())[Counted.CASES_ACCEPTED] += count
    known = [region for region in regions.values() if region.level is Level.COUNTY or region.code in found]
    return tuple(County(region, found.get(region.code, Counter())) for region in known)

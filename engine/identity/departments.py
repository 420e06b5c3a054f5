"""Regions and the departments that serve them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from engine.errors import NoDepartment, NotFound
from engine.store import Department, Region, city
from engine.words import Level
from engine.work import Work


@dataclass(frozen=True)
class RegionInfo:
    """An administrative division: code of 6 digits (city, county) or 9 (township)."""

    code: str
    name: str
    level: Level
    parent: str | None


@dataclass(frozen=True)
class DepartmentInfo:
    """One office: `region` is the code of the area it serves, `level` that region's level."""

    id: str
    kind: str
    name: str
    short: str
    region: str
    level: Level


@dataclass(frozen=True)
class _Directory:
    """All regions by code, and all departments by id and by kind and region, in order."""

    regions: Mapping[str, RegionInfo]
    offices: Mapping[str, DepartmentInfo]
    placed: Mapping[tuple[str, str], DepartmentInfo]

    def __bool__(self) -> bool:
        return bool(self.regions)


def serving(work: Work, kind: str, level: Level | str, area: str) -> DepartmentInfo:
    """The department of `kind` that serves `area` (township, county or city code) at `level`, else the next level up.

    `NoDepartment` if none serves it.
    """
    above, placed = _lineage(work, area), _directory(work).placed
    for region in above:
        if _rank(region.level) >= _rank(level) and (found := placed.get((kind, region.code))):
            return found
    raise NoDepartment(kind=kind, area=above[0].name if above else area)


def departments(work: Work, ids: Collection[str]) -> dict[str, DepartmentInfo]:
    """Departments by id; unknown ids are left out."""
    offices = _directory(work).offices
    return {id_: offices[id_] for id_ in ids if id_ in offices}


def areas(work: Work, department_id: str) -> tuple[RegionInfo, ...]:
    """The counties and townships a window may take cases for: its own region and all below it, in order of code."""
    directory = _directory(work)
    own = directory.offices.get(department_id)
    below = (region for region in directory.regions.values() if own and own.region in lineage(work, region.code))
    return tuple(region for region in below if region.level != Level.CITY)


def inferior(work: Work, department_id: str) -> frozenset[str]:
    """Ids of a department and of those of its kind in the areas below it."""
    directory = _directory(work)
    own = directory.offices.get(department_id)
    if own is None:
        return frozenset()
    codes = (own.region, *(region.code for region in areas(work, department_id)))
    below = (directory.placed.get((own.kind, code)) for code in codes)
    return frozenset(office.id for office in below if office)


def covers(work: Work, department_ids: Collection[str], area: str) -> bool:
    """Whether one of these departments serves `area`: its region is the area or lies above it."""
    above = lineage(work, area)
    return any(office.region in above for office in departments(work, department_ids).values())


def region(work: Work, code: str) -> RegionInfo:
    """The region with this code, or `NotFound`."""
    found = _directory(work).regions.get(code)
    if found is None:
        raise NotFound
    return found


def lineage(work: Work, area: str) -> tuple[str, ...]:
    """The codes of an area and the regions above it, the nearest first; empty if it is unknown."""
    return tuple(region.code for region in _lineage(work, area))


def area_name(work: Work, code: str) -> str:
    """The name of an area for people, from the county down: 开化县华埠镇; the code itself if it is unknown."""
    above = _lineage(work, code)
    below_city = [region.name for region in above if region.level != Level.CITY]
    return "".join(reversed(below_city)) or (above[0].name if above else code)


def _lineage(work: Work, code: str) -> list[RegionInfo]:
    """The region and those above it, nearest first; empty if unknown."""
    regions, found, next_ = _directory(work).regions, list[RegionInfo](), code
    while next_ in regions and len(found) < len(Level):  # never more steps than levels: wrong data makes no circle
        found.append(regions[next_])
        next_ = regions[next_].parent or ""
    return found


def _directory(work: Work) -> _Directory:
    """The whole city: some hundred regions and some thousand departments, which seldom change."""
    return city.kept(work.session, "directory", lambda: _read(work))


def _read(work: Work) -> _Directory:
    """In one statement, so that regions and departments are of one moment."""
    place = (Region.code, Region.name, Region.level, Region.parent)
    office = (Department.id, Department.kind, Department.name, Department.short)
    both = select(*place, *office).outerjoin(Department, Department.region == Region.code)
    regions: dict[str, RegionInfo] = {}
    offices: dict[str, DepartmentInfo] = {}
    for row in work.session.execute(both.order_by(Region.code, Department.id)):
        code, name, level, parent, id_, kind, full, short = row
        regions[code] = RegionInfo(code, name, Level(level), parent)
        if id_ is not None:
            offices[id_] = DepartmentInfo(id_, kind, full, short, code, Level(level))
    return _Directory(regions, offices, {(office.kind, office.region): office for office in offices.values()})


def _rank(level: str) -> int:
    return (Level.TOWNSHIP, Level.COUNTY, Level.CITY).index(Level(level))

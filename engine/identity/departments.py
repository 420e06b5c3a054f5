"""Regions and the departments that serve them."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import aliased

from engine.errors import NoDepartment, NotFound
from engine.store import Department, Region
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


def serving(work: Work, kind: str, level: Level | str, area: str) -> DepartmentInfo:
    """The department of `kind` that serves `area` (township, county or city code) at `level`, else the next level up.

    Should a region have several of one kind, it is the one whose id comes first. `NoDepartment` if none serves it.
    """
    above = _lineage(work, area)
    reachable = [region.code for region in above if _rank(region.level) >= _rank(level)]
    found = select(Department).where(Department.kind == kind, Department.region.in_(reachable)).order_by(Department.id)
    by_region: dict[str, Department] = {}
    for row in work.session.scalars(found):
        by_region.setdefault(row.region, row)
    for region in above:
        if region.code in by_region:
            return _department(by_region[region.code], region)
    raise NoDepartment(kind=kind, area=above[0].name if above else area)


def departments(work: Work, ids: Collection[str]) -> dict[str, DepartmentInfo]:
    """Departments by id; unknown ids are left out."""
    rows = work.session.execute(
        select(Department, Region).join(Region, Region.code == Department.region).where(Department.id.in_(ids))
    )
    return {department.id: _department(department, region) for department, region in rows}


def areas(work: Work, department_id: str) -> tuple[RegionInfo, ...]:
    """The counties and townships a window may take cases for: its own region and all below it, in order of code."""
    own = work.session.scalar(select(Department.region).where(Department.id == department_id))
    region = work.session.get(Region, own) if own else None
    found = [region] if region else []
    newest = found
    for _ in Level:
        parents = [r.code for r in newest]
        newest = list(work.session.scalars(select(Region).where(Region.parent.in_(parents))))
        found = found + newest
    return tuple(_region(r) for r in sorted(found, key=lambda r: r.code) if r.level != Level.CITY)


def covers(work: Work, department_ids: Collection[str], area: str) -> bool:
    """Whether one of these departments serves `area`: its region is the area or lies above it."""
    above = lineage(work, area)
    found = select(Department.id).where(Department.id.in_(department_ids), Department.region.in_(above)).limit(1)
    return work.session.scalar(found) is not None


def region(work: Work, code: str) -> RegionInfo:
    """The region with this code, or `NotFound`."""
    row = work.session.get(Region, code)
    if row is None:
        raise NotFound
    return _region(row)


def lineage(work: Work, area: str) -> tuple[str, ...]:
    """The codes of an area and the regions above it, the nearest first; empty if it is unknown."""
    return tuple(region.code for region in _lineage(work, area))


def area_name(work: Work, code: str) -> str:
    """The name of an area for people, from the county down: 开化县华埠镇; the code itself if it is unknown."""
    above = _lineage(work, code)
    below_city = [region.name for region in above if region.level != Level.CITY]
    return "".join(reversed(below_city)) or (above[0].name if above else code)


def _lineage(work: Work, code: str) -> list[Region]:
    """The region and those above it, nearest first; empty if unknown."""
    own, above, top = (aliased(Region) for _ in Level)  # never more steps than levels: wrong data makes no circle
    chain = select(own, above, top).outerjoin(above, above.code == own.parent).outerjoin(top, top.code == above.parent)
    row = work.session.execute(chain.where(own.code == code)).one_or_none()
    return [region for region in row or () if region is not None]


def _rank(level: str) -> int:
    return (Level.TOWNSHIP, Level.COUNTY, Level.CITY).index(Level(level))


def _region(row: Region) -> RegionInfo:
    return RegionInfo(row.code, row.name, Level(row.level), row.parent)


def _department(row: Department, region: Region) -> DepartmentInfo:
    return DepartmentInfo(row.id, row.kind, row.name, row.short, row.region, Level(region.level))

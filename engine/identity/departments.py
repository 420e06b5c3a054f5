"""Regions and the departments that serve them."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, select
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
    offices = _of_kind(work, kind, area)
    above = _lineage(work, area)
    reachable = {region.code for region in above if _rank(region.level) >= _rank(level)}
    by_region: dict[str, DepartmentInfo] = {}
    for office in offices:
        if office.region in reachable:
            by_region.setdefault(office.region, office)
    for region in above:
        if region.code in by_region:
            return by_region[region.code]
    raise NoDepartment(kind=kind, area=above[0].name if above else area)


def departments(work: Work, ids: Collection[str]) -> dict[str, DepartmentInfo]:
    """Departments by id; unknown ids are left out."""
    known: dict[tuple[str, str], list[DepartmentInfo]] = work.session.info.get("offices", {})
    found = {office.id: office for offices in known.values() for office in offices if office.id in ids}
    if asked := set(ids) - found.keys():
        both = select(Department, Region).join(Region, Region.code == Department.region)
        rows = work.session.execute(both.where(Department.id.in_(asked)))
        found |= {department.id: _department(department, region) for department, region in rows}
    return found


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


def inferior(work: Work, department_id: str) -> frozenset[str]:
    """Ids of a department and of those of its kind in the areas below it."""
    own = work.session.get(Department, department_id)
    if own is None:
        return frozenset()
    codes = [own.region, *(region.code for region in areas(work, department_id))]
    below = select(Department.id).where(Department.kind == own.kind, Department.region.in_(codes))
    return frozenset(work.session.scalars(below))


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


def _lineage(work: Work, code: str) -> list[RegionInfo]:
    """The region and those above it, nearest first; empty if unknown. Asked once a transaction: it is one moment."""
    known: dict[str, list[RegionInfo]] = work.session.info.setdefault("lineage", {})
    if code not in known:
        _ask(work, code, "")
    return known[code]


def _of_kind(work: Work, kind: str, area: str) -> list[DepartmentInfo]:
    """The departments of a kind in a region and those above it, in order of id; asked once a transaction."""
    known: dict[tuple[str, str], list[DepartmentInfo]] = work.session.info.setdefault("offices", {})
    if (kind, area) not in known:
        _ask(work, area, kind)
    return known[kind, area]


def _ask(work: Work, area: str, kind: str) -> None:
    """Read a region with those above it, and their departments of a kind, in one statement, and keep both."""
    rows = work.session.execute(_chain(), {"area": area, "kind": kind}).all()
    parts = [rows[0][at : at + 4] for at in range(0, 12, 4)] if rows else []
    above = [RegionInfo(code, name, Level(level), parent) for code, name, level, parent in parts if code is not None]
    levels = {region.code: region.level for region in above}
    kept = [row[12:] for row in rows if row.id is not None]
    offices = [DepartmentInfo(id_, kind, name, short, at, levels[at]) for id_, kind, name, short, at in kept]
    info = work.session.info
    info.setdefault("lineage", {})[area], info.setdefault("offices", {})[kind, area] = above, offices


@cache
def _chain() -> Select[*tuple[Any, ...]]:
    """Four columns of a region and of the two above it, then five of a department: values are cheaper than rows."""
    own, above, top = (aliased(Region) for _ in Level)  # never more steps than levels: wrong data makes no circle
    there = and_(Department.kind == bindparam("kind"), Department.region.in_((own.code, above.code, top.code)))
    places = [column for r in (own, above, top) for column in (r.code, r.name, r.level, r.parent)]
    office = (Department.id, Department.kind, Department.name, Department.short, Department.region)
    chain = select(*places, *office).select_from(own).outerjoin(above, above.code == own.parent)
    chain = chain.outerjoin(top, top.code == above.parent).outerjoin(Department, there)
    return chain.where(own.code == bindparam("area")).order_by(Department.id)


def _rank(level: str) -> int:
    return (Level.TOWNSHIP, Level.COUNTY, Level.CITY).index(Level(level))


def _region(row: Region) -> RegionInfo:
    return RegionInfo(row.code, row.name, Level(row.level), row.parent)


def _department(row: Department, region: Region) -> DepartmentInfo:
    return DepartmentInfo(row.id, row.kind, row.name, row.short, row.region, Level(region.level))

"""A pack as it holds in one area on one day: local switches 地方差异, the nearest region first. Pure.

Regions lie in each other by their codes (GB/T 2260, GB/T 10114): 330802006 in 330802, in 330800, in 330000. So what
holds is frozen with the release and does not depend on any table of regions.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from engine.catalog.pack import ItemSpec, LaneSpec, Local, Pack, Parameter

COUNTY, CITY, PROVINCE = 6, 4, 2  # digits of the code that name the region


def local(pack: Pack, area: str, day: date) -> Pack:
    """The pack in this area on this day (that of acceptance): items, lanes and parameters as they hold there."""
    if not pack.local and not any(value.area for dated in pack.parameters.values() for value in dated):
        return pack
    said = in_force(pack.local, area, day)
    return replace(
        pack,
        items=items(pack.items, said),
        lanes={name: _lane(lane, said) for name, lane in pack.lanes.items()},
        parameters={name: _values(dated, lineage(area), day) for name, dated in pack.parameters.items()},
        away=away(pack.items, said),
        local=(),
    )


def lineage(area: str) -> tuple[str, ...]:
    """A region and those around it, the nearest first: 330802006, 330802, 330800, 330000."""
    around = (area, area[:COUNTY], area[:CITY].ljust(COUNTY, "0"), area[:PROVINCE].ljust(COUNTY, "0"))
    return tuple(dict.fromkeys(around))


def in_force(said: Collection[Local], area: str, day: date) -> tuple[Local, ...]:
    """What is said for this area on this day: of the nearest region first, and of one region the latest first."""
    near = lineage(area)
    found = [one for one in said if one.region in near and one.since <= day and (one.until is None or day <= one.until)]
    latest = sorted(found, key=lambda one: one.since, reverse=True)
    return tuple(sorted(latest, key=lambda one: near.index(one.region)))


def items(specs: Collection[ItemSpec], said: Sequence[Local]) -> tuple[ItemSpec, ...]:
    """These items with what `in_force` gave."""
    return tuple(_item(spec, said) for spec in specs)


def away(specs: Collection[ItemSpec], said: Sequence[Local]) -> dict[str, str]:
    """Why items are not handled there, by code. The nearest region that says anything about it decides."""
    switched = ((spec.code, next((o for o in said if o.item == spec.code and (o.off or o.on)), None)) for spec in specs)
    return {code: one.off for code, one in switched if one and one.off}


def _item(spec: ItemSpec, said: Sequence[Local]) -> ItemSpec:
    mine = [one for one in said if one.item == spec.code]
    promise = next((one.promise for one in mine if one.promise), spec.promise)
    depends = next((one.depends for one in mine if one.depends is not None), spec.depends)
    return replace(spec, promise=promise, depends=depends) if mine else spec


def _lane(lane: LaneSpec, said: Sequence[Local]) -> LaneSpec:
    mine = [one for one in said if one.lane == lane.name]
    level = next((one.level for one in mine if one.level), lane.level)
    posts = next((one.posts for one in mine if one.posts), lane.posts)
    return replace(lane, level=level, posts=posts) if mine else lane


def _values(dated: Sequence[Parameter], near: Sequence[str], day: date) -> tuple[Parameter, ...]:
    """The values of the nearest region that has one by then; else those that hold everywhere."""
    for region in near:
        own = [value for value in dated if value.area == region]
        if any(value.since <= day for value in own):
            return tuple(replace(value, area="") for value in own)
    return tuple(value for value in dated if not value.area)

"""The situation guide at the counter: every item with its reason, its department and when it is done at the latest."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine import catalog, clocks, identity
from engine.catalog import Guided, ItemSpec, Pack
from engine.catalog.limits import promised_in
from engine.clocks import Due
from engine.identity import DepartmentInfo
from engine.words import Need
from engine.work import Work


@dataclass(frozen=True)
class GuideLine:
    """One item. Without a department it does not become part of the case; `due` is None where nothing is promised."""

    item: Guided
    department: DepartmentInfo | None
    due: Due | None


@dataclass(frozen=True)
class Guide:
    """What follows from the answers: the items, when the whole is done at the latest, and why each paper is needed."""

    lines: tuple[GuideLine, ...] = ()
    latest: Due | None = None
    why: Mapping[str, tuple[str, ...]] | None = None

    @property
    def departments(self) -> int:
        """How many departments have a part."""
        return len({line.department.id for line in self.lines if line.department})


def guide(
    work: Work, pack: Pack, items: Sequence[Guided], offices: Mapping[str, DepartmentInfo], facts: Mapping[str, Any],
    area: str,
) -> Guide:  # fmt: skip
    """The guide for these items, those in `offices` being part of the case; what does not apply is left out."""
    specs = [one.spec for one in items if one.included]
    ends = _ends(work, specs, facts, area)
    shown = [one for one in items if one.need is not Need.NOT_APPLICABLE]
    lines = tuple(GuideLine(one, offices.get(one.spec.code), ends.get(one.spec.code)) for one in shown)
    why = {spec.code: reasons for spec, reasons in catalog.papers(pack, [s.code for s in specs], facts, work.now)}
    return Guide(lines, clocks.last(ends), why)


def served(work: Work, pack: Pack, codes: Collection[str], area: str) -> dict[str, DepartmentInfo]:
    """The departments that serve the area, by item; `NoDepartment` if one has none."""
    lanes = {spec.code: pack.lanes[spec.lane] for spec in pack.items if spec.code in codes}
    return {code: identity.serving(work, lane.kind, lane.level, area) for code, lane in lanes.items()}


def _ends(work: Work, specs: Sequence[ItemSpec], facts: Mapping[str, Any], area: str) -> dict[str, Due | None]:
    limits = {spec.code: promised_in(spec.promise, facts, work.now) if spec.promise else None for spec in specs}
    depends = {spec.code: spec.depends for spec in specs}
    return clocks.plan(limits, depends, work.now, clocks.calendar(work, area))

"""What a finished case really took: the steps done, the papers brought, the days used, the days somebody came. Pure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from engine import cases, clocks, materials
from engine.catalog import ItemSpec, Pack
from engine.catalog.limit import Limit
from engine.clocks import Calendar, Pause
from engine.ledger import Happened
from engine.reductions.figures import Line, Reductions, Together, allowed, compared, stated
from engine.reductions.planned import ACCEPTED
from engine.store import Case, Item, Task
from engine.words import CITY, Delivery, EntryKind, LimitUnit, MaterialState, Stage, TaskState

BROUGHT = frozenset({MaterialState.ORIGINAL, MaterialState.COPY, MaterialState.COMMITMENT})  # handed in or signed there
FETCHED = frozenset({Delivery.WINDOW, Delivery.PICKUP})
_HOUR = timedelta(hours=1) - timedelta.resolution  # an hour that has begun is used


@dataclass(frozen=True)
class Told:
    """What is known of a case beside its rows: its history, and when somebody came with the application."""

    entries: Sequence[Happened]
    came: Sequence[datetime]


def happened(pack: Pack, case: Case, told: Told, calendar: Calendar) -> Reductions:
    """The four reductions of what was granted in a case that has ended.

    What was refused, withdrawn or not needed went another way than the whole matter does apart, so for that there is
    no base. Steps of no item count for all; a step done twice counts twice, a supplement as well.
    """
    rows = [item for item in case.items if item.outcome in cases.GRANTED and item.ended_at]
    codes = {row.code for row in rows}
    lines = [_line(pack, case, row, calendar) for row in rows]
    whole = Together(
        steps=ACCEPTED + _steps(case.tasks, {*codes, None}),
        papers=_papers(pack, case, codes),
        visits=len(_visits(pack, case, told, codes)),
        time=_time(pack, case, rows, [line.item for line in lines], calendar),
    )
    return compared(pack, lines, whole, happened=True)


def _line(pack: Pack, case: Case, row: Item, calendar: Calendar) -> Line:
    spec, base = pack.item(row.code), stated(pack.item(row.code).legal)
    unit = base.unit if base else LimitUnit.WORKING_DAYS
    started = cases.began(pack, case, row) if row.started_at else case.accepted_at
    time = _used(unit, started, row.ended_at or started, cases.pauses(case, row.code), calendar)
    return Line(spec, _steps(case.tasks, {row.code}), _papers(pack, case, {row.code}), time)


def _time(pack: Pack, case: Case, rows: Sequence[Item], items: Sequence[ItemSpec], calendar: Calendar) -> Limit | None:
    """From the application to the last grant, without the days on which the law lets everything stand still."""
    base = allowed(pack, items)
    ends = [row.ended_at for row in rows if row.ended_at]
    if not ends:
        return None
    start = case.counts_from or case.accepted_at
    return _used(base.unit if base else LimitUnit.WORKING_DAYS, start, max(ends), cases.stood_still(case), calendar)


def _used(unit: LimitUnit, start: datetime, end: datetime, pauses: Iterable[Pause], calendar: Calendar) -> Limit:
    """How many units are used at the end; the one that has begun counts whole."""
    last = calendar.closes(end.astimezone(CITY).date())
    moment = end + _HOUR if unit is LimitUnit.HOURS else max(end, last)
    return Limit(clocks.used(Limit(1, unit), start, calendar, moment, pauses), unit)


def _steps(tasks: Iterable[Task], items: Collection[str | None]) -> int:
    return sum(task.state == TaskState.DONE and (task.item or None) in items for task in tasks)


def _papers(pack: Pack, case: Case, items: Collection[str]) -> int:
    return sum(materials.brought(row) and row.code in _needed(pack, items) for row in case.materials)


def _needed(pack: Pack, items: Collection[str]) -> set[str]:
    return {spec.code for spec in pack.materials if set(spec.items) & set(items)}


def _visits(pack: Pack, case: Case, told: Told, items: Collection[str]) -> set[date]:
    """The days on which somebody came: with the application, a paper or a supplement, and for a result."""
    came = [
        *told.came,
        *(t.done_at for t in case.tasks if t.stage == Stage.SUPPLEMENT and t.item in items and t.done_at),
    ]
    papers = _needed(pack, items)
    for entry in told.entries:
        facts = entry.facts
        handed = entry.kind is EntryKind.MATERIAL_RECORDED and facts["after"] in BROUGHT and facts["material"] in papers
        fetched = entry.kind is EntryKind.ITEM_DELIVERED and facts["way"] in FETCHED and facts["item"] in items
        came += [entry.at] if handed or fetched else []
    return {moment.astimezone(CITY).date() for moment in came}

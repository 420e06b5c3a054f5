"""What the applicant is told when the clock of an item begins to stand still.

《行政许可法》第四十五条: how long a hearing, an inspection, an appraisal or an expert review takes is told in writing.
"""

from collections.abc import Iterator
from datetime import datetime

from engine import clocks, runtime
from engine.cases.stops import Told
from engine.catalog import Pack, limits
from engine.notices import Happened
from engine.runtime import Advance, Node
from engine.store import Case
from engine.words import CITY, Occasion
from engine.work import Work


def paused(work: Work, case: Case, pack: Pack, advance: Advance, begun: Told) -> Iterator[Happened]:
    """An occasion for each item that began to stand still.

    `until` and `days` are null when the drawing does not say.
    """
    since = work.now.astimezone(CITY).date()
    standing = runtime.marks(pack.model, case.process).current if begun else frozenset()
    here = {node: said for node, said in pack.model.pausing.items() if node in standing}
    for item, ground in sorted(begun):
        nodes = [pack.model.nodes[node] for node, said in here.items() if said == (item, ground)]
        known = [moment for node in nodes if (moment := _until(work, case, advance, node))]
        until = max(known).astimezone(CITY).date() if known else None
        said = {"ground": ground, "from": since.isoformat()}
        over = {"until": until.isoformat() if until else None, "days": (until - since).days if until else None}
        yield Happened(Occasion.ITEM_PAUSED, item, {**said, **over})


def _until(work: Work, case: Case, advance: Advance, node: Node) -> datetime | None:
    """When the timer of a node is due, or the limit of its task ends."""
    due = next((timer.due for timer in advance.timers if timer.node == node.id), None)
    limit = limits.read(node.properties.get("limit", ""))
    if due or limit is None:
        return due
    found = clocks.due(limit, work.now, clocks.calendar(work, case.area))
    return found.moment if found else None

"""What one step of a case means to its notices."""

from collections.abc import Collection, Iterator

from engine.catalog import Pack
from engine.notices import Happened
from engine.runtime import Advance
from engine.store import Case, Task
from engine.words import Occasion, Stage


def happened(
    case: Case, pack: Pack, advance: Advance, new: Collection[Task], concluded: Collection[str], *, first: bool
) -> Iterator[Happened]:
    """Acceptance, papers asked for, items that ended (`concluded` had before), nodes that say so, and the end."""
    if first:
        yield Happened(Occasion.CASE_ACCEPTED)
    for passed in advance.passed:
        node = pack.model.nodes.get(passed.node)
        if node and node.properties.get("notice"):
            yield Happened(Occasion.NODE, node.item or "", code=node.properties["notice"])
    for code in dict.fromkeys(task.item for task in new if task.stage == Stage.SUPPLEMENT and task.item):
        yield Happened(Occasion.ITEM_SUPPLEMENT, code or "")
    for item in case.items:
        if item.outcome and item.code not in concluded:
            yield Happened(Occasion(f"item:{item.outcome}"), item.code)
    if advance.ended and advance.ended.node:  # an end from outside of the process has a letter of its own
        yield Happened(Occasion.CASE_ENDED)

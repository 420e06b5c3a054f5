"""What a pack says its items take together: counted from its drawing, its papers, its promises. Pure."""

from collections.abc import Collection

from engine import catalog
from engine.catalog import ItemSpec, Pack
from engine.catalog.limit import Limit
from engine.reductions import courses
from engine.reductions.figures import Line, Reductions, Together, compared, longest, stated
from engine.words import Stage

ACCEPTED = 1  # taking the application is one step, and together it is done once


def planned(pack: Pack, codes: Collection[str] | None = None) -> Reductions:
    """The four reductions of these items (all of them without `codes`), as the model has them.

    The tasks of the longest course count, each once, but supplements; every paper somebody has to bring counts, in
    whatever situation. So it is never less than what one case takes when nothing is repeated.
    """
    items = [item for item in pack.items if codes is None or item.code in codes]
    lines = [
        Line(
            item,
            _steps(pack, {item.code}),
            _papers(pack, {item.code}),
            stated(item.promise),
        )
        for item in items
    ]
    named = {item.code for item in items}
    whole = Together(
        steps=ACCEPTED + _steps(pack, {*named, None}),
        papers=_papers(pack, named),
        visits=pack.visits.most if pack.visits else None,
        time=_time(pack, items),
    )
    return compared(pack, lines, whole, happened=False)


def _steps(pack: Pack, items: Collection[str | None]) -> int:
    nodes = (node for node in pack.model.nodes.values() if node.kind == "userTask")
    own = [node.id for node in nodes if node.stage is not Stage.SUPPLEMENT and (node.item or None) in items]
    return courses.most(pack.model, own)


def _papers(pack: Pack, items: Collection[str]) -> int:
    return sum(catalog.brought(spec) and bool(set(spec.items) & set(items)) for spec in pack.materials)


def _time(pack: Pack, items: Collection[ItemSpec]) -> Limit | None:
    """What was promised for the whole, else for one after the other."""
    return stated(pack.promise) or longest(pack, {item.code: stated(item.promise) for item in items})

"""Why each item and paper is part of a case: what the situation guide said on acceptance, not what it would say now."""

from engine import catalog, ledger
from engine.catalog import Pack, Reasons
from engine.store import Case
from engine.words import EntryKind
from engine.work import Work


def why(work: Work, case: Case, pack: Pack) -> Reasons:
    """The reasons as they were given. The ledger keeps the decisions; the first of each name is that of the guide."""
    asked = {name for name in (pack.guide.items, pack.guide.materials) if name}
    said: dict[str, list[dict[str, object]]] = {}
    for entry in ledger.entries(work, case.id) if asked else ():
        if entry.kind == EntryKind.DECISION_MADE and entry.facts["name"] in asked:
            said.setdefault(entry.facts["name"], entry.facts["value"])
    return catalog.reasons(pack, said)

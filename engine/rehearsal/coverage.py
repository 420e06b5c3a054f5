"""What the scenarios of a pack touched, of what there is: sequence flows, events, rules of its decision tables."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from engine.catalog import Pack
from engine.runtime import Decided

FLOWS, EVENTS, RULES = "flows", "events", "rules"


@dataclass(frozen=True)
class Covered:
    """How many there are of one kind, and the names of those that were missed."""

    total: int
    missed: tuple[str, ...]


def possible(pack: Pack) -> dict[str, frozenset[str]]:
    """Everything that can be touched, by kind. A rule is named `decision#number` with its table's element."""
    model = pack.model
    events = (node.id for node in model.nodes.values() if node.kind.endswith("Event"))
    rules = [rule for table in model.decisions.values() for rule in table.model.rules(table.decision)]
    rules += [rule for name, guide in pack.guide.models.items() for rule in guide.rules(name)]
    return {
        FLOWS: frozenset(model.flows),
        EVENTS: frozenset(events),
        RULES: frozenset(_rule(element, number) for element, _, number in rules),
    }


def rules_in(decisions: Iterable[Decided]) -> frozenset[str]:
    """The rules that matched in these decisions."""
    matched = (rule for made in decisions for rule in (*made.matched, *made.before))
    return frozenset(_rule(rule.element, rule.number) for rule in matched)


def compare(
    there: Mapping[str, frozenset[str]], touched: Collection[Mapping[str, frozenset[str]]]
) -> dict[str, Covered]:
    """What was missed, by kind."""
    found = {kind: frozenset().union(*(one[kind] for one in touched)) for kind in there}
    return {kind: Covered(len(names), tuple(sorted(names - found[kind]))) for kind, names in there.items()}


def _rule(element: str, number: int) -> str:
    return f"{element}#{number}"

"""Can every item end well and end refused, is a refusal reasoned, and does nothing lead past the review?

The reason and the legal basis of a refusal: 《中华人民共和国行政许可法》第三十八条; a supplement completes the papers
and decides nothing.
"""

import re
from collections.abc import Iterator

from engine import feel
from engine.catalog import manifest, rules
from engine.catalog.gather import Gathered
from engine.catalog.manifest import Manifest
from engine.catalog.pack import ItemSpec
from engine.catalog.ways import Ways
from engine.errors import Finding
from engine.runtime import Model, Node
from engine.words import Outcome, Stage

REASONED = frozenset({"reason", "legal_basis"})  # what a form that refuses asks
GRANTED = frozenset({Outcome.APPROVED, Outcome.TOLERATED})
_LITERAL = re.compile(r'"(\w+)"')


def findings(pack: Gathered, said: Manifest, model: Model) -> Iterator[Finding]:
    """What is wrong with the ends of each item. Silent while a form is broken: its choices are not known."""
    if pack.broken:
        return
    ways = Ways(model)
    for item in said.items:
        nodes = [node for node in model.nodes.values() if node.item == item.code]
        ends = {node.id: _outcomes(pack, node, model) for node in nodes if node.outcome}
        line = manifest.line_of(pack.files[pack.pack_file], "code", item.code)
        if ends and not any(words & GRANTED for words in ends.values()):
            yield rules.finding(pack.pack_file, line, "approve-path", name=item.name)
        if ends and any(map(_reviews, nodes)) and not any(Outcome.REFUSED in words for words in ends.values()):
            yield rules.finding(pack.pack_file, line, "refuse-path", name=item.name)
        yield from _unreasoned(pack, nodes, ends, ways, model)
        yield from _past_review(pack, nodes, ends, ways)


def refusable(pack: Gathered, said: Manifest, model: Model) -> list[ItemSpec]:
    """The items that can end refused. None while a form is broken: its choices are not known."""
    if pack.broken:
        return []
    nodes = [node for node in model.nodes.values() if node.outcome]
    refused = {node.item for node in nodes if Outcome.REFUSED in _outcomes(pack, node, model)}
    return [item for item in said.items if item.code in refused]


def _reviews(node: Node) -> bool:
    return node.kind == "userTask" and node.stage in (None, Stage.REVIEW)


def _outcomes(pack: Gathered, node: Node, model: Model) -> frozenset[Outcome]:
    """The words an `outcome` may become: itself, or what its expression and the choices it reads name; else any."""
    if not node.outcome.startswith("="):
        return frozenset({Outcome(node.outcome)} if node.outcome in set(Outcome) else ())
    choices = _choices(pack, model)
    words = set(_LITERAL.findall(node.outcome))
    words = words.union(*(choices.get(name, ()) for name in feel.compile(node.outcome[1:]).names))
    return frozenset(word for word in Outcome if word in words) or frozenset(Outcome)


def _choices(pack: Gathered, model: Model) -> dict[str, set[str]]:
    """The choices of each question the tasks ask, by the name the answer has in the facts."""
    found: dict[str, set[str]] = {}
    for node in model.nodes.values():
        form = pack.forms.get(node.form or "")
        for section in form.sections if form else ():
            for field in section.fields:
                name = f"{node.item}.{field.key}" if node.item else field.key
                if field.choices:
                    found.setdefault(name, set()).update(choice.value for choice in field.choices)
    return found


def _unreasoned(
    pack: Gathered, nodes: list[Node], ends: dict[str, frozenset[Outcome]], ways: Ways, model: Model
) -> Iterator[Finding]:
    """Ends that refuse, reached without a task that asks why."""
    reasoned = {name for name, form in pack.forms.items() if form.keys >= REASONED}
    asking = {node.id for node in nodes if node.form in reasoned}
    reached = ways.reached(without=asking)
    for name, words in ends.items():
        if Outcome.REFUSED in words and name in reached:
            node = model.nodes[name]
            yield rules.finding(pack.drawing_file, node.line, "refuse-reason", name=node.name or node.id)


def _past_review(
    pack: Gathered, nodes: list[Node], ends: dict[str, frozenset[Outcome]], ways: Ways
) -> Iterator[Finding]:
    """Supplements after which the item can be granted without another review."""
    reviews = {node.id for node in nodes if _reviews(node)}
    for node in nodes:
        if node.stage is Stage.SUPPLEMENT and reviews:
            later = {node.id, *ways.behind([node.id], without=reviews)}
            if any(words & GRANTED and name in later for name, words in ends.items()):
                yield rules.finding(pack.drawing_file, node.line, "supplement-past", name=node.name or node.id)

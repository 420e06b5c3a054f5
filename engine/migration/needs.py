"""What the new release's expressions will ask of a case that it cannot know: nobody asked, and nobody will."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from engine import feel, forms
from engine.catalog import Pack
from engine.catalog.lint_names import Known, sources, variables
from engine.migration.pack import Said
from engine.runtime import Node


def lacking(old: Pack, new: Pack, facts: Mapping[str, Any], coming: Collection[str]) -> Iterator[Said]:
    """Each name only the new release knows, that something still to come reads, and that is not in the facts.

    A name the old release knew as well is left to the expression's own guards, which could ask it before.
    """
    nodes = [node for node in new.model.nodes.values() if node.id in coming]
    there = forms.names_in(facts) | {key for node in nodes for key in _answers(new, node)}
    known, before = Known(there, variables(new.model)), Known(_asked(old), variables(old.model))
    for name, node in sorted(_read(new, nodes).items()):
        if not known.has(name) and not before.has(name):
            yield (
                f"“{node.called}”要用“{name}”，本办件没有这项信息。",
                f'"{node.called}" needs {name!r}, which this case lacks.',
            )


def _asked(pack: Pack) -> frozenset[str]:
    """Everything a case of this release may know."""
    application = {key for form in pack.forms.values() for key in form.names}
    answers = {key for node in pack.model.nodes.values() for key in _answers(pack, node)}
    items = {f"{item.code}.applies" for item in pack.items}
    case = {"case.number", "case.area", "case.accepted_on"}
    return frozenset(application | answers | items | case | {f"parameters.{name}" for name in pack.parameters})


def _answers(pack: Pack, node: Node) -> Iterator[str]:
    form = pack.forms.get(node.form) if node.form else None
    for key in form.names if form else ():
        yield f"{node.item}.{key}" if node.item else key


def _read(pack: Pack, nodes: Collection[Node]) -> dict[str, Node]:
    """The names these nodes and the flows after them read, each with one node that does."""
    found: dict[str, Node] = {}
    for node in nodes:
        texts = [*sources(node), *(f.condition for f in pack.model.flows.values() if f.source == node.id)]
        for text in (t for t in texts if t.startswith("=")):
            found |= dict.fromkeys(feel.compile(text[1:]).names, node)
        table = pack.model.decisions.get(node.id)
        if table is not None:
            found |= dict.fromkeys(table.model.inputs, node)
    return found

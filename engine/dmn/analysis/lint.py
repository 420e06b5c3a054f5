"""Everything lint says about a model."""

from collections.abc import Iterator

from engine.dmn import boxed, versions
from engine.dmn.analysis import names, outputs, tables
from engine.dmn.boxed import Box
from engine.dmn.language import special
from engine.dmn.model import Model
from engine.dmn.network import nested_names
from engine.errors import Finding


def lint(model: Model) -> list[Finding]:
    """The findings of a model in the order of its files and lines: errors, and warnings (`Finding.warning`)."""
    nested = frozenset(special(nested_names(model.units)))
    found = list(model.findings)
    for node in model.nodes:
        known = nested | {part for path, _ in node.needs for part in path if part}
        found += names.check(node, known)
        for table, inner in _tables(node.element.logic, known):
            place = tables.Place(node.unit.report.file, node.name, table, node.unit.types, inner)
            found += tables.check(place)
            found += outputs.check(place)
    found += versions.lint(model)
    return sorted(found, key=lambda finding: (finding.file, finding.line))


def _tables(box: Box | None, known: frozenset[str]) -> Iterator[tuple[boxed.Table, frozenset[str]]]:
    """Every table in the logic of an element, with the names its cells may hold."""
    if isinstance(box, boxed.Table):
        yield box, known
    if isinstance(box, boxed.Function):
        known |= {parameter.name for parameter in box.parameters}
    if isinstance(box, boxed.Context):
        known |= {item.name for item, _ in box.entries if item is not None}
    if isinstance(box, boxed.Iteration):
        known |= {box.variable}
    for inner in boxed.children(box) if box is not None else ():
        yield from _tables(inner, known)

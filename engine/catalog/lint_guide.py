"""The situation guide: can its decisions be found and read, do they name what there is, is everything reachable?

A row is read before anybody asks for it, so its results are words, not expressions: then lint can say all of this.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine import dmn
from engine.catalog import guide, manifest, rules
from engine.catalog.gather import Gathered, decisions
from engine.catalog.lint_references import unknown
from engine.catalog.manifest import NEEDS, Manifest
from engine.catalog.pack import Guide
from engine.dmn.boxed import Table, Text
from engine.dmn.elements import DECISION, INPUT
from engine.dmn.network import reached
from engine.errors import Finding, PackInvalid
from engine.forms import lines
from engine.words import Need

WANTED = {guide.ITEM: (guide.ITEM, guide.REASON), guide.MATERIAL: (guide.MATERIAL, guide.REASON)}
OPTIONAL = {guide.ITEM: (guide.NEED,), guide.MATERIAL: ()}
WORDS = sorted({*NEEDS, Need.NOT_APPLICABLE})


@dataclass(frozen=True)
class Found:
    """A decision of the guide: the file it stands in, its model, its table, the data it and what it needs read."""

    file: str
    model: dmn.Model
    table: Table | None
    inputs: frozenset[str]


def findings(pack: Gathered) -> Iterator[Finding]:
    """Everything that is wrong with the guide, and items and papers nothing ever calls for."""
    if pack.manifest is None:
        return
    said = pack.manifest
    for column, name, known in (
        (guide.ITEM, said.guide.items, {item.code: item.when for item in said.items}),
        (guide.MATERIAL, said.guide.materials, {paper.code: paper.when for paper in said.materials}),
    ):
        named: set[str] = set()
        if name:
            yield from _of_decision(pack, column, name, set(known), named)
        for code, when in known.items():
            yield from _called_for(pack, code, when is not None, bool(name), code in named)


def complete(pack: Gathered, said: Manifest) -> Guide:
    """The guide with the models of its decisions; `findings` has said that they are there."""
    found = {name: find(pack, name) for name in (said.guide.items, said.guide.materials) if name}
    return Guide(said.guide.items, said.guide.materials, {name: one.model for name, one in found.items() if one})


def reasons(pack: Gathered, said: Manifest) -> Iterator[tuple[str, str]]:
    """The sentences of the guide's tables, each with its file: people read them."""
    for name in filter(None, (said.guide.items, said.guide.materials)):
        found = find(pack, name)
        if found and found.table:
            yield from ((_word(cells.get(guide.REASON)), found.file) for cells in _rows(found.table))


def find(pack: Gathered, name: str) -> Found | None:
    """The decision with this name or id, among the models that can be read."""
    files = decisions(pack.files)
    for file, text in files.items():
        try:
            model = dmn.read(text, resolve=lambda _, location: _beside(files, location))
        except PackInvalid:
            continue
        for node in model.nodes:
            element = node.element
            if element.kind == DECISION and node.unit is model.units[0] and name in (element.name, element.id):
                inputs = frozenset(one.element.name for one in reached(node) if one.element.kind == INPUT)
                return Found(file, model, element.logic if isinstance(element.logic, Table) else None, inputs)
    return None


def _beside(files: Mapping[str, bytes], location: str) -> bytes | None:
    return next((text for file, text in files.items() if file.rpartition("/")[2] == location.rpartition("/")[2]), None)


def _of_decision(pack: Gathered, column: str, name: str, known: set[str], named: set[str]) -> Iterator[Finding]:
    """What is wrong with one decision; the codes its rows give are noted in `named`."""
    found = find(pack, name)
    if found is None:
        line = lines.line_of(pack.files[pack.pack_file], "guide")
        yield rules.finding(pack.pack_file, line, "guide-none", name=name)
        return
    table, wanted = found.table, {*WANTED[column], *OPTIONAL[column]}
    columns = {output.name for output in table.outputs} if table else set()
    if table is None or table.policy != "COLLECT" or table.aggregation or not {*WANTED[column]} <= columns <= wanted:
        listed = ", ".join((*WANTED[column], *OPTIONAL[column]))
        line = table.line if table else 0
        yield rules.finding(found.file, line, "guide-table", name=name, columns=listed)
        return
    yield from _inputs(pack, column, found)
    for cells in _rows(table):
        yield from _of_row(found.file, column, cells, known)
        named |= {_word(cells.get(column))} if _word(cells.get(guide.NEED)) != Need.NOT_APPLICABLE else set()


def _inputs(pack: Gathered, column: str, found: Found) -> Iterator[Finding]:
    """What the items' table asks has to be known before anything else is: situation and parameters."""
    if column == guide.ITEM and pack.manifest and pack.manifest.situation in pack.forms:
        known = {key.partition(".")[0] for key in pack.forms[pack.manifest.situation].keys} | {"parameters"}
        for name in sorted(found.inputs - known):
            line = lines.line_of(pack.files[found.file], f'name="{name}"')
            yield unknown(found.file, line, "guide-input", name, known)


def _of_row(file: str, column: str, cells: Mapping[str, Text], known: set[str]) -> Iterator[Finding]:
    for name, cell in cells.items():
        word = _word(cell)
        if not word:
            yield rules.finding(file, cell.line, "guide-word", name=name, text=cell.source)
        elif name == column and word not in known:
            rule = "item-unknown" if column == guide.ITEM else "material-unknown"
            yield unknown(file, cell.line, rule, word, known)
        elif name == guide.NEED and word not in WORDS:
            where, listed = f"{column}", ", ".join(WORDS)
            yield rules.finding(file, cell.line, "bad-value", where=where, name=name, value=word, known=listed)


def _called_for(pack: Gathered, code: str, own: bool, guided: bool, named: bool) -> Iterator[Finding]:
    """Exactly one of the two says when an item or a paper is called for."""
    line = manifest.line_of(pack.files[pack.pack_file], "code", code)
    if own and named:
        yield rules.finding(pack.pack_file, line, "guide-twice", code=code)
    elif not own and not guided:
        yield rules.finding(pack.pack_file, line, "missing-key", where=code, name="when")
    elif not own and not named:
        yield rules.finding(pack.pack_file, line, "guide-never", code=code)


def _rows(table: Table) -> Iterator[dict[str, Text]]:
    """The results of each rule by the name of their column."""
    names = [output.name for output in table.outputs]
    for rule in table.rules:
        yield dict(zip(names, rule.results, strict=False))


def _word(cell: Text | None) -> str:
    """What a cell says when it is a plain text; else nothing."""
    source = cell.source.strip() if cell else ""
    quoted = len(source) > 1 and source[0] == source[-1] == '"' and not {'"', "\\"} & set(source[1:-1])
    return source[1:-1].strip() if quoted else ""

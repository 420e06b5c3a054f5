"""Boxed expressions as they stand in the file (DMN 1.5 chapter 7.3 and 8): frozen, with the line where each begins."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A FEEL text and the line where it begins."""

    source: str
    line: int


@dataclass(frozen=True, slots=True)
class Item:
    """A named, typed slot: a variable, parameter, column or entry."""

    name: str
    type_ref: str | None
    line: int


@dataclass(frozen=True, slots=True)
class Box:
    """Any boxed expression."""

    id: str
    line: int
    type_ref: str | None


@dataclass(frozen=True, slots=True)
class Literal(Box):
    """A FEEL text; None when it was left empty."""

    text: Text | None


@dataclass(frozen=True, slots=True)
class Context(Box):
    """Named entries, each seeing those before it; an entry without a name is the result."""

    entries: tuple[tuple[Item | None, Box | None], ...]


@dataclass(frozen=True, slots=True)
class Relation(Box):
    """Rows of contexts with the same columns."""

    columns: tuple[Item, ...]
    rows: tuple[tuple[Box, ...], ...]


@dataclass(frozen=True, slots=True)
class ListOf(Box):
    """A list."""

    items: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Invocation(Box):
    """A function called with parameters by name."""

    function: Box
    bindings: tuple[tuple[Item, Box | None], ...]


@dataclass(frozen=True, slots=True)
class Function(Box):
    """A function; `kind` is FEEL, Java or PMML."""

    kind: str
    parameters: tuple[Item, ...]
    body: Box | None


@dataclass(frozen=True, slots=True)
class Conditional(Box):
    """If, then, else."""

    condition: Box | None
    then: Box | None
    otherwise: Box | None


@dataclass(frozen=True, slots=True)
class Filter(Box):
    """The items of a list for which `match` is true."""

    source: Box | None
    match: Box | None


@dataclass(frozen=True, slots=True)
class Iteration(Box):
    """`for`, `some` or `every` over a list; `source_type` is the type of the list."""

    word: str
    variable: str
    source: Box | None
    source_type: str | None
    body: Box | None


@dataclass(frozen=True, slots=True)
class Input:
    """A column of a decision table that is tested."""

    id: str
    line: int
    label: str
    expression: Text
    type_ref: str | None
    values: Text | None


@dataclass(frozen=True, slots=True)
class Output:
    """A column of a decision table that is the result."""

    id: str
    line: int
    name: str
    type_ref: str | None
    values: Text | None
    default: Text | None


@dataclass(frozen=True, slots=True)
class Rule:
    """A row; `annotations` are its texts by the name of their column."""

    id: str
    line: int
    tests: tuple[Text, ...]
    results: tuple[Text, ...]
    annotations: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table(Box):
    """A decision table."""

    policy: str
    aggregation: str
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]


def children(box: Box) -> list[Box]:
    """The boxes directly inside a box, in reading order."""
    if isinstance(box, Context):
        return [value for _, value in box.entries if value is not None]
    if isinstance(box, Relation):
        return [cell for row in box.rows for cell in row]
    if isinstance(box, ListOf):
        return list(box.items)
    if isinstance(box, Invocation):
        return [box.function, *(value for _, value in box.bindings if value is not None)]
    parts = {
        Function: ("body",),
        Conditional: ("condition", "then", "otherwise"),
        Filter: ("source", "match"),
        Iteration: ("source", "body"),
    }.get(type(box), ())
    return [part for part in (getattr(box, name) for name in parts) if part is not None]


def tables(box: Box | None) -> Iterator[Table]:
    """Every decision table in a box, in reading order."""
    if isinstance(box, Table):
        yield box
    for inner in children(box) if box is not None else ():
        yield from tables(inner)


def texts(box: Box | None) -> Iterator[Text]:
    """Every FEEL text in a box, in reading order."""
    if isinstance(box, Literal) and box.text is not None:
        yield box.text
    if isinstance(box, Table):
        yield from _texts_of_table(box)
    for inner in children(box) if box is not None else ():
        yield from texts(inner)


def _texts_of_table(table: Table) -> Iterator[Text]:
    for column in table.inputs:
        yield column.expression
        if column.values is not None:
            yield column.values
    for rule in table.rules:
        yield from rule.tests
        yield from rule.results
    for output in table.outputs:
        yield from (text for text in (output.values, output.default) if text is not None)

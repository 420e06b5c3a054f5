"""XML to boxed expressions."""

from collections.abc import Callable, Iterator

from lxml import etree

from engine.dmn import boxed, messages, read_table
from engine.dmn.boxed import Box, Item
from engine.dmn.drawing import line, local
from engine.dmn.read_parts import check_language, child, children, identity, item, name_of, text_of, type_ref
from engine.dmn.report import Report


def find(element: etree._Element, report: Report) -> Box | None:
    """The first boxed expression directly inside an element."""
    return next(_all(element, report), None)


def function(element: etree._Element, report: Report) -> boxed.Function:
    """A function definition, also as the encapsulated logic of a business knowledge model."""
    parameters = tuple(item(parameter, report) for parameter in children(element, "formalParameter"))
    kind = (element.get("kind") or "FEEL").strip()
    return boxed.Function(*identity(element), kind, parameters, find(element, report))


def _all(element: etree._Element, report: Report) -> Iterator[Box]:
    for inner in element:
        reader = _READERS.get(local(inner))
        if reader:
            yield reader(inner, report)


def _inside(element: etree._Element, name: str, report: Report) -> Box | None:
    """The expression in the child called `name`; missing ones are findings."""
    inner = child(element, name)
    found = find(inner, report) if inner is not None else None
    if found is None:
        report.add("dmn-incomplete", messages.INCOMPLETE, line(element), tag=local(element), wanted=name)
    return found


def _literal(element: etree._Element, report: Report) -> Box:
    check_language(element, report)
    if child(element, "importedValues") is not None:
        report.add("dmn-expression", messages.IMPORTED_VALUES, line(element))
    return boxed.Literal(*identity(element), text_of(element))


def _context(element: etree._Element, report: Report) -> Box:
    entries = []
    for entry in children(element, "contextEntry"):
        variable = child(entry, "variable")
        entries.append((item(variable, report) if variable is not None else None, find(entry, report)))
    return boxed.Context(*identity(element), tuple(entries))


def _relation(element: etree._Element, report: Report) -> Box:
    columns = tuple(item(column, report) for column in children(element, "column"))
    rows = []
    for row in children(element, "row"):
        cells = tuple(_all(row, report))
        if len(cells) != len(columns):
            report.add("dmn-incomplete", messages.INCOMPLETE, line(row), tag="row", wanted="literalExpression")
        rows.append(cells)
    return boxed.Relation(*identity(element), columns, tuple(rows))


def _list(element: etree._Element, report: Report) -> Box:
    return boxed.ListOf(*identity(element), tuple(_all(element, report)))


def _invocation(element: etree._Element, report: Report) -> Box:
    called = find(element, report)
    if called is None:
        report.add("dmn-incomplete", messages.INCOMPLETE, line(element), tag="invocation", wanted="literalExpression")
        called = boxed.Literal("", line(element), None, None)
    bindings: list[tuple[Item, Box | None]] = []
    for binding in children(element, "binding"):
        parameter = child(binding, "parameter")
        if parameter is None:
            report.add("dmn-incomplete", messages.INCOMPLETE, line(binding), tag="binding", wanted="parameter")
        else:
            bindings.append((item(parameter, report), find(binding, report)))
    return boxed.Invocation(*identity(element), called, tuple(bindings))


def _conditional(element: etree._Element, report: Report) -> Box:
    parts = [_inside(element, name, report) for name in ("if", "then", "else")]
    return boxed.Conditional(*identity(element), *parts)


def _filter(element: etree._Element, report: Report) -> Box:
    return boxed.Filter(*identity(element), _inside(element, "in", report), _inside(element, "match", report))


def _iteration(element: etree._Element, report: Report) -> Box:
    word = local(element)
    source = child(element, "in")
    return boxed.Iteration(
        *identity(element),
        word,
        name_of(element, "iteratorVariable"),
        _inside(element, "in", report),
        type_ref(source) if source is not None else None,
        _inside(element, "return" if word == "for" else "satisfies", report),
    )


_READERS: dict[str, Callable[[etree._Element, Report], Box]] = {
    "conditional": _conditional,
    "context": _context,
    "decisionTable": read_table.table,
    "every": _iteration,
    "filter": _filter,
    "for": _iteration,
    "functionDefinition": function,
    "invocation": _invocation,
    "list": _list,
    "literalExpression": _literal,
    "relation": _relation,
    "some": _iteration,
}

"""A file as it stands: definitions with imports, types, inputs, decisions, knowledge, services; nothing linked."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from engine.dmn import messages, read_boxes
from engine.dmn.boxed import Box, Function, Item, Text
from engine.dmn.drawing import line, local
from engine.dmn.read_parts import check_language, child, children, item, name_of, text_of, type_ref, without_prefix
from engine.dmn.report import Report

INPUT, DECISION, KNOWLEDGE, SERVICE = "inputData", "decision", "businessKnowledgeModel", "decisionService"
_IMPORT = ("namespace", "locationURI", "importType")
_ZEEBE = "{http://camunda.org/schema/zeebe/1.0}property"


@dataclass(frozen=True, slots=True)
class Import:
    """Another model under a name; an empty name puts its elements beside ours."""

    name: str
    namespace: str
    location: str
    kind: str
    line: int


@dataclass(frozen=True, slots=True)
class ItemDefinition:
    """A type: based on another, or with components, or a function."""

    name: str
    line: int
    collection: bool
    base: str | None
    allowed: Text | None
    constraint: Text | None
    components: tuple["ItemDefinition", ...]
    function: tuple[tuple[Item, ...], str | None] | None


@dataclass(frozen=True, slots=True)
class Reference:
    """A link to another element: `href` as written, and where."""

    href: str
    line: int


@dataclass(frozen=True, slots=True)
class Element:
    """Input data, a decision, a business knowledge model or a decision service.

    `requirements` are what it needs, in the order of the file. For a service they are its inputs, in the order of its
    parameters; `outputs` and `inside` are the decisions it gives and hides. `properties` are those of zeebe:property.
    """

    kind: str
    id: str
    name: str
    line: int
    variable: Item
    logic: Box | None = None
    requirements: tuple[Reference, ...] = ()
    outputs: tuple[Reference, ...] = ()
    inside: tuple[Reference, ...] = ()
    properties: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Definitions:
    """One file."""

    file: str
    namespace: str
    name: str
    imports: tuple[Import, ...] = ()
    items: tuple[ItemDefinition, ...] = ()
    elements: tuple[Element, ...] = ()
    report: Report = field(default_factory=lambda: Report(""), compare=False)


def read(root: etree._Element, report: Report) -> Definitions:
    """What a `definitions` element holds; what is wrong with it goes to the report."""
    readers = {DECISION: _decision, INPUT: _input, KNOWLEDGE: _knowledge, SERVICE: _service}
    elements = tuple(readers[local(inner)](inner, report) for inner in root if local(inner) in readers)
    items = tuple(_item_definition(inner, report) for inner in children(root, "itemDefinition"))
    imports = tuple(_import(inner) for inner in children(root, "import"))
    _check_names(elements, items, report)
    check_language(root, report)
    namespace = (root.get("namespace") or "").strip()
    return Definitions(report.file, namespace, name_of(root), imports, items, elements, report)


def _import(element: etree._Element) -> Import:
    namespace, location, kind = ((element.get(name) or "").strip() for name in _IMPORT)
    return Import(name_of(element), namespace, location, kind, line(element))


def _item_definition(element: etree._Element, report: Report) -> ItemDefinition:
    base = child(element, "typeRef")
    written = " ".join((base.text or "").split()) if base is not None else ""
    function = child(element, "functionItem")
    name = name_of(element)
    if not name:
        report.add("dmn-name", messages.NO_NAME, line(element), tag=local(element))
    return ItemDefinition(
        name,
        line(element),
        (element.get("isCollection") or "").strip() in ("true", "1"),
        without_prefix(written, base) if base is not None and written else None,
        text_of(child(element, "allowedValues")),
        text_of(child(element, "typeConstraint")),
        tuple(_item_definition(inner, report) for inner in children(element, "itemComponent")),
        _function_item(function, report) if function is not None else None,
    )


def _function_item(element: etree._Element, report: Report) -> tuple[tuple[Item, ...], str | None]:
    parameters = tuple(item(inner, report) for inner in children(element, "parameters"))
    result = " ".join((element.get("outputTypeRef") or "").split())
    return parameters, without_prefix(result, element) or None


def _input(element: etree._Element, report: Report) -> Element:
    return Element(*_head(element, report))


def _decision(element: etree._Element, report: Report) -> Element:
    return Element(
        *_head(element, report),
        logic=read_boxes.find(element, report),
        requirements=tuple(_requirements(element)),
        properties=tuple(_properties(element)),
    )


def _knowledge(element: etree._Element, report: Report) -> Element:
    inner = child(element, "encapsulatedLogic")
    logic: Function | None = read_boxes.function(inner, report) if inner is not None else None
    return Element(*_head(element, report), logic=logic, requirements=tuple(_requirements(element)))


def _service(element: etree._Element, report: Report) -> Element:
    parameters = (*_references(element, "inputData"), *_references(element, "inputDecision"))
    return Element(
        *_head(element, report),
        requirements=parameters,
        outputs=_references(element, "outputDecision"),
        inside=_references(element, "encapsulatedDecision"),
    )


def _head(element: etree._Element, report: Report) -> tuple[str, str, str, int, Item]:
    name = name_of(element)
    if not name:
        report.add("dmn-name", messages.NO_NAME, line(element), tag=local(element))
    variable = child(element, "variable")
    slot = Item(name, None, line(element))
    if variable is not None:
        slot = Item(name_of(variable) or name, type_ref(variable), line(variable))
    return local(element), element.get("id") or f"name:{name}", name, line(element), slot


def _requirements(element: etree._Element) -> Iterator[Reference]:
    """Information and knowledge; an authority requirement names a source of the rules, not a value."""
    for requirement in element:
        if local(requirement) in ("informationRequirement", "knowledgeRequirement"):
            for wanted in ("requiredInput", "requiredDecision", "requiredKnowledge"):
                yield from _references(requirement, wanted)


def _references(element: etree._Element, name: str) -> tuple[Reference, ...]:
    return tuple(Reference((inner.get("href") or "").strip(), line(inner)) for inner in children(element, name))


def _properties(element: etree._Element) -> Iterator[tuple[str, str]]:
    extensions = child(element, "extensionElements")
    for found in extensions.iter(_ZEEBE) if extensions is not None else ():
        yield (found.get("name") or "").strip(), (found.get("value") or "").strip()


def _check_names(elements: tuple[Element, ...], items: tuple[ItemDefinition, ...], report: Report) -> None:
    ids: set[str] = set()
    names: set[tuple[str, str]] = set()
    for element in elements:
        if element.id in ids and not element.id.startswith("name:"):
            report.add("dmn-id", messages.SAME_ID, element.line, element.id, name=element.id)
        if (element.kind, element.name) in names:
            report.add("dmn-name", messages.SAME_NAME, element.line, element.id, name=element.name)
        ids.add(element.id)
        names.add((element.kind, element.name))
    seen: set[str] = set()
    for item_definition in items:
        if item_definition.name in seen:
            report.add("dmn-name", messages.SAME_NAME, item_definition.line, name=item_definition.name)
        seen.add(item_definition.name)

"""The XML schema of BPMN 2.0 (OMG formal/2013-12-09, BPMN20.xsd): what a file may not say, in a designer's words.

SpiffWorkflow ships the schema. Some of what it objects to changes nothing that is executed and is a warning: the
picture, prefixes of references, and the order in which a tool writes the parts of
an element. Everything else is refused.
"""

import re
import threading
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from importlib.resources import as_file, files
from typing import Any

from lxml import etree

from engine.runtime.drawing import BPMN, local
from engine.runtime.report import Report, line_of

MOST = 50  # findings of one file
_XSD = "{http://www.w3.org/2001/XMLSchema}"
_PICTURES = frozenset(
    f"http://www.omg.org/spec/{part}" for part in ("BPMN/20100524/DI", "DD/20100524/DI", "DD/20100524/DC")
)
_LOCK = threading.Lock()  # a schema keeps the errors of one validation at a time
_HARMLESS = "has no corresponding namespace|'[^':]*:[^':]*' is not .* 'xs:(IDREF|QName)'"
_UNASKED = f"'targetNamespace' is required|{_HARMLESS}"  # of what runs already
_SAVE = ("请用建模工具打开并重新保存。", "Open it with a modelling tool and save it again.")
_PICTURE = (
    "图形部分不合规范，但不影响执行。",
    "The picture is off the schema; nothing that is executed depends on it.",
)
_DELETE = ("请删除它，或移到规范允许的位置。", "Delete it or move it to where the standard allows it.")
_SENTENCES: tuple[tuple[str, str, str, tuple[str, str]], ...] = (  # what libxml2 says; of the element {0}
    (
        r"attribute '([^']*)': The attribute '[^']*' is not allowed",
        "{0} 不能有属性 {1}。", "{0} cannot have the attribute {1}.",
        ("请删除这个属性；其他工具的属性要带自己的命名空间。", "Delete it; those of other tools need a namespace."),
    ),
    (
        r"The attribute '([^']*)' is required but missing",
        "{0} 缺少属性 {1}。", "{0} lacks the attribute {1}.",
        ("请填写它。", "Write it."),
    ),
    (
        r"attribute '([^']*)': \[facet 'enumeration'\] The value '(.*)' is not an element of the set \{(.*)\}",
        "{0} 的 {1} 不能是“{2}”。", '{1} of {0} cannot be "{2}".',
        ("应为其中之一：{3}。", "Use one of {3}."),
    ),
    (
        r"attribute '([^']*)': The QName value '(.*)' has no corresponding namespace",
        "{0} 的 {1}“{2}”用了没有声明的前缀。", '{1} "{2}" of {0} has a prefix that is not declared.',
        ("请删除前缀，或声明它。", "Delete the prefix or declare it."),
    ),
    (
        r"attribute '([^']*)': '(.*)' is not a valid value of the atomic type '(?:xs:ID|xs:IDREF|xs:QName|xs:NCName)'",
        "{0} 的 {1}“{2}”不是合法的编号。", '{1} "{2}" of {0} is not a valid id.',
        ("编号以字母开头，只用字母、数字、- 和 _。", "An id begins with a letter and holds letters, digits, - and _."),
    ),
    (
        r"attribute '([^']*)': '(.*)' is not a valid value of the (?:atomic|union|local atomic) type '([^']*)'",
        "{0} 的 {1} 不能是“{2}”。", '{1} of {0} cannot be "{2}".',
        ("它的类型是 {3}。", "Its type is {3}."),
    ),
    (
        r"'(.*)' is not a valid value of the (?:atomic|union|local atomic) type '([^']*)'",
        "{0} 的内容“{1}”无效。", 'The content "{1}" of {0} is not valid.',
        ("它的类型是 {2}。", "Its type is {2}."),
    ),
    (
        r"attribute '[^']*type': .*xsi:type",
        "{0} 的 xsi:type 不是规范里的类型。", "The xsi:type of {0} is no type of the standard.",
        ("请更正，例如 bpmn:tFormalExpression。", "Correct it, for example bpmn:tFormalExpression."),
    ),
    (
        r"This element is not expected(?:\. Expected is.*?\( (.*) \))?",
        "{0} 不能放在 {owner} 里的这个位置。", "{0} cannot stand at this place in {owner}.", _DELETE,
    ),
    (
        r"Missing child element\(s\)(?:\. Expected is.*?\( (.*) \))?",
        "{0} 不完整，缺少里面的元素。", "{0} is incomplete: an element inside is missing.",
        ("应有：{1}。", "Expected: {1}."),
    ),
    (
        r"Character content",
        "{0} 里不能直接写文字。", "{0} cannot hold text.", ("请删除文字。", "Delete the text."),
    ),
    (
        r"abstract", "{0} 只是抽象类型，不能画出来。", "{0} is abstract and cannot be drawn.",
        ("请改用具体的元素。", "Use a concrete element."),
    ),
)  # fmt: skip


def check(root: etree._Element, report: Report, *, strict: bool = False) -> None:
    """Add what is wrong with a file according to the schema: at most `MOST` findings; `strict`: without a namespace."""
    copy = deepcopy(root)
    moved = [(element, child) for element in list(copy.iter(f"{{{BPMN}}}*")) if (child := _sort(element)) is not None]
    for element, child in moved[:MOST]:
        said = (f"{local(element)} 里的元素顺序与规范不同。", f"The parts of {local(element)} are in another order.")
        report.add("bpmn-schema", line_of(child), element.get("id") or "", said, _SAVE, warning=True)
    with _LOCK:
        schema = _schema()
        schema.validate(copy)
        errors = list(schema.error_log)  # type: ignore[call-overload]  # lxml's logs are iterable
    seen: set[tuple[int, str, str]] = set()
    for error in errors:
        _add(error, copy, report, seen, _HARMLESS if strict else _UNASKED)
        if len(seen) >= MOST:
            return


@cache
def _schema() -> etree.XMLSchema:
    with as_file(files("SpiffWorkflow") / "bpmn" / "parser" / "schema") as folder:
        return etree.XMLSchema(etree.parse(str(folder / "BPMN20.xsd"), etree.XMLParser(no_network=True)))


def _add(error: Any, copy: etree._Element, report: Report, seen: set[tuple[int, str, str]], harmless: str) -> None:
    found = _found(copy, error)
    element = copy if found is None else found
    name = element.get("id") or ""
    if _said_elsewhere(error.message, element):
        return
    zh, en, cure = _sentence(error.message, element)
    if (error.line, name, en) in seen:
        return
    seen.add((error.line, name, en))
    picture = etree.QName(element).namespace in _PICTURES
    warning = picture or re.search(harmless, error.message) is not None
    report.add("bpmn-schema", max(error.line, 1), name, (zh, en), _PICTURE if picture else cure, warning=warning)


def _found(copy: etree._Element, error: Any) -> etree._Element | None:
    """The element an error is about. libxml2 gives a path with the prefixes of the file, or with stars."""
    prefixes = {prefix: uri for prefix, uri in copy.nsmap.items() if prefix}
    try:
        found: Any = copy.getroottree().xpath(error.path, namespaces=prefixes)
    except etree.XPathError:  # a prefix declared further in
        named = re.match(r"Element '([^']+)'", error.message)
        found = [e for e in copy.iter(named[1]) if line_of(e) == error.line] if named else []
    return found[0] if found and isinstance(found[0], etree._Element) else None


def _said_elsewhere(message: str, element: etree._Element) -> bool:
    """What a rule says better: ids twice, a called process, and a language on an expression without xsi:type."""
    twice = re.search(r"attribute 'id': '([\w.-]*)' is not a valid value of the atomic type 'xs:ID'", message)
    if twice and re.match(r"[^\W\d][\w.-]*$", twice[1]):
        return True
    return "'language' is not allowed" in message or (
        local(element) == "callActivity" and "attribute 'calledElement'" in message
    )


def _sentence(message: str, element: etree._Element) -> tuple[str, str, tuple[str, str]]:
    name = etree.QName(element).localname
    parent = element.getparent()
    owner = "" if parent is None else etree.QName(parent).localname
    for pattern, zh, en, cure in _SENTENCES:
        match = re.search(pattern, message, re.DOTALL)
        if match:
            parts = [name, *(_short(part or "") for part in match.groups())]
            said_zh, said_en, cure_zh, cure_en = (text.format(*parts, owner=owner) for text in (zh, en, *cure))
            return said_zh, said_en, (cure_zh, cure_en)
    detail = _short(message.partition(": ")[2])
    return f"{name} 不合 BPMN 的 XML 规范（{detail}）。", f"{name} is off the XML schema of BPMN: {detail}", _SAVE


def _short(text: str) -> str:
    """Without namespaces, and not the whole of a long value."""
    plain = re.sub(r"\{\w+:[^{}\s]*\}", "", text)
    return plain if len(plain) <= 120 else plain[:117] + "…"


def _sort(element: etree._Element) -> etree._Element | None:
    """Put the children into the schema's order; the first that stood elsewhere, if any did."""
    ranks = _ranks().get(local(element))
    if not ranks or len(element) < 2:
        return None
    before = list(element)
    after = sorted(before, key=lambda child: ranks.get(etree.QName(child).localname, len(ranks)))
    moved = next((old for old, new in zip(before, after, strict=True) if old is not new), None)
    if moved is not None:
        element[:] = after
    return moved


@cache
def _ranks() -> dict[str, dict[str, int]]:
    """For each element the place of each of its children, read from the schema itself."""
    trees = [_tree("Semantic.xsd"), _tree("BPMN20.xsd")]
    types = {t.get("name", ""): t for tree in trees for t in tree.iter(f"{_XSD}complexType")}
    declared = [e for tree in trees for e in tree.iter(f"{_XSD}element") if e.get("name")]
    heads = {e.get("name", ""): e.get("substitutionGroup", "").rpartition(":")[2] for e in declared}
    orders = {kind: list(_order(kind, types)) for kind in types}
    found = {}
    for element in declared:
        order = orders.get(element.get("type", "").rpartition(":")[2], [])
        places = {name: number for number, name in enumerate(order)}
        found[element.get("name", "")] = {
            name: place for name in {**places, **heads} if (place := _place(name, heads, places)) is not None
        }
    return found


def _tree(name: str) -> etree._Element:
    return etree.fromstring((files("SpiffWorkflow") / "bpmn" / "parser" / "schema" / name).read_bytes())


def _order(kind: str, types: dict[str, etree._Element]) -> Iterator[str]:
    written = types[kind]
    extension = written.find(f"{_XSD}complexContent/{_XSD}extension")
    if extension is not None:
        yield from _order(extension.get("base", "").rpartition(":")[2], types)
    for element in written.iter(f"{_XSD}element"):
        yield (element.get("name") or element.get("ref") or "").rpartition(":")[2]


def _place(name: str, heads: dict[str, str], places: dict[str, int]) -> int | None:
    while name:
        if name in places:
            return places[name]
        name = heads.get(name, "")
    return None

"""From bytes to XML, trusting nothing: no DTD, no entities, no network, bounded size."""

from collections.abc import Iterator

from lxml import etree

from engine.dmn import limits, messages
from engine.dmn.report import Report
from engine.feel.messages import Message

VERSIONS = {
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd": "1.1",
    "http://www.omg.org/spec/DMN/20180521/MODEL/": "1.2",
    "https://www.omg.org/spec/DMN/20191111/MODEL/": "1.3",
    "https://www.omg.org/spec/DMN/20211108/MODEL/": "1.4",
    "https://www.omg.org/spec/DMN/20230324/MODEL/": "1.5",
}


def parse(content: bytes, report: Report) -> etree._Element | None:
    """The `definitions` element, or None after reporting why not."""
    if len(content) > limits.BYTES:
        report.add("dmn-size", messages.TOO_LARGE, limit=limits.BYTES)
        return None
    if b"<!DOCTYPE" in content:
        report.add("dmn-xml", messages.DOCTYPE)
        return None
    try:
        root = etree.fromstring(content, _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", 0) or 0
        report.add("dmn-xml", messages.NOT_XML, line, reason=str(getattr(error, "msg", error)).strip("."))
        return None
    for message, facts in _objections(root, content):
        report.add("dmn-xml", message, 0, "", **facts)
        return None
    return root


def local(element: etree._Element) -> str:
    """The element's name, empty when it is not of DMN: other tools may add what they like in their own namespaces."""
    name = etree.QName(element)
    return name.localname if name.namespace in VERSIONS else ""


def line(element: etree._Element) -> int:
    """Where the element begins."""
    found: object = element.sourceline
    return found if isinstance(found, int) else 0


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip


def _objections(root: etree._Element, content: bytes) -> Iterator[tuple[Message, dict[str, object]]]:
    info = root.getroottree().docinfo
    if info.internalDTD is not None:  # written in an encoding in which the search above did not see it
        yield messages.DOCTYPE, {}
    if (info.encoding or "UTF-8").upper() not in ("UTF-8", "ASCII", "US-ASCII") and not content.isascii():
        yield messages.NOT_UTF8, {"encoding": info.encoding}
    if local(root) != "definitions":
        yield messages.NOT_DMN, {"namespace": etree.QName(root).namespace or "-"}
    if sum(1 for _ in root.iter()) > limits.ELEMENTS:
        yield messages.TOO_MANY_ELEMENTS, {"limit": limits.ELEMENTS}
    if _depth(root) > limits.DEPTH:
        yield messages.TOO_DEEP, {"limit": limits.DEPTH}


def _depth(root: etree._Element) -> int:
    deepest, level = 0, 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        level += 1 if event == "start" else -1
        deepest = max(deepest, level)
    return deepest

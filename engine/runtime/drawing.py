"""From bytes to XML, trusting nothing: no DTD, no entities, no network, bounded size. Safe with any lxml >= 5."""

from collections.abc import Iterator

from lxml import etree

from engine.runtime.report import Report

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
ZEEBE = "http://camunda.org/schema/zeebe/1.0"
LARGEST = 10_000_000  # bytes
ELEMENTS = 30_000  # of BPMN itself: 10,000 tasks in a row are linted in about a second
ALL = 300_000  # with shapes and references
DEPTH = 64

_SAID_AGAIN = ("incoming", "outgoing", "flowNodeRef")
_DOCTYPE = (
    ("文件含有 DOCTYPE 声明。", "The file contains a DOCTYPE declaration."),
    ("请删除 DOCTYPE 声明。", "Delete the DOCTYPE declaration."),
)
_SIZE_CURE = ("请把流程拆成几个较小的图。", "Split the process into smaller drawings.")


def parse(drawing: bytes, report: Report) -> etree._Element | None:
    """The `definitions` element, or None after reporting why not."""
    if len(drawing) > LARGEST:
        said = (f"文件超过 {LARGEST} 字节。", f"The file is larger than {LARGEST} bytes.")
        return _refuse(report, said, _SIZE_CURE)
    if b"<!DOCTYPE" in drawing:
        return _refuse(report, *_DOCTYPE)
    try:
        root = etree.fromstring(drawing, _parser())
    except etree.XMLSyntaxError as error:
        said = (f"不是合法的 XML：{error.msg}。", f"Not well-formed XML: {error.msg}.")
        return _refuse(
            report, said, ("请用建模工具重新保存。", "Save it again with a modelling tool."), error.lineno or 0
        )
    for said, cure in _objections(root, drawing):
        return _refuse(report, said, cure)
    return root


def local(element: etree._Element, namespace: str = BPMN) -> str:
    """The element's name in `namespace`, or nothing."""
    name = etree.QName(element)
    return name.localname if name.namespace == namespace else ""


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip


def _objections(root: etree._Element, drawing: bytes) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    info = root.getroottree().docinfo
    if info.internalDTD is not None:  # written in an encoding in which the search above did not see it
        yield _DOCTYPE
    if (info.encoding or "UTF-8").upper() != "UTF-8" and not drawing.isascii():
        said = (f"编码是 {info.encoding}，不是 UTF-8。", f"The encoding is {info.encoding}, not UTF-8.")
        yield said, ("请存为 UTF-8。", "Save it as UTF-8.")
    for most, found in ((ALL, root.iter()), (ELEMENTS, filter(_is_said, root.iter()))):
        if sum(1 for _ in found) > most:
            yield (f"元素超过 {most} 个。", f"There are more than {most} elements."), _SIZE_CURE
    if _depth(root) > DEPTH:
        yield (f"嵌套超过 {DEPTH} 层。", f"Elements are nested more than {DEPTH} deep."), _SIZE_CURE
    if local(root) != "definitions":
        yield ("不是 BPMN 2.0 文件。", "This is not a BPMN 2.0 file."), ("请选择 .bpmn 文件。", "Choose a .bpmn file.")


def _is_said(element: etree._Element) -> bool:
    """Whether an element says something that flows, shapes and lanes do not say again."""
    return local(element) not in ("", *_SAID_AGAIN)


def _refuse(report: Report, said: tuple[str, str], cure: tuple[str, str], line: int = 0) -> etree._Element | None:
    report.add("bpmn-xml", line, "", said, cure)
    return None


def _depth(root: etree._Element) -> int:
    deepest, level = 0, 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        level += 1 if event == "start" else -1
        deepest = max(deepest, level)
    return deepest

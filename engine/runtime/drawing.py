"""From bytes to XML, trusting nothing: no DTD, no entities, no network, bounded size. Safe with any lxml >= 5."""

from collections.abc import Iterator

from lxml import etree

from engine.runtime.report import Report, line_of

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
_ENCODINGS = frozenset({"UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE"})
_DEEP = (f"嵌套超过 {DEPTH} 层。", f"Elements are nested more than {DEPTH} deep.")
_CHOOSE = ("请选择 .bpmn 文件。", "Choose a .bpmn file.")
_SAVE = ("请用建模工具重新保存。", "Save it again with a modelling tool.")
_WEB_PAGE = ("这是网页，不是流程图。", "This is a web page, not a BPMN drawing.")
_OTHERS = (  # what a root element is when it is not BPMN 2.0: a part of its qualified name
    ("/spec/DMN/", ("这是 DMN 决策文件，不是流程图。", "This is a DMN decision file, not a BPMN drawing.")),
    ("/spec/CMMN/", ("这是 CMMN 案例文件，不是流程图。", "This is a CMMN case file, not a BPMN drawing.")),
    ("/XPDL", ("这是 XPDL 文件，不是 BPMN 2.0。", "This is an XPDL file, not BPMN 2.0.")),
    ("stp.eclipse.org/bpmn", ("这是 BPMN 1 文件，不是 BPMN 2.0。", "This is a BPMN 1 file, not BPMN 2.0.")),
    ("wsbpel", ("这是 BPEL 文件，不是 BPMN 2.0。", "This is a BPEL file, not BPMN 2.0.")),
    ("html", _WEB_PAGE),
)
_BOOLEANS = frozenset(
    {"cancelActivity", "cancelRemainingInstances", "instantiate", "isClosed", "isCollection", "isExecutable",
     "isForCompensation", "isImmediate", "isInterrupting", "isSequential", "mustUnderstand", "parallelMultiple",
     "testBefore", "triggeredByEvent", "waitForCompletion"}
)  # fmt: skip
_SIZE_CURE = ("请把流程拆成几个较小的图。", "Split the process into smaller drawings.")


def parse(drawing: bytes, report: Report, *, whole: bool = False) -> etree._Element | None:
    """The `definitions` element, or None after reporting why not; `whole`: as it is, comments too, to be written."""
    for said, cure in _at_a_glance(drawing):
        return _refuse(report, said, cure)
    try:
        root = etree.fromstring(drawing, _parser(whole=whole))
    except etree.XMLSyntaxError as error:
        if "depth" in (error.msg or ""):
            return _refuse(report, _DEEP, _SIZE_CURE, error.lineno or 0)
        said = (f"不是合法的 XML：{error.msg}。", f"Not well-formed XML: {error.msg}.")
        return _refuse(report, said, _SAVE, error.lineno or 0)
    for said, cure in _objections(root, drawing):
        return _refuse(report, said, cure, line_of(root))
    if not whole:
        _plain(root)
    return root


def local(element: etree._Element, namespace: str = BPMN) -> str:
    """The element's name in `namespace`, or nothing."""
    name = etree.QName(element)
    return name.localname if name.namespace == namespace else ""


def _parser(*, whole: bool) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=not whole, remove_pis=not whole,
    )  # fmt: skip


def _at_a_glance(drawing: bytes) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """What is wrong with bytes before they are read."""
    if len(drawing) > LARGEST:
        yield (f"文件超过 {LARGEST} 字节。", f"The file is larger than {LARGEST} bytes."), _SIZE_CURE
    if not drawing.strip():
        yield ("文件是空的。", "The file is empty."), _CHOOSE
    if drawing.startswith(b"PK\x03\x04"):
        said = ("这是压缩包，不是流程图。", "This is a compressed archive, not a BPMN drawing.")
        yield said, ("请先解压，再选择 .bpmn 文件。", "Unpack it and choose the .bpmn file.")
    if drawing.lstrip()[:14].lower() == b"<!doctype html":
        yield _WEB_PAGE, _CHOOSE
    if b"<!DOCTYPE" in drawing:
        yield _DOCTYPE


def _objections(root: etree._Element, drawing: bytes) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    info = root.getroottree().docinfo
    if info.internalDTD is not None:  # written in an encoding in which the search above did not see it
        yield _DOCTYPE
    if (info.encoding or "UTF-8").upper() not in _ENCODINGS and not drawing.isascii():
        said = (f"编码是 {info.encoding}，不是 UTF-8。", f"The encoding is {info.encoding}, not UTF-8.")
        yield said, ("请存为 UTF-8。", "Save it as UTF-8.")
    for most, found in ((ALL, root.iter()), (ELEMENTS, filter(_is_said, root.iter("*")))):
        if sum(1 for _ in found) > most:
            yield (f"元素超过 {most} 个。", f"There are more than {most} elements."), _SIZE_CURE
    if _depth(root) > DEPTH:
        yield _DEEP, _SIZE_CURE
    if local(root) != "definitions":
        yield _stranger(root)


def _stranger(root: etree._Element) -> tuple[tuple[str, str], tuple[str, str]]:
    """What a file is that is not BPMN 2.0, and what to do."""
    name = etree.QName(root)
    for part, said in _OTHERS:
        if part in name.text:
            return said, _CHOOSE
    if name.localname != "definitions":
        return ("不是 BPMN 2.0 文件。", "This is not a BPMN 2.0 file."), _CHOOSE
    space = name.namespace or ""
    said = (
        f"definitions 的命名空间“{space}”不是 BPMN 2.0。",
        f'The namespace "{space}" of definitions is not BPMN 2.0.',
    )
    return said, (f"应为 {BPMN}。", f"It is {BPMN}.")


def _plain(root: etree._Element) -> None:
    """Write ids and truth values in the one way the reader knows: XML Schema allows blanks around them, and 1 and 0."""
    for element in root.iter(f"{{{BPMN}}}*"):
        name = element.get("id")
        if name and name != name.strip():
            element.set("id", name.strip())
        for attribute in _BOOLEANS.intersection(element.keys()):
            word = (element.get(attribute) or "").strip()
            element.set(attribute, {"1": "true", "0": "false"}.get(word, word))


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

"""The small parts all elements are made of: names, texts, types."""

from lxml import etree

from engine.dmn import messages
from engine.dmn.boxed import Item, Text
from engine.dmn.drawing import line, local
from engine.dmn.report import Report

_FEEL = ("", "feel")


def children(element: etree._Element, name: str) -> list[etree._Element]:
    """The DMN elements of this name directly inside."""
    return [inner for inner in element if local(inner) == name]


def child(element: etree._Element, name: str) -> etree._Element | None:
    """The first of them."""
    return next((inner for inner in element if local(inner) == name), None)


def name_of(element: etree._Element, attribute: str = "name") -> str:
    """A name with the blanks FEEL would see: one between words."""
    return " ".join((element.get(attribute) or "").split())


def identity(element: etree._Element) -> tuple[str, int, str | None]:
    """The id, the line and the type reference every boxed expression begins with."""
    return element.get("id") or "", line(element), type_ref(element)


def type_ref(element: etree._Element) -> str | None:
    """The type an element names, without the prefix older versions write before it."""
    written = " ".join((element.get("typeRef") or "").split())
    return without_prefix(written, element) or None


def without_prefix(written: str, element: etree._Element) -> str:
    """`feel:string` is string; xsd types keep `xsd:` so that nobody takes them for types of the model."""
    prefix, colon, rest = written.partition(":")
    if not colon or prefix not in element.nsmap:
        return written
    return "xsd:" + rest if "XMLSchema" in element.nsmap[prefix] else rest


def text_of(element: etree._Element | None) -> Text | None:
    """The FEEL text inside an element; None when there is none."""
    found = child(element, "text") if element is not None else None
    if found is None or not (found.text or "").strip():
        return None
    return Text(found.text or "", line(found))


def item(element: etree._Element, report: Report) -> Item:
    """A variable, parameter or column."""
    name = name_of(element)
    if not name:
        report.add("dmn-name", messages.NO_NAME, line(element), tag=local(element))
    return Item(name, type_ref(element), line(element))


def check_language(element: etree._Element, report: Report) -> None:
    """Only FEEL is computed; a text in another language would be misread, not merely unread."""
    language = (element.get("expressionLanguage") or "").strip()
    if language.lower() not in _FEEL and "/FEEL" not in language:
        report.add("dmn-language", messages.LANGUAGE, line(element), language=language)

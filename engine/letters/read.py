"""Text → `Template`, or everything that is wrong with it. What is not on the lists is refused."""

from collections.abc import Iterator
from typing import Any, cast

from lxml import etree

from engine.errors import Finding
from engine.letters import limits
from engine.letters.blanks import Notes, condition, each, split
from engine.letters.template import Blank, Element, Template

TAGS = frozenset(
    {"article", "section", "h2", "h3", "p", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td"}
    | {"dl", "dt", "dd", "strong", "em", "u", "span", "br"}
)
CLASSES = frozenset({"to", "plain", "center", "right", "small", "narrow", "together"})
SPANS = frozenset({"colspan", "rowspan"})
ATTRIBUTES = {"class", "data-if", "data-for"} | SPANS
_EMPTY = Element("article", 0, {}, None, None, ())


def read(text: str, file: str) -> tuple[Template, list[Finding]]:
    """The letter in a file, and what is wrong with it; with findings it must not be written."""
    notes = Notes(file)
    root = _parsed(text, notes)
    if root is None:
        return Template(_EMPTY, text), notes.findings
    if root.tag != "article":
        notes.refuse("letter-element", _line(root), name=root.tag, known="<article>…</article>")
    return Template(_element(root, notes, 1), text), notes.findings


def _parsed(text: str, notes: Notes) -> etree._Element | None:
    if len(text) > limits.LARGEST:
        notes.refuse("letter-large", 0, what=f"{len(text)} > {limits.LARGEST}")
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_pis=False)
    try:
        root = etree.fromstring(text.encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        notes.refuse("letter-xml", getattr(error, "lineno", 0) or 1, why=error)
        return None
    if cast("Any", root).getroottree().docinfo.doctype:
        notes.refuse("letter-xml", 1, why="DOCTYPE")
        return None
    return root


def _element(node: etree._Element, notes: Notes, depth: int) -> Element:
    line = _line(node)
    if depth > limits.DEEPEST:
        notes.refuse("letter-large", line, what=f"<{node.tag}> × {limits.DEEPEST}")
        return _EMPTY
    if node.tag not in TAGS:
        notes.refuse("letter-element", line, name=node.tag, known=" ".join(sorted(TAGS)))
    said = {str(name): str(value) for name, value in node.attrib.items()}
    return Element(
        tag=str(node.tag),
        line=line,
        attributes={name: said[name] for name in sorted(said) if _allowed(node, name, said[name], notes)},
        condition=condition(said["data-if"], line, notes) if "data-if" in said else None,
        each=each(said["data-for"], line, notes) if "data-for" in said else None,
        parts=tuple(_parts(node, notes, depth)),
    )


def _allowed(node: etree._Element, name: str, value: str, notes: Notes) -> bool:
    """Whether the attribute is written as it stands; those with FEEL are not."""
    good = (
        (name == "class" and value in CLASSES)
        or (name in SPANS and value in {str(n) for n in range(2, 13)})
        or name in ("data-if", "data-for")
    )
    if not good:
        known = f"class = {' '.join(sorted(CLASSES))}; colspan, rowspan = 2…12; data-if; data-for"
        notes.refuse("letter-attribute", _line(node), element=node.tag, name=name, value=value, known=known)
    return good and not name.startswith("data-")


def _parts(node: etree._Element, notes: Notes, depth: int) -> Iterator[str | Blank | Element]:
    line = _line(node)
    if node.text:
        yield from split(node.text, line, notes)
        line += node.text.count("\n")
    children: list[Any] = list(node)
    for child in children:
        if isinstance(child.tag, str):
            line = _line(child)
            yield _element(child, notes, depth + 1)
            line += etree.tostring(child, encoding="unicode", with_tail=False).count("\n")
        elif not isinstance(child, etree._Comment):
            notes.refuse("letter-element", _line(child), name="?…?", known=" ".join(sorted(TAGS)))
        if child.tail:
            yield from split(child.tail, line, notes)
            line += child.tail.count("\n")


def _line(node: etree._Element) -> int:
    return int(cast("Any", node).sourceline or 0)

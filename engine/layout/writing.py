"""The drawing as BPMN DI in the file, in place of the old one. Everything else in the file stays as it is."""

from lxml import etree

from engine.layout import sizes
from engine.layout.old import BPMNDI, DC, DI, Old
from engine.layout.values import Box, Node, Picture, Plane

_INDENT = "  "


def write(root: etree._Element, drawn: list[tuple[Plane, Picture]], old: Old) -> bytes:
    """Put the diagrams at the end of `root` and give the whole file."""
    for diagram in root.findall(f"{{{BPMNDI}}}BPMNDiagram"):
        _remove(diagram)
    writer = _Writer(root, old)
    made = [writer.diagram(plane, picture) for plane, picture in drawn]
    if len(root):
        root[-1].tail = "\n" + _INDENT
    else:
        root.text = "\n" + _INDENT
    for number, diagram in enumerate(made):
        etree.indent(diagram, _INDENT, level=1)
        diagram.tail = "\n" + _INDENT if number + 1 < len(made) else "\n"
        root.append(diagram)
    etree.cleanup_namespaces(root, keep_ns_prefixes=[prefix for prefix in root.nsmap if prefix])
    parts = [*reversed(list(root.itersiblings(preceding=True))), root, *root.itersiblings()]
    lines = [etree.tostring(part, encoding="unicode", with_tail=False) for part in parts]
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', *lines, ""]).encode()


def _remove(element: etree._Element) -> None:
    """Take an element out; lxml would take what follows it as well."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    tail = element.tail or ""
    if tail.strip() and before is not None:
        before.tail = (before.tail or "") + tail
    parent.remove(element)


class _Writer:
    """Makes elements with ids that nothing else in the file has."""

    def __init__(self, root: etree._Element, old: Old) -> None:
        self._old = old
        self._ids = {str(each.get("id")) for each in root.iter("*") if each.get("id")}
        self._names = {BPMNDI: "bpmndi", DC: "dc", DI: "di"}
        self._spaces = {prefix: uri for uri, prefix in self._names.items() if uri not in root.nsmap.values()}

    def diagram(self, plane: Plane, picture: Picture) -> etree._Element:
        """One BPMNDiagram with its plane."""
        diagram = etree.Element(f"{{{BPMNDI}}}BPMNDiagram", {"id": self._id(f"{plane.id}_diagram")}, nsmap=self._spaces)
        given = self._old.ids.get(f"plane {plane.id}") or f"{plane.id}_plane"
        top = etree.SubElement(diagram, f"{{{BPMNDI}}}BPMNPlane", {"id": self._id(given), "bpmnElement": plane.id})
        lanes = [lane.id for scope in plane.scopes() for root in scope.lanes for lane in root.all()]
        for name in [*(pool.id for pool in plane.pools), *lanes]:
            upright = name in self._old.upright and picture.boxes[name] == self._old.boxes.get(name)
            self._shape(top, name, picture, {"isHorizontal": "false" if upright else "true"})
        for scope in plane.scopes():
            hosts_first = sorted(scope.nodes.values(), key=lambda node: node.kind == "boundaryEvent")
            for node in hosts_first:
                self._shape(top, node.id, picture, _marks(node))
        for group in plane.all_groups():
            self._shape(top, group.id, picture, {})
        for link in plane.all_links():
            self._edge(top, link.id, picture)
        return diagram

    def _shape(self, plane: etree._Element, name: str, picture: Picture, marks: dict[str, str]) -> None:
        shape = self._part(plane, "BPMNShape", name, marks)
        _bounds(shape, picture.boxes[name])
        self._label(shape, name, picture)

    def _edge(self, plane: etree._Element, name: str, picture: Picture) -> None:
        edge = self._part(plane, "BPMNEdge", name, {})
        for x, y in picture.paths[name]:
            etree.SubElement(edge, f"{{{DI}}}waypoint", {"x": str(x), "y": str(y)})
        self._label(edge, name, picture)

    def _part(self, plane: etree._Element, kind: str, name: str, marks: dict[str, str]) -> etree._Element:
        given = self._id(self._old.ids.get(name) or f"{name}_di")
        kept = {key: value for key, value in self._old.attributes.get(name, {}).items() if key not in marks}
        attributes = {"id": given, "bpmnElement": name, **marks, **kept}
        return etree.SubElement(plane, f"{{{BPMNDI}}}{kind}", attributes)

    def _label(self, part: etree._Element, name: str, picture: Picture) -> None:
        box = picture.labels.get(name)
        if box:
            _bounds(etree.SubElement(part, f"{{{BPMNDI}}}BPMNLabel"), box)

    def _id(self, wanted: str) -> str:
        name, number = wanted, 1
        while name in self._ids:
            number += 1
            name = f"{wanted}_{number}"
        self._ids.add(name)
        return name


def _bounds(element: etree._Element, box: Box) -> None:
    numbers = {"x": box.x, "y": box.y, "width": box.w, "height": box.h}
    etree.SubElement(element, f"{{{DC}}}Bounds", {key: str(value) for key, value in numbers.items()})


def _marks(node: Node) -> dict[str, str]:
    """What BPMN DI says about a shape besides its place."""
    if node.inner is not None:
        return {"isExpanded": "false" if node.collapsed else "true"}
    return {"isMarkerVisible": "true"} if node.kind == "exclusiveGateway" and sizes.is_gateway(node) else {}

"""From XML to planes: what has to be drawn, in which pool, lane and sub-process. What cannot be drawn is not read."""

import re

from lxml import etree

from engine.layout.old import Old
from engine.layout.values import Group, Lane, Link, Node, Plane, Pool, Scope
from engine.runtime.drawing import BPMN, local

_ARTIFACTS = frozenset({"textAnnotation", "dataObjectReference", "dataStoreReference"})
_HOLDERS = frozenset({"subProcess", "transaction", "adHocSubProcess"})
_ACTIVITIES = frozenset({"callActivity", *_HOLDERS})
_NODE = re.compile(r"[a-z]\w*(Event|Gateway)|(\w+T|t)ask")
_ASSOCIATIONS = ("dataInputAssociation", "dataOutputAssociation")


def read_planes(root: etree._Element, old: Old) -> list[Plane]:
    """The diagrams a file needs: one for each collaboration, each process outside of one, each collapsed content."""
    reader = _Reader(root, old)
    planes = [reader.collaboration(each) for each in root.findall(f"{{{BPMN}}}collaboration")]
    planes += [
        Plane(process.get("id") or "", scope=reader.scope(process))
        for process in root.findall(f"{{{BPMN}}}process")
        if process not in reader.drawn
    ]
    for plane in planes:  # grows while it is read: collapsed sub-processes may hold others
        planes += [
            Plane(node.id, scope=node.inner)
            for node in plane.nodes().values()
            if node.collapsed and node.inner and node.inner.nodes
        ]
    for plane in planes:
        _settle(plane, reader.loose)
    return [plane for plane in planes if plane.pools or (plane.scope and plane.scope.nodes)]


class _Reader:
    """Holds what is shared while the scopes of one file are read."""

    def __init__(self, root: etree._Element, old: Old) -> None:
        self._old = old
        self._root = root
        self._ids = {str(each.get("id")) for each in root.iter("*") if each.get("id")}
        self._elements = {str(each.get("id")): each for each in root.iter("*") if each.get("id")}
        self.drawn: set[etree._Element] = set()
        self.loose: list[Link] = []  # lines whose ends may lie in different scopes

    def collaboration(self, element: etree._Element) -> Plane:
        """A collaboration with its pools and message flows."""
        plane = Plane(self._id(element))
        for child in element:
            kind = local(child) if isinstance(child.tag, str) else ""
            if kind == "participant":
                plane.pools.append(self._pool(child))
            elif kind in ("messageFlow", "association"):
                self.loose.append(self._link(child, kind))
            elif kind == "group":
                plane.groups.append(self._group(child))
            elif kind in _ARTIFACTS:
                plane.scope = plane.scope or Scope("")
                node = Node(self._id(child), kind, _text(child))
                plane.scope.nodes[node.id] = node
        return plane

    def _pool(self, element: etree._Element) -> Pool:
        process = self._elements.get(_reference(element.get("processRef")))
        scope = None
        if process is not None and local(process) == "process" and process not in self.drawn:
            scope = self.scope(process)
        return Pool(self._id(element), _text(element), scope)

    def scope(self, element: etree._Element) -> Scope:
        """A process or sub-process with everything inside."""
        self.drawn.add(element)
        scope = Scope(self._id(element))
        lane_of: dict[str, str] = {}
        for child in element.iterchildren("*"):
            kind = local(child)
            if kind == "laneSet":
                scope.lanes += self._lanes(child, 0, lane_of)
            elif kind == "sequenceFlow":
                scope.links.append(self._link(child, kind))
            elif kind == "association":
                self.loose.append(self._link(child, kind))
            elif kind == "group":
                scope.groups.append(self._group(child))
            elif kind in _ARTIFACTS or kind in _ACTIVITIES or _NODE.fullmatch(kind):
                node = self._node(child, kind)
                scope.nodes[node.id] = node
        scope.links = [link for link in scope.links if {link.source, link.target} <= scope.nodes.keys()]
        _into_lanes(scope, lane_of)
        return scope

    def _node(self, element: etree._Element, kind: str) -> Node:
        node = Node(self._id(element), kind, _text(element), by_event=element.get("triggeredByEvent") == "true")
        if kind == "boundaryEvent":
            node.host = _reference(element.get("attachedToRef"))
        if kind in _HOLDERS:
            node.inner = self.scope(element)
            expanded = self._old.expanded.get(node.id, bool(node.inner.nodes))
            node.collapsed = not (expanded and node.inner.nodes)
        for child in element.iterchildren("*"):
            if local(child) in _ASSOCIATIONS:
                self._data(child, local(child), node.id)
        return node

    def _data(self, element: etree._Element, kind: str, activity: str) -> None:
        """A line between an activity and each data object it reads or writes."""
        ends = [_reference(each.text) for each in element.findall(f"{{{BPMN}}}sourceRef")]
        target = _reference(element.findtext(f"{{{BPMN}}}targetRef"))
        data = next(iter(ends), "") if kind == "dataInputAssociation" else target
        if local(self._elements.get(data, element)) in _ARTIFACTS:
            ends_of = (data, activity) if kind == "dataInputAssociation" else (activity, data)
            self.loose.append(Link(self._id(element), kind, *ends_of))

    def _lanes(self, lane_set: etree._Element, level: int, lane_of: dict[str, str]) -> list[Lane]:
        found = []
        for element in lane_set.iterchildren(f"{{{BPMN}}}lane"):
            lane = Lane(self._id(element), _text(element), level)
            for inner in element.iterchildren(f"{{{BPMN}}}childLaneSet"):
                lane.lanes += self._lanes(inner, level + 1, lane_of)
            own = next(lane.leaves()).id
            for named in element.iterchildren(f"{{{BPMN}}}flowNodeRef"):
                lane_of.setdefault(_reference(named.text), own)
            found.append(lane)
        return found

    def _link(self, element: etree._Element, kind: str) -> Link:
        source, target = _reference(element.get("sourceRef")), _reference(element.get("targetRef"))
        return Link(self._id(element), kind, source, target, _text(element))

    def _group(self, element: etree._Element) -> Group:
        """A group; its members are what names its category, or what lay inside when it was drawn before."""
        category = _reference(element.get("categoryValueRef"))
        value = self._elements.get(category)
        named = [
            str(each.getparent().get("id"))  # type: ignore[union-attr]
            for each in self._root.iter(f"{{{BPMN}}}categoryValueRef")
            if category and _reference(each.text) == category
        ]
        name = self._id(element)
        members = named or self._old.inside(name)
        return Group(name, str(value.get("value") or "") if value is not None else "", tuple(members))

    def _id(self, element: etree._Element) -> str:
        """The element's id; one without gets one, for a shape has to name what it shows."""
        name = element.get("id")
        if name:
            return name
        number = 1
        stem = local(element)[:1].upper() + local(element)[1:]
        while f"{stem}_{number}" in self._ids:
            number += 1
        name = f"{stem}_{number}"
        self._ids.add(name)
        element.set("id", name)
        return name


def _into_lanes(scope: Scope, lane_of: dict[str, str]) -> None:
    """Give every node a band: its lane, that of its activity or of a neighbour, else the first."""
    bands = scope.bands
    known = {name: lane for name, lane in lane_of.items() if name in scope.nodes}
    for node in scope.nodes.values():
        if node.host in scope.nodes:
            known[node.id] = known.get(node.host, bands[0])
    for link in [*scope.links, *reversed(scope.links)]:
        for here, there in ((link.source, link.target), (link.target, link.source)):
            if here in known and there not in known:
                known[there] = known[here]
    for node in scope.nodes.values():
        node.lane = known.get(node.id, bands[0])


def _settle(plane: Plane, loose: list[Link]) -> None:
    """Give each loose line to the scope both its ends lie in, or to the plane."""
    home = {node: scope for scope in plane.scopes() for node in scope.nodes}
    shown = home.keys() | {pool.id for pool in plane.pools}
    with_lines = shown | {link.id for link in plane.all_links()}  # a note may be about a line
    for link in loose:
        if not {link.source, link.target} <= (with_lines if link.kind == "association" else shown):
            continue
        here, there = home.get(link.source), home.get(link.target)
        (here.links if here and here is there and link.kind != "messageFlow" else plane.links).append(link)
    for scope in plane.scopes():
        _beside_nodes(scope)


def _beside_nodes(scope: Scope) -> None:
    """Data and notes lie in the lane of the first node they belong to."""
    for link in reversed(scope.links):
        for artifact, other in ((link.source, link.target), (link.target, link.source)):
            if scope.nodes[artifact].kind in _ARTIFACTS:
                scope.nodes[artifact].lane = scope.nodes[other].lane


def _text(element: etree._Element) -> str:
    written = element.get("name") or element.findtext(f"{{{BPMN}}}text") or ""
    return " ".join(written.split())


def _reference(text: str | None) -> str:
    """The id a reference names, without the prefix of a QName."""
    return (text or "").strip().rpartition(":")[2]

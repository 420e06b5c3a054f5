"""From XML to nodes and flows. What BPMN allows and this runtime does not execute is reported, never skipped."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeVar

from lxml import etree

from engine.runtime import associations, dialect, events, resources
from engine.runtime.definitions import Definitions, reference
from engine.runtime.drawing import BPMN, local
from engine.runtime.item_aware import ItemAware
from engine.runtime.lanes import Lanes
from engine.runtime.report import Report, line_of
from engine.runtime.saying import Saying
from engine.runtime.values import Flow, Mapped, Node

TASKS = frozenset(
    {"task", "userTask", "manualTask", "scriptTask", "serviceTask", "sendTask", "receiveTask", "businessRuleTask"}
)
GATEWAYS = frozenset({"exclusiveGateway", "parallelGateway", "inclusiveGateway", "complexGateway", "eventBasedGateway"})
EVENTS = frozenset({"startEvent", "endEvent", "intermediateThrowEvent", "intermediateCatchEvent", "boundaryEvent"})
ACTIVITIES = TASKS | {"subProcess", "transaction", "adHocSubProcess", "callActivity"}
MOST_TOKENS = 100  # of one startQuantity or completionQuantity
KINDS = ACTIVITIES | GATEWAYS | EVENTS

_DECORATION = frozenset(
    {"documentation", "extensionElements", "laneSet", "textAnnotation", "association", "group", "dataObject",
     "dataObjectReference", "dataStoreReference", "incoming", "outgoing", "multiInstanceLoopCharacteristics",
     "standardLoopCharacteristics", "completionCondition", "property", "dataInputAssociation",
     "dataOutputAssociation"}
)  # fmt: skip
_INSIDE = frozenset(
    {"documentation", "extensionElements", "incoming", "outgoing", "multiInstanceLoopCharacteristics",
     "standardLoopCharacteristics"}
)  # fmt: skip
_DATA = frozenset({"property", "ioSpecification", "dataInputAssociation", "dataOutputAssociation"})
_OF_EVENTS = frozenset({"dataInput", "dataOutput", "inputSet", "outputSet", *_DATA})
_INSTEAD = (
    "请改用支持的元素（见运行时说明）。",
    "Use a supported element (the runtime's README lists them).",
)
_MAPPED = (
    "事件的数据请用 zeebe:ioMapping 的输入、输出映射。",
    "Map the data of an event with the inputs and outputs of zeebe:ioMapping.",
)


_Thing = TypeVar("_Thing", Node, Flow)


@dataclass
class Reading:
    """One executable process, flattened: every node and flow with the id of the process or sub-process around it."""

    process_id: str = ""
    process_name: str = ""
    nodes: dict[str, Node] = field(default_factory=dict)
    flows: dict[str, Flow] = field(default_factory=dict)
    lanes: tuple[str, ...] = ()
    declared: tuple[str, ...] = ()  # names the process knows from the start
    required: tuple[str, ...] = ()  # names it cannot start without
    refused: set[str] = field(default_factory=set)  # ids of elements that are reported as unsupported

    @cached_property
    def leaving(self) -> dict[str, list[Flow]]:
        """The flows that start at each node. Like the next three only asked when all is read."""
        return grouped(self.flows.values(), "source")

    @cached_property
    def arriving(self) -> dict[str, list[Flow]]:
        """The flows that lead to each node."""
        return grouped(self.flows.values(), "target")

    @cached_property
    def inside(self) -> dict[str, list[Node]]:
        """The nodes directly in each scope."""
        return grouped(self.nodes.values(), "scope")

    @cached_property
    def attached(self) -> dict[str, list[Node]]:
        """The boundary events of each activity."""
        return grouped(self.nodes.values(), "host")


def grouped(things: Iterable[_Thing], name: str) -> dict[str, list[_Thing]]:
    """Things by one of their attributes, for one look at all of them instead of one for each."""
    found: dict[str, list[_Thing]] = defaultdict(list)
    for thing in things:
        found[getattr(thing, name)].append(thing)
    return found


def read_process(process: etree._Element, known: Definitions, report: Report) -> Reading:
    """Read one process with everything inside."""
    if not process.get("id"):
        cure = ("请给流程一个编号。", "Give the process an id.")
        report.at("bpmn-process", process, ("流程没有编号。", "The process has no id."), cure)
    dialect.extensions(process, report)
    reader = _Reader(process, known, report)
    reader.scope(process, None, None)
    reader.declare(process)
    reader.link()
    return reader.reading


class _Reader:
    """Holds what is shared while the scopes of one process are read."""

    def __init__(self, process: etree._Element, known: Definitions, report: Report) -> None:
        self._known = known
        self._report = report
        self._lanes = Lanes(process, report)
        self._ids = {name for element in process.iter() if (name := element.get("id"))}
        self._made: dict[str, int] = {}  # how many ids were made of each stem
        self._names = ItemAware(process, report)
        self._saying = Saying(self._names, known, report)
        self.reading = Reading(
            process_id=process.get("id") or "process",
            process_name=process.get("name") or "",
            lanes=self._lanes.names,
        )
        associations = process.getroottree().iter(f"{{{BPMN}}}association")
        self._undone_by = {reference(a.get("sourceRef")): reference(a.get("targetRef")) for a in associations}

    def scope(self, element: etree._Element, lane: str | None, item: str | None) -> None:
        """Read one process or sub-process and the ones inside."""
        owner = element.get("id") or self.reading.process_id
        for child in element:
            kind = local(child)
            if kind in KINDS:
                self._node(child, kind, owner, lane, item)
            elif kind == "sequenceFlow":
                self._flow(child)
            elif kind and kind not in _DECORATION and not (kind == "ioSpecification" and local(element) == "process"):
                self._report.unsupported(child, kind, kind, _INSTEAD)
                self.reading.refused.add(child.get("id") or "")

    def _node(self, element: etree._Element, kind: str, scope: str, lane: str | None, item: str | None) -> None:
        name = self._id_of(element, kind)
        kind = "subProcess" if kind in ("transaction", "adHocSubProcess") else kind
        self._check_inside(element, kind)
        found = dialect.extensions(element, self._report)
        own_lane = self._lanes.of(name) or lane
        own_item = found.properties.get("item") or item
        said = self._saying.read(element, found, MOST_TOKENS if kind in ACTIVITIES else 1)
        node = replace(said, id=name, kind=kind, scope=scope, lane=own_lane, item=own_item)
        by_event = scope in self.reading.nodes and self.reading.nodes[scope].by_event
        self.reading.nodes[name] = events.with_event(node, element, self._known, by_event, self._report)
        if kind == "subProcess":
            element.set("id", name)
            self.scope(element, own_lane, own_item)
            node = self.reading.nodes[name]
            own = tuple(Mapped("=null", known) for known in self._names.declared.get(name, ()))
            self.reading.nodes[name] = replace(node, inputs=(*own, *node.inputs))

    def declare(self, process: etree._Element) -> None:
        """What the process knows from the start: its properties and data objects, and what it is given."""
        self.reading.required = associations.specification(process, self._names, self._report)
        self.reading.declared = tuple(self._names.declared.get(process.get("id") or "", ()))

    def link(self) -> None:
        """Place boundary events; connect link events of the same name, and compensation events with what undoes."""
        self._boundary_lanes()
        for node in [n for n in self.reading.nodes.values() if n.kind == "boundaryEvent" and n.event == "compensate"]:
            self.reading.nodes[node.id] = replace(node, handler=self._undone_by.get(node.id, ""))
        nodes = [node for node in self.reading.nodes.values() if node.event == "link"]
        named = grouped((n for n in nodes if n.kind == "intermediateCatchEvent"), "link")
        for source in (n for n in nodes if n.kind == "intermediateThrowEvent"):
            for target in (n for n in named.get(source.link, ()) if n.scope == source.scope):
                name = f"Link_{source.id}_{target.id}"
                self.reading.flows[name] = Flow(name, source.id, target.id, source.link, line=source.line)

    def _flow(self, element: etree._Element) -> None:
        source = _reference(element.get("sourceRef")) or ""
        target = _reference(element.get("targetRef")) or ""
        condition = element.find(f"{{{BPMN}}}conditionExpression")
        dialect.extensions(element, self._report)
        name = self._id_of(element, f"Flow_{source}_{target}")
        text = (condition.text or "").strip() if condition is not None else ""
        line = line_of(element)
        if condition is not None:
            self._check_condition(element, text, condition.get("language") or "")
        written = line if condition is None else line_of(condition)
        self.reading.flows[name] = Flow(name, source, target, element.get("name") or "", text, line, written)

    def _check_condition(self, element: etree._Element, text: str, language: str) -> None:
        if not text:
            cure = ("请填写条件，或删除它。", "Write the condition or delete it.")
            self._report.at("bpmn-condition", element, ("条件是空的。", "The condition is empty."), cure)
        if language and "feel" not in language.lower():
            cure = ("请改写成 FEEL，并删除 language。", "Write it in FEEL and delete the language.")
            self._report.unsupported(element, f"语言 {language}", f"The language {language}", cure)

    def _id_of(self, element: etree._Element, stem: str) -> str:
        """The element's id, or one made from what it is: the same at every reading of the same file."""
        name = element.get("id")
        if name:
            return name
        number = self._made.get(stem, 1)
        while f"{stem}_{number}" in self._ids:
            number += 1
        self._made[stem] = number + 1
        return f"{stem}_{number}"

    def _check_inside(self, element: etree._Element, kind: str) -> None:
        for child in element:
            name = local(child)
            if not name or name in _INSIDE or events.is_definition(name) or kind == "subProcess":
                continue
            if (name in _DATA and kind in ACTIVITIES) or (name in resources.ROLES and kind == "userTask"):
                continue
            if kind == "complexGateway" and name == "activationCondition":
                continue
            if not (name == "conditionExpression" or self._is_empty_script(child)):
                cure = _MAPPED if name in _OF_EVENTS else _INSTEAD
                self._report.unsupported(child, f"{kind} 里的 {name}", f"{name} inside {kind}", cure)

    @staticmethod
    def _is_empty_script(child: etree._Element) -> bool:
        return local(child) == "script" and not (child.text or "").strip()

    def _boundary_lanes(self) -> None:
        """A boundary event is where its activity is, whatever the lanes list."""
        nodes = self.reading.nodes
        for node in list(nodes.values()):
            if node.host in nodes and node.lane is None:
                nodes[node.id] = replace(node, lane=nodes[node.host].lane)


def _reference(text: str | None) -> str | None:
    return reference(text) or None

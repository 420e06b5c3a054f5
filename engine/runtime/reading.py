"""From XML to nodes and flows. What BPMN allows and this runtime does not execute is reported, never skipped."""

from dataclasses import dataclass, field, replace

from lxml import etree

from engine.runtime import dialect, events
from engine.runtime.definitions import Definitions, reference
from engine.runtime.drawing import BPMN, local
from engine.runtime.lanes import Lanes
from engine.runtime.report import Report, line_of
from engine.runtime.values import Flow, Node

TASKS = frozenset(
    {"task", "userTask", "manualTask", "scriptTask", "serviceTask", "sendTask", "receiveTask", "businessRuleTask"}
)
GATEWAYS = frozenset({"exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway"})
EVENTS = frozenset({"startEvent", "endEvent", "intermediateThrowEvent", "intermediateCatchEvent", "boundaryEvent"})
ACTIVITIES = TASKS | {"subProcess", "transaction", "adHocSubProcess", "callActivity"}
MOST_TOKENS = 100  # of one startQuantity or completionQuantity
KINDS = ACTIVITIES | GATEWAYS | EVENTS

_DECORATION = frozenset(
    {"documentation", "extensionElements", "laneSet", "textAnnotation", "association", "group", "dataObject",
     "dataObjectReference", "dataStoreReference", "incoming", "outgoing", "multiInstanceLoopCharacteristics",
     "standardLoopCharacteristics", "completionCondition"}
)  # fmt: skip
_INSIDE = frozenset(
    {"documentation", "extensionElements", "incoming", "outgoing", "multiInstanceLoopCharacteristics",
     "standardLoopCharacteristics"}
)  # fmt: skip
_ATTRIBUTES = {  # attributes that change behaviour, and the only value that means nothing
    "ordering": "Parallel", "instantiate": "false", "eventGatewayType": "Exclusive",
}  # fmt: skip
_INSTEAD = (
    "请改用支持的元素（见运行时说明）。",
    "Use a supported element (the runtime's README lists them).",
)


@dataclass
class Reading:
    """One executable process, flattened: every node and flow with the id of the process or sub-process around it."""

    process_id: str = ""
    process_name: str = ""
    nodes: dict[str, Node] = field(default_factory=dict)
    flows: dict[str, Flow] = field(default_factory=dict)
    lanes: tuple[str, ...] = ()
    refused: set[str] = field(default_factory=set)  # ids of elements that are reported as unsupported


def read_process(process: etree._Element, known: Definitions, report: Report) -> Reading:
    """Read one process with everything inside."""
    if not process.get("id"):
        cure = ("请给流程一个编号。", "Give the process an id.")
        report.at("bpmn-process", process, ("流程没有编号。", "The process has no id."), cure)
    dialect.extensions(process, report)
    reader = _Reader(process, known, report)
    reader.scope(process, None, None)
    reader.link()
    return reader.reading


class _Reader:
    """Holds what is shared while the scopes of one process are read."""

    def __init__(self, process: etree._Element, known: Definitions, report: Report) -> None:
        self._known = known
        self._report = report
        self._lanes = Lanes(process, report)
        self._ids: dict[str, int] = {}
        self.reading = Reading(
            process_id=process.get("id") or "process",
            process_name=process.get("name") or "",
            lanes=self._lanes.names,
        )
        associations = process.getroottree().iter(f"{{{BPMN}}}association")
        self._undone_by = {reference(a.get("sourceRef")): reference(a.get("targetRef")) for a in associations}
        self._ids.update((name, 1) for element in process.iter() if (name := element.get("id")))

    def scope(self, element: etree._Element, lane: str | None, item: str | None) -> None:
        """Read one process or sub-process and the ones inside."""
        owner = element.get("id") or self.reading.process_id
        for child in element:
            kind = local(child)
            if kind in KINDS:
                self._node(child, kind, owner, lane, item)
            elif kind == "sequenceFlow":
                self._flow(child)
            elif kind and kind not in _DECORATION:
                self._report.unsupported(child, kind, kind, _INSTEAD)
                self.reading.refused.add(child.get("id") or "")
        self._boundary_lanes(owner)

    def _node(self, element: etree._Element, kind: str, scope: str, lane: str | None, item: str | None) -> None:
        name = self._id_of(element, kind)
        kind = "subProcess" if kind in ("transaction", "adHocSubProcess") else kind
        self._check_inside(element, kind)
        found = dialect.extensions(element, self._report)
        own_lane = self._lanes.of(name) or lane
        own_item = found.properties.get("item") or item
        node = replace(self._said(element, found), id=name, kind=kind, scope=scope, lane=own_lane, item=own_item)
        by_event = scope in self.reading.nodes and self.reading.nodes[scope].by_event
        self.reading.nodes[name] = events.with_event(node, element, self._known, by_event, self._report)
        if kind == "subProcess":
            element.set("id", name)
            self.scope(element, own_lane, own_item)

    def _said(self, element: etree._Element, found: dialect.Extensions) -> Node:
        """What the element and its extensions say, without its place in the drawing."""
        called = found.get("calledElement", "processId") or element.get("calledElement") or ""
        return Node(
            id="",
            kind="",
            name=" ".join((element.get("name") or "").split()),
            line=line_of(element),
            scope="",
            properties=found.properties,
            form=found.get("formDefinition", "formId") or None,
            groups=found.get("assignmentDefinition", "candidateGroups"),
            due=found.get("taskSchedule", "dueDate"),
            priority=found.get("priorityDefinition", "priority"),
            job=found.get("taskDefinition", "type"),
            retries=found.get("taskDefinition", "retries"),
            headers=dialect.headers(found),
            inputs=dialect.mapped(found, "input", self._report),
            outputs=dialect.mapped(found, "output", self._report),
            script=found.get("script", "expression"),
            variable=found.get("script", "resultVariable") or found.get("calledDecision", "resultVariable"),
            decision=found.get("calledDecision", "decisionId"),
            calls=called.strip() if called.startswith("=") else reference(called),
            gives_all=found.get("calledElement", "propagateAllParentVariables") != "false",
            takes_all=found.get("calledElement", "propagateAllChildVariables") != "false",
            transaction=local(element) == "transaction",
            ad_hoc=local(element) == "adHocSubProcess",
            until=self._until(element),
            cancels_rest=element.get("cancelRemainingInstances", "true") != "false",
            needs=self._quantity(element, "startQuantity"),
            gives=self._quantity(element, "completionQuantity"),
            undoes=element.get("isForCompensation") == "true",
            by_event=element.get("triggeredByEvent") == "true",
            loop=dialect.loop(element, self._report),
            default=_reference(element.get("default")),
        )

    def _quantity(self, element: etree._Element, name: str) -> int:
        text = element.get(name, "1")
        most = MOST_TOKENS if local(element) in ACTIVITIES else 1
        if text.isdecimal() and 0 < int(text) <= most:
            return int(text)
        said = (f"{name} 应为 1 到 {most} 的整数。", f"{name} must be a whole number from 1 to {most}.")
        self._report.at("bpmn-quantity", element, said, ("请更正。", "Correct it."))
        return 1

    def _until(self, element: etree._Element) -> str:
        written = element.find(f"{{{BPMN}}}completionCondition")
        text = (written.text or "").strip() if written is not None else ""
        if written is not None and (local(element) != "adHocSubProcess" or not text.startswith("=")):
            said = (
                f"完成条件“{text}”不是 FEEL，或不在这里。",
                f'The completion condition "{text}" is not FEEL, or misplaced.',
            )
            self._report.at("bpmn-condition", element, said, ("请以 = 开头。", "Start it with =."))
        return text

    def link(self) -> None:
        """Connect link events of the same name, a flow nobody drew, and compensation events with what undoes."""
        for node in [n for n in self.reading.nodes.values() if n.kind == "boundaryEvent" and n.event == "compensate"]:
            self.reading.nodes[node.id] = replace(node, handler=self._undone_by.get(node.id, ""))
        nodes = [node for node in self.reading.nodes.values() if node.event == "link"]
        for source in (n for n in nodes if n.kind == "intermediateThrowEvent"):
            targets = [n for n in nodes if n.kind == "intermediateCatchEvent" and n.link == source.link]
            for target in (n for n in targets if n.scope == source.scope):
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
        number = 1
        while f"{stem}_{number}" in self._ids:
            number += 1
        self._ids[f"{stem}_{number}"] = 1
        return f"{stem}_{number}"

    def _check_inside(self, element: etree._Element, kind: str) -> None:
        for attribute, harmless in _ATTRIBUTES.items():
            if element.get(attribute, harmless) != harmless:
                self._report.unsupported(element, f"{kind} 的 {attribute}", f"{attribute} of {kind}", _INSTEAD)
        for child in element:
            name = local(child)
            if not name or name in _INSIDE or events.is_definition(name) or kind == "subProcess":
                continue
            if not (name == "conditionExpression" or self._is_empty_script(child)):
                self._report.unsupported(child, f"{kind} 里的 {name}", f"{name} inside {kind}", _INSTEAD)

    @staticmethod
    def _is_empty_script(child: etree._Element) -> bool:
        return local(child) == "script" and not (child.text or "").strip()

    def _boundary_lanes(self, scope: str) -> None:
        """A boundary event is where its activity is, whatever the lanes list."""
        nodes = self.reading.nodes
        for node in list(nodes.values()):
            if node.scope == scope and node.host in nodes and node.lane is None:
                nodes[node.id] = replace(node, lane=nodes[node.host].lane)


def _reference(text: str | None) -> str | None:
    return reference(text) or None

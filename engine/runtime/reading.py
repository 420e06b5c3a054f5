"""From XML to nodes and flows. What BPMN allows and this runtime does not execute is reported, never skipped."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from engine.runtime import dialect, events
from engine.runtime.drawing import BPMN, local
from engine.runtime.lanes import Lanes
from engine.runtime.report import Report, line_of
from engine.runtime.values import Flow, Node

TASKS = frozenset({"task", "userTask", "manualTask", "scriptTask", "serviceTask", "sendTask"})
GATEWAYS = frozenset({"exclusiveGateway", "parallelGateway", "inclusiveGateway"})
EVENTS = frozenset({"startEvent", "endEvent", "intermediateThrowEvent", "intermediateCatchEvent", "boundaryEvent"})
ACTIVITIES = TASKS | {"subProcess"}
KINDS = ACTIVITIES | GATEWAYS | EVENTS

_DECORATION = frozenset(
    {"documentation", "extensionElements", "laneSet", "textAnnotation", "association", "group", "dataObject",
     "dataObjectReference", "dataStoreReference", "incoming", "outgoing", "multiInstanceLoopCharacteristics"}
)  # fmt: skip
_INSIDE = frozenset({"documentation", "extensionElements", "incoming", "outgoing", "multiInstanceLoopCharacteristics"})
_ATTRIBUTES = {  # attributes that change behaviour, and the only value that means nothing
    "isForCompensation": "false", "startQuantity": "1", "completionQuantity": "1", "triggeredByEvent": "false",
    "parallelMultiple": "false", "instantiate": "false",
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


def read_process(root: etree._Element, report: Report) -> Reading | None:
    """Read the one executable process of a file; None after reporting that there is not exactly one."""
    process = _executable(root, report)
    if process is None:
        return None
    if not process.get("id"):
        cure = ("请给流程一个编号。", "Give the process an id.")
        report.at("bpmn-process", process, ("流程没有编号。", "The process has no id."), cure)
    dialect.extensions(process, report)
    reader = _Reader(process, events.error_codes(root, report), report)
    reader.scope(process, None, None)
    return reader.reading


class _Reader:
    """Holds what is shared while the scopes of one process are read."""

    def __init__(self, process: etree._Element, errors: Mapping[str, str], report: Report) -> None:
        self._errors = errors
        self._report = report
        self._lanes = Lanes(process, report)
        self._ids: dict[str, int] = {}
        self.reading = Reading(
            process_id=process.get("id") or "process",
            process_name=process.get("name") or "",
            lanes=self._lanes.names,
        )
        self._count_ids(process)

    def scope(self, element: etree._Element, lane: str | None, item: str | None) -> None:
        """Read one process or sub-process and the ones inside."""
        owner = element.get("id") or self.reading.process_id
        for child in element:
            kind = local(child)
            if kind in KINDS:
                self._node(child, kind, owner, lane, item)
            elif kind == "sequenceFlow":
                self._flow(child)
            elif kind and kind not in _DECORATION and not kind.endswith("EventDefinition"):
                self._report.unsupported(child, kind, kind, _INSTEAD)
                self.reading.refused.add(child.get("id") or "")
        self._boundary_lanes(owner)

    def _node(self, element: etree._Element, kind: str, scope: str, lane: str | None, item: str | None) -> None:
        name = self._id_of(element, kind)
        self._check_inside(element, kind)
        found = dialect.extensions(element, self._report)
        own_lane = self._lanes.of(name) or lane
        own_item = found.properties.get("item") or item
        node = Node(
            id=name,
            kind=kind,
            name=" ".join((element.get("name") or "").split()),
            line=line_of(element),
            scope=scope,
            lane=own_lane,
            item=own_item,
            properties=found.properties,
            form=found.get("formDefinition", "formId") or None,
            groups=found.get("assignmentDefinition", "candidateGroups"),
            due=found.get("taskSchedule", "dueDate"),
            priority=found.get("priorityDefinition", "priority"),
            job=found.get("taskDefinition", "type"),
            headers=dialect.headers(found),
            inputs=dialect.mapped(found, "input", self._report),
            outputs=dialect.mapped(found, "output", self._report),
            script=found.get("script", "expression"),
            variable=found.get("script", "resultVariable"),
            loop=dialect.loop(element, self._report),
            default=_reference(element.get("default")),
        )
        self.reading.nodes[name] = events.with_event(node, element, self._errors, self._report)
        if kind == "subProcess":
            element.set("id", name)
            self.scope(element, own_lane, own_item)

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

    def _count_ids(self, process: etree._Element) -> None:
        for element in process.getroottree().getroot().iter():
            name = element.get("id")
            if name and etree.QName(element).namespace == BPMN:
                self._ids[name] = self._ids.get(name, 0) + 1
                if self._ids[name] == 2:
                    said = (f"编号“{name}”用了不止一次。", f'The id "{name}" is used more than once.')
                    self._report.at("bpmn-duplicate-id", element, said, ("请改成不同的编号。", "Give it another id."))

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
            if not name or name in _INSIDE or name.endswith("EventDefinition") or kind == "subProcess":
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


def _executable(root: etree._Element, report: Report) -> etree._Element | None:
    processes = [p for p in root if local(p) == "process"]
    candidates = [p for p in processes if p.get("isExecutable") == "true"] or [
        p for p in processes if p.get("isExecutable") != "false"
    ]
    if len(candidates) != 1:
        said = (f"可执行的流程有 {len(candidates)} 个。", f"There are {len(candidates)} executable processes.")
        cure = ('请让恰好一个流程 isExecutable="true"。', 'Mark exactly one process isExecutable="true".')
        report.add("bpmn-process", line_of(root), "", said, cure)
        return None
    for other in _others(processes, candidates[0]):
        said = (f"流程“{other.get('id')}”不执行。", f'The process "{other.get("id")}" is not executed.')
        cure = ("需要执行的，请画成另一个文件。", "Draw it in its own file if it should be executed.")
        report.add("bpmn-process", line_of(other), other.get("id") or "", said, cure, warning=True)
    return candidates[0]


def _others(processes: list[etree._Element], chosen: etree._Element) -> Iterator[etree._Element]:
    """The processes that have content and are not the one: a black box has none."""
    return (p for p in processes if p is not chosen and any(local(child) in KINDS for child in p))


def _reference(text: str | None) -> str | None:
    """An id, without the namespace prefix a QName may carry."""
    return text.strip().rsplit(":", 1)[-1] if text and text.strip() else None

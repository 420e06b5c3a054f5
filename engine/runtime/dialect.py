"""What the Camunda 8 (`zeebe:`) extension elements of one node say. What is not understood is refused, not skipped."""

import re
from dataclasses import dataclass, field

from lxml import etree

from engine.runtime.drawing import BPMN, ZEEBE, local
from engine.runtime.report import Report, line_of
from engine.runtime.values import Loop, Mapped

_PLAIN = frozenset({"properties"})
_MAPPED = frozenset({"ioMapping", "properties"})
_JOB = frozenset({"taskDefinition", "taskHeaders", "ioMapping", "properties"})
_ALLOWED = {
    "userTask": frozenset(
        {
            "userTask",
            "assignmentDefinition",
            "formDefinition",
            "taskSchedule",
            "priorityDefinition",
            "ioMapping",
            "properties",
        }
    ),
    "serviceTask": _JOB,
    "sendTask": _JOB,
    "intermediateThrowEvent": _JOB,
    "endEvent": _JOB,
    "businessRuleTask": _JOB | {"calledDecision"},
    "callActivity": _MAPPED | {"calledElement"},
    "receiveTask": _MAPPED,
    "subProcess": _MAPPED,
    "transaction": _MAPPED,
    "adHocSubProcess": _MAPPED,
    "startEvent": _MAPPED,
    "intermediateCatchEvent": _MAPPED,
    "boundaryEvent": _MAPPED,
    "message": frozenset({"subscription"}),
    "scriptTask": frozenset({"script", "properties"}),
    "process": frozenset({"properties", "versionTag", "userTaskForm"}),  # the form is used by a formKey only
    "multiInstanceLoopCharacteristics": frozenset({"loopCharacteristics"}),
}
_REFUSED = {  # attributes that change behaviour elsewhere and would be ignored here
    "assignmentDefinition": ("assignee", "candidateUsers"),
    "formDefinition": ("formKey", "externalReference", "versionTag"),
    "taskSchedule": ("followUpDate",),
    "calledDecision": ("bindingType", "versionTag"),
    "calledElement": ("bindingType", "versionTag"),
}
_CAMUNDA_7 = "http://camunda.org/schema/1.0/bpmn"
_TARGET = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*")
_DELETE = ("请删除它。", "Delete it.")


@dataclass
class Extensions:
    """The extension elements of one node by local name, and its properties."""

    elements: dict[str, etree._Element] = field(default_factory=dict)
    properties: dict[str, str] = field(default_factory=dict)

    def get(self, name: str, attribute: str) -> str:
        """An attribute of an extension element, stripped; nothing if either is missing."""
        element = self.elements.get(name)
        return "" if element is None else (element.get(attribute) or "").strip()

    def children(self, name: str, child: str) -> list[etree._Element]:
        """The `child` elements of an extension element."""
        element = self.elements.get(name)
        return [] if element is None else element.findall(f"{{{ZEEBE}}}{child}")


def extensions(element: etree._Element, report: Report) -> Extensions:
    """Read the extension elements of a BPMN element and report the ones that mean nothing here."""
    found = Extensions()
    for child in element.findall(f"{{{BPMN}}}extensionElements/*"):
        name = local(child, ZEEBE)
        if name and name in _ALLOWED.get(local(element), _PLAIN):
            found.elements[name] = child
            _check_attributes(child, name, element, report)
        else:
            _refuse(child, name, element, report)
    for entry in found.children("properties", "property"):
        _take_property(entry, element, found.properties, report)
    return found


def mapped(found: Extensions, side: str, report: Report) -> tuple[Mapped, ...]:
    """The `input` or `output` mappings of a node."""
    result = []
    for entry in found.children("ioMapping", side):
        target = (entry.get("target") or "").strip()
        if not _TARGET.fullmatch(target):
            cure = ("用名称，或用点分隔的名称。", "Use a name, or names joined by dots.")
            report.at(
                "bpmn-mapping",
                entry,
                (f"映射的目标“{target}”不是名称。", f'The target "{target}" is not a name.'),
                cure,
            )
        result.append(Mapped((entry.get("source") or "").strip(), target))
    return tuple(result)


def headers(found: Extensions) -> dict[str, str]:
    """The task headers of a job."""
    return {(h.get("key") or ""): (h.get("value") or "") for h in found.children("taskHeaders", "header")}


def loop(element: etree._Element, report: Report) -> Loop | None:
    """The multi-instance marker of an activity."""
    marker = element.find(f"{{{BPMN}}}multiInstanceLoopCharacteristics")
    if marker is None:
        return _standard_loop(element.find(f"{{{BPMN}}}standardLoopCharacteristics"), report)
    found = extensions(marker, report)
    if marker.get("behavior", "All") != "All":
        cure = ("请删除 behavior。", "Delete the behavior.")
        report.unsupported(marker, "多实例的 behavior", "The behavior of a multi-instance activity", cure)
    until = marker.find(f"{{{BPMN}}}completionCondition")
    for child in marker:
        if local(child) not in ("extensionElements", "completionCondition"):
            cure = ("改用 zeebe:loopCharacteristics。", "Use zeebe:loopCharacteristics instead.")
            report.unsupported(child, f"多实例的 {local(child)}", f"{local(child)} of a multi-instance activity", cure)
    return Loop(
        sequential=marker.get("isSequential") == "true",
        collection=found.get("loopCharacteristics", "inputCollection"),
        element=found.get("loopCharacteristics", "inputElement"),
        result=found.get("loopCharacteristics", "outputCollection"),
        answer=found.get("loopCharacteristics", "outputElement"),
        until=(until.text or "").strip() if until is not None else "",
    )


def is_target(text: str) -> bool:
    """Whether a text can name a place in the facts: a name, or names joined by dots."""
    return _TARGET.fullmatch(text) is not None


def _standard_loop(marker: etree._Element | None, report: Report) -> Loop | None:
    if marker is None:
        return None
    extensions(marker, report)
    condition = marker.find(f"{{{BPMN}}}loopCondition")
    again = (condition.text or "").strip() if condition is not None else ""
    most = (marker.get("loopMaximum") or "").strip()
    if (again and not again.startswith("=")) or (most and not (most.isdecimal() and int(most))) or not (again or most):
        said = (
            "标准循环没有以 = 开头的条件，也没有次数上限。",
            "The loop has no condition with = and no maximum.",
        )
        cure = ("请填写 loopCondition 或 loopMaximum。", "Write loopCondition or loopMaximum.")
        report.at("bpmn-loop", marker, said, cure)
        most = ""
    before = marker.get("testBefore") == "true"
    return Loop(False, "", "", "", "", standard=True, again=again, before=before, most=int(most or 0))


def _check_attributes(child: etree._Element, name: str, element: etree._Element, report: Report) -> None:
    for attribute in _REFUSED.get(name, ()):
        if child.get(attribute) and (attribute, child.get(attribute)) != ("bindingType", "latest"):
            said = (f"不支持 zeebe:{name} 的 {attribute}。", f"{attribute} of zeebe:{name} is not supported.")
            report.add("bpmn-unsupported", line_of(child), element.get("id") or "", said, _DELETE)


def _refuse(child: etree._Element, name: str, element: etree._Element, report: Report) -> None:
    qualified = etree.QName(child)
    line, owner = line_of(child), element.get("id") or ""
    if name or qualified.namespace == _CAMUNDA_7:
        prefix = "zeebe" if name else "camunda"
        said = (
            f"{local(element)} 上的 {prefix}:{qualified.localname}",
            f"{prefix}:{qualified.localname} on {local(element)}",
        )
        cure = ("请删除它，或改用支持的写法。", "Delete it or use a construct that is supported.")
        report.add("bpmn-unsupported", line, owner, (f"不支持{said[0]}。", f"{said[1]} is not supported."), cure)
        return
    text = (
        f"忽略了其他工具的扩展 {qualified.localname}。",
        f"The extension {qualified.localname} of another tool is ignored.",
    )
    report.add("bpmn-foreign", line, owner, text, _DELETE, warning=True)


def _take_property(entry: etree._Element, element: etree._Element, into: dict[str, str], report: Report) -> None:
    name = entry.get("name") or ""
    if name in into:
        line = line_of(entry)
        said = (f"属性“{name}”写了两次。", f'The property "{name}" is written twice.')
        report.add("bpmn-property", line, element.get("id") or "", said, ("只保留一个。", "Keep one."))
    into[name] = (entry.get("value") or "").strip()

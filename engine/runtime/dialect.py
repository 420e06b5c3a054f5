"""What the Camunda 8 (`zeebe:`) extension elements of one node say. What is not understood is refused, not skipped."""

import re
from dataclasses import dataclass, field

from lxml import etree

from engine.runtime.drawing import BPMN, ZEEBE, local
from engine.runtime.report import Report, line_of
from engine.runtime.values import Mapped

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
            "taskHeaders",  # for who reads them with the task; nothing here does
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
    "task": _MAPPED,
    "manualTask": _MAPPED,
    "receiveTask": _MAPPED,
    "subProcess": _MAPPED,
    "transaction": _MAPPED,
    "adHocSubProcess": _MAPPED | {"adHoc"},
    "startEvent": _MAPPED,
    "intermediateCatchEvent": _MAPPED,
    "boundaryEvent": _MAPPED,
    "message": frozenset({"subscription"}),
    "scriptTask": _JOB | {"script"},
    "process": frozenset({"properties", "versionTag", "userTaskForm"}),  # the form is used by a formKey only
    "multiInstanceLoopCharacteristics": frozenset({"loopCharacteristics"}),
}
_REFUSED = {  # attributes that change behaviour elsewhere and would be ignored here
    "formDefinition": ("formKey", "externalReference", "bindingType", "versionTag"),
    "calledDecision": ("bindingType", "versionTag"),
    "calledElement": ("bindingType", "versionTag"),
    "adHoc": ("outputCollection", "outputElement"),
}
_BOUND = "deployment"  # of the bindings the one that is ours: what is called is published in the same pack
_ENGINES = {  # other engines, whose words say what is done and by whom
    "http://camunda.org/schema/1.0/bpmn": "camunda",
    "http://activiti.org/bpmn": "activiti",
    "http://flowable.org/bpmn": "flowable",
}
_IDLE = frozenset(  # attributes of theirs that change nothing here
    {"asyncAfter", "asyncBefore", "async", "diagramRelationId", "exclusive", "historyTimeToLive", "initiator",
     "isStartableInTasklist", "jobPriority", "modelerTemplate", "modelerTemplateVersion", "taskPriority", "versionTag"}
)  # fmt: skip
_TARGET = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*")
_DELETE = ("请删除它。", "Delete it.")
_BINDING = (
    '请删除它，或写 bindingType="deployment"：总是使用同一个事项包里发布的版本。',
    'Delete it, or write bindingType="deployment": what is used is always the one published in the same pack.',
)
_FORM = (
    "请把表单存为事项包里的文件，用 formId 引用它的编号。",
    "Save the form as a file of the pack and name its id in formId.",
)
_CURES = {"bindingType": _BINDING, "versionTag": _BINDING, "formKey": _FORM, "externalReference": _FORM}


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
    _check_strangers(element, report)
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
        if entry.get("source") is None:
            said = (f"映射到“{target}”的 source 没有填写。", f'The mapping to "{target}" has no source.')
            report.at("bpmn-mapping", entry, said, ("请填写，例如 =name。", "Write it, for example =name."))
        result.append(Mapped((entry.get("source") or "").strip(), target))
    return tuple(result)


def headers(found: Extensions) -> dict[str, str]:
    """The task headers of a job."""
    return {(h.get("key") or ""): (h.get("value") or "") for h in found.children("taskHeaders", "header")}


def is_target(text: str) -> bool:
    """Whether a text can name a place in the facts: a name, or names joined by dots."""
    return _TARGET.fullmatch(text) is not None


def _check_attributes(child: etree._Element, name: str, element: etree._Element, report: Report) -> None:
    for attribute in _REFUSED.get(name, ()):
        if child.get(attribute) and not (attribute == "bindingType" and child.get(attribute) == _BOUND):
            said = (f"不支持 zeebe:{name} 的 {attribute}。", f"{attribute} of zeebe:{name} is not supported.")
            cure = _CURES.get(attribute, _DELETE)
            report.add("bpmn-unsupported", line_of(child), element.get("id") or "", said, cure)


def _refuse(child: etree._Element, name: str, element: etree._Element, report: Report) -> None:
    qualified = etree.QName(child)
    line, owner = line_of(child), element.get("id") or ""
    prefix = "zeebe" if name else _ENGINES.get(qualified.namespace or "")
    if prefix:
        said = (
            f"{local(element)} 上的 {prefix}:{qualified.localname}",
            f"{prefix}:{qualified.localname} on {local(element)}",
        )
        cure = ("请删除它，或改用支持的写法。", "Delete it or use a construct that is supported.")
        report.add("bpmn-unsupported", line, owner, (f"不支持 {said[0]}。", f"{said[1]} is not supported."), cure)
        return
    text = (
        f"忽略了其他工具的扩展 {qualified.localname}。",
        f"The extension {qualified.localname} of another tool is ignored.",
    )
    report.add("bpmn-foreign", line, owner, text, _DELETE, warning=True)


def _check_strangers(element: etree._Element, report: Report) -> None:
    """Attributes by which another engine would know what to do: who decides must not be lost in silence."""
    names = [etree.QName(str(name)) for name in element.attrib]
    strange = [name for name in names if name.namespace in _ENGINES and name.localname not in _IDLE]
    found = [f"{_ENGINES[name.namespace or '']}:{name.localname}" for name in strange]
    if found:
        written = " ".join(found)
        said = (f"不支持 {local(element)} 上的 {written}。", f"{written} on {local(element)} is not supported.")
        cure = ("请用 Camunda 8 的写法（zeebe:…）代替它。", "Say it in the words of Camunda 8 (zeebe:…) instead.")
        report.at("bpmn-unsupported", element, said, cure)


def _take_property(entry: etree._Element, element: etree._Element, into: dict[str, str], report: Report) -> None:
    name = entry.get("name") or ""
    if name in into:
        line = line_of(entry)
        said = (f"属性“{name}”写了两次。", f'The property "{name}" is written twice.')
        report.add("bpmn-property", line, element.get("id") or "", said, ("只保留一个。", "Keep one."))
    into[name] = (entry.get("value") or "").strip()

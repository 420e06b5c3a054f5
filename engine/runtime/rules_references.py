"""Lint: the references. What one element names is there and of the right kind (the class diagrams of BPMN 2.0.2).

Those that reading a process resolves are reported there.
"""

from collections.abc import Iterator

from lxml import etree

from engine.runtime.definitions import reference
from engine.runtime.drawing import local
from engine.runtime.index import CALLABLE, FLOW_NODES, Index
from engine.runtime.reading import ACTIVITIES
from engine.runtime.report import Report

_ITEM = frozenset({"itemDefinition"})
_EVENTS = frozenset(
    f"{name}EventDefinition"
    for name in ("timer", "message", "signal", "conditional", "error", "escalation", "link", "compensate", "cancel",
                 "terminate")
)  # fmt: skip
_DATA = frozenset(
    {"dataObject", "dataObjectReference", "dataStore", "dataStoreReference", "dataInput", "dataOutput", "property",
     "inputDataItem", "outputDataItem"}
)  # fmt: skip
_TALKS = frozenset({"conversation", "subConversation", "callConversation"})
_TARGETS: dict[str, frozenset[str]] = {  # attribute or element that names another: what may be named
    "attachedToRef": ACTIVITIES,
    "activityRef": ACTIVITIES,
    "calledElement": CALLABLE,
    "calledChoreographyRef": frozenset({"choreography", "globalChoreographyTask"}),
    "calledCollaborationRef": frozenset({"collaboration", "globalConversation", "choreography"}),
    "categoryValueRef": frozenset({"categoryValue"}),
    "choreographyRef": frozenset({"choreography", "globalChoreographyTask"}),
    "correlationKeyRef": frozenset({"correlationKey"}),
    "correlationPropertyRef": frozenset({"correlationProperty"}),
    "dataInputRefs": frozenset({"dataInput"}),
    "dataObjectRef": frozenset({"dataObject"}),
    "dataOutputRefs": frozenset({"dataOutput"}),
    "dataStoreRef": frozenset({"dataStore"}),
    "default": frozenset({"sequenceFlow"}),
    "definitionalCollaborationRef": frozenset({"collaboration"}),
    "endPointRef": frozenset({"endPoint"}),
    "errorRef": frozenset({"error"}),
    "escalationRef": frozenset({"escalation"}),
    "evaluatesToTypeRef": _ITEM,
    "eventDefinitionRef": _EVENTS,
    "flowNodeRef": FLOW_NODES,
    "inMessageRef": frozenset({"message"}),
    "incoming": frozenset({"sequenceFlow"}),
    "initiatingParticipantRef": frozenset({"participant"}),
    "innerConversationNodeRef": _TALKS,
    "innerMessageFlowRef": frozenset({"messageFlow"}),
    "innerParticipantRef": frozenset({"participant"}),
    "inputDataRef": frozenset({"inputSet", "dataInput"}),
    "inputSetRefs": frozenset({"inputSet"}),
    "interfaceRef": frozenset({"interface"}),
    "itemRef": _ITEM,
    "itemSubjectRef": _ITEM,
    "loopDataInputRef": _DATA,
    "loopDataOutputRef": _DATA,
    "messageFlowRef": frozenset({"messageFlow"}),
    "messageRef": frozenset({"message"}),
    "noneBehaviorEventRef": _EVENTS,
    "oneBehaviorEventRef": _EVENTS,
    "operationRef": frozenset({"operation"}),
    "optionalInputRefs": frozenset({"dataInput"}),
    "optionalOutputRefs": frozenset({"dataOutput"}),
    "outMessageRef": frozenset({"message"}),
    "outerConversationNodeRef": _TALKS,
    "outerMessageFlowRef": frozenset({"messageFlow"}),
    "outerParticipantRef": frozenset({"participant"}),
    "outgoing": frozenset({"sequenceFlow"}),
    "outputDataRef": frozenset({"outputSet", "dataOutput"}),
    "outputSetRefs": frozenset({"outputSet"}),
    "parameterRef": frozenset({"resourceParameter"}),
    "participantRef": frozenset({"participant"}),
    "processRef": frozenset({"process"}),
    "resourceRef": frozenset({"resource"}),
    "signalRef": frozenset({"signal"}),
    "supportedInterfaceRef": frozenset({"interface"}),
    "supports": frozenset({"process"}),
    "whileExecutingInputRefs": frozenset({"dataInput"}),
    "whileExecutingOutputRefs": frozenset({"dataOutput"}),
}
_TYPED = frozenset(  # what is an item definition here, and something else on other elements
    {("structureRef", kind) for kind in ("error", "escalation", "signal")}
    | {("type", kind) for kind in ("resourceParameter", "correlationProperty")}
)
_READ = frozenset({"attachedToRef", "default", "errorRef", "escalationRef", "eventDefinitionRef", "signalRef"})
_ACROSS = frozenset({"calledElement"})  # may stand in another file of the pack
_CURE = ("请改为已有的编号，或删除这个引用。", "Name an id that exists or delete the reference.")


def check(index: Index, report: Report) -> None:
    """Add the references that name nothing, or something of the wrong kind."""
    for kind in index.kinds():
        for element in index.all(kind):
            for name, text, targets in _references(element, kind):
                if not (name in _READ and index.executed(element)):
                    _check(element, name, text, targets, index, report)
    for kind, names in (("association", ("sourceRef", "targetRef")), ("lane", ("partitionElementRef",))):
        for element in index.all(kind):
            for name in names:
                _check_any(element, name, index, report)


def _check_any(element: etree._Element, name: str, index: Index, report: Report) -> None:
    """An association may connect, and a lane stand for, whatever has an id."""
    text = element.get(name) or ""
    if text.strip() and index.find(text) is None and not index.elsewhere(text, element):
        key = reference(text)
        said = (f"{name} 引用的“{key}”不存在。", f'{name} names "{key}", which does not exist.')
        report.at("bpmn-reference", element, said, _CURE)


def _references(element: etree._Element, kind: str) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Each reference of an element: its name, its text, and the kinds it may name."""
    for name, text in element.attrib.items():
        targets = _TARGETS.get(str(name)) or (_ITEM if (str(name), kind) in _TYPED else None)
        if targets and str(text).strip():  # an empty one is a finding of the schema
            yield str(name), str(text), targets
    around = element.getparent()
    if kind in ("source", "target") and around is not None and local(around) == "linkEventDefinition":
        yield kind, element.text or "", frozenset({"linkEventDefinition"})
    if kind in _TARGETS and len(element) == 0:
        yield kind, element.text or "", _TARGETS[kind]


def _check(
    element: etree._Element, name: str, text: str, targets: frozenset[str], index: Index, report: Report
) -> None:
    found, key = index.kind(text), reference(text)
    if found in targets or index.elsewhere(text, element) or (not found and name in _ACROSS):
        return
    if not found:
        said = (f"{name} 引用的“{key}”不存在。", f'{name} names "{key}", which does not exist.')
    else:
        wanted = _some(targets)
        said = (f"{name} 应引用 {wanted}，而“{key}”是 {found}。", f'{name} must name {wanted}, but "{key}" is {found}.')
    report.at("bpmn-reference", element, said, _CURE)


def _some(kinds: frozenset[str]) -> str:
    names = sorted(kinds)
    return " / ".join(names[:4]) + (" …" if len(names) > 4 else "")

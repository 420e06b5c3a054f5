"""Lint: which events stand where, and what lanes hold (BPMN 2.0.2 tables 10.84 to 10.93, §10.5, 10.8).

The events that are executed are looked at while they are read; here are the others.
"""

from collections import Counter

from lxml import etree

from engine.runtime.definitions import reference
from engine.runtime.drawing import BPMN, local
from engine.runtime.index import Index, children, process_of, texts
from engine.runtime.report import Report

_CATCHES = ("message", "timer", "conditional", "signal")
_TOP = frozenset(_CATCHES)
_INNER = frozenset({*_CATCHES, "error", "escalation", "compensate"})
_ALWAYS = {"boundaryEvent": "cancelActivity", "startEvent": "isInterrupting"}
_PLACES = {
    "intermediateThrowEvent": frozenset({"message", "escalation", "compensate", "link", "signal"}),
    "intermediateCatchEvent": frozenset({*_CATCHES, "link"}),
    "boundaryEvent": frozenset({*_CATCHES, "error", "escalation", "compensate", "cancel"}),
    "endEvent": frozenset({"message", "error", "escalation", "cancel", "compensate", "signal", "terminate"}),
}


def check(index: Index, report: Report) -> None:
    """Add the events and lanes that are misplaced."""
    for event in index.all("startEvent", *_PLACES):
        if not index.executed(event):
            _check_event(event, index, report)
    for sets in index.all("laneSet", "childLaneSet"):
        _check_lanes(sets, index, report)


def _check_event(event: etree._Element, index: Index, report: Report) -> None:
    kinds = [index.kind(text) for text in texts(event, "eventDefinitionRef")]
    kinds += [local(child) for child in event if local(child).endswith("EventDefinition")]
    found = [kind.removesuffix("EventDefinition") for kind in kinds if kind]
    allowed = _allowed(event)
    wrong = [kind for kind in found if kind not in allowed]
    if wrong:
        said = (f"{local(event)} 在这里不能是 {wrong[0]}。", f"A {local(event)} cannot be {wrong[0]} here.")
        report.at("bpmn-event", event, said, ("请换一种事件。", "Use another kind of event."))
    if not found and (local(event) in ("intermediateCatchEvent", "boundaryEvent") or allowed is _INNER):
        said = ("事件没有触发条件。", "The event has no trigger.")
        report.at("bpmn-event", event, said, ("请写明等待什么。", "Say what it waits for."))
    host = index.find(event.get("attachedToRef"))
    if host is not None and host.getparent() is not event.getparent():
        said = ("边界事件和它的活动不在同一层。", "The boundary event lies in another scope than its activity.")
        report.at("bpmn-boundary", event, said, ("请拖到同一层的活动上。", "Drag it onto an activity beside it."))
    always = _ALWAYS.get(local(event))
    if always and event.get(always) == "false" and {"error", "cancel"}.intersection(found):
        said = ("错误和取消总是中断的。", "An error or cancel event always interrupts.")
        report.at("bpmn-event", event, said, ("请设为中断。", "Make it interrupting."))
    if len(found) > 1 and local(event) in ("intermediateThrowEvent", "intermediateCatchEvent") and "link" in found:
        said = ("链接事件不能有其他触发条件。", "A link event has no other trigger.")
        report.at("bpmn-event", event, said, ("请只保留链接。", "Keep the link only."))


def _allowed(event: etree._Element) -> frozenset[str]:
    if local(event) != "startEvent":
        return _PLACES[local(event)]
    around = event.getparent()
    if around is None or local(around) == "process":
        return _TOP
    return _INNER if around.get("triggeredByEvent") == "true" else frozenset()


def _check_lanes(sets: etree._Element, index: Index, report: Report) -> None:
    """§10.8: lanes divide the nodes of their own process; a node lies in one lane of a set."""
    taken: set[str] = set()
    for lane in children(sets, "lane"):
        names = [reference(text) for text in texts(lane, "flowNodeRef")]
        strangers = [n for n in names if (e := index.find(n)) is not None and process_of(e) != process_of(lane)]
        for name in strangers[:1]:
            said = (f"泳道列出了另一个流程的“{name}”。", f'The lane lists "{name}" of another process.')
            report.at("bpmn-lane", lane, said, ("请删除这个引用。", "Delete the reference."))
        held = {reference(e.text) for e in lane.iter(f"{{{BPMN}}}flowNodeRef")}
        twice = [name for name, times in Counter(names).items() if times > 1] or sorted(taken & held)
        for name in twice[:1]:
            said = (f"“{name}”被列出了两次。", f'"{name}" is listed twice.')
            report.at("bpmn-lane", lane, said, ("请只保留一条。", "Keep one."))
        taken |= held

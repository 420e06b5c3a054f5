"""What an event waits for or throws."""

from collections.abc import Callable
from dataclasses import replace

from lxml import etree

from engine.runtime import dialect
from engine.runtime.definitions import Definitions, reference, resolved
from engine.runtime.drawing import local
from engine.runtime.report import Report, line_of
from engine.runtime.values import Node, Timer

_EVERYWHERE = ("timer", "message", "signal", "conditional")
_ALLOWED = {
    "startEvent": _EVERYWHERE,
    "intermediateThrowEvent": ("message", "signal", "escalation", "link", "compensate"),
    "endEvent": ("terminate", "error", "message", "signal", "escalation", "compensate", "cancel"),
    "intermediateCatchEvent": (*_EVERYWHERE, "link"),
    "boundaryEvent": (*_EVERYWHERE, "error", "escalation", "compensate", "cancel"),
}
_BY_EVENT = (*_EVERYWHERE, "error", "escalation", "compensate")  # the start event of an event sub-process
_TOGETHER = ("message", "signal", "escalation")  # what one event can throw at once
_NEEDS = ("intermediateCatchEvent", "boundaryEvent")
_CURES = {
    "startEvent": (
        "用普通、消息、信号、定时或条件开始事件；事件子流程的开始事件还可以是错误、升级或补偿。",
        "Use a plain, message, signal, timer or conditional one; in event sub-processes also error, escalation or "
        "compensation.",
    ),
    "intermediateThrowEvent": (
        "用普通（里程碑）、消息、信号、升级、补偿或链接事件。",
        "Use a plain (milestone), message, signal, escalation, compensation or link event.",
    ),
    "endEvent": (
        "用普通、终止、错误、消息、信号、升级或补偿结束事件。",
        "Use a plain, terminate, error, message, signal, escalation or compensation end event.",
    ),
    "intermediateCatchEvent": (
        "用定时、消息、信号、条件或链接事件。",
        "Use a timer, message, signal, conditional or link event.",
    ),
    "boundaryEvent": (
        "用定时、消息、信号、条件、错误、升级或补偿边界事件。",
        "Use a timer, message, signal, conditional, error, escalation or compensation event.",
    ),
}


def with_event(node: Node, element: etree._Element, known: Definitions, by_event: bool, report: Report) -> Node:
    """The node with what its event definition says. `by_event`: it lies directly in an event sub-process."""
    if node.kind == "receiveTask" or (node.kind == "sendTask" and _is_message(node, element, known)):
        return _message(node, element, known, report)
    if node.kind not in _ALLOWED:
        return node
    found = [child for child in element if is_definition(local(child))]
    node = _attached(node, element)
    if len(found) > 1 and _may_be_several(node, found, element):
        return _several(node, [resolved(one, known, report) for one in found], element, known, report)
    if len(found) > 1 or (not found and (node.kind in _NEEDS or (by_event and node.kind == "startEvent"))):
        said = ("事件必须恰好有一个触发条件。", "The event must have exactly one trigger.")
        report.at("bpmn-event", element, said, _CURES[node.kind])
        return node
    return _defined(node, resolved(found[0], known, report), known, by_event, report) if found else node


def _is_message(node: Node, element: etree._Element, known: Definitions) -> bool:
    return bool(element.get("messageRef")) or node.id in known.flowing


def is_definition(name: str) -> bool:
    """Whether an element says what an event waits for or throws."""
    return name.endswith("EventDefinition") or name == "eventDefinitionRef"


def _defined(node: Node, definition: etree._Element, known: Definitions, by_event: bool, report: Report) -> Node:
    event = local(definition).removesuffix("EventDefinition")
    if event == "none":  # the reference to it is broken, and reported
        return node
    allowed = _BY_EVENT if by_event and node.kind == "startEvent" else _ALLOWED[node.kind]
    if event not in allowed:
        zh, en = f"{node.kind} 的 {local(definition)}", f"{local(definition)} on {node.kind}"
        report.unsupported(definition, zh, en, _CURES[node.kind])
        return node
    dialect.extensions(definition, report)  # nothing in it means anything here
    node = replace(node, event=event)
    reader = _READERS.get(event)
    return reader(node, definition, known, report) if reader else node


def _may_be_several(node: Node, found: list[etree._Element], element: etree._Element) -> bool:
    """Several that are thrown, or several triggers, any of them or all.

    A timer is over once, so without interrupting it cannot be one of all.
    """
    kinds = {local(one).removesuffix("EventDefinition") for one in found}
    if node.kind in ("intermediateThrowEvent", "endEvent"):
        return kinds <= set(_TOGETHER) and not node.job
    waits = node.kind in (*_NEEDS, "startEvent")
    again = "timer" not in kinds or element.get("parallelMultiple") != "true"
    return waits and kinds <= set(_EVERYWHERE) and (node.interrupting or again)


def _several(
    node: Node, found: list[etree._Element], element: etree._Element, known: Definitions, report: Report
) -> Node:
    """The node with all its triggers, or all that it throws."""
    triggers = []
    for one in found:
        dialect.extensions(one, report)
        kind = local(one).removesuffix("EventDefinition")
        triggers.append(_READERS[kind](replace(node, event=kind), one, known, report))
    return replace(node, event="multiple", triggers=tuple(triggers), all_of=element.get("parallelMultiple") == "true")


def _attached(node: Node, element: etree._Element) -> Node:
    if node.kind == "startEvent":
        return replace(node, interrupting=element.get("isInterrupting", "true") != "false")
    if node.kind != "boundaryEvent":
        return node
    host = reference(element.get("attachedToRef"))
    return replace(node, host=host or None, interrupting=element.get("cancelActivity", "true") != "false")


def _message(node: Node, definition: etree._Element, known: Definitions, report: Report) -> Node:
    name = reference(definition.get("messageRef")) or known.flowing.get(node.id, "")
    if name not in known.messages:
        said = (f"消息“{name}”不存在。", f'The message "{name}" does not exist.')
        report.add("bpmn-message", line_of(definition), node.id, said, ("请选择一个消息。", "Choose a message."))
        return node
    return replace(node, message=known.messages[name].name, key=known.messages[name].key)


def _signal(node: Node, definition: etree._Element, known: Definitions, report: Report) -> Node:
    name = reference(definition.get("signalRef"))
    if name not in known.signals:
        said = (f"信号“{name}”不存在。", f'The signal "{name}" does not exist.')
        report.add("bpmn-message", line_of(definition), node.id, said, ("请选择一个信号。", "Choose a signal."))
    return replace(node, signal=known.signals.get(name, ""))


def _error(node: Node, definition: etree._Element, known: Definitions, report: Report) -> Node:
    return _coded(node, definition, "errorRef", known.errors, report)


def _escalation(node: Node, definition: etree._Element, known: Definitions, report: Report) -> Node:
    return _coded(node, definition, "escalationRef", known.escalations, report)


def _coded(node: Node, definition: etree._Element, attribute: str, codes: dict[str, str], report: Report) -> Node:
    name = reference(definition.get(attribute))
    if not name and node.kind in ("boundaryEvent", "startEvent"):
        return replace(node, error=None)
    if name not in codes:
        said = (f"{attribute} “{name}”不存在。", f'The {attribute} "{name}" does not exist.')
        report.add("bpmn-error", line_of(definition), node.id, said, ("请选择一个。", "Choose one."))
    return replace(node, error=codes.get(name, ""))


def _condition(node: Node, definition: etree._Element, _known: Definitions, report: Report) -> Node:
    written = next((child for child in definition if local(child) == "condition"), None)
    text = (written.text or "").strip() if written is not None else ""
    if not text.startswith("="):
        said = (f"事件的条件“{text}”不是 FEEL。", f'The condition "{text}" of the event is not FEEL.')
        cure = ('条件要以 = 开头，例如 =decision = "approve"。', 'Start it with =, for example =decision = "approve".')
        report.add("bpmn-condition", line_of(definition), node.id, said, cure)
    return replace(node, condition=text)


def _link(node: Node, definition: etree._Element, _known: Definitions, _report: Report) -> Node:
    return replace(node, link=(definition.get("name") or "").strip())


def _compensate(node: Node, definition: etree._Element, _known: Definitions, _report: Report) -> Node:
    waits = definition.get("waitForCompletion", "true") != "false"
    return replace(node, target=reference(definition.get("activityRef")), waits=waits)


def _timer(node: Node, definition: etree._Element, _known: Definitions, report: Report) -> Node:
    found = [child for child in definition if local(child) in ("timeDate", "timeDuration", "timeCycle")]
    if len(found) != 1 or not (found[0].text or "").strip():
        said = ("定时事件没有时间。", "The timer has no time.")
        cure = ("请填写时长、时刻或重复间隔中的一个。", "Write one of duration, date or cycle.")
        report.add("bpmn-timer", line_of(definition), node.id, said, cure)
        return node
    kind = local(found[0]).removeprefix("time").lower()
    return replace(node, timer=Timer(kind, (found[0].text or "").strip(), line_of(found[0])))


_READERS: dict[str, Callable[[Node, etree._Element, Definitions, Report], Node]] = {
    "timer": _timer,
    "message": _message,
    "signal": _signal,
    "error": _error,
    "escalation": _escalation,
    "conditional": _condition,
    "link": _link,
    "compensate": _compensate,
}

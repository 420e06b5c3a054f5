"""What an event waits for or throws."""

from collections.abc import Mapping
from dataclasses import replace

from lxml import etree

from engine.runtime.drawing import BPMN, local
from engine.runtime.report import Report, line_of
from engine.runtime.values import Node, Timer

_ALLOWED = {
    "startEvent": (),
    "intermediateThrowEvent": (),
    "endEvent": ("terminate", "error"),
    "intermediateCatchEvent": ("timer",),
    "boundaryEvent": ("timer", "error"),
}
_NEEDS = ("intermediateCatchEvent", "boundaryEvent")
_CURES = {
    "startEvent": (
        "用没有标记的开始事件；办件由窗口收件启动。",
        "Use a plain start event; cases are started at the window.",
    ),
    "intermediateThrowEvent": ("用没有标记的中间事件（里程碑）。", "Use a plain intermediate event (a milestone)."),
    "endEvent": ("用普通、终止或错误结束事件。", "Use a plain, terminate or error end event."),
    "intermediateCatchEvent": ("用定时事件。", "Use a timer event."),
    "boundaryEvent": ("用定时边界事件，或子流程上的错误边界事件。", "Use a timer, or an error event on a sub-process."),
}


def error_codes(root: etree._Element, report: Report) -> dict[str, str]:
    """Code by id of the file's errors."""
    codes = {}
    for error in root.findall(f"{{{BPMN}}}error"):
        code = (error.get("errorCode") or "").strip()
        if not code:
            cure = ("请填写错误代码。", "Write an error code.")
            report.at("bpmn-error", error, ("错误没有代码。", "The error has no code."), cure)
        codes[error.get("id") or ""] = code
    return codes


def with_event(node: Node, element: etree._Element, errors: Mapping[str, str], report: Report) -> Node:
    """The node with what its event definition says."""
    found = [child for child in element if local(child).endswith(("EventDefinition", "EventDefinitionRef"))]
    if node.kind not in _ALLOWED:
        return node
    if len(found) > 1 or (not found and node.kind in _NEEDS):
        said = ("事件必须恰好有一个触发条件。", "The event must have exactly one trigger.")
        report.at("bpmn-event", element, said, _CURES[node.kind])
        return node
    node = _attached(node, element)
    if not found:
        return node
    event = local(found[0]).removesuffix("EventDefinition")
    if event not in _ALLOWED[node.kind]:
        report.unsupported(
            found[0], f"{node.kind} 的 {local(found[0])}", f"{local(found[0])} on {node.kind}", _CURES[node.kind]
        )
        return node
    if event == "error":
        return replace(node, event=event, error=_error(node, found[0], errors, report))
    return replace(node, event=event, timer=_timer(node, found[0], report) if event == "timer" else None)


def _attached(node: Node, element: etree._Element) -> Node:
    if node.kind != "boundaryEvent":
        return node
    host = (element.get("attachedToRef") or "").strip().rsplit(":", 1)[-1]
    return replace(node, host=host or None, interrupting=element.get("cancelActivity", "true") != "false")


def _error(node: Node, definition: etree._Element, errors: Mapping[str, str], report: Report) -> str | None:
    reference = (definition.get("errorRef") or "").strip().rsplit(":", 1)[-1]
    if not reference and node.kind == "boundaryEvent":
        return None
    if reference not in errors:
        said = (f"错误“{reference}”不存在。", f'The error "{reference}" does not exist.')
        report.add("bpmn-error", line_of(definition), node.id, said, ("请选择一个错误。", "Choose an error."))
    return errors.get(reference, "")


def _timer(node: Node, definition: etree._Element, report: Report) -> Timer | None:
    found = [child for child in definition if local(child) in ("timeDate", "timeDuration", "timeCycle")]
    if len(found) != 1 or not (found[0].text or "").strip():
        said = ("定时事件没有时间。", "The timer has no time.")
        cure = ("请填写时长、时刻或重复间隔中的一个。", "Write one of duration, date or cycle.")
        report.add("bpmn-timer", line_of(definition), node.id, said, cure)
        return None
    return Timer(local(found[0]).removeprefix("time").lower(), (found[0].text or "").strip(), line_of(found[0]))

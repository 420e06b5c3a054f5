"""Lint: compensation. Who undoes what, and whether an event that throws reaches everything it would have to."""

from collections.abc import Iterator

from engine.runtime.reading import ACTIVITIES, Reading
from engine.runtime.report import Report
from engine.runtime.values import Node

_RULE = "bpmn-compensation"


def check(reading: Reading, report: Report) -> None:
    """Add what is wrong with the compensation of a process."""
    undoing = [node for node in reading.nodes.values() if node.event == "compensate" and node.kind == "boundaryEvent"]
    handlers = {node.handler for node in undoing}
    for node in undoing:
        _check_boundary(node, reading, report)
    for node in reading.nodes.values():
        if node.undoes:
            _check_handler(node, handlers, reading, report)
        if node.event in ("compensate", "cancel") and node.kind != "boundaryEvent":
            _check_thrower(node, undoing, reading, report)
        if node.event == "cancel" or node.transaction:
            _check_cancel(node, reading, report)


def _check_boundary(node: Node, reading: Reading, report: Report) -> None:
    handler = reading.nodes.get(node.handler)
    alone = sum(1 for other in reading.attached.get(node.host or "", ()) if other.event == "compensate") == 1
    flows = node.id in reading.leaving
    sound = handler is not None and handler.undoes and handler.scope == node.scope and handler.kind in ACTIVITIES
    if sound and alone and not flows:
        return
    said = (
        "补偿边界事件要用关联（不是流向）连到同一层的一个补偿活动，每个活动只有一个。",
        "A compensation event is associated (no flow) with one compensating activity beside it, one for an activity.",
    )
    cure = ("请用关联连到 isForCompensation 的活动。", "Associate it with an activity that isForCompensation.")
    report.add(_RULE, node.line, node.id, said, cure)


def _check_handler(node: Node, handlers: set[str], reading: Reading, report: Report) -> None:
    flows = node.id in reading.leaving or node.id in reading.arriving
    hosts = node.id in reading.attached
    if flows or hosts or node.by_event or node.id not in handlers:
        said = (
            "补偿活动不能有流向或边界事件，只由补偿边界事件通到。",
            "A compensating activity has no flows and no events; only a compensation event leads to it.",
        )
        report.add(_RULE, node.line, node.id, said, ("请更正。", "Correct it."))


def _check_thrower(node: Node, undoing: list[Node], reading: Reading, report: Report) -> None:
    around = reading.nodes.get(node.scope)
    if around is not None and (around.by_event or around.undoes):
        said = ("不支持在事件子流程里补偿外层。", "Compensation from an event sub-process is not supported.")
        report.add("bpmn-unsupported", node.line, node.id, said, ("请移到外层。", "Move it outside."))
    beside = {other.host for other in undoing if other.scope == node.scope}
    if node.target and node.target not in beside:
        said = (f"“{node.target}”在这一层没有补偿。", f'"{node.target}" has no compensation in this scope.')
        report.add(_RULE, node.line, node.id, said, ("请选择有补偿边界事件的活动。", "Choose one that has."))
    for other in undoing:
        if node.scope in list(_around(other, reading))[1:] and not node.target:
            said = (
                f"不支持补偿已结束的子流程里的“{other.host}”。",
                f'Undoing "{other.host}" inside a completed sub-process is not supported.',
            )
            cure = ("请在子流程上画补偿边界事件，或在子流程里补偿。", "Compensate inside the sub-process.")
            report.add("bpmn-unsupported", node.line, node.id, said, cure)


def _check_cancel(node: Node, reading: Reading, report: Report) -> None:
    """A cancel end lies in a transaction, a cancel event on one, and neither is without the other."""
    if node.transaction:
        ends = any(n.event == "cancel" for n in reading.inside.get(node.id, ()) if n.kind == "endEvent")
        events = [n for n in reading.attached.get(node.id, ()) if n.event == "cancel"]
        sound = len(events) == (1 if ends else 0) and not node.by_event
    else:
        around = reading.nodes.get(node.scope if node.kind == "endEvent" else node.host or "")
        sound = around is not None and around.transaction and (node.kind == "endEvent" or node.interrupting)
    if not sound:
        said = (
            "取消结束事件在事务里，事务上有一个中断的取消边界事件：两者缺一不可。",
            "A cancel end is in a transaction and one interrupting cancel event on it: neither without the other.",
        )
        report.add("bpmn-transaction", node.line, node.id, said, ("请补上另一个。", "Add the other one."))


def _around(node: Node, reading: Reading) -> Iterator[str]:
    """The scopes around a node, the nearest first."""
    scope = node.scope
    while True:
        yield scope
        if scope not in reading.nodes:
            return
        scope = reading.nodes[scope].scope

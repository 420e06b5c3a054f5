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
        if node.event == "compensate" and node.kind in ("intermediateThrowEvent", "endEvent"):
            _check_thrower(node, undoing, reading, report)
        if _is_handling(node, node.scope, reading):
            _check_handling(node, undoing, reading, report)
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
    """What is named lies in a scope the event reaches, and can be undone."""
    target = reading.nodes.get(node.target)
    if node.target and (
        target is None or target.scope not in _reached(node, reading) or not _can_be_undone(target, undoing, reading)
    ):
        said = (f"“{node.target}”在这一层没有补偿。", f'"{node.target}" has no compensation in this scope.')
        report.add(_RULE, node.line, node.id, said, ("请选择有补偿的活动。", "Choose one that has."))


def _check_handling(node: Node, undoing: list[Node], reading: Reading, report: Report) -> None:
    """A compensation event sub-process: it stands for the boundary event of what it lies in."""
    alone = sum(1 for n in reading.inside.get(node.scope, ()) if _is_handling(n, node.scope, reading)) == 1
    around = reading.nodes.get(node.scope)
    if not alone or any(other.host == node.scope for other in undoing) or (around is not None and around.by_event):
        said = (
            "子流程只能有一处补偿：一个补偿事件子流程，或一个补偿边界事件；事件子流程没有补偿。",
            "A sub-process is compensated in one place: one compensation event sub-process or one boundary event; "
            "an event sub-process has none.",
        )
        report.add(_RULE, node.line, node.id, said, ("请只保留一处。", "Keep one of them."))
    elif around is None:
        said = (
            "只有被调用时，流程的补偿事件子流程才会执行。",
            "The compensation event sub-process of a process runs only where the process is called.",
        )
        cure = ("请确认流程会被调用，或删除它。", "Make sure that the process is called, or delete it.")
        report.add(_RULE, node.line, node.id, said, cure, warning=True)


def _is_handling(node: Node, scope: str, reading: Reading) -> bool:
    starts = (n for n in reading.inside.get(node.id, ()) if n.kind == "startEvent")
    return node.by_event and node.scope == scope and any(start.event == "compensate" for start in starts)


def _can_be_undone(node: Node, undoing: list[Node], reading: Reading) -> bool:
    """Whether it has a compensation of its own, or something inside has; what is in a called process nobody knows."""
    if node.kind == "callActivity" or any(other.host == node.id for other in undoing):
        return True
    inside = reading.inside.get(node.id, [])
    return any(_is_handling(n, node.id, reading) or _can_be_undone(n, undoing, reading) for n in inside)


def _reached(node: Node, reading: Reading) -> Iterator[str]:
    """The scope of an event that throws, and around an event sub-process the one it lies in."""
    scope = node.scope
    yield scope
    while scope in reading.nodes and reading.nodes[scope].by_event:
        scope = reading.nodes[scope].scope
        yield scope


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

"""Lint: what begins a process. Start events, receive tasks and event-based gateways that instantiate it."""

from collections import Counter

from engine.runtime import alarms
from engine.runtime.build import beginnings, first_nodes
from engine.runtime.moments import Cycle
from engine.runtime.reading import Reading
from engine.runtime.report import Report
from engine.runtime.trouble import TextRefused
from engine.runtime.values import Node

_RULE = "bpmn-start"


def check(reading: Reading, report: Report) -> None:
    """Add what is wrong with the beginnings of a process."""
    begins = [part for name in beginnings(reading) for part in reading.nodes[name].awaits]
    _check_alike(begins, report)
    _check_plain(reading, report)
    for node in reading.nodes.values():
        if node.instantiates:
            _check_instantiates(node, reading, report)
            _check_together(node, reading, report)
        elif node.kind == "eventBasedGateway" and node.all_of:
            said = ("并行的事件网关只能用来启动流程。", "A parallel event-based gateway only begins a process.")
            cure = ('请写 instantiate="true"，或改用并行网关。', 'Write instantiate="true", or use a parallel gateway.')
            report.add("bpmn-event-gateway", node.line, node.id, said, cure)
    for node in begins:
        if node.timer and node.timer.kind == "cycle" and _counts(node.timer.text):
            said = (
                "启动流程的重复没有起点，数不出次数。",
                "A cycle that begins a process and counts has no first moment.",
            )
            cure = ("请写成 R/PT1H、R3/2026-01-01T09:00:00+08:00/P1D，或 cron。",
                    "Write it like R/PT1H or R3/2026-01-01T09:00:00+08:00/P1D, or as cron.")  # fmt: skip
            report.add("bpmn-timer", node.timer.line, node.id, said, cure)


def _counts(text: str) -> bool:
    """Whether a cycle has to be counted from when it began to wait: each process that begins would count anew."""
    try:
        found = alarms.repetition(text)
    except TextRefused:
        return text.startswith("=")  # else `rules_texts` refuses it
    return isinstance(found, Cycle) and found.times is not None and found.start is None


def _check_together(node: Node, reading: Reading, report: Report) -> None:
    """Behind a parallel instantiating gateway each event waits for one thing."""
    behind = [reading.nodes.get(flow.target) for flow in reading.leaving.get(node.id, ())]
    for event in behind if node.all_of else ():
        if event is not None and event.triggers:
            said = ("这里的事件只能有一个触发条件。", "An event here has exactly one trigger.")
            report.add("bpmn-event", event.line, event.id, said, ("请拆成几个事件。", "Draw several events."))


def _check_alike(begins: list[Node], report: Report) -> None:
    """One message or signal begins the process once."""
    names = [(kind, name, n) for n in begins for kind, name in (("message", n.message), ("signal", n.signal)) if name]
    count = Counter((kind, name) for kind, name, _ in names)
    for kind, name, node in names:
        if count[kind, name] > 1:
            said = (f"“{name}”能在不止一处启动流程。", f'"{name}" begins the process in more than one place.')
            report.add("bpmn-many-starts", node.line, node.id, said, ("请只保留一处。", "Keep one of them."))


def _check_plain(reading: Reading, report: Report) -> None:
    """Several plain starts are alternatives: a process begins at one of them."""
    inside = [n for n in reading.inside.get(reading.process_id, ()) if n.kind == "startEvent"]
    first = first_nodes(reading, reading.process_id)
    for extra in [n for n in inside if not n.event and n.id not in first]:
        said = (
            "普通开始事件不止一个：流程只从其中一个开始，没有指定时是第一个。",
            "There are several plain start events: the process begins at one, the first unless another is named.",
        )
        cure = ("请只保留一个，或在启动时指定。", "Keep one, or name one when it is started.")
        report.add("bpmn-many-starts", extra.line, extra.id, said, cure, warning=True)


def _check_instantiates(node: Node, reading: Reading, report: Report) -> None:
    reached = node.id in reading.arriving
    beside = [n for n in reading.inside.get(node.scope, ()) if n is not node]
    others = any(n.kind == "startEvent" or (n.instantiates and node.kind == "eventBasedGateway") for n in beside)
    hosts = node.id in reading.attached
    if reached or others or hosts or node.loop or node.scope != reading.process_id:
        said = (
            f"“{node.called}”启动流程：它要在最外层，没有入口、边界事件和多实例，旁边也没有开始事件。",
            f'"{node.called}" begins the process: at the top, with no way to it, no boundary event, no loop, '
            "and no start event beside it.",
        )
        cure = ("请删除 instantiate，或画成这样。", "Delete instantiate, or draw it like that.")
        report.add(_RULE, node.line, node.id, said, cure)

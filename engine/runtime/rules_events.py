"""Lint: the events. What they are attached to, what they listen for, where they lead."""

from engine.runtime.activities import is_job, tells
from engine.runtime.reading import ACTIVITIES, Reading, grouped
from engine.runtime.report import Report
from engine.runtime.values import Node

_CATCHES = frozenset({"intermediateCatchEvent", "receiveTask"})
_INSIDE = frozenset({"subProcess", "callActivity"})
_THROWN = ("signal", "escalation")  # by several instances
_KEY = (
    '请在消息上填写 zeebe:subscription correlationKey，例如 "=case.number"。',
    'Add zeebe:subscription with a correlationKey to the message, for example "=case.number".',
)


def check(reading: Reading, report: Report) -> None:
    """Add what is wrong with the events of a process."""
    links = grouped((node for node in reading.nodes.values() if node.event == "link"), "link")
    for node in reading.nodes.values():
        if node.kind == "boundaryEvent":
            _check_attached(node, reading, report)
        if node.kind == "eventBasedGateway":
            _check_choice(node, reading, report)
        if node.event == "link":
            _check_link(node, links[node.link], reading, report)
        if node.by_event:
            _check_listener(node, reading, report)
        _check_named(node, reading, report)
        _check_told(node, report)


def _check_attached(node: Node, reading: Reading, report: Report) -> None:
    host = reading.nodes.get(node.host or "")
    if host is None or host.kind not in ACTIVITIES or host.scope != node.scope or host.by_event:
        said = (
            f"边界事件没有附在活动上（{node.host}）。",
            f"The boundary event is not attached to an activity ({node.host}).",
        )
        _add(node, "bpmn-boundary", said, ("请拖到一个活动的边上。", "Drag it onto an activity."), report)
    elif node.event in ("compensate", "cancel") or (host.loop and node.event in {t.event for t in host.loop.throws}):
        return  # rules_compensation looks at them; several instances throw what `behavior` says
    elif _at_once(host):
        said = (f"“{host.called}”立即完成，边界事件不会触发。", f'"{host.called}" completes at once; nothing fires.')
        meant = bool(host.loop and not host.loop.standard) and node.event in _THROWN  # `behavior` All throws nothing
        cure = ("请删除边界事件。", "Delete the boundary event.")
        report.add("bpmn-boundary", node.line, node.id, said, cure, warning=meant)
    elif node.event == "error" and not (node.interrupting and (host.kind in _INSIDE or is_job(host))):
        said = (
            "错误边界事件只能附在子流程、调用活动或作业上，并且是中断的。",
            "An error boundary event must interrupt a sub-process, a call activity or a job.",
        )
        cure = ("请改附在那里，并设为中断。", "Attach it there, interrupting.")
        _add(node, "bpmn-boundary", said, cure, report)
    elif node.event == "escalation" and host.kind not in _INSIDE:
        said = (
            "升级边界事件只能附在子流程或调用活动上。",
            "An escalation boundary event must be on a sub-process or a call activity.",
        )
        _add(node, "bpmn-boundary", said, ("请改附在那里。", "Attach it there."), report)


def _at_once(node: Node) -> bool:
    plain = node.kind in ("task", "manualTask", "scriptTask") and not is_job(node)
    return plain or bool(node.decision) or tells(node)


def _check_told(node: Node, report: Report) -> None:
    if tells(node) and node.loop:
        said = ("不支持不经作业发消息的多实例。", "Several messages without a job are not supported.")
        cure = ("请放进一个多实例的子流程。", "Put it into a multi-instance sub-process.")
        _add(node, "bpmn-unsupported", said, cure, report)


def _check_choice(node: Node, reading: Reading, report: Report) -> None:
    leaving = reading.leaving.get(node.id, [])
    for flow in leaving:
        target = reading.nodes.get(flow.target)
        if target is None:
            continue
        arriving, hosts = reading.arriving.get(target.id, []), target.id in reading.attached
        if target.kind not in _CATCHES or target.event == "link" or len(arriving) > 1 or target.loop or hosts:
            said = (
                f"事件网关之后的“{target.called}”不是只由它通到的等待事件。",
                f'"{target.called}" after the event-based gateway is no waiting event reached from it alone.',
            )
            cure = ("请在网关后直接画等待事件或没有边界事件的接收任务。",
                    "Draw a catching event, or a receive task without boundary events, right behind it.")  # fmt: skip
            report.add("bpmn-event-gateway", flow.line, flow.id, said, cure)
    if len(leaving) < 2:
        said = ("事件网关之后不到两个事件。", "The event-based gateway has fewer than two events.")
        _add(node, "bpmn-event-gateway", said, ("请画上事件，或去掉网关。", "Draw them or remove it."), report)


def _check_link(node: Node, named: list[Node], reading: Reading, report: Report) -> None:
    links = [other for other in named if other.scope == node.scope]
    targets = [n for n in links if n.kind == "intermediateCatchEvent"]
    if not node.link or len(targets) != 1 or len(targets) == len(links):
        said = (
            f"链接“{node.link}”没有恰好一个入口和至少一个出口。",
            f'The link "{node.link}" does not have exactly one target and at least one source.',
        )
        cure = ("请在同一层画一个同名的接收链接。", "Draw one catching link of the same name in the same scope.")
        _add(node, "bpmn-link", said, cure, report)
    side = reading.leaving if node.kind == "intermediateThrowEvent" else reading.arriving
    for flow in side.get(node.id, ()):
        if not flow.id.startswith("Link_"):
            said = ("链接事件的这一侧不能有流向。", "A flow on this side of a link event means nothing.")
            report.add("bpmn-link", flow.line, flow.id, said, ("请删除这个流向。", "Delete the flow."))


def _check_listener(node: Node, reading: Reading, report: Report) -> None:
    if node.id in reading.leaving or node.id in reading.arriving:
        said = ("事件子流程不能有流向。", "An event sub-process cannot have flows.")
        _add(node, "bpmn-event-part", said, ("请删除流向。", "Delete the flows."), report)
    starts = [n for n in reading.inside.get(node.id, ()) if n.kind == "startEvent"]
    if len(starts) != 1 or node.loop or node.inputs:
        said = ("事件子流程要有恰好一个开始事件，不能多实例，也不能有输入映射。",
                "An event sub-process needs exactly one start event, and no loop and no input mapping.")  # fmt: skip
        _add(node, "bpmn-event-part", said, ("请更正。", "Correct it."), report)
    for start in starts:
        if start.event == "error" and not start.interrupting:
            said = ("错误总是中断的。", "An error always interrupts.")
            _add(start, "bpmn-event-part", said, ("请设为中断。", "Make it interrupting."), report)


def _check_named(node: Node, reading: Reading, report: Report) -> None:
    around = reading.nodes.get(node.scope)
    starts = node.kind == "startEvent" and not (around and around.by_event)
    if starts and around and node.event:
        said = ("子流程的开始事件不能有触发条件。", "The start event of a sub-process cannot wait for anything.")
        cure = ("请用普通开始事件，或设为事件子流程。", "Use a plain one or make it an event sub-process.")
        _add(node, "bpmn-event", said, cure, report)
    starts = starts or node.instantiates or _is_first(node, reading)
    for part in node.awaits:
        _check_name(part, starts, report)


def _check_name(node: Node, starts: bool, report: Report) -> None:
    waits = node.kind in _CATCHES | {"boundaryEvent", "startEvent"}
    if node.message and waits and not starts and not node.key.startswith("="):
        said = (f"消息“{node.message}”没有关联键。", f'The message "{node.message}" has no correlation key.')
        _add(node, "bpmn-message", said, _KEY, report)
    if (starts and node.message.startswith("=")) or node.signal.startswith("="):
        said = ("这里的名称不能是表达式。", "The name cannot be an expression here.")
        _add(node, "bpmn-message", said, ("请写一个固定的名称。", "Write a fixed name."), report)


def _is_first(node: Node, reading: Reading) -> bool:
    """Whether the event begins a process, behind a gateway of which one event is enough."""
    before = [reading.nodes.get(flow.source) for flow in reading.arriving.get(node.id, ())]
    return any(gateway is not None and gateway.instantiates and not gateway.all_of for gateway in before)


def _add(node: Node, rule: str, said: tuple[str, str], cure: tuple[str, str], report: Report) -> None:
    report.add(rule, node.line, node.id, said, cure)

"""Lint: how nodes are connected, executed or not: flow ends and lists, gateways (BPMN 2.0.2 §7.6.1, 8.4.9, 10.6)."""

from lxml import etree

from engine.runtime.definitions import reference
from engine.runtime.drawing import local
from engine.runtime.index import FLOW_NODES, Index, children, process_of, texts
from engine.runtime.reading import EVENTS
from engine.runtime.report import Report

_GATEWAYS = tuple(sorted(kind for kind in FLOW_NODES if kind.endswith("Gateway")))
_DIRECTIONS = {  # what a direction says of the number of incoming and outgoing flows
    "Converging": lambda arriving, leaving: arriving > 1 and leaving <= 1,
    "Diverging": lambda arriving, leaving: arriving <= 1 and leaving > 1,
    "Mixed": lambda arriving, leaving: arriving > 1 and leaving > 1,
}
_UNCONDITIONAL = EVENTS | {"parallelGateway", "eventBasedGateway"}
_CONNECT = ("请重新连接。", "Connect it differently.")


def check(index: Index, report: Report) -> None:
    """Add what is wrong with the connections of a file."""
    for flow in index.all("sequenceFlow"):
        _check_flow(flow, index, report)
    for node in index.all(*sorted(FLOW_NODES)):
        _check_node(node, index, report)
    for gateway in index.all(*_GATEWAYS):
        _check_gateway(gateway, index, report)
    for choice in index.all("eventBasedGateway"):
        _check_choice(choice, index, report)


def _check_node(node: etree._Element, index: Index, report: Report) -> None:
    _check_ends(node, index, report)
    if index.lists:
        _check_lists(node, index, report)
    if node.get("default") and not index.executed(node):  # else it is looked at with the conditions
        _check_default(node, index, report)


def _check_flow(flow: etree._Element, index: Index, report: Report) -> None:
    ends = [index.find(flow.get("sourceRef")), index.find(flow.get("targetRef"))]
    for end in ends:
        if end is not None and local(end) not in FLOW_NODES:
            said = (f"流向的一端是 {local(end)}。", f"One end of the flow is {local(end)}.")
            cure = ("流向只连接活动、事件和网关。", "A sequence flow connects activities, events and gateways only.")
            report.at("bpmn-dangling-flow", flow, said, cure)
        elif end is not None and process_of(end) != process_of(flow):
            said = ("流向通到了另一个流程。", "The flow leads into another process.")
            report.at("bpmn-dangling-flow", flow, said, ("流程之间用消息流。", "Use a message flow between processes."))
        elif end is not None and end.getparent() is not flow.getparent():
            said = (
                "流向不在它连接的元素所在的那一层。",
                "The flow does not stand where the elements it connects stand.",
            )
            report.at("bpmn-dangling-flow", flow, said, _CONNECT)
    if flow.get("isImmediate") == "false" and index.executed(flow):
        said = ("执行的流程里 isImmediate 不能为 false。", "isImmediate cannot be false in a process that is executed.")
        report.at("bpmn-dangling-flow", flow, said, ("请删除 isImmediate。", "Delete isImmediate."))
    if children(flow, "conditionExpression"):
        _check_condition(flow, index, report)


def _check_condition(flow: etree._Element, index: Index, report: Report) -> None:
    """§8.3.13: conditions leave gateways that decide, and activities. Where it runs, that is looked at elsewhere."""
    source = index.find(flow.get("sourceRef"))
    kind = "" if source is None else local(source)
    if kind in _UNCONDITIONAL and not index.executed(flow):
        said = (f"{kind} 之后的流向不能有条件。", f"A flow that leaves {kind} cannot have a condition.")
        cure = ("请删除条件，或改用排他网关。", "Delete it or use an exclusive gateway.")
        report.at("bpmn-condition", flow, said, cure)


def _check_ends(node: etree._Element, index: Index, report: Report) -> None:
    """§10.5.2, 10.5.3: a start event is left, an end event is reached."""
    if local(node) == "startEvent" and not index.leaving(node) and not _alone(node):
        said = ("开始事件之后没有流向。", "No flow leaves the start event.")
        report.at("bpmn-dangling-flow", node, said, _CONNECT)
    if local(node) == "endEvent" and not index.arriving(node) and not index.executed(node):
        said = ("没有流向通到结束事件。", "No flow leads to the end event.")
        report.at("bpmn-dangling-flow", node, said, _CONNECT)


def _alone(node: etree._Element) -> bool:
    """Whether nothing else is drawn beside a node, as in a drawing just begun."""
    around = node.getparent()
    return around is None or not any(local(child) in FLOW_NODES for child in around if child is not node)


def _check_lists(node: etree._Element, index: Index, report: Report) -> None:
    """The lists of flows a node keeps say what the flows say; a flow drawn by hand may be missing in them."""
    for name, flows in (("incoming", index.arriving(node)), ("outgoing", index.leaving(node))):
        written = [reference(text) for text in texts(node, name)]
        real = {flow.get("id") or "" for flow in flows}
        wrong = len(set(written)) < len(written) or bool(set(written) - real)
        if not wrong and not real - set(written) - {""}:
            continue
        said = (
            f"{name} 没有恰好列出连在这里的流向。",
            f"{name} does not list exactly the flows that are connected here.",
        )
        cure = (f"请更正 {name}，或全部删除。", f"Correct {name}, or delete all these lists.")
        report.at("bpmn-incoming", node, said, cure, warning=not wrong)


def _check_default(node: etree._Element, index: Index, report: Report) -> None:
    if reference(node.get("default")) not in [flow.get("id") for flow in index.leaving(node)]:
        said = ("默认流向不从这里出发。", "The default flow does not start here.")
        report.at("bpmn-default", node, said, ("请更正默认流向。", "Correct the default flow."))


def _check_gateway(gateway: etree._Element, index: Index, report: Report) -> None:
    arriving, leaving = len(index.arriving(gateway)), len(index.leaving(gateway))
    direction = gateway.get("gatewayDirection") or ""
    if direction in _DIRECTIONS and not _DIRECTIONS[direction](arriving, leaving):
        said = (
            f"gatewayDirection 是 {direction}，但有 {arriving} 个入口、{leaving} 个出口。",
            f"gatewayDirection is {direction}, but {arriving} flows arrive and {leaving} leave.",
        )
        report.at(
            "bpmn-gateway", gateway, said, ("请更正或删除 gatewayDirection。", "Correct or delete gatewayDirection.")
        )


def _check_choice(choice: etree._Element, index: Index, report: Report) -> None:
    """§10.6.6: receive tasks and message events do not mix, and a receive task behind it has no boundary events."""
    parallel, instantiates = choice.get("eventGatewayType") == "Parallel", choice.get("instantiate") == "true"
    if parallel and not instantiates:
        said = ("并行的事件网关必须 instantiate。", "A parallel event-based gateway must be instantiate.")
        report.at("bpmn-event-gateway", choice, said, ("请删除 eventGatewayType。", "Delete eventGatewayType."))
    if instantiates and index.arriving(choice):
        said = ("启动流程的事件网关不能有入口。", "An event-based gateway that starts a process has no incoming flow.")
        report.at("bpmn-event-gateway", choice, said, ("请删除 instantiate。", "Delete instantiate."))
    targets = [found for flow in index.leaving(choice) if (found := index.find(flow.get("targetRef"))) is not None]
    tasks = [target for target in targets if local(target) == "receiveTask"]
    messages = any(local(child) == "messageEventDefinition" for target in targets for child in target)
    if tasks and messages:
        said = ("事件网关之后不能同时有接收任务和消息事件。", "Receive tasks and message events do not mix behind it.")
        report.at("bpmn-event-gateway", choice, said, ("请只用其中一种。", "Use one of the two."))
    for task in tasks:
        if index.events_on(task):
            said = (
                "事件网关之后的接收任务不能有边界事件。",
                "A receive task behind an event-based gateway has no boundary events.",
            )
            report.at("bpmn-event-gateway", task, said, ("请删除边界事件。", "Delete the boundary event."))

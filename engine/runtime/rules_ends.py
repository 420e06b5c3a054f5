"""Lint: where a flow begins and ends, what splits it, what a call is given (BPMN 2.0.2 §8.3.13, 10.3.6, 10.5, 10.6.1).

The runtime executes a drawing that breaks these rules, and a release published once goes on, so `read` does not ask.
"""

from collections.abc import Iterator

from lxml import etree

from engine.runtime.definitions import reference
from engine.runtime.drawing import local
from engine.runtime.index import FLOW_NODES, Index, children
from engine.runtime.reading import ACTIVITIES, GATEWAYS
from engine.runtime.report import Report

_SCOPES = ("process", "subProcess", "transaction")
_BETWEEN = frozenset({"intermediateThrowEvent", "intermediateCatchEvent", "boundaryEvent"})
_NAMED = {f"{name}EventDefinition": f"{name}Ref" for name in ("message", "signal", "error", "escalation")}
_START = ("请画一个开始事件，连到第一步。", "Draw a start event and lead it to the first step.")
_END = ("请画一个结束事件并连过去。", "Draw an end event and lead a flow to it.")


def check(index: Index, report: Report) -> None:
    """Add what begins or ends without saying so, and what seems to split and does not."""
    for scope in index.all(*_SCOPES):
        _check_scope(scope, index, report)
    _check_alike(index, report)
    for gateway in index.all(*sorted(GATEWAYS - {"eventBasedGateway"})):
        _check_gateway(gateway, index, report)
    for flow in index.all("sequenceFlow"):
        _check_alone(flow, index, report)
    for call in index.all("callActivity"):
        _check_call(call, index, report)


def _check_scope(scope: etree._Element, index: Index, report: Report) -> None:
    """§10.5.2, 10.5.3: a start asks for an end, an end for a start; with an end, nothing else is left open."""
    inside = [child for child in scope if local(child) in FLOW_NODES]
    starts = [node for node in inside if local(node) == "startEvent" or node.get("instantiate") == "true"]
    ends = [node for node in inside if local(node) == "endEvent"]
    if starts and not ends:
        said = ("有开始事件，却没有结束事件。", "There is a start event but no end event.")
        report.at("bpmn-no-end", starts[0], said, _END)
    elif inside and not starts:
        _check_implicit(scope, ends, index, report)
    for node in _open(inside, index):
        _check_open(node, starts, ends, index, report)
    if starts and not index.executed(scope):  # else `rules_flows` looks at it
        for node in _unled(inside, index):
            said = ("没有流向通到这里，它不会开始。", "No flow leads here, so it never begins.")
            report.at("bpmn-unreachable", node, said, ("请连上或删除它。", "Connect it or delete it."))


def _check_alike(index: Index, report: Report) -> None:
    """§10.5.6: of one scope, one event interrupts by one event sub-process."""
    seen: set[tuple[etree._Element | None, str, str]] = set()
    for part in (p for p in index.all("subProcess") if p.get("triggeredByEvent") == "true"):
        found = {(part.getparent(), *event) for event in _interrupts(part)}
        if found & seen:
            said = ("两个事件子流程由同一个事件中断触发。", "Two event sub-processes interrupt by the same event.")
            report.at("bpmn-event-part", part, said, ("请合并成一个。", "Make them one."))
        seen |= found


def _interrupts(part: etree._Element) -> Iterator[tuple[str, str]]:
    """What triggers an event sub-process by interrupting: the kind and what it names."""
    for begins in (start for start in children(part, "startEvent") if start.get("isInterrupting") != "false"):
        for kind, attribute in _NAMED.items():
            yield from ((kind, reference(found.get(attribute))) for found in children(begins, kind))


def _check_implicit(scope: etree._Element, ends: list[etree._Element], index: Index, report: Report) -> None:
    """Without a start event all nodes without an incoming flow begin; that goes with implicit ends only."""
    if ends:
        said = ("有结束事件，却没有开始事件。", "There is an end event but no start event.")
        report.at("bpmn-no-start", ends[0], said, _START)
    elif index.executed(scope):
        said = (
            "没有开始事件：所有没有入口的节点会同时开始。",
            "There is no start event: every node without an incoming flow starts.",
        )
        cure = ("请画一个开始事件。", "Draw a start event.")
        report.at("bpmn-no-start", scope, said, cure, warning=True)


def _unled(inside: list[etree._Element], index: Index) -> Iterator[etree._Element]:
    """The nodes beside a start event to which a flow would have to lead, and none does."""
    for node in inside:
        begins = local(node) in ("startEvent", "boundaryEvent", "endEvent") or node.get("instantiate") == "true"
        if not (begins or index.arriving(node) or _is_apart(node) or _is(node, "linkEventDefinition")):
            yield node


def _open(inside: list[etree._Element], index: Index) -> Iterator[etree._Element]:
    """The nodes after which something would have to follow, and nothing does."""
    for node in inside:
        nameless = not node.get("id")  # the reader makes its id: whether a flow names that, only it can say
        if nameless or local(node) in ("startEvent", "endEvent") or _is_apart(node) or index.leaving(node):
            continue
        if not (_is(node, "compensateEventDefinition", "boundaryEvent") or _is(node, "linkEventDefinition")):
            yield node


def _is_apart(node: etree._Element) -> bool:
    return node.get("isForCompensation") == "true" or node.get("triggeredByEvent") == "true"


def _is(node: etree._Element, definition: str, *kinds: str) -> bool:
    return bool(children(node, definition)) and (not kinds or local(node) in kinds)


def _check_open(
    node: etree._Element, starts: list[etree._Element], ends: list[etree._Element], index: Index, report: Report
) -> None:
    wrong = bool(ends) or local(node) in _BETWEEN
    if wrong or (not starts and index.executed(node)):
        name = " ".join((node.get("name") or "").split()) or node.get("id") or ""
        said = (
            f"“{name}”之后没有流向，流程在这里结束。",
            f'Nothing follows "{name}"; it ends there.',
        )
        report.at("bpmn-no-end", node, said, _END, warning=not wrong)


def _check_gateway(gateway: etree._Element, index: Index, report: Report) -> None:
    """§10.6.1: a gateway merges or splits."""
    if len(index.arriving(gateway)) < 2 and len(index.leaving(gateway)) < 2:
        said = ("网关既不分支也不合并。", "The gateway neither splits nor merges.")
        cure = ("请画上其他流向，或去掉网关。", "Draw the other flows or remove the gateway.")
        report.at("bpmn-gateway", gateway, said, cure)


def _check_call(call: etree._Element, index: Index, report: Report) -> None:
    """§10.3.6: a call hands over and takes back exactly the data its process says."""
    called = index.find(call.get("calledElement"))
    if called is None:
        return
    for kind in ("dataInput", "dataOutput"):
        here, there = (_count(element, kind) for element in (call, called))
        if here != there:
            said = (
                f"调用活动有 {here} 个 {kind}，被调用的流程有 {there} 个。",
                f"The call activity has {here} {kind}, the called process {there}.",
            )
            cure = ("请写成一样的。", "Write the same on both.")
            report.at("bpmn-data", call, said, cure)


def _count(element: etree._Element, kind: str) -> int:
    return sum(len(children(specification, kind)) for specification in children(element, "ioSpecification"))


def _check_alone(flow: etree._Element, index: Index, report: Report) -> None:
    """§8.3.13: an activity that a conditional flow leaves has another way to go."""
    source = index.find(flow.get("sourceRef"))
    if source is None or local(source) not in ACTIVITIES or not children(flow, "conditionExpression"):
        return
    if len(index.leaving(source)) == 1:
        said = ("活动只有这一个出口，却有条件。", "It is the only flow that leaves the activity, and has a condition.")
        cure = ("请再画一个流向，或删除条件。", "Draw another flow or delete the condition.")
        report.at("bpmn-condition", flow, said, cure)

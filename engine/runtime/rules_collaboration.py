"""Lint: the pools and what passes between them (BPMN 2.0.2 §7.6.2, 8.4.2, 9.2-9.4).

None of it is executed; it has to be right all the same, or the picture a person sees is not the process that runs.
"""

from lxml import etree

from engine.runtime.definitions import reference
from engine.runtime.drawing import local
from engine.runtime.index import Index, children, process_of, texts
from engine.runtime.reading import ACTIVITIES
from engine.runtime.report import Report

_TALKS = ("conversation", "subConversation", "callConversation")
_NOT_EXECUTED = (
    "choreography",
    "globalChoreographyTask",
    "globalConversation",
    *_TALKS,
    "conversationLink",
    "conversationAssociation",
)
_SENDS = ACTIVITIES - {"receiveTask"} | {"endEvent", "intermediateThrowEvent"}
_TAKES = ACTIVITIES - {"sendTask"} | {"startEvent", "intermediateCatchEvent", "boundaryEvent"}
_EVENTS = frozenset({"startEvent", "endEvent", "intermediateThrowEvent", "intermediateCatchEvent", "boundaryEvent"})
_BETWEEN = (
    "消息流从一个泳池的活动、抛出消息的事件或泳池本身，通到另一个泳池的活动、接收消息的事件或泳池本身。",
    "A message flow leads from a pool, an activity or an event that throws a message to those of another pool.",
)


def check(index: Index, report: Report) -> None:
    """Add what is wrong with the collaborations of a file."""
    for element in index.all(*_NOT_EXECUTED):
        _refuse(element, report)
    pools = {reference(pool.get("processRef")): pool for pool in index.all("participant") if pool.get("processRef")}
    for pool in index.all("participant"):
        _check_pool(pool, report)
    for flow in index.all("messageFlow"):
        _check_flow(flow, index, pools, report)
    _check_keys(index, report)


def _refuse(element: etree._Element, report: Report) -> None:
    cure = ("请移到另一个文件，这里只画流程。", "Move it to another file; only processes are executed here.")
    report.unsupported(element, f" {local(element)}", local(element), cure)


def _check_pool(pool: etree._Element, report: Report) -> None:
    for several in children(pool, "participantMultiplicity"):
        least, most = _number(several.get("minimum", "0")), _number(several.get("maximum", "1"))
        if least < 0 or most < 1 or most < least:
            said = (
                "参与者的 maximum 小于 minimum，或小于 1。",
                "The maximum of a pool is below its minimum or below 1.",
            )
            report.at("bpmn-pool", pool, said, ("请更正 participantMultiplicity。", "Correct participantMultiplicity."))


def _number(text: str) -> int:
    return int(text) if text.lstrip("-").isdecimal() else 0


def _check_flow(flow: etree._Element, index: Index, pools: dict[str, etree._Element], report: Report) -> None:
    sides = []
    for attribute, allowed in (("sourceRef", _SENDS), ("targetRef", _TAKES)):
        end = index.find(flow.get(attribute))
        if end is None:
            text = flow.get(attribute) or ""
            if text.strip() and not index.elsewhere(text, flow):
                said = (
                    f"消息流的一端“{reference(text)}”不存在。",
                    f'An end of the message flow, "{reference(text)}", does not exist.',
                )
                report.at("bpmn-message-flow", flow, said, ("请重新连接或删除它。", "Connect it again or delete it."))
            continue
        sides.append(_pool_of(end, pools))
        if not _may_talk(end, allowed, index):
            said = (
                f"消息流的 {attribute} 不能是这个 {local(end)}。",
                f"{attribute} of a message flow cannot be this {local(end)}.",
            )
            report.at("bpmn-message-flow", flow, said, _BETWEEN)
    if len(sides) == 2 and sides[0] is not None and sides[0] is sides[1]:
        said = ("消息流的两端在同一个泳池里。", "Both ends of the message flow lie in one pool.")
        report.at("bpmn-message-flow", flow, said, ("泳池内用流向。", "Use a sequence flow inside a pool."))


def _pool_of(end: etree._Element, pools: dict[str, etree._Element]) -> etree._Element | None:
    if local(end) == "participant":
        return end
    process = process_of(end)
    if process is None:
        return None
    around = next((e for e in end.iterancestors() if local(e) == "process"), None)
    return pools.get(process, around)


def _may_talk(end: etree._Element, allowed: frozenset[str], index: Index) -> bool:
    """Whether an element can be that end: a pool, an activity, or an event that sends or takes a message."""
    kind = local(end)
    if kind == "participant":
        return True
    if kind not in allowed or kind not in _EVENTS:
        return kind in allowed
    means = [index.kind(text) for text in texts(end, "eventDefinitionRef")] + [local(child) for child in end]
    return "messageEventDefinition" in means


def _check_keys(index: Index, report: Report) -> None:
    """§8.4.2: a key has properties, a subscription binds those of its key and no others."""
    for key in index.all("correlationKey"):
        if not children(key, "correlationPropertyRef"):
            said = ("关联键没有属性。", "The correlation key has no properties.")
            report.at("bpmn-correlation", key, said, ("请列出关联属性。", "List its correlation properties."))
    for subscription in index.all("correlationSubscription"):
        named = index.find(subscription.get("correlationKeyRef"))
        wanted = set() if named is None else {reference(text) for text in texts(named, "correlationPropertyRef")}
        bindings = children(subscription, "correlationPropertyBinding")
        bound = [reference(binding.get("correlationPropertyRef")) for binding in bindings]
        if set(bound) - wanted or len(set(bound)) < len(bound) or (bound and set(bound) != wanted):
            said = (
                "关联订阅没有恰好绑定其关联键的属性。",
                "The subscription does not bind exactly the properties of its key.",
            )
            report.at("bpmn-correlation", subscription, said, ("请更正绑定。", "Correct the bindings."))
    for ours in index.all("correlationProperty"):
        messages = [reference(e.get("messageRef")) for e in children(ours, "correlationPropertyRetrievalExpression")]
        if len(set(messages)) < len(messages):
            said = ("同一消息的关联属性写了两次。", "The property is written twice for one message.")
            report.at("bpmn-correlation", ours, said, ("只保留一个。", "Keep one."))

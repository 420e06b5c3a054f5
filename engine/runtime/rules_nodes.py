"""Lint: the nodes. What is missing on them, and the words that mean something to the engine."""

import re

from engine.runtime import tries
from engine.runtime.activities import is_job, tells
from engine.runtime.dialect import is_target
from engine.runtime.reading import ACTIVITIES, Reading
from engine.runtime.report import Report
from engine.runtime.values import Node
from engine.words import SPECIAL, Outcome, Stage

MOST_LOOKED_AT = 2_000_000  # flows
_ITEM = re.compile(r"[a-z][a-z0-9_]*")
_PAUSES = ACTIVITIES | {"intermediateCatchEvent"}
_PLACES = {  # property: the kinds it means something on
    "stage": frozenset({"userTask"}),
    "limit": frozenset({"userTask"}),
    "no_item": frozenset({"userTask"}),
    "phase": frozenset({"userTask"}),
    "result": frozenset({"endEvent"}),
    "pause": _PAUSES,
}
_TAKES = ACTIVITIES - {"receiveTask"}
_GIVES = ACTIVITIES
_CARRY = frozenset({"message", "signal", "error", "escalation", "timer", "conditional", "multiple"})


def check(reading: Reading, report: Report) -> None:
    """Add what is wrong with the nodes of a process."""
    joins = [node for node in reading.nodes.values() if node.kind in ("inclusiveGateway", "complexGateway")]
    ways = sum(len(reading.arriving.get(node.id, ())) for node in joins)
    if ways * len(reading.flows) > MOST_LOOKED_AT:  # each join keeps from where each of its flows can be reached
        said = (
            "包容网关和复杂网关汇合的流向太多。",
            "Too many flows join in inclusive and complex gateways.",
        )
        report.add("bpmn-xml", joins[-1].line, joins[-1].id, said, ("请拆成较小的图。", "Split the drawing."))
    for node in reading.nodes.values():
        _check_words(node, report)
        _check_content(node, reading, report)
        tries.check(node, report)


def _check_words(node: Node, report: Report) -> None:
    properties = node.properties
    stage, item, outcome = properties.get("stage", ""), properties.get("item", ""), node.outcome
    if stage and stage not in list(Stage):
        _wrong(node, "stage", stage, "、".join(Stage), report)
    if "item" in properties and not _ITEM.fullmatch(item):
        _wrong(node, "item", item, "[a-z][a-z0-9_]*", report)
    if outcome and not outcome.startswith("=") and outcome not in list(Outcome):
        _wrong(node, "outcome", outcome, "、".join(Outcome), report)
    if outcome and not node.item:
        said = ("写了 outcome，却不知道是哪个事项。", "It has an outcome but belongs to no item.")
        report.add("bpmn-property", node.line, node.id, said, ("请加上属性 item。", "Add the property item."))
    pause = properties.get("pause", "")
    if pause and pause not in SPECIAL:
        _wrong(node, "pause", pause, "、".join(SPECIAL), report)
    _check_places(node, report)


def _check_places(node: Node, report: Report) -> None:
    """Each word stands where it means something, and what belongs to an item says to which."""
    properties = node.properties
    for name in ("pause", "phase"):
        if properties.get(name) and not node.item:
            said = (f"写了 {name}，却不知道是哪个事项。", f"It has the property {name} but belongs to no item.")
            report.add("bpmn-property", node.line, node.id, said, ("请加上属性 item。", "Add the property item."))
    for name, kinds in _PLACES.items():
        if properties.get(name) and node.kind not in kinds:
            said = (f"属性 {name} 在 {node.kind} 上没有意义。", f"The property {name} means nothing on {node.kind}.")
            report.add("bpmn-property", node.line, node.id, said, ("请删除它。", "Delete it."))


def _wrong(node: Node, name: str, value: str, allowed: str, report: Report) -> None:
    said = (f"属性 {name} 的值“{value}”无效。", f'The value "{value}" of the property {name} is not valid.')
    report.add("bpmn-property", node.line, node.id, said, (f"应为：{allowed}。", f"Use: {allowed}."))


def _check_content(node: Node, reading: Reading, report: Report) -> None:
    if is_job(node) and not node.job:
        said = ("没有作业类型。", "It has no job type.")
        report.add(
            "bpmn-no-job", node.line, node.id, said, ("请填写 zeebe:taskDefinition。", "Add zeebe:taskDefinition type.")
        )
    if node.kind == "scriptTask":
        _check_script(node, report)
    if node.kind == "businessRuleTask" and node.decision:
        _check_decision(node, report)
    if node.kind == "callActivity":
        _check_call(node, report)
    _check_mappings(node, report)
    if node.ad_hoc:
        _check_ad_hoc(node, reading, report)
    if node.kind == "subProcess" and node.id not in reading.inside and not node.ad_hoc:  # told as bpmn-ad-hoc
        said = ("子流程是空的。", "The sub-process is empty.")
        report.add("bpmn-empty", node.line, node.id, said, ("请画上内容或删除它。", "Draw its content or delete it."))


def _check_script(node: Node, report: Report) -> None:
    if is_job(node) and not node.script:
        return
    if is_job(node) or not (node.script.startswith("=") and is_target(node.variable)):
        said = (
            "没有 FEEL 脚本，或没有结果变量，或同时又是作业。",
            "It has no FEEL script or no result variable, or is a job as well.",
        )
        cure = (
            "请用 zeebe:script 填写以 = 开头的 expression 和 resultVariable，或用 zeebe:taskDefinition 作为作业；"
            "不支持其他脚本语言。",
            "Add zeebe:script with an expression that starts with = and a resultVariable, or make it a job with "
            "zeebe:taskDefinition; nothing else is run.",
        )
        report.add("bpmn-no-script", node.line, node.id, said, cure)


def _check_decision(node: Node, report: Report) -> None:
    if node.decision.startswith("=") or node.job or not is_target(node.variable):
        said = (
            "业务规则任务要有固定的 decisionId 和 resultVariable，不能同时是作业。",
            "A business rule task needs a fixed decisionId and a resultVariable, and cannot be a job as well.",
        )
        cure = ("请更正 zeebe:calledDecision。", "Correct zeebe:calledDecision.")
        report.add("bpmn-decision", node.line, node.id, said, cure)


def _check_ad_hoc(node: Node, reading: Reading, report: Report) -> None:
    inside = reading.inside.get(node.id, [])
    for wrong in [n for n in inside if n.kind in ("startEvent", "endEvent")]:
        said = ("自由子流程里不能有开始或结束事件。", "An ad-hoc sub-process has no start or end events.")
        report.add("bpmn-ad-hoc", wrong.line, wrong.id, said, ("请删除它。", "Delete it."))
    if node.by_event:
        said = ("自由子流程不能由事件触发。", "An ad-hoc sub-process cannot be started by an event.")
        report.add("bpmn-ad-hoc", node.line, node.id, said, ("请用普通子流程。", "Use a plain sub-process."))


def _check_call(node: Node, report: Report) -> None:
    if not node.calls:
        said = ("没有写明调用哪个流程。", "It does not say which process it calls.")
        cure = ("请在 zeebe:calledElement 上填写 processId。", "Write a processId on zeebe:calledElement.")
        report.add("bpmn-call", node.line, node.id, said, cure)


def _check_mappings(node: Node, report: Report) -> None:
    """A mapping that nothing would look at."""
    for side, entries, means in (
        ("input", node.inputs, node.kind in _TAKES or is_job(node) or tells(node) or _is_signal(node)),
        ("output", node.outputs, node.kind in _GIVES or is_job(node) or (node.event in _CARRY and not _throws(node))),
    ):
        if entries and not means:
            said = (f"这里的 zeebe:{side} 没有意义。", f"zeebe:{side} means nothing here.")
            report.add("bpmn-mapping", node.line, node.id, said, ("请删除它。", "Delete it."))


def _is_signal(node: Node) -> bool:
    return node.event in ("signal", "multiple") and _throws(node)


def _throws(node: Node) -> bool:
    return node.kind in ("intermediateThrowEvent", "endEvent")

"""Lint: the activities as BPMN 2.0.2 §10.3 and 10.7 want them, whoever executes them."""

from collections.abc import Callable

from lxml import etree

from engine.runtime.definitions import reference
from engine.runtime.drawing import ZEEBE, local
from engine.runtime.index import Index, children, texts
from engine.runtime.reading import ACTIVITIES
from engine.runtime.report import Report, line_of

_BEHAVIOURS = {"One": "oneBehaviorEventRef", "None": "noneBehaviorEventRef"}


def check(index: Index, report: Report) -> None:
    """Add what is wrong with the activities of a file."""
    for kinds, look in _LOOKS:
        for element in index.all(*kinds):
            look(element, index, report)


def _check_several(marker: etree._Element, index: Index, report: Report) -> None:
    """§10.3.8: how many is said once, and each behaviour has what it needs."""
    zeebe = marker.find(f".//{{{ZEEBE}}}loopCharacteristics")
    listed = [] if zeebe is None or not zeebe.get("inputCollection") else [zeebe]
    given = [*children(marker, "loopCardinality"), *children(marker, "loopDataInputRef"), *listed]
    if len(given) != 1 and not index.executed(marker):  # else `rules_loops` says it
        said = (
            "多实例没有恰好一次写明实例的个数。",
            "The multi-instance activity does not say exactly once how many there are.",
        )
        cure = ("请填写集合或个数中的一个。", "Write either a collection or a cardinality.")
        _at("bpmn-loop", marker, said, cure, report)
    behaviour = marker.get("behavior", "All")
    needed = _BEHAVIOURS.get(behaviour)
    if needed and not marker.get(needed):
        said = (f"behavior 是 {behaviour}，却没有 {needed}。", f"behavior is {behaviour}, but {needed} is missing.")
        _at("bpmn-loop", marker, said, (f"请填写 {needed}。", f"Write {needed}."), report)
    if (behaviour == "Complex") != bool(children(marker, "complexBehaviorDefinition")):
        said = (
            "complexBehaviorDefinition 与 behavior=Complex 缺一不可。",
            "complexBehaviorDefinition and behavior Complex need each other.",
        )
        _at("bpmn-loop", marker, said, ("请补上另一个，或都删除。", "Add the other one or delete both."), report)
    for item, list_ in (("inputDataItem", "loopDataInputRef"), ("outputDataItem", "loopDataOutputRef")):
        if children(marker, item) and not children(marker, list_):
            said = (f"有 {item}，却没有 {list_}。", f"There is {item}, but no {list_}.")
            _at("bpmn-loop", marker, said, (f"请填写 {list_}。", f"Write {list_}."), report)


def _check_standard(marker: etree._Element, _index: Index, report: Report) -> None:
    most = marker.get("loopMaximum")
    if most is not None and not (most.strip().isdecimal() and int(most)):
        said = (f"loopMaximum 不能是“{most}”。", f'loopMaximum cannot be "{most}".')
        _at("bpmn-loop", marker, said, ("请写 1 或更大的整数。", "Write a whole number from 1."), report)


def _check_ad_hoc(part: etree._Element, index: Index, report: Report) -> None:
    """§10.3.5: it holds at least one activity."""
    if not any(local(child) in ACTIVITIES for child in part):
        said = ("自由子流程里没有活动。", "The ad-hoc sub-process holds no activity.")
        report.at("bpmn-ad-hoc", part, said, ("请画上活动或删除它。", "Draw an activity or delete it."))
    if not index.executed(part) and any(local(child) in ("startEvent", "endEvent") for child in part):
        said = ("自由子流程里不能有开始或结束事件。", "An ad-hoc sub-process has no start or end events.")
        report.at("bpmn-ad-hoc", part, said, ("请删除它。", "Delete it."))


def _check_script(task: etree._Element, _index: Index, report: Report) -> None:
    """§10.3.3.6: a script has a format."""
    if any((child.text or "").strip() for child in children(task, "script")) and not task.get("scriptFormat"):
        said = ("脚本没有 scriptFormat。", "The script has no scriptFormat.")
        report.at("bpmn-no-script", task, said, ("请改用 zeebe:script。", "Use zeebe:script instead."))


def _check_receive(task: etree._Element, index: Index, report: Report) -> None:
    """§10.3.3.3: a receive task that starts a process has nothing before it."""
    if task.get("instantiate") != "true":
        return
    beside = task.getparent()
    starts = beside is not None and any(local(child) == "startEvent" for child in beside)
    if index.arriving(task) and not starts:
        said = ("启动流程的接收任务不能有入口。", "A receive task that starts a process has no incoming flow.")
        report.at("bpmn-no-start", task, said, ("请删除 instantiate，或删除入口。", "Delete instantiate or the flow."))
    elif index.arriving(task):
        said = (
            "启动流程的接收任务前面不能有开始事件。",
            "A receive task that starts a process has no start event before it.",
        )
        report.at("bpmn-no-start", task, said, ("请删除 instantiate。", "Delete instantiate."))


def _check_operation(task: etree._Element, index: Index, report: Report) -> None:
    """The message of a task or event is one of its operation."""
    named = [task.get("operationRef") or "", *texts(task, "operationRef")]
    operation = next((found for text in named if (found := index.find(text)) is not None), None)
    if operation is None or local(operation) != "operation" or not task.get("messageRef"):
        return
    known = {reference(text) for name in ("inMessageRef", "outMessageRef") for text in texts(operation, name)}
    if reference(task.get("messageRef")) not in known:
        said = ("消息不是这个操作的消息。", "The message is none of its operation.")
        cure = ("请更正 messageRef 或 operationRef。", "Correct messageRef or operationRef.")
        _at("bpmn-message", task, said, cure, report)


def _check_role(role: etree._Element, index: Index, report: Report) -> None:
    """§8.4.11, 10.3.1: a resource or an expression; parameters are those of the resource, each bound once."""
    named, assigned = texts(role, "resourceRef"), children(role, "resourceAssignmentExpression")
    bound = [reference(b.get("parameterRef")) for b in children(role, "resourceParameterBinding")]
    resource = index.find(named[0]) if named else None
    known = {p.get("id") for p in children(resource, "resourceParameter")} if resource is not None else set()
    if (named and assigned) or (bound and not named):
        said = (
            "资源只能用 resourceRef 或 resourceAssignmentExpression 之一；参数只属于 resourceRef。",
            "A role has either resourceRef or resourceAssignmentExpression; parameters go with resourceRef.",
        )
    elif set(bound) - known or len(set(bound)) < len(bound):
        said = (
            "绑定的参数不是这个资源的，或绑定了两次。",
            "A bound parameter is none of the resource, or bound twice.",
        )
    else:
        return
    _at("bpmn-resource", role, said, ("请更正。", "Correct it."), report)


def _check_event_part(part: etree._Element, _index: Index, report: Report) -> None:
    """§10.7: what is triggered by an event cannot also be the handler of a compensation event."""
    if part.get("isForCompensation") == "true" and part.get("triggeredByEvent") == "true":
        said = ("事件子流程不能又是补偿活动。", "An event sub-process cannot be a compensating activity as well.")
        report.at("bpmn-compensation", part, said, ("请只保留一个。", "Keep one of the two."))


def _at(rule: str, part: etree._Element, said: tuple[str, str], cure: tuple[str, str], report: Report) -> None:
    """About a part without an id of its own: the element around it is named, on the line of the part."""
    around = part.getparent()
    name = part.get("id") or ("" if around is None else around.get("id") or "")
    report.add(rule, line_of(part), name, said, cure)


_LOOKS: tuple[tuple[tuple[str, ...], Callable[[etree._Element, Index, Report], None]], ...] = (
    (("multiInstanceLoopCharacteristics",), _check_several),
    (("standardLoopCharacteristics",), _check_standard),
    (("scriptTask", "globalScriptTask"), _check_script),
    (("receiveTask",), _check_receive),
    (("sendTask", "receiveTask", "messageEventDefinition"), _check_operation),
    (("adHocSubProcess",), _check_ad_hoc),
    (("resourceRole", "performer", "humanPerformer", "potentialOwner"), _check_role),
    (("subProcess", "transaction"), _check_event_part),
)

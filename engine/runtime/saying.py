"""What one element says: its attributes, its extension elements, its data, its loop. Where it lies is `reading`'s."""

from dataclasses import replace

from lxml import etree

from engine.runtime import associations, dialect, loops, resources
from engine.runtime.definitions import Definitions, reference
from engine.runtime.drawing import BPMN, local
from engine.runtime.item_aware import ItemAware
from engine.runtime.report import Report, line_of
from engine.runtime.values import Node


class Saying:
    """Reads the elements of one process."""

    def __init__(self, names: ItemAware, known: Definitions, report: Report) -> None:
        self._names = names
        self._known = known
        self._report = report

    def read(self, element: etree._Element, found: dialect.Extensions, most: int) -> Node:
        """What the element and its extensions say, without its place in the drawing; `most` bounds its quantities."""
        who = resources.read(element, found, self._known, self._report)
        node = Node(
            id="",
            kind="",
            name=" ".join((element.get("name") or "").split()),
            line=line_of(element),
            scope="",
            properties=found.properties,
            form=found.get("formDefinition", "formId") or None,
            groups=who.groups,
            assignee=who.assignee,
            users=who.users,
            due=found.get("taskSchedule", "dueDate"),
            follow_up=found.get("taskSchedule", "followUpDate"),
            priority=found.get("priorityDefinition", "priority"),
            job=found.get("taskDefinition", "type"),
            retries=found.get("taskDefinition", "retries"),
            headers=dialect.headers(found),
            script=found.get("script", "expression"),
            variable=found.get("script", "resultVariable") or found.get("calledDecision", "resultVariable"),
            decision=found.get("calledDecision", "decisionId"),
            transaction=local(element) == "transaction",
            ad_hoc=local(element) == "adHocSubProcess",
            until=self._until(element),
            one_by_one=element.get("ordering") == "Sequential",
            begins_with=found.get("adHoc", "activeElementsCollection"),
            activation=_text_of(element, "activationCondition"),
            cancels_rest=element.get("cancelRemainingInstances", "true") != "false",
            needs=self._quantity(element, "startQuantity", most),
            gives=self._quantity(element, "completionQuantity", most),
            undoes=element.get("isForCompensation") == "true",
            by_event=element.get("triggeredByEvent") == "true",
            instantiates=element.get("instantiate") == "true",
            all_of=element.get("eventGatewayType") == "Parallel",
            default=reference(element.get("default")) or None,
        )
        return self._with_data(node, element, found)

    def _with_data(self, node: Node, element: etree._Element, found: dialect.Extensions) -> Node:
        """The node with what it is given and gives, how often it is done, and what it calls."""
        io = associations.read(element, self._names, self._report)
        mapped = replace(
            io,
            inputs=(*io.inputs, *dialect.mapped(found, "input", self._report)),
            outputs=(*io.outputs, *dialect.mapped(found, "output", self._report)),
        )
        marked = loops.read(element, mapped, self._names, self._known, self._report)
        called = found.get("calledElement", "processId") or element.get("calledElement") or ""
        return replace(
            node,
            inputs=marked.inputs,
            outputs=marked.outputs,
            requires=io.requires,
            loop=marked.loop,
            calls=called.strip() if called.startswith("=") else reference(called),
            gives_all=not io.takes and found.get("calledElement", "propagateAllParentVariables") != "false",
            takes_all=not io.gives and found.get("calledElement", "propagateAllChildVariables") != "false",
        )

    def _quantity(self, element: etree._Element, name: str, most: int) -> int:
        text = element.get(name, "1")
        if text.isdecimal() and 0 < int(text) <= most:
            return int(text)
        said = (f"{name} 应为 1 到 {most} 的整数。", f"{name} must be a whole number from 1 to {most}.")
        self._report.at("bpmn-quantity", element, said, ("请更正。", "Correct it."))
        return 1

    def _until(self, element: etree._Element) -> str:
        written = element.find(f"{{{BPMN}}}completionCondition")
        text = (written.text or "").strip() if written is not None else ""
        if written is not None and (local(element) != "adHocSubProcess" or not text.startswith("=")):
            said = (
                f"完成条件“{text}”不是 FEEL，或不在这里。",
                f'The completion condition "{text}" is not FEEL, or misplaced.',
            )
            self._report.at("bpmn-condition", element, said, ("请以 = 开头。", "Start it with =."))
        return text


def _text_of(element: etree._Element, name: str) -> str:
    child = element.find(f"{{{BPMN}}}{name}")
    return (child.text or "").strip() if child is not None else ""

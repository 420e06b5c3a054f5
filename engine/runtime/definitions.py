"""What a file defines once for all its events: messages, signals, errors, escalations, and event definitions by id."""

from dataclasses import dataclass, field

from lxml import etree

from engine.runtime import dialect
from engine.runtime.drawing import BPMN, local
from engine.runtime.report import Report


@dataclass(frozen=True)
class Message:
    """A message: its name (may be FEEL) and the FEEL that gives the correlation key of who waits for it."""

    name: str
    key: str


@dataclass
class Definitions:
    """By id. A message or signal without a name is called by its id."""

    errors: dict[str, str] = field(default_factory=dict)
    escalations: dict[str, str] = field(default_factory=dict)
    signals: dict[str, str] = field(default_factory=dict)
    messages: dict[str, Message] = field(default_factory=dict)
    flowing: dict[str, str] = field(default_factory=dict)  # by id of a node: the message of the message flow at it
    events: dict[str, etree._Element] = field(default_factory=dict)
    resources: dict[str, str] = field(default_factory=dict)


def read(root: etree._Element, report: Report) -> Definitions:
    """Read what stands at the top of a file."""
    named = root.findall(f"{{{BPMN}}}resource")
    found = Definitions(resources={one.get("id") or "": one.get("name") or one.get("id") or "" for one in named})
    signals: set[str] = set()
    messages: set[str] = set()
    for element in root:
        name = element.get("id") or ""
        kind = local(element)
        if kind == "error":
            found.errors[name] = _code(element, "errorCode", ("错误", "error"), report)
        elif kind == "escalation":
            found.escalations[name] = _code(element, "escalationCode", ("升级", "escalation"), report)
        elif kind == "signal":
            dialect.extensions(element, report)
            found.signals[name] = _name(element, signals, ("信号", "signal"), report)
        elif kind == "message":
            said = dialect.extensions(element, report)
            text = _name(element, messages, ("消息", "message"), report)
            found.messages[name] = Message(text, said.get("subscription", "correlationKey"))
        elif kind == "collaboration":
            found.flowing.update(_flowing(element))
        elif kind.endswith("EventDefinition"):
            found.events[name] = element
    return found


def reference(text: str | None) -> str:
    """An id, without the namespace prefix a QName may carry."""
    return (text or "").strip().rsplit(":", 1)[-1]


def resolved(definition: etree._Element, known: Definitions, report: Report) -> etree._Element:
    """The definition itself, or the one at the top of the file that an `eventDefinitionRef` names."""
    if local(definition) != "eventDefinitionRef":
        return definition
    name = reference(definition.text)
    if name not in known.events:
        said = (f"事件定义“{name}”不存在。", f'The event definition "{name}" does not exist.')
        report.at("bpmn-event", definition, said, ("请更正引用。", "Correct the reference."))
        return etree.Element(f"{{{BPMN}}}noneEventDefinition")
    return known.events[name]


def _flowing(collaboration: etree._Element) -> dict[str, str]:
    """The messages that message flows carry, by both ends; a node with several has to name its own."""
    found: dict[str, set[str]] = {}
    for flow in collaboration:
        if local(flow) == "messageFlow" and flow.get("messageRef"):
            for end in ("sourceRef", "targetRef"):
                found.setdefault(reference(flow.get(end)), set()).add(reference(flow.get("messageRef")))
    return {node: messages.pop() for node, messages in found.items() if len(messages) == 1}


def _code(element: etree._Element, attribute: str, what: tuple[str, str], report: Report) -> str:
    """The code; without one it can only be caught (BPMN 2.0.2, tables 8.41 and 8.42)."""
    code = (element.get(attribute) or "").strip()
    if code.startswith("="):
        said = (f"{what[0]}的代码不能是表达式。", f"The code of the {what[1]} cannot be an expression.")
        report.at("bpmn-error", element, said, ("请写一个固定的代码。", "Write a fixed code."))
    return code


def _name(element: etree._Element, known: set[str], what: tuple[str, str], report: Report) -> str:
    name = (element.get("name") or "").strip() or element.get("id") or ""
    if name in known:
        said = (f"有两个名为“{name}”的{what[0]}。", f'Two elements {what[1]} are called "{name}".')
        cure = ("请合并或改名：名称就是身份。", "Make them one or rename one: the name is the identity.")
        report.at("bpmn-message", element, said, cure)
    known.add(name)
    return name

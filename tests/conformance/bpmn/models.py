"""Smallest models in a few words: flows as chains of names, what a name is follows from its first letter.

    s start · e end · u v w user task · x m exclusive · g j parallel · o inclusive gateway · anything else a plain task

`[=FEEL]` before a name is the condition of the flow to it, `*` makes it the default. Other elements are given by name;
`@` in them is the name.
"""

import re
from collections.abc import Mapping
from html import escape

_SPACES = (
    'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" '
    'targetNamespace="urn:lianban"'
)
_KINDS = {
    "s": "startEvent", "e": "endEvent", "u": "userTask", "v": "userTask", "w": "userTask", "x": "exclusiveGateway",
    "m": "exclusiveGateway", "g": "parallelGateway", "j": "parallelGateway", "o": "inclusiveGateway",
}  # fmt: skip
_PART = re.compile(r"\[[^\]]*\]|[^\s;]+|;")


def subscription(key: str = '="k"') -> str:
    return f"<extensionElements><zeebe:subscription correlationKey='{key}'/></extensionElements>"


DEFINED = (
    f'<message id="M" name="msg">{subscription()}</message><message id="M2" name="msg2">{subscription()}</message>'
    '<message id="MU">' + subscription() + '</message><message id="MK" name="bare"/>'
    f'<message id="MV" name="byorder">{subscription("=order")}</message>'
    '<signal id="G" name="sig"/><signal id="G2" name="sig2"/><signal id="GU"/>'
    '<error id="X" errorCode="E1"/><error id="X2" errorCode="E2"/><escalation id="Y" escalationCode="C1"/>'
    '<timerEventDefinition id="TD"><timeDuration>PT5S</timeDuration></timerEventDefinition>'
)
MSG, MSG2 = '<messageEventDefinition messageRef="M"/>', '<messageEventDefinition messageRef="M2"/>'
SIG, SIG2 = '<signalEventDefinition signalRef="G"/>', '<signalEventDefinition signalRef="G2"/>'
ERR, ERR2, ERR_ANY = ('<errorEventDefinition errorRef="X"/>', '<errorEventDefinition errorRef="X2"/>',
                      "<errorEventDefinition/>")  # fmt: skip
ESC, ESC_ANY = '<escalationEventDefinition escalationRef="Y"/>', "<escalationEventDefinition/>"
TERM, COMP, CANCEL = "<terminateEventDefinition/>", "<compensateEventDefinition/>", "<cancelEventDefinition/>"


def timer(text: str, kind: str = "timeDuration") -> str:
    return f"<timerEventDefinition><{kind}>{escape(text)}</{kind}></timerEventDefinition>"


def cond(text: str) -> str:
    return f"<conditionalEventDefinition><condition>{escape(text)}</condition></conditionalEventDefinition>"


def link(name: str) -> str:
    return f'<linkEventDefinition name="{name}"/>'


def element(kind: str, inside: str = "", more: str = "") -> str:
    return f'<{kind} id="@" {more}>{inside}</{kind}>'


def catch(inside: str, more: str = "") -> str:
    return element("intermediateCatchEvent", inside, more)


def throw(inside: str = "") -> str:
    return element("intermediateThrowEvent", inside)


def start(inside: str = "", more: str = "") -> str:
    return element("startEvent", inside, more)


def end(inside: str) -> str:
    return element("endEvent", inside)


def on(host: str, inside: str, cancel: bool = True) -> str:
    """A boundary event."""
    return element("boundaryEvent", inside, f'attachedToRef="{host}" cancelActivity="{str(cancel).lower()}"')


def user(inside: str = "", more: str = "") -> str:
    return element("userTask", inside, f'name="U" {more}')


def receive(ref: str = "M", inside: str = "") -> str:
    return element("receiveTask", inside, f'messageRef="{ref}"')


def extension(*inside: str) -> str:
    return f"<extensionElements>{''.join(inside)}</extensionElements>"


def mapping(*entries: str) -> str:
    """`in target =source` and `out target =source`."""
    made = ""
    for entry in entries:
        side, target, source = entry.split(" ", 2)
        made += f"<zeebe:{side}put target='{target}' source='{escape(source)}'/>"
    return f"<zeebe:ioMapping>{made}</zeebe:ioMapping>"


def script(text: str, variable: str, inside: str = "") -> str:
    said = extension(f"<zeebe:script expression='{escape(text)}' resultVariable='{variable}'/>")
    return element("scriptTask", said + inside)


def job(kind: str = "serviceTask", inside: str = "", more: str = "") -> str:
    return element(kind, extension("<zeebe:taskDefinition type='j'/>", more) + inside)


def decide(decision: str, variable: str = "r", more: str = "") -> str:
    called = f"<zeebe:calledDecision decisionId='{decision}' resultVariable='{variable}'/>"
    return element("businessRuleTask", extension(called, more))


def call(process: str = "Q", attributes: str = "", more: str = "", inside: str = "") -> str:
    called = f"<zeebe:calledElement processId='{process}' {attributes}/>"
    return element("callActivity", extension(called, more) + inside)


def several(items: str, *, one: str = "", out: str = "", answer: str = "", seq: bool = False, until: str = "") -> str:
    """A multi-instance marker."""
    said = f"inputCollection='{items}' inputElement='{one}' outputCollection='{out}' outputElement='{escape(answer)}'"
    condition = f"<completionCondition>{escape(until)}</completionCondition>" if until else ""
    inside = extension(f"<zeebe:loopCharacteristics {said}/>") + condition
    return (
        f'<multiInstanceLoopCharacteristics isSequential="{str(seq).lower()}">{inside}'
        "</multiInstanceLoopCharacteristics>"
    )


def sub(flows: str, more: str = "", inside: str = "", kind: str = "subProcess", **elements: str) -> str:
    return element(kind, inside + body(flows, **elements), more)


def handler(inside: str, interrupting: bool = True, flows: str = "sh H eh", **elements: str) -> str:
    """An event sub-process; the first name is its start event."""
    begin = start(inside, f'isInterrupting="{str(interrupting).lower()}"')
    return sub(flows, 'triggeredByEvent="true"', **{flows.split()[0]: begin, **elements})


def body(flows: str, **elements: str) -> str:
    """Flows and the nodes in them; elements that are in no flow come too."""
    names = dict.fromkeys(part.lstrip("*") for part in _PART.findall(flows) if part != ";" and part[0] != "[")
    defaults, lines = _flows(flows)
    apart = [name for name in elements if name not in names]
    made = [_element(name, defaults.get(name, ""), elements) for name in (*names, *apart)]
    return "".join(made) + "".join(lines)


def process(inside: str, name: str = "P", more: str = "") -> str:
    return f'<process id="{name}" isExecutable="true" {more}>{inside}</process>'


def file(*processes: str, before: str = "") -> bytes:
    return f"<definitions {_SPACES}>{DEFINED}{before}{''.join(processes)}</definitions>".encode()


def model(flows: str, before: str = "", inside: str = "", **elements: str) -> bytes:
    """One process."""
    return file(process(inside + body(flows, **elements)), before=before)


def _flows(flows: str) -> tuple[dict[str, str], list[str]]:
    defaults: dict[str, str] = {}
    lines: list[str] = []
    for chain in flows.split(";"):
        source, condition = "", ""
        for part in _PART.findall(chain):
            if part[0] == "[":
                condition = f"<conditionExpression>{escape(part[1:-1])}</conditionExpression>"
                continue
            target, name = part.lstrip("*"), f"f{len(lines)}_{source}_{part.lstrip('*')}"
            if source:
                ends = f'sourceRef="{source}" targetRef="{target}"'
                lines.append(f'<sequenceFlow id="{name}" {ends}>{condition}</sequenceFlow>')
                defaults |= {source: f'default="{name}"'} if part[0] == "*" else {}
            source, condition = target, ""
    return defaults, lines


def _element(name: str, default: str, elements: Mapping[str, str]) -> str:
    kind = _KINDS.get(name[0], "task")
    known = elements.get(name) or element(kind, "", f'{default} name="{name}"' if kind == "userTask" else default)
    return known.replace('id="@"', f'id="@" {default}' if name in elements else 'id="@"', 1).replace("@", name)

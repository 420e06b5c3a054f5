"""Lint names everything that is wrong with a drawing, with its line; what is not executed is refused."""

import pytest

from engine import runtime
from engine.errors import PackInvalid
from tests.engine.runtime.drawings import ENDS, drawing, extension, inner

TASK = '<userTask id="t" name="T"/>'


def task(inside):
    return ENDS + f'<userTask id="t" name="T">{inside}</userTask>'


def prop(name, value):
    return task(extension(f"<zeebe:properties><zeebe:property name='{name}' value='{value}'/></zeebe:properties>"))


def event(kind, definition, more=""):
    return ENDS + TASK + f'<{kind} id="x" {more}>{definition}</{kind}>'


def timer(kind, text):
    return f"<timerEventDefinition><{kind}>{text}</{kind}></timerEventDefinition>"


ON_T = 'attachedToRef="t"'
THROUGH_X = "s -> t -> x -> e"

UNSUPPORTED = {
    **{
        name: event(name, "")
        for name in (
            "choreographyTask",
            "globalTask",
            "globalUserTask",
        )
    },
    "error thrown in the flow": event("intermediateThrowEvent", "<errorEventDefinition/>"),
    "decision by version": event(
        "businessRuleTask", extension('<zeebe:calledDecision decisionId="d" bindingType="versionTag" versionTag="1"/>')
    ),
    "form by version": task(extension('<zeebe:formDefinition formId="f" bindingType="latest"/>')),
    "data store": task(
        '<ioSpecification><dataInput id="i"/><inputSet><dataInputRefs>i</dataInputRefs></inputSet>'
        "<outputSet/></ioSpecification><dataInputAssociation><sourceRef>q</sourceRef><targetRef>i</targetRef>"
        "</dataInputAssociation>"
    )
    + '<dataStoreReference id="q"/>',
    "performer of a machine": event("serviceTask", "<performer/>"),
    "listener": task(extension("<zeebe:taskListeners/>")),
    "camunda 7": task(extension('<c:formData xmlns:c="http://camunda.org/schema/1.0/bpmn"/>')),
    "python script": event("scriptTask", "<script>print()</script>"),
    "other language": drawing(ENDS + '<exclusiveGateway id="t"/>', "s -> t -> [=true]x -> e\nx -> t").replace(
        b"<conditionExpression", b'<conditionExpression language="python"'
    ),
    "flow listener": drawing(ENDS + TASK).replace(
        b'targetRef="e">', b'targetRef="e">' + extension("<zeebe:executionListeners/>").encode()
    ),
    "error start": ENDS.replace("/>", "><errorEventDefinition/></startEvent>", 1) + TASK,
}


@pytest.mark.parametrize("body", UNSUPPORTED.values(), ids=UNSUPPORTED.keys())
def test_what_is_not_executed_is_refused(body):
    """A construct outside the proven list is named with its line and what to do instead."""
    xml = body if isinstance(body, bytes) else drawing(body, THROUGH_X)
    found = [f for f in runtime.lint(xml) if f.rule == "bpmn-unsupported"]
    assert found
    assert all(f.line == 1 and f.zh and f.en and f.cure_zh and f.cure_en and not f.warning for f in found)


REFUSED = {
    "bpmn-dangling-flow": [
        drawing(ENDS + TASK, flows) for flows in ("s -> t -> nowhere", "s -> t -> e -> t", "t -> s\ns -> e")
    ],
    "bpmn-unreachable": [drawing(ENDS + TASK, "s -> e\nt -> e")],
    "bpmn-no-start": [drawing(TASK + '<userTask id="u" name="U"/>', "t -> u -> t")],
    "bpmn-many-starts": [
        drawing(
            ENDS + '<subProcess id="t"><startEvent id="s1"/><startEvent id="s2"/><userTask id="u" name="u"/>'
            + inner("s1->u;s2->u") + "</subProcess>"
        )
    ],
    "bpmn-duplicate-id": [drawing(ENDS + TASK + TASK)],
    "bpmn-no-condition": [
        drawing(ENDS + '<exclusiveGateway id="t" default="t_e"/><task id="b"/>', "s -> t -> e\nt -> b -> e")
    ],
    "bpmn-default": [
        drawing(ENDS + '<exclusiveGateway id="t" default="s_t"/>'),
        drawing(ENDS + '<parallelGateway id="t" default="t_e"/>'),
    ],
    "bpmn-condition": [
        drawing(ENDS + '<exclusiveGateway id="t"/>', "s -> t -> [a > 1]e"),
        drawing(ENDS + '<parallelGateway id="t"/>', "s -> t -> [=true]e"),
    ],
    "bpmn-property": [
        drawing(prop("stage", "reviewing")), drawing(prop("item", "Marriage 1")), drawing(prop("outcome", "approved")),
        drawing(prop("outcome", "granted")), drawing(prop("result", "ok")),
    ],
    "bpmn-no-script": [drawing(event("scriptTask", ""), THROUGH_X)],
    "bpmn-no-job": [
        drawing(event("serviceTask", ""), THROUGH_X), drawing(event("businessRuleTask", ""), THROUGH_X),
    ],
    "bpmn-compensation": [drawing(event("boundaryEvent", "<compensateEventDefinition/>", ON_T))],
    "bpmn-call": [drawing(event("callActivity", ""), THROUGH_X), drawing(event("callActivity", "", 'calledElement="Q"'),
                                                                         THROUGH_X)],
    "bpmn-message": [
        drawing(event("receiveTask", ""), THROUGH_X),
        drawing(event("intermediateCatchEvent", "<messageEventDefinition/>"), THROUGH_X),
        drawing(event("intermediateThrowEvent", "<signalEventDefinition/>"), THROUGH_X),
    ],
    "bpmn-event-gateway": [drawing(event("eventBasedGateway", ""), THROUGH_X)],
    "bpmn-link": [drawing(event("intermediateThrowEvent", '<linkEventDefinition name="a"/>'), THROUGH_X)],
    "bpmn-event-part": [drawing(event("subProcess", '<task id="q"/>', 'triggeredByEvent="true"'), THROUGH_X)],
    "bpmn-mapping": [drawing(event("endEvent", extension(
        "<zeebe:ioMapping><zeebe:output source='=1' target='a'/></zeebe:ioMapping>")), "s -> t -> x\nt -> e")],
    "bpmn-decision": [drawing(event("businessRuleTask", extension(
        '<zeebe:calledDecision decisionId="d" resultVariable="r"/>')), THROUGH_X)],
    "bpmn-empty": [drawing(event("subProcess", ""), THROUGH_X)],
    "bpmn-timer": [
        drawing(event("intermediateCatchEvent", timer(kind, text)), THROUGH_X)
        for kind, text in (("timeDuration", "5 days"), ("timeDuration", "P"), ("timeDuration", "-P1D"),
                           ("timeDate", "tomorrow"),
                           ("timeDuration", "P1DT"), ("timeCycle", "PT1H"), ("timeDuration", ""))
    ] + [
        drawing(event("boundaryEvent", timer("timeCycle", text), ON_T + ' cancelActivity="false"'))
        for text in ("R3", "R/PT0S", "0 0 9 L * ?", "0 0 9 30 2 ?", "0 0 25 * * ?", "* *", "@noon", "0 0 9 * * MON#2")
    ],
    "bpmn-boundary": [
        drawing(event("boundaryEvent", timer("timeDuration", "P1D"), 'attachedToRef="e"')),
        drawing(event("boundaryEvent", "<errorEventDefinition/>", ON_T)),
    ],
    "bpmn-error": [
        drawing(event("endEvent", "<escalationEventDefinition/>"), "s -> t -> x\nt -> e"),
        drawing(ENDS.replace('id="e"/>', 'id="e"><errorEventDefinition errorRef="no"/></endEvent>') + TASK),
    ],
    "bpmn-loop": [
        drawing(task("<multiInstanceLoopCharacteristics/>")),
        drawing(task("<standardLoopCharacteristics/>")),
    ],
    "bpmn-process": [drawing(ENDS + TASK).replace(b'"true"', b'"false"'), drawing(ENDS + TASK).replace(
        b"</definitions>", b'<process id="Q" isExecutable="true"/></definitions>')],
    "feel-syntax": [drawing(prop("outcome", "=if x"))],
    "bpmn-xml": [
        b"<definitions", b"<html/>", b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + drawing(ENDS + TASK),
        f'<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a []>{drawing(ENDS + TASK).decode()}'.encode("utf-16"),
        f'<?xml version="1.0" encoding="UTF-16LE"?><!DOCTYPE a []>{drawing(ENDS + TASK).decode()}'.encode("utf-16-le"),
        drawing("<task/>" * 30_001), drawing("<subProcess>" * 70 + "</subProcess>" * 70), drawing(" " * 10_000_001),
        drawing(ENDS + '<inclusiveGateway id="t"/>' + '<sequenceFlow sourceRef="s" targetRef="t"/>' * 1_500),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "xml"), [(r, x) for r, xs in REFUSED.items() for x in xs], ids=lambda v: v if isinstance(v, str) else ""
)
def test_a_mistake_is_refused_by_its_rule(rule, xml):
    """Each mistake is found by the rule made for it, and the drawing cannot be read."""
    assert rule in {f.rule for f in runtime.lint(xml, "p.bpmn") if not f.warning}
    with pytest.raises(PackInvalid):
        runtime.read(xml, "p.bpmn")


UNPROMISING = {
    "bpmn-no-default": drawing(
        ENDS + '<exclusiveGateway id="t"/><task id="b"/>', "s -> t -> [=true]e\nt -> [=true]b -> e"
    ),
    "bpmn-unnamed": drawing(ENDS + '<userTask id="t"/>'),
}


@pytest.mark.parametrize(("rule", "xml"), UNPROMISING.items(), ids=UNPROMISING)
def test_what_nobody_should_depend_on_is_refused_by_lint_alone(rule, xml):
    """BPMN allows it, so it can be played; a pack with it cannot be published."""
    assert rule in {f.rule for f in runtime.lint(xml) if not f.warning}
    assert runtime.read(xml).process_id == "P"


def test_an_id_that_is_used_twice_does_not_hide_what_else_is_wrong():
    """A process that is called like a node in it lies in itself: nobody follows that to its end."""
    xml = drawing(ENDS + TASK).replace(b'id="t"', b'id="P"').replace(b'Ref="t"', b'Ref="P"')
    assert "bpmn-duplicate-id" in {f.rule for f in runtime.lint(xml)}


def test_the_condition_of_a_default_flow_is_not_looked_at():
    """BPMN 2.0.2, table 10.3: "any such Expression SHALL be ignored"."""
    xml = drawing(ENDS + '<exclusiveGateway id="t" default="t_e"/>', "s -> t -> [=true]e")
    assert "bpmn-condition" in {f.rule for f in runtime.lint(xml) if f.warning}


def test_all_findings_come_at_once_by_line_with_the_file():
    """A designer sees every problem in one run, in the order of the file."""
    xml = drawing(
        "\n" + ENDS + '\n<userTask id="t"/>\n' + '<choreographyTask id="c"/>\n<scriptTask id="x"/>',
        "s -> t\nt -> x -> e",
    )
    found = runtime.lint(xml, "family.bpmn")
    assert {f.file for f in found} == {"family.bpmn"}
    assert [(f.line, f.rule) for f in found] == [
        (3, "bpmn-unnamed"),
        (4, "bpmn-schema"),
        (4, "bpmn-schema"),
        (4, "bpmn-unsupported"),
        (5, "bpmn-no-script"),
    ]


def test_a_syntax_error_says_where_in_the_expression():
    """Line and column count within the text as it is written, with its equals sign."""
    syntax = next(f for f in runtime.lint(drawing(prop("result", "=1 +"))) if f.rule == "feel-syntax")
    assert "=1 +" in syntax.zh
    assert "column 5" in syntax.en


def test_warnings_do_not_refuse():
    """Implicit starts and ends, and loops that only an expression ends, are executed but pointed out."""
    xml = drawing(
        '<exclusiveGateway id="m"/><task id="t"/><exclusiveGateway id="x" default="x_m"/><startEvent id="s"/>'
        '<endEvent id="e"/>',
        "s -> m -> t -> x -> m\nx -> [=go]e",
    )
    found = runtime.lint(xml)
    assert {f.rule for f in found} == {"bpmn-busy-loop"}
    assert all(f.warning for f in found)
    assert {f.rule for f in runtime.lint(drawing(TASK, ""))} == {"bpmn-no-start", "bpmn-no-end"}
    assert runtime.read(xml).process_id == "P"


def test_what_other_tools_write_is_read():
    """Prefixed references, flows without ids, SpiffWorkflow's own ids, black-box pools and foreign extensions."""
    body = (
        '<b:startEvent id="Start"/><b:userTask id="End" name="T" xmlns:o="urn:other">'
        '<b:extensionElements><o:x/></b:extensionElements></b:userTask><b:endEvent id="P.EndJoin"/>'
        '<b:sequenceFlow sourceRef="t:Start" targetRef="t:End"/>'
        '<b:sequenceFlow sourceRef="End" targetRef="P.EndJoin"/><b:textAnnotation/>'
        '<b:dataObject id="o"/><b:dataObjectReference id="d" dataObjectRef="o"/>'
    )
    xml = (
        '<b:definitions xmlns:b="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:t="urn:t" targetNamespace="urn:t">'
        '<b:collaboration id="c"><b:participant id="a" processRef="P"/><b:participant id="z"/></b:collaboration>'
        f'<b:process id="P" isExecutable="true">{body}</b:process>'
        '<b:process id="Z" isExecutable="false"/></b:definitions>'
    ).encode()
    assert {f.rule for f in runtime.lint(xml)} == {"bpmn-foreign", "bpmn-schema"}  # t:Start is no IDREF
    model = runtime.read(xml)
    assert list(model.flows) == ["Flow_Start_End_1", "Flow_End_P.EndJoin_1"] == list(runtime.read(xml).flows)


def test_reading_again_gives_the_same_model():
    """Models are kept by content, so a step does not read its drawing."""
    xml = drawing(ENDS + TASK)
    assert runtime.read(xml) is runtime.read(bytes(xml))


@pytest.mark.parametrize("kind", ["inclusiveGateway", "complexGateway"])
def test_gateways_that_look_far_are_bounded(kind):
    """Each of them keeps from where each of its flows can be reached, so the product of both is bounded."""
    names = [f"g{number}" for number in range(1_500)]
    body = ENDS + "".join(f'<{kind} id="{name}"/>' for name in names)
    found = runtime.lint(drawing(body, f"s -> {' -> '.join(names)} -> e"))
    assert {f.rule for f in found if not f.warning} == {"bpmn-xml", "bpmn-gateway"}  # each has one way only

"""A whole file has to be BPMN 2.0, also what is not executed: each rule with one change to a file that is right."""

import pytest

from engine import runtime

RIGHT = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:t="urn:t" targetNamespace="urn:t"
 xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC">
<import namespace="urn:o" location="other.bpmn" importType="http://www.omg.org/spec/BPMN/20100524/MODEL"/>
<extension mustUnderstand="false"/>
<itemDefinition id="item" structureRef="xsi:string"/><itemDefinition id="items" isCollection="true"/>
<message id="ask" name="ask" itemRef="t:item"/><message id="reply" name="reply"/>
<error id="no" errorCode="N" structureRef="item"/><signal id="go" name="go"/>
<timerEventDefinition id="later"><timeDuration>P1D</timeDuration></timerEventDefinition>
<interface id="face" name="face"><operation id="do" name="do"><inMessageRef>ask</inMessageRef>
<outMessageRef>reply</outMessageRef><errorRef>no</errorRef></operation></interface>
<resource id="clerk" name="clerk"><resourceParameter id="town"/></resource>
<correlationProperty id="number"><correlationPropertyRetrievalExpression messageRef="ask">
<messagePath>number</messagePath></correlationPropertyRetrievalExpression></correlationProperty>
<category id="cat"><categoryValue id="value"/></category>
<collaboration id="C"><participant id="us" processRef="P"/>
<participant id="them" processRef="Q"><participantMultiplicity minimum="1" maximum="2"/></participant>
<participant id="dark"/>
<messageFlow id="m1" sourceRef="dark" targetRef="us" messageRef="ask"/>
<messageFlow id="m2" sourceRef="qsend" targetRef="dark"/>
<messageFlow id="m3" sourceRef="dark" targetRef="qstart"/>
<correlationKey id="key"><correlationPropertyRef>number</correlationPropertyRef></correlationKey></collaboration>
<process id="P" isExecutable="true">
<startEvent id="s"/><endEvent id="e"/><sequenceFlow id="se" sourceRef="s" targetRef="e"/></process>
<process id="Q" isExecutable="false">
<ioSpecification id="qio"><dataInput id="qin"/><inputSet id="qset"><dataInputRefs>qin</dataInputRefs></inputSet>
<outputSet/></ioSpecification>
<laneSet id="ls"><lane id="l1" name="L1"><flowNodeRef>qstart</flowNodeRef></lane>
<lane id="l2" name="L2"><flowNodeRef>x</flowNodeRef></lane></laneSet>
<startEvent id="qstart"><messageEventDefinition messageRef="ask"/></startEvent>
<exclusiveGateway id="x" gatewayDirection="Diverging" default="f4"/>
<eventBasedGateway id="ev"/><receiveTask id="r1" messageRef="reply"/><receiveTask id="r2" messageRef="ask"/>
<userTask id="u"><ioSpecification id="uio"><dataInput id="ui"/><dataOutput id="uo"/>
<inputSet><dataInputRefs>ui</dataInputRefs><optionalInputRefs>ui</optionalInputRefs></inputSet>
<outputSet><dataOutputRefs>uo</dataOutputRefs></outputSet></ioSpecification>
<dataInputAssociation><sourceRef>dor</sourceRef><targetRef>ui</targetRef></dataInputAssociation>
<dataOutputAssociation><sourceRef>uo</sourceRef><targetRef>dor</targetRef></dataOutputAssociation>
<potentialOwner><resourceRef>clerk</resourceRef><resourceParameterBinding parameterRef="town">
<formalExpression>x</formalExpression></resourceParameterBinding></potentialOwner>
<multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics></userTask>
<boundaryEvent id="b" attachedToRef="u" cancelActivity="false">
<eventDefinitionRef>later</eventDefinitionRef></boundaryEvent>
<scriptTask id="sc" scriptFormat="text/plain"><script>x</script></scriptTask>
<sendTask id="send" messageRef="ask" operationRef="do"/>
<adHocSubProcess id="ad"><task id="any"/></adHocSubProcess>
<subProcess id="sub"><startEvent id="ss"/><endEvent id="sx"><errorEventDefinition errorRef="no"/></endEvent>
<sequenceFlow id="g1" sourceRef="ss" targetRef="sx"/></subProcess>
<callActivity id="call" calledElement="P"/>
<intermediateThrowEvent id="qsend"><messageEventDefinition messageRef="reply"/></intermediateThrowEvent>
<endEvent id="done"/>
<sequenceFlow id="f1" sourceRef="qstart" targetRef="x"/><sequenceFlow id="f2" sourceRef="x" targetRef="ev"/>
<sequenceFlow id="f3" sourceRef="ev" targetRef="r1"/><sequenceFlow id="f5" sourceRef="ev" targetRef="r2"/>
<sequenceFlow id="f4" sourceRef="x" targetRef="done" isImmediate="false"/>
<sequenceFlow id="h1" sourceRef="r1" targetRef="u"/><sequenceFlow id="h2" sourceRef="r2" targetRef="sc"/>
<sequenceFlow id="h3" sourceRef="u" targetRef="send"/><sequenceFlow id="h4" sourceRef="sc" targetRef="send"/>
<sequenceFlow id="h5" sourceRef="send" targetRef="ad"/><sequenceFlow id="h6" sourceRef="ad" targetRef="sub"/>
<sequenceFlow id="h7" sourceRef="sub" targetRef="call"/><sequenceFlow id="h8" sourceRef="call" targetRef="qsend"/>
<sequenceFlow id="h9" sourceRef="qsend" targetRef="done"/><sequenceFlow id="h0" sourceRef="b" targetRef="done"/>
<dataObject id="do1" itemSubjectRef="items" isCollection="true"/><dataObjectReference id="dor" dataObjectRef="do1"/>
<dataStoreReference id="store"/><textAnnotation id="note"><text>x</text></textAnnotation>
<association id="as" sourceRef="u" targetRef="note"/><group id="gr" categoryValueRef="value"/>
</process>
<di:BPMNDiagram><di:BPMNPlane bpmnElement="C"><di:BPMNShape bpmnElement="s">
<dc:Bounds x="0" y="0" width="1" height="1"/></di:BPMNShape></di:BPMNPlane></di:BPMNDiagram>
</definitions>"""
BLANK = "</process>\n<di:BPMNDiagram>"  # where more can be added to Q
MANY = "<multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics>"


def lint(text):
    return runtime.lint(text.encode(), "p.bpmn", drawings={"other.bpmn": b"<x/>"})


def refused(text):
    """The rules that refuse a file, each with its cure and line."""
    found = [f for f in lint(text) if not f.warning]
    assert all(f.line > 0 and f.zh and f.en and f.cure_zh and f.cure_en for f in found)
    return {f.rule for f in found}


def test_a_file_that_is_right_is_not_refused():
    """Black boxes, a second process, data, interfaces, resources and correlation beside the process that runs."""
    assert refused(RIGHT) == set()


CHANGES = {
    "bpmn-schema": [
        (' targetNamespace="urn:t"', ""),
        ('<endEvent id="e"/>', '<endEvent id="e" foo="1"/>'),
        ('<endEvent id="e"/>', '<endEvent id="1e"/>'),
        ('<endEvent id="e"/>', '<endEvent id="e">text</endEvent>'),
        ('<endEvent id="e"/>', '<endEvent id="e"/><flowElement id="abstract"/>'),
        ('<endEvent id="e"/>', '<endEvent id="e"/><nonsense/>'),
        ('<endEvent id="e"/>', '<endEvent id="e"/><x xmlns="urn:x"/>'),
        ('<endEvent id="e"/>', '<endEvent id="e"/><o:x xmlns:o="urn:x"/>'),
        ('<endEvent id="e"/>', '<endEvent id="e" default="se"/>'),
        (' gatewayDirection="Diverging"', ' gatewayDirection="Sideways"'),
        (' structureRef="item"/>', ' structureRef=""/>'),
        ('isImmediate="false"', 'isImmediate="perhaps"'),
        (' targetRef="x"/>', "/>"),
        ("<inputSet id=\"qset\"><dataInputRefs>qin</dataInputRefs></inputSet>", ""),
        ("<formalExpression>x</formalExpression>", ""),
        (MANY, '<multiInstanceLoopCharacteristics isSequential="x"/>'),
    ],
    "bpmn-reference": [
        (' itemRef="t:item"', ' itemRef="nothing"'),
        (' itemRef="t:item"', ' itemRef="go"'),
        (' structureRef="item"/>', ' structureRef="ask"/>'),
        ("<inMessageRef>ask", "<inMessageRef>no"),
        ("<errorRef>no</errorRef>", "<errorRef>none</errorRef>"),
        ("<errorRef>no</errorRef>", "<errorRef>no</errorRef><errorRef>no</errorRef>"),
        ('RetrievalExpression messageRef="ask"', 'RetrievalExpression messageRef="go"'),
        ("<correlationPropertyRef>number", "<correlationPropertyRef>key"),
        ('processRef="Q"', 'processRef="C"'),
        ('messageRef="ask"/>\n<messageFlow', 'messageRef="dark"/>\n<messageFlow'),
        ("<flowNodeRef>x<", "<flowNodeRef>f1<"),
        ('<startEvent id="qstart"><messageEventDefinition messageRef="ask"/>',
         '<startEvent id="qstart"><messageEventDefinition messageRef="go"/>'),
        ('errorRef="no"/></endEvent>', 'errorRef="go"/></endEvent>'),
        ('attachedToRef="u"', 'attachedToRef="x"'),
        ("<eventDefinitionRef>later", "<eventDefinitionRef>go"),
        ('operationRef="do"', 'operationRef="face"'),
        ("<resourceRef>clerk", "<resourceRef>town"),
        ('calledElement="P"', 'calledElement="u"'),
        (' itemSubjectRef="items"', ' itemSubjectRef="go"'),
        ('dataObjectRef="do1"', 'dataObjectRef="dor"'),
        ('categoryValueRef="value"', 'categoryValueRef="cat"'),
        ('default="f4"', 'default="u"'),
        ("<dataOutputRefs>uo", "<dataOutputRefs>ui"),
        ('<process id="P"', '<process id="P" definitionalCollaborationRef="Q"'),
        ('targetRef="note"', 'targetRef="none"'),
        ('<lane id="l1"', '<lane id="l1" partitionElementRef="none"'),
        ('<resourceParameter id="town"', '<resourceParameter id="town" type="none"'),
        ('<correlationProperty id="number"', '<correlationProperty id="number" type="go"'),
        (BLANK, '<intermediateThrowEvent id="k"><linkEventDefinition name="k"><target>go</target></linkEventDefinition>'
         f"</intermediateThrowEvent>{BLANK}"),
    ],
    "bpmn-duplicate-id": [('id="e"', 'id="s"')],
    "bpmn-dangling-flow": [
        ('targetRef="e"/>', 'targetRef="done"/>'),
        ('targetRef="x"/>', 'targetRef="dor"/>'),
        ('targetRef="x"/>', 'targetRef="sx"/>'),
        ('targetRef="x"/>', 'targetRef="nowhere"/>'),
        ('sourceRef="x" targetRef="done"', 'sourceRef="done" targetRef="x"'),
        ('sourceRef="x" targetRef="done"', 'sourceRef="x" targetRef="qstart"'),
        ('targetRef="e"/>', 'targetRef="e" isImmediate="false"/>'),
        ('<sequenceFlow id="g1" sourceRef="ss" targetRef="sx"/>', ""),
        (BLANK, f'<endEvent id="k"/>{BLANK}'),
    ],
    "bpmn-incoming": [
        ('<endEvent id="done"/>', '<endEvent id="done"><incoming>f1</incoming></endEvent>'),
        ('<endEvent id="done"/>', '<endEvent id="done"><incoming>f4</incoming><incoming>f4</incoming></endEvent>'),
    ],
    "bpmn-default": [('default="f4"', 'default="f1"')],
    "bpmn-gateway": [
        ('gatewayDirection="Diverging"', 'gatewayDirection="Converging"'),
        ('gatewayDirection="Diverging"', 'gatewayDirection="Mixed"'),
        (BLANK, f'<parallelGateway id="lost"/>{BLANK}'),
        ('<sequenceFlow id="h3" sourceRef="u" targetRef="send"/>', '<parallelGateway id="j"/>'
         '<sequenceFlow id="h3" sourceRef="u" targetRef="j"/><sequenceFlow id="i3" sourceRef="j" targetRef="send"/>'),
    ],
    "bpmn-event-gateway": [
        ('<eventBasedGateway id="ev"/>', '<eventBasedGateway id="ev" eventGatewayType="Parallel"/>'),
        ('<eventBasedGateway id="ev"/>', '<eventBasedGateway id="ev" instantiate="true"/>'),
        ('<receiveTask id="r2" messageRef="ask"/>',
         '<intermediateCatchEvent id="r2"><messageEventDefinition messageRef="ask"/></intermediateCatchEvent>'),
        ('attachedToRef="u"', 'attachedToRef="r1"'),
        ('<receiveTask id="r2" messageRef="ask"/>', '<userTask id="r2"/>'),
        ('<sequenceFlow id="f5" sourceRef="ev" targetRef="r2"/>', ""),
    ],
    "bpmn-event": [
        ('<startEvent id="ss"/>', '<startEvent id="ss"><signalEventDefinition signalRef="go"/></startEvent>'),
        ('<endEvent id="done"/>', '<endEvent id="done"><timerEventDefinition/></endEvent>'),
        ('<messageEventDefinition messageRef="ask"/></startEvent>', '<errorEventDefinition/></startEvent>'),
        ("<eventDefinitionRef>later</eventDefinitionRef>", ""),
        ("<eventDefinitionRef>later</eventDefinitionRef>", "<terminateEventDefinition/>"),
        ("<eventDefinitionRef>later</eventDefinitionRef>", '<errorEventDefinition errorRef="no"/>'),
        ('<subProcess id="sub">', '<subProcess id="sub" triggeredByEvent="true">'),
    ],
    "bpmn-condition": [
        ('targetRef="x"/>', 'targetRef="x"><conditionExpression>x</conditionExpression></sequenceFlow>'),
        ('targetRef="ad"/>', 'targetRef="ad"><conditionExpression>x</conditionExpression></sequenceFlow>'),
    ],
    "bpmn-process": [('<process id="P"', '<process id="P" processType="Public"')],
    "bpmn-no-end": [
        ('<sequenceFlow id="h9" sourceRef="qsend" targetRef="done"/>', ""),
        ('<sequenceFlow id="h0" sourceRef="b" targetRef="done"/>', ""),
        ('<endEvent id="sx"><errorEventDefinition errorRef="no"/></endEvent>', '<task id="sx"/>'),
    ],
    "bpmn-unreachable": [('<sequenceFlow id="h5" sourceRef="send" targetRef="ad"/>', "")],
    "bpmn-quantity": [('<sendTask id="send"', '<sendTask id="send" startQuantity="0"')],
    "bpmn-boundary": [('attachedToRef="u"', 'attachedToRef="any"')],
    "bpmn-link": [
        (BLANK, f'<intermediateThrowEvent id="k"><linkEventDefinition name="k"/></intermediateThrowEvent>{BLANK}'),
    ],
    "bpmn-event-part": [
        ('<subProcess id="sub">', '<subProcess id="sub" triggeredByEvent="true"><startEvent id="more"/>'),
    ],
    "bpmn-compensation": [
        ('<subProcess id="sub">', '<subProcess id="sub" triggeredByEvent="true" isForCompensation="true">'),
        ('<sendTask id="send"', '<sendTask id="send" isForCompensation="true"'),
    ],
    "bpmn-transaction": [(BLANK, f'<endEvent id="k"><cancelEventDefinition/></endEvent>{BLANK}')],
    "bpmn-lane": [
        ("<flowNodeRef>x<", "<flowNodeRef>qstart<"),
        ("<flowNodeRef>x<", "<flowNodeRef>s<"),
        ("x</flowNodeRef></lane>", 'x</flowNodeRef><childLaneSet><lane id="l3" name="L3"><flowNodeRef>qstart'
         "</flowNodeRef></lane></childLaneSet></lane>"),
    ],
    "bpmn-pool": [
        ('minimum="1" maximum="2"', 'minimum="2"'),
        ('minimum="1" maximum="2"', 'minimum="0" maximum="0"'),
        ('minimum="1" maximum="2"', 'minimum="-1"'),
    ],
    "bpmn-message-flow": [
        ('sourceRef="dark" targetRef="us"', 'sourceRef="nobody" targetRef="us"'),
        ('sourceRef="dark" targetRef="us"', 'sourceRef="e" targetRef="dark"'),
        ('sourceRef="qsend" targetRef="dark"', 'sourceRef="qsend" targetRef="r1"'),
        ('sourceRef="qsend" targetRef="dark"', 'sourceRef="qsend" targetRef="them"'),
        ('sourceRef="qsend" targetRef="dark"', 'sourceRef="x" targetRef="dark"'),
        ('sourceRef="qsend" targetRef="dark"', 'sourceRef="r1" targetRef="dark"'),
        ('sourceRef="dark" targetRef="qstart"', 'sourceRef="dark" targetRef="qsend"'),
        ('sourceRef="dark" targetRef="qstart"', 'sourceRef="dark" targetRef="send"'),
        ('sourceRef="dark" targetRef="qstart"', 'sourceRef="dark" targetRef="s"'),
    ],
    "bpmn-correlation": [
        ("<correlationPropertyRef>number</correlationPropertyRef>", ""),
        (BLANK, '<correlationSubscription correlationKeyRef="key">'
         '<correlationPropertyBinding correlationPropertyRef="o">'
         f"<dataPath/></correlationPropertyBinding></correlationSubscription>{BLANK}"),
        ("</correlationPropertyRetrievalExpression>",
         '</correlationPropertyRetrievalExpression><correlationPropertyRetrievalExpression messageRef="ask">'
         "<messagePath/></correlationPropertyRetrievalExpression>"),
    ],
    "bpmn-loop": [
        (MANY, "<multiInstanceLoopCharacteristics/>"),
        (MANY, MANY.replace("</loopCardinality>", "</loopCardinality><loopDataInputRef>do1</loopDataInputRef>")),
        (MANY, MANY.replace("s>", 's behavior="One">', 1)),
        (MANY, MANY.replace("s>", 's behavior="Complex">', 1)),
        (MANY, MANY.replace("</multi", '<inputDataItem id="one"/></multi')),
        (MANY, '<standardLoopCharacteristics loopMaximum="0"/>'),
    ],
    "bpmn-no-script": [(' scriptFormat="text/plain"', "")],
    "bpmn-no-start": [
        ('<startEvent id="ss"/>', '<task id="ss"/>'),
        ('<receiveTask id="r1"', '<receiveTask id="r1" instantiate="true"'),
    ],
    "bpmn-message": [
        ('<messageEventDefinition messageRef="reply"/></intermediateThrowEvent>',
         '<messageEventDefinition messageRef="n">'
         '<operationRef>do</operationRef></messageEventDefinition></intermediateThrowEvent>'),
        ('<sendTask id="send" messageRef="ask"', '<message id="n"/><sendTask id="send" messageRef="n"')],
    "bpmn-ad-hoc": [
        ('<task id="any"/>', '<task id="any"/><endEvent id="k"/>'),
        ('<task id="any"/>', ""),
    ],
    "bpmn-resource": [
        ("<resourceRef>clerk</resourceRef>", ""),
        ('parameterRef="town"', 'parameterRef="item"'),
    ],
    "bpmn-data": [
        ("<sourceRef>dor</sourceRef>", "<sourceRef>none</sourceRef>"),
        ("<sourceRef>dor</sourceRef>", "<sourceRef>x</sourceRef>"),
        ("<sourceRef>dor</sourceRef>", "<sourceRef>ui</sourceRef>"),
        ("<sourceRef>dor</sourceRef>", ""),
        ("<sourceRef>dor</sourceRef>", "<sourceRef>dor</sourceRef><sourceRef>qin</sourceRef>"),
        ("<targetRef>ui</targetRef>", "<targetRef>qin</targetRef>"),
        ("<targetRef>dor</targetRef>", "<targetRef>ui</targetRef>"),
        ("<sourceRef>uo</sourceRef>", "<sourceRef>dor</sourceRef>"),
        ("<optionalInputRefs>ui", "<optionalInputRefs>qin"),
        ("<dataInputRefs>qin", "<dataInputRefs>ui"),
        ("<dataInputRefs>qin</dataInputRefs>", ""),
        (' dataObjectRef="do1"', ""),
        ('<startEvent id="ss"/>', '<startEvent id="ss"/><dataObjectReference id="far" dataObjectRef="near"/>'
         '<subProcess id="deep"><dataObject id="near"/></subProcess>'),
        (' isCollection="true"/><dataObjectR', "/><dataObjectR"),
    ],
    "bpmn-import": [
        ('location="other.bpmn"', 'location="missing.bpmn"'),
        ('importType="http://www.omg.org/spec/BPMN/20100524/MODEL"', 'importType="http://www.w3.org/2001/XMLSchema"'),
    ],
    "bpmn-unsupported": [
        ('<extension mustUnderstand="false"/>', '<extension mustUnderstand="1"/>'),
        ("<category ", '<choreography id="ch"/><category '),
        ("<correlationKey ", '<conversation id="co"/><correlationKey '),
    ],
    "bpmn-long": [('id="e"', f'id="e{"x" * 200}"'), ('id="e"', f'id="e" name="{"x" * 201}"')],
}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "old", "new"), [(rule, *change) for rule, changes in CHANGES.items() for change in changes]
)
def test_one_change_that_breaks_a_rule_is_refused_by_it(rule, old, new):
    """What the standard forbids is refused by the rule about it, wherever in the file it stands."""
    assert old in RIGHT
    assert rule in refused(RIGHT.replace(old, new, 1))


HARMLESS = {
    "picture": ('<dc:Bounds x="0"', '<dc:Bounds y2="3" x="many"'),
    "prefix": ('targetRef="e"/>', 'targetRef="t:e"/>'),
    "order": ('<endEvent id="e"/>', '<endEvent id="e"><extensionElements/><documentation/></endEvent>'),
    "foreign": ('<endEvent id="e"/>', '<endEvent id="e"><extensionElements><o:x xmlns:o="urn:o"/></extensionElements>'
                "</endEvent>"),
    "list": ('<endEvent id="done"/>', '<endEvent id="done"><incoming>f4</incoming></endEvent>'),  # others have none
}  # fmt: skip


@pytest.mark.parametrize(("old", "new"), HARMLESS.values(), ids=HARMLESS.keys())
def test_what_changes_nothing_is_a_warning(old, new):
    """Old exporters and hand-made pictures do not keep a process from running; the designer is told."""
    assert old in RIGHT
    text = RIGHT.replace(old, new, 1)
    assert refused(text) == set()
    assert any(f.warning and f.rule in ("bpmn-schema", "bpmn-foreign", "bpmn-incoming") for f in lint(text))


HARMLESS_TOO = {
    "attribute of another tool": ('<endEvent id="e"/>', '<endEvent id="e" o:x="1" xmlns:o="urn:o"/>'),
    "truth as a number": ('isExecutable="false"', 'isExecutable="0"'),
    "blanks around ids": ('<endEvent id="e"/>', '<endEvent id=" e "/>'),
    "reference to an imported file": ('itemRef="t:item"', 'itemRef="o:thing" xmlns:o="urn:o"'),
    "loop that collects": (
        MANY,
        MANY.replace(
            "s><",
            "s><extensionElements><zeebe:loopCharacteristics outputCollection='r' "
            "outputElement='=1'/></extensionElements><",
            1,
        ),
    ),
    "no source": ("<sourceRef>uo</sourceRef>", ""),
    "store of another scope": ("<targetRef>dor</targetRef>", "<targetRef>store</targetRef>"),
}


@pytest.mark.parametrize(("old", "new"), HARMLESS_TOO.values(), ids=HARMLESS_TOO.keys())
def test_what_the_standard_allows_is_read(old, new):
    """Legal spellings that other tools use are not refused."""
    assert old in RIGHT
    assert refused(RIGHT.replace(old, new, 1)) == set()


def test_lists_of_flows_that_say_what_the_flows_say_are_right():
    """Lists of incoming and outgoing flows are optional; when a file uses them they are checked against the flows."""
    head, tail = RIGHT.split('<process id="Q"')
    text = head.replace('<startEvent id="s"/>', '<startEvent id="s"><outgoing>t:se</outgoing></startEvent>').replace(
        '<endEvent id="e"/>', '<endEvent id="e"><incoming>se</incoming></endEvent>'
    )
    text = text.replace(' processRef="Q"', "").replace("qsend", "dark").replace('targetRef="qstart"', 'targetRef="us"')
    assert refused(text + "</definitions>") - {"bpmn-message-flow"} == set()
    assert tail


def test_a_flood_of_errors_is_cut_off():
    """A file that is off the schema everywhere says so fifty times, not fifty thousand."""
    text = RIGHT.replace(BLANK, "".join(f'<task id="k{number}" foo="1"/>' for number in range(500)) + BLANK)
    assert sum(1 for f in lint(text) if f.rule == "bpmn-schema" and not f.warning) == 50

"""Cases: data objects, properties, data inputs and outputs, associations, and who does a task."""
# ruff: noqa: E501  a case reads best as a row of a table

from html import escape

from tests.conformance.bpmn.models import (
    body,
    call,
    catch,
    element,
    extension,
    file,
    job,
    mapping,
    model,
    process,
    script,
    sub,
    throw,
    user,
)
from tests.conformance.bpmn.play import case, no

DATA, PERSON, EVENT = "Data", "User task", "Message event"
OBJECT = '<dataObject id="d"/><dataObjectReference id="dr" dataObjectRef="d"/>'
STORE = '<dataStoreReference id="ds" dataStoreRef="DS"/>'


def goes(side: str, source: str = "", target: str = "", more: str = "") -> str:
    """An association: `in` or `out`."""
    kind = f"data{side.capitalize()}putAssociation"
    from_ = f"<sourceRef>{source}</sourceRef>" if source else ""
    return f"<{kind}>{from_}<targetRef>{target}</targetRef>{more}</{kind}>"


def assign(source: str, target: str) -> str:
    return f"<assignment><from>{escape(source)}</from><to>{target}</to></assignment>"


def transform(text: str) -> str:
    return f"<transformation>{escape(text)}</transformation>"


def io(inputs: str = "", outputs: str = "", optional: str = "", more: str = "") -> str:
    """An ioSpecification with one set of each; every name is an id."""
    ins = "".join(f'<dataInput id="{n}"/>' for n in inputs.split())
    outs = "".join(f'<dataOutput id="{n}"/>' for n in outputs.split())
    into = "".join(f"<dataInputRefs>{n}</dataInputRefs>" for n in inputs.split())
    into += "".join(f"<optionalInputRefs>{n}</optionalInputRefs>" for n in optional.split())
    out = "".join(f"<dataOutputRefs>{n}</dataOutputRefs>" for n in outputs.split())
    return (
        f"<ioSpecification>{ins}{outs}<inputSet>{into}{more}</inputSet><outputSet>{out}</outputSet></ioSpecification>"
    )


def owner(text: str, kind: str = "potentialOwner") -> str:
    said = f"<resourceAssignmentExpression><formalExpression>{text}</formalExpression></resourceAssignmentExpression>"
    return f"<{kind}>{said}</{kind}>"


WRITES = io(outputs="o") + goes("out", "o", "dr")
READS = io("i") + goes("in", "dr", "i")
CASES = [
    case("data-written-and-read", DATA, model("s a b e", a=script("=7", "d"), b=script("=d + 1", "r")), "a b | end 8",
         show="r"),
    case("data-written-inside", DATA, model("s p b e", p=sub("s1 a e1", a=script("=7", "d")), b=script("=d + 1", "r")),
         "a b | end 8", show="r"),
    case("data-written-deep-inside", DATA, model("s p b e", p=sub("s1 q e1", q=sub("s2 a e2", a=script("=7", "d"))),
         b=script("=d + 1", "r")), "a b | end 8", show="r"),
    case("data-store-and-object", DATA, model("s a e", d='<dataObject id="@"/>', dr='<dataObjectReference id="@" '
         'dataObjectRef="d"/>', ds='<dataStoreReference id="@"/>', before='<dataStore id="DS" name="orders"/>'), "a | end"),
    case("data-other-branch", DATA, model("s g; g u e; g v b e2", b=script("=x", "r")), ("u x=1; v", "u v b | end 1"),
         show="r", facts={"x": 0}),
    case("data-last-writer", DATA, model("s g; g u j; g v j; j b e", b=script("=x", "r")), ('v x="second"; u x="first"',
         'v u b | end "first"'), show="r"),
    case("data-two-ends", DATA, model("s p z e", p=sub("s1 g; g a e1; g b e2", a=script('="p"', "va"), b=script('="q"', "vb")),
         z=script('=va + " " + vb', "r")), '~a b z | end "p q"', show="r"),
    case("data-io-specification", DATA, model("s a b e", inside=OBJECT, a=script("=7", "o", WRITES), b=script("=i + 1", "r", READS)),
         "a b | end 8", show="r"),
    case("data-output-stays-inside", DATA, model("s a e", inside=OBJECT, a=script("=7", "o", WRITES)), "a | end null", show="o"),
    case("data-named", DATA, model("s a e", inside=OBJECT.replace('id="dr"', 'id="dr" name="订单"'), a=script("=7", "o", WRITES)),
         "a | end 7", show="订单"),
    case("data-object-name-first", DATA, model("s a e", inside=OBJECT.replace('id="d"', 'id="d" name="order"').replace('id="dr"',
         'id="dr" name="later"'), a=script("=7", "o", WRITES)), "a | end 7", show="order"),
    case("data-waits-until-there", DATA, model("s g; g u b e; g v e2", inside=OBJECT, u=user(READS), v=user(io(outputs="o") +
         goes("out", "o", "dr"))), "| v", ("v o=3", "v | u"), ("v o=3; u", "v u b | end")),
    case("data-never-there", DATA, model("s u e", inside=OBJECT, u=user(READS)), "| incident u"),
    case("data-optional-input", DATA, model("s a e", inside=OBJECT, a=script("=if i = null then 0 else i", "r", io("i", optional="i")
         + goes("in", "dr", "i"))), "a | end 0", show="r"),
    case("data-output-missing", DATA, model("s u e", inside=OBJECT, u=user(WRITES)), ("u", "| incident u")),
    case("data-transformation", DATA, model("s b e", inside=OBJECT, b=script("=i", "r", io("i") + goes("in", "dr", "i",
         transform("=d * 2")))), "b | end 8", show="r", facts={"d": 4}),
    case("data-assignments", DATA, model("s b e", inside=OBJECT, b=script("=i.x + i.y", "r", io("i") + goes("in", "dr", "i",
         assign("=d", "=i.x") + assign("=1", "i.y")))), "b | end 5", show="r", facts={"d": 4}),
    case("data-assigned-from-plain-task", DATA, model("s a e", inside=OBJECT, a=element("task", goes("out", "", "dr", assign("=n + 1",
         "d.count")))), 'a | end {"count": 3}', show="d", facts={"n": 2}),
    case("data-to-job", DATA, model("s a e", inside=OBJECT, a=job(inside=io("i", "o") + goes("in", "dr", "i") + goes("out", "o", "dr"))),
         ("#a o=9", "a | end 9"), show="d", facts={"d": 4}),
    case("data-of-sub-process", DATA, model("s p z e", p=sub("s1 a b e1", inside=OBJECT, a=script("=7", "o", WRITES),
         b=script("=i", "r", READS)), z=script("=d", "q")), "| incident z"),
    case("data-of-sub-process-hides", DATA, model("s p e", p=sub("s1 a e1", inside=OBJECT, a=script("=7", "o", WRITES))),
         "a | end 1", show="d", facts={"d": 1}),
    case("data-of-each-instance", DATA, model("s p e", p=sub("s1 a b e1", inside="<multiInstanceLoopCharacteristics>"
         "<loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics>" + OBJECT, a=script("=loopCounter", "o", WRITES),
         b=script("=append(r, i)", "r", READS))), "~a a b b | end [1, 2]", show="r", facts={"r": []}),
    case("data-property", DATA, model("s u e", u=user('<property id="prop" name="prop"/>')), "| u", ("u", "u | end")),
    case("data-property-of-process", DATA, model("s a b e", inside='<property id="p1" name="prop"/>', a=script("=7", "o", io(outputs="o")
         + goes("out", "o", "p1")), b=script("=i", "r", io("i") + goes("in", "p1", "i"))), "a b | end 7", show="r"),
    case("data-property-without-value", DATA, model("s a e", inside='<property id="p1" name="prop"/>', a=script("=i = null", "r",
         io("i", optional="i") + goes("in", "p1", "i"))), "a | end true", show="r"),
    case("data-property-of-task", DATA, model("s a e", inside=OBJECT, a=script("=own + 1", "r", '<property id="p1" name="own"/>' +
         goes("in", "dr", "p1"))), "a | end 5", show="r", facts={"d": 4}),
    case("data-drawn-only", DATA, model("s u e", inside=OBJECT, u=user('<property id="x" name="__targetRef_placeholder"/>' +
         goes("in", "dr", "x") + goes("out", "", "dr"))), "| u null", ("u n=1", "u | end 1"), show="n"),
    case("data-of-call", DATA, file(process(OBJECT + body("s p e", p=call(inside=io("i", "o") + goes("in", "dr", "i") +
         goes("out", "o", "dr")))), process(io("i2", "o2").replace('id="i2"', 'id="i2" name="i"')
         .replace('id="o2"', 'id="o2" name="o"') + body("s1 a e1", a=script("=i + 1", "o")), "Q")), "a p | end 5", show="d",
         facts={"d": 4}),
    case("data-of-call-closed", DATA, file(process(OBJECT + body("s p e", p=call(inside=io("i") + goes("in", "dr", "i")))),
         process(body("s1 a e1", a=script("=d", "o")), "Q")), "| incident a", facts={"d": 4}),
    case("data-of-process-given", DATA, model("s a e", inside=io("n"), a=script("=n + 1", "r")), "a | end 3", show="r", facts={"n": 2}),
    case("data-of-process-missing", DATA, model("s a e", inside=io("n"), a=script("=n + 1", "r")), "| incident P"),
    case("script-mapped", "Script task", model("s a e", a=script("=k * 2", "y", "").replace("</extensionElements>", mapping("in k =n + 1",
         "out r.x =y") + "</extensionElements>")), 'a | end {"x": 6}', show="r", facts={"n": 2}),
    no("data-input-in-no-set", DATA, model("s u e", u=user('<ioSpecification><dataInput id="i1"/><inputSet/><outputSet/>'
       "</ioSpecification>")), "bpmn-data"),
    no("data-input-from-nowhere", DATA, model("s u e", u=user(io("i"))), "bpmn-data"),
    no("data-two-input-sets", DATA, model("s u e", inside=OBJECT, u=user(READS.replace("<outputSet>", "<inputSet/><outputSet>"))),
       "bpmn-unsupported"),
    no("data-input-while-running", DATA, model("s u e", inside=OBJECT, u=user(io("i", more="<whileExecutingInputRefs>i"
       "</whileExecutingInputRefs>") + goes("in", "dr", "i"))), "bpmn-unsupported"),
    no("data-store-read", DATA, model("s u e", inside=STORE, u=user(io("i") + goes("in", "ds", "i"))), "bpmn-unsupported"),
    no("data-unknown", DATA, model("s u e", u=user(io("i") + goes("in", "nowhere", "i"))), "bpmn-data"),
    no("data-into-data-object", DATA, model("s u e", inside=OBJECT, u=user(goes("in", "dr", "d"))), "bpmn-data"),
    no("data-name-with-space", DATA, model("s u e", inside=OBJECT.replace('id="dr"', 'id="dr" name="the order"'), u=user(READS)),
       "bpmn-data"),
    no("data-two-names", DATA, model("s u e", inside=OBJECT.replace('id="dr"', 'id="dr" name="x1"') + '<dataObjectReference id="dq" '
       'dataObjectRef="d" name="x2"/>', u=user(READS)), "bpmn-data"),
    no("data-transformation-not-feel", DATA, model("s u e", inside=OBJECT, u=user(io("i") + goes("in", "dr", "i", transform("d + 1")))),
       "bpmn-data"),
    no("data-transformation-broken", DATA, model("s u e", inside=OBJECT, u=user(io("i") + goes("in", "dr", "i", transform("=d +")))),
       "feel-syntax"),
    no("data-assigned-elsewhere", DATA, model("s u e", inside=OBJECT, u=user(io("i") + goes("in", "dr", "i", assign("=d", "k")))),
       "bpmn-data"),
    no("data-of-sub-process-specified", DATA, model("s p e", p=sub("s1 a e1", inside=io("i"))), "bpmn-unsupported"),
    no("data-of-catch-event", EVENT, model("s k e", inside=OBJECT, k=catch('<dataOutput id="o"/><dataOutputAssociation><sourceRef>o'
       '</sourceRef><targetRef>dr</targetRef></dataOutputAssociation><messageEventDefinition messageRef="M"/>')), "bpmn-unsupported"),
    no("data-of-throw-event", "Signal event", model("s k e", k=throw('<dataInput id="i"/><signalEventDefinition signalRef="G"/>')),
       "bpmn-unsupported"),
    case("performer", PERSON, model("s u e", u=user(owner("boss"))), "| u", ("u", "u | end")),
    case("performer-human", PERSON, model("s u e", u=user(owner("=lead", "humanPerformer") + owner("clerk"))), ("u", "u | end"),
         facts={"lead": "wang"}),
    case("performer-resource", PERSON, model("s u e", u=user("<potentialOwner><resourceRef>R</resourceRef></potentialOwner>"),
         before='<resource id="R" name="clerk"/>'), ("u", "u | end")),
    case("assignment", PERSON, model("s u e", u=user(extension('<zeebe:assignmentDefinition assignee="wang" candidateUsers="li, zhao"/>',
         '<zeebe:taskSchedule dueDate="2026-02-01T09:00:00+08:00" followUpDate="=today() + duration(&quot;P3D&quot;)"/>'))), ("u", "u | end")),
    case("assignment-of-nobody", PERSON, model("s u e", u=user(extension('<zeebe:assignmentDefinition assignee="=1 + 1"/>'))),
         "| incident u"),
    no("performer-of-script", PERSON, model("s a e", a=script("=1", "r", owner("boss", "performer"))), "bpmn-unsupported"),
    no("performer-twice", PERSON, model("s u e", u=user(extension('<zeebe:assignmentDefinition assignee="wang"/>') + owner("boss"))),
       "bpmn-resource"),
    no("performer-not-feel", PERSON, model("s u e", u=user(owner("user(wang)"))), "bpmn-resource"),
    no("follow-up-not-a-date", PERSON, model("s u e", u=user(extension('<zeebe:taskSchedule followUpDate="soon"/>'))), "bpmn-timer"),
]  # fmt: skip

"""Cases: tasks, decisions, several instances, loops, calls, ad-hoc sub-processes, quantities, data."""
# ruff: noqa: E501  a case reads best as a row of a table

from tests.conformance.bpmn.models import (
    ERR,
    MSG,
    body,
    call,
    decide,
    element,
    extension,
    file,
    job,
    mapping,
    model,
    on,
    process,
    script,
    several,
    start,
    sub,
    user,
)  # fmt: skip
from tests.conformance.bpmn.play import case, no

MANY, LOOP, CALL, ADHOC, QUANTITY, DATA = (
    "Multi-instance", "Standard loop", "Call activity", "Ad-hoc sub-process", "Quantities", "Data")  # fmt: skip
DECISION = "Business rule task"
SUB = "Sub-process"


def table(policy: str = "UNIQUE", second: str = ">= 10") -> bytes:
    """A decision table over n with two rules."""
    rules = "".join(
        f"<rule id='r{i}'><inputEntry><text>{test.replace('<', '&lt;').replace('>', '&gt;')}</text></inputEntry>"
        f"<outputEntry><text>{out}</text></outputEntry></rule>"
        for i, (test, out) in enumerate((("< 10", '"low"'), (second, '"high"')), 1)
    )
    logic = (
        f"<decisionTable hitPolicy='{policy}'><input><inputExpression typeRef='number'><text>n</text></inputExpression>"
        f"</input><output name='grade'/>{rules}</decisionTable>"
    )
    return (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="urn:d">'
        '<inputData id="i_n" name="n"><variable name="n" typeRef="number"/></inputData>'
        '<decision id="grade" name="Grade"><variable name="Grade" typeRef="string"/>'
        '<informationRequirement><requiredInput href="#i_n"/></informationRequirement>'
        f"{logic}</decision></definitions>"
    ).encode()


def ad_hoc(flows: str, until: str = "", more: str = "", **elements: str) -> bytes:
    condition = f"<completionCondition>{until}</completionCondition>" if until else ""
    return model("s p e", p=sub(flows, more, kind="adHocSubProcess", inside=condition, **elements))


def again(condition: str, *, before: bool = False, most: int = 0) -> str:
    """A standard loop."""
    text = f"<loopCondition>{condition.replace('<', '&lt;')}</loopCondition>" if condition else ""
    more = f'loopMaximum="{most}"' if most else ""
    return (
        f'<standardLoopCharacteristics testBefore="{str(before).lower()}" {more}>{text}</standardLoopCharacteristics>'
    )


Q_TASK = process(body("s1 a e1"), "Q")
MULTI = "<multiInstanceLoopCharacteristics {}><loopCardinality>{}</loopCardinality></multiInstanceLoopCharacteristics>"
LIST = several("=[1,2,3]", one="i", out="r", answer="=y")
LAND = {"decisions": {"grade.dmn": table()}, "show": "r"}
OTHER = file(process(body("s5 a5 e5"), "Far"))
CASES = [
    case("several-parallel", MANY, model("s a z e", a=script("=i * 2", "y", LIST)), "a a a z | end [2, 4, 6]", show="r"),
    case("several-sequential", MANY, model("s a z e", a=script("=i * 2", "y", several("=[1,2,3]", one="i", out="r",
         answer="=y", seq=True))), "a a a z | end [2, 4, 6]", show="r"),
    case("several-of-nothing", MANY, model("s a z e", a=script("=i", "y", several("=[]", one="i", out="r", answer="=y"))),
         "a z | end"),
    case("several-of-nothing-sequential", MANY, model("s a z e", a=script("=i", "y", several("=[]", one="i", out="r",
         answer="=y", seq=True))), "a z | end"),
    no("several-cardinality", MANY, model("s a e", a=user(MULTI.format("", 3))), "bpmn-unsupported"),
    no("several-negative", MANY, model("s a e", a=user(MULTI.format("", -1))), "bpmn-unsupported"),
    case("several-until", MANY, model("s a z e", a=script("=i", "y", several("=[1,2,3,4,5]", one="i", out="r", answer="=y",
         seq=True, until="=numberOfCompletedInstances >= 2"))), "a a z | end"),
    case("several-until-data", MANY, model("s a z e", a=script("=i * 10", "y", several("=[1,2,3,4,5]", one="i", out="r",
         answer="=y", seq=True, until="=y >= 20"))), "a a z | end"),
    case("several-until-cancels", MANY, model("s u z e", u=user(several("=[1,2,3]", one="i", out="r", answer="=ok",
         until="=ok"))), ("u ok=true", "u z | end"), ("u ok=false", "u | u,u")),
    case("several-output-exists", MANY, model("s a z e", a=script("=1", "y", several("=[1,2]", one="i", out="r",
         answer="=y"))), "a a z | end [1, 1]", show="r", facts={"r": []}),
    case("several-counter", MANY, model("s a e", a=script("=loopCounter", "y", several("=[7,8]", one="i", out="r",
         answer="=y"))), "a a | end [1, 2]", show="r"),
    no("several-behaviour", MANY, model("s a e", a=user(
       '<multiInstanceLoopCharacteristics behavior="One" oneBehaviorEventRef="SD"/>')), "bpmn-unsupported"),
    case("several-sub-process", MANY, model("s p e", p=sub("s1 u e1", inside=several("=[1,2]", one="i"))), "| u,u",
         ("u; u", "u u | end")),
    case("several-sub-process-output", MANY, model("s p z e", p=sub("s1 a e1", inside=several("=[1,2]", one="i", out="r",
         answer="=y"), a=script("=i + 1", "y"))), "a a z | end [2, 3]", show="r"),
    case("several-calls", MANY, file(process(body("s p z e", p=call(inside=several("=[1,2]", one="i", seq=True)))), Q_TASK),
         "a p a p z | end"),
    case("several-jobs", MANY, model("s a z e", a=job(inside=several("=[1,2]", one="i", out="r", answer="=x"))),
         ("#a x=5; #a x=6", "a a z | end [5, 6]"), show="r"),
    no("several-sub-process-computed", MANY, model("s p e", p=sub("s1 a e1", inside=several("=[1]", one="i", out="r",
       answer="=y + 1"))), "bpmn-loop"),
    no("several-plain", MANY, model("s a e", a=element("task", LIST)), "bpmn-unsupported"),
    case("loop-while", LOOP, model("s i a z e", i=script("=0", "n"), a=script("=n + 1", "n", again("=n < 5", most=2))),
         "i a a z | end 2", show="n"),
    case("loop-until-false", LOOP, model("s a z e", a=script("=n + 1", "n", again("=n < 3"))), "a a a z | end 3", show="n",
         facts={"n": 0}),
    case("loop-tested-before", LOOP, model("s a z e", a=script("=n + 1", "n", again("=n < 0", before=True))), "a z | end 0",
         show="n", facts={"n": 0}),
    case("loop-tested-after", LOOP, model("s a z e", a=script("=n + 1", "n", again("=n < 0"))), "a z | end 1", show="n",
         facts={"n": 0}),
    case("loop-person", LOOP, model("s u z e", u=user(again("=more"))), ("u more=true; u more=false", "u u z | end")),
    case("loop-sub-process", LOOP, model("s p z e; b H e2", p=sub("s1 u e1", inside=again("=loopCounter < 2")), b=on("p",
         MSG)), ("u; u", "u u z | end"), ("u; !msg", "u H | end")),
    case("loop-job-fails", LOOP, model("s a z e; b H e2", a=job(inside=again("", most=3)), b=on("a", ERR)),
         ("#a; #a !E1", "a H | end"), ("#a; #a; #a", "a a a z | end")),
    no("loop-bare", LOOP, model("s a e", a=user("<standardLoopCharacteristics/>")), "bpmn-loop"),
    no("loop-plain", LOOP, model("s a e", a=element("task", again("=true"))), "bpmn-unsupported"),
    case("call", CALL, file(process(body("s p z e", p=call())), Q_TASK), "a p z | end"),
    case("call-by-qname", CALL, file(process(body("s p z e", p=element("callActivity", "", 'calledElement="tns:Q"'))),
         Q_TASK), "a p z | end"),
    no("call-global-task", CALL, file(process(body("s p e", p=call("T"))), before='<globalScriptTask id="T"/>'), "bpmn-call"),
    case("call-itself", CALL, model("s i a x; x [=n < 3] p e; x *e", i=script("=n + 1", "n"), p=call("P")),
         "i a i a i a p p | end", facts={"n": 0}),
    case("call-itself-for-ever", CALL, model("s p e", p=call("P")), "| incident p"),
    case("call-isolated", CALL, file(process(body("s p z e", p=call(attributes='propagateAllChildVariables="false"'))),
         process(body("s1 a e1", a=script("=1", "secret")), "Q")), "a p z | end null", show="secret"),
    case("call-gives-back", CALL, file(process(body("s p z e", p=call())), process(body("s1 a e1", a=script("=n + 1", "r")),
         "Q")), "a p z | end 2", show="r", facts={"n": 1}),
    case("call-closed", CALL, file(process(body("s p e", p=call(attributes='propagateAllParentVariables="false"'))),
         process(body("s1 a e1", a=script("=n", "r")), "Q")), "| incident a", facts={"n": 1}),
    case("call-mapped", CALL, file(process(body("s p e", p=call(attributes='propagateAllParentVariables="false"',
         more=mapping("in m =n + 1", "out r.x =y")))), process(body("s1 a e1", a=script("=m * 10", "y")), "Q")),
         'a p | end {"x": 20}', show="r", facts={"n": 1}),
    case("call-task-in-called", CALL, file(process(body("s g; g p j; g v j; j e", p=call(attributes=
         'propagateAllChildVariables="false"'))), process(body("s1 u a e1", a=script("=n", "k")), "Q")),
         ("v n=2; u n=5", "~v u a p | end 2"), show="n", facts={"n": 1}),
    case("call-other-file", CALL, model("s p z e", p=call("Far")), "a5 p z | end", drawings={"far.bpmn": OTHER}),
    no("call-missing", CALL, model("s p e", p=call("Fra")), "bpmn-call", drawings={"far.bpmn": OTHER}),
    no("call-message-start", CALL, file(process(body("s p e", p=call())), process(body("s1 a e1", s1=start(MSG)), "Q")),
       "bpmn-call"),
    no("call-dynamic", CALL, model("s p e", p=call("=target")), "bpmn-call"),
    case("call-without-end", CALL, file(process(body("s p z e", p=call())), process(body("s1 a"), "Q")), "a p z | end"),
    case("adhoc-without-condition", ADHOC, ad_hoc("a; b"), "~a b | end"),
    case("adhoc-tasks", ADHOC, ad_hoc("u; v", "=n = 2"), "| u,v", ("u n=1; v n=2", "u v | end"), ("u n=2", "u | end")),
    no("adhoc-sequential", ADHOC, ad_hoc("u; v", "=false", 'ordering="Sequential"'), "bpmn-unsupported"),
    case("adhoc-cancel-remaining", ADHOC, ad_hoc("u; v", "=done", 'cancelRemainingInstances="false"'), ("u done=true",
         "u | v"), ("u done=true; v", "u v | end")),
    case("adhoc-repeat", ADHOC, ad_hoc("u", "=n = 2"), ("u n=1", "u | u"), ("u n=1; u n=2", "u u | end")),
    case("adhoc-flow", ADHOC, ad_hoc("a b", "=n = 2", a=script("=1", "n"), b=script("=2", "n")), "a b | end"),
    case("adhoc-enough-before-what-follows", ADHOC, ad_hoc("a b", "=n = 1", a=script("=1", "n")), "a | end"),
    case("adhoc-data-object", ADHOC, ad_hoc("u; v", "=n = 2", d='<dataObject id="@"/>'), ("u n=1; v n=2", "u v | end")),
    no("adhoc-sequential-data", ADHOC, ad_hoc("u; v", "=false", 'ordering="Sequential"', d='<dataObject id="@"/>'),
       "bpmn-unsupported"),
    case("adhoc-cancel-data", ADHOC, ad_hoc("u; v", "=done", 'cancelRemainingInstances="false"', d='<dataObject id="@"/>'),
         ("u done=true; v", "u v | end")),
    case("adhoc-repeat-data", ADHOC, ad_hoc("u", "=n = 2", d='<dataObject id="@"/>'), ("u n=1; u n=2", "u u | end")),
    case("adhoc-flow-data", ADHOC, ad_hoc("a b", "=n = 2", a=script("=1", "n"), b=script("=2", "n"), d=
         '<dataObject id="@"/>'), "a b | end"),
    case("adhoc-never-enough", ADHOC, ad_hoc("a", "=n = 2", a=script("=1", "n")), "| incident p"),
    no("adhoc-with-start", ADHOC, ad_hoc("s1 a"), "bpmn-ad-hoc"),
    no("adhoc-condition-not-feel", ADHOC, ad_hoc("a", "n > 1".replace(">", "&gt;")), "bpmn-condition"),
    case("quantity-start", QUANTITY, model("s g; g a b; g a2 b; b e", b=element("task", "", 'startQuantity="2"')),
         "~a a2 b | end"),
    case("quantity-start-too-few", QUANTITY, model("s b e", b=element("task", "", 'startQuantity="2"')), "| incident b"),
    case("quantity-completion", QUANTITY, model("s a b e", a=element("task", "", 'completionQuantity="2"')), "a b b | end"),
    no("quantity-of-nothing", QUANTITY, model("s a e", a=element("task", "", 'startQuantity="0"')), "bpmn-quantity"),
    case("service-task", "Service and send task", model("s a z e", a=job()), "| waits", ("#a", "a z | end")),
    case("send-task", "Service and send task", model("s a z e", a=job("sendTask")), ("#a", "a z | end")),
    no("service-task-without-type", "Service and send task", model("s a z e", a=element("serviceTask")), "bpmn-no-job"),
    case("rule-decides", DECISION, model("s a z e", a=decide("grade")), 'a z | end "high"', facts={"n": 12}, **LAND),
    case("rule-by-name", DECISION, model("s a z e", a=decide("Grade")), 'a z | end "low"', facts={"n": 2}, **LAND),
    case("rule-mapped", DECISION, model("s a z e", a=decide("grade", "y", mapping("in n =q + 1", "out r =y"))),
         'a z | end "high"', facts={"q": 9}, **LAND),
    case("rule-several", DECISION, model("s a e", a=decide("grade", "y").replace("</businessRuleTask>", several("=[1,20]",
         one="n", out="r", answer="=y") + "</businessRuleTask>")), 'a a | end ["low", "high"]', **LAND),
    case("rule-not-unique", DECISION, model("s a z e", a=decide("grade")), "| incident a", facts={"n": 7},
         decisions={"grade.dmn": table(second=">= 5")}),
    case("rule-input-missing", DECISION, model("s a z e", a=decide("grade")), "| incident a", decisions={"g.dmn": table()}),
    no("rule-unknown", DECISION, model("s a e", a=decide("grad")), "bpmn-decision", decisions={"g.dmn": table()}),
    no("rule-without-decision", DECISION, model("s a z e", a=element("businessRuleTask")), "bpmn-no-job"),
    case("rule-as-job", DECISION, model("s a z e", a=job("businessRuleTask")), ("#a", "a z | end")),
    no("performer", "User task", model("s u e", u=user("<potentialOwner><resourceAssignmentExpression><formalExpression>boss"
       "</formalExpression></resourceAssignmentExpression></potentialOwner>")), "bpmn-unsupported"),
    case("data-written-and-read", DATA, model("s a b e", a=script("=7", "d"), b=script("=d + 1", "r")), "a b | end 8",
         show="r"),
    no("data-io-specification", DATA, model("s u e", u=user('<ioSpecification><dataInput id="i1"/></ioSpecification>')),
       "bpmn-unsupported"),
    case("data-written-inside", DATA, model("s p b e", p=sub("s1 a e1", a=script("=7", "d")), b=script("=d + 1", "r")),
         "a b | end 8", show="r"),
    case("data-written-deep-inside", DATA, model("s p b e", p=sub("s1 q e1", q=sub("s2 a e2", a=script("=7", "d"))),
         b=script("=d + 1", "r")), "a b | end 8", show="r"),
    case("data-store-and-object", DATA, model("s a e", d='<dataObject id="@"/>', dr='<dataObjectReference id="@" '
         'dataObjectRef="d"/>', ds='<dataStoreReference id="@"/>', before='<dataStore id="DS" name="orders"/>'), "a | end"),
    no("data-transformation", DATA, model("s u e", u=user('<dataInputAssociation id="r"><targetRef>d</targetRef>'
       "<transformation>d + 1</transformation></dataInputAssociation>")), "bpmn-unsupported"),
    case("data-other-branch", DATA, model("s g; g u e; g v b e2", b=script("=x", "r")), ("u x=1; v", "u v b | end 1"),
         show="r", facts={"x": 0}),
    case("data-last-writer", DATA, model("s g; g u j; g v j; j b e", b=script("=x", "r")), ('v x="second"; u x="first"',
         'v u b | end "first"'), show="r"),
    case("data-two-ends", DATA, model("s p z e", p=sub("s1 g; g a e1; g b e2", a=script('="p"', "va"), b=script('="q"', "vb")),
         z=script('=va + " " + vb', "r")), '~a b z | end "p q"', show="r"),
    no("data-property", DATA, model("s u e", u=user('<property id="prop" name="prop"/>')), "bpmn-unsupported"),
    case("sub-process-names", SUB, model("s p z e", p=sub("s1 a e1", inside=extension(mapping("in k =n + 1",
         "out r =k * 2")), a=script("=k + 1", "k"))), "a z | end 6", show="r", facts={"n": 1}),
    no("sub-process-empty", SUB, model("s p e", p=element("subProcess")), "bpmn-empty"),
]  # fmt: skip

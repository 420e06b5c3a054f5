"""Cases: tasks, decisions, several instances, loops, calls, ad-hoc sub-processes, quantities."""
# ruff: noqa: E501  a case reads best as a row of a table

from html import escape

from tests.conformance.bpmn.models import (
    ERR,
    ESC,
    MSG,
    SIG,
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
    receive,
    script,
    several,
    start,
    sub,
    subscription,
    user,
)  # fmt: skip
from tests.conformance.bpmn.play import case, no

MANY, LOOP, CALL, ADHOC, QUANTITY = (
    "Multi-instance", "Standard loop", "Call activity", "Ad-hoc sub-process", "Quantities")  # fmt: skip
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


def ad_hoc(flows: str, until: str = "", more: str = "", inside: str = "", **elements: str) -> bytes:
    condition = f"<completionCondition>{until}</completionCondition>" if until else ""
    return model("s p e", p=sub(flows, more, kind="adHocSubProcess", inside=inside + condition, **elements))


def again(condition: str, *, before: bool = False, most: int = 0) -> str:
    """A standard loop."""
    text = f"<loopCondition>{condition.replace('<', '&lt;')}</loopCondition>" if condition else ""
    more = f'loopMaximum="{most}"' if most else ""
    return (
        f'<standardLoopCharacteristics testBefore="{str(before).lower()}" {more}>{text}</standardLoopCharacteristics>'
    )


GLOBAL_SCRIPT = (
    '<globalScriptTask id="T">'
    + extension("<zeebe:script expression='=n + 1' resultVariable='r'/>")
    + "</globalScriptTask>"
)
Q_TASK = process(body("s1 a e1"), "Q")
MULTI = "<multiInstanceLoopCharacteristics {}><loopCardinality>{}</loopCardinality></multiInstanceLoopCharacteristics>"
SIGNALLED = '<signalEventDefinition id="SD" signalRef="G"/><escalationEventDefinition id="YD" escalationRef="Y"/>'


def times(count: str, more: str = "", *, seq: bool = True, inside: str = "", until: str = "", throws: str = "") -> str:
    """A multi-instance marker in the standard's words. `throws`: an event per condition, as `condition|event`."""
    data = extension(f"<zeebe:loopCharacteristics {inside}/>") if inside else ""
    number = f"<loopCardinality>{count}</loopCardinality>" if count else ""
    enough = f"<completionCondition>{escape(until)}</completionCondition>" if until else ""
    when, _, event = throws.partition("|")
    complex_ = (
        f"<complexBehaviorDefinition><condition>{escape(when)}</condition><event>{event}</event></complexBehaviorDefinition>"
        if throws
        else ""
    )
    kind = f'isSequential="{str(seq).lower()}" {more}'
    return (
        f"<multiInstanceLoopCharacteristics {kind}>{data}{number}{complex_}{enough}</multiInstanceLoopCharacteristics>"
    )


def over(source: str = "d", target: str = "", given: str = "") -> str:
    """A multi-instance marker over item-aware elements."""
    out = f"<loopDataOutputRef>{target}</loopDataOutputRef>" if target else ""
    item = f'<outputDataItem id="{given}"/>' if given else ""
    return (
        f"<multiInstanceLoopCharacteristics><loopDataInputRef>{source}</loopDataInputRef>{out}"
        f'<inputDataItem id="x"/>{item}</multiInstanceLoopCharacteristics>'
    )


def aside(flows: str, name: str = "Q") -> str:
    """A process that is only called."""
    return process(body(flows), name).replace('isExecutable="true"', 'isExecutable="false"')


OBJECTS = '<dataObject id="d"/><dataObject id="q"/>'
SPECIFIED = (
    '<ioSpecification><dataInput id="i"/><dataOutput id="o"/><inputSet><dataInputRefs>i</dataInputRefs></inputSet>'
    "<outputSet><dataOutputRefs>o</dataOutputRefs></outputSet></ioSpecification>"
    "<dataInputAssociation><sourceRef>d</sourceRef><targetRef>i</targetRef></dataInputAssociation>"
    "<dataOutputAssociation><sourceRef>o</sourceRef><targetRef>q</targetRef></dataOutputAssociation>"
)
SEQUENTIAL = 'ordering="Sequential"'
COLLECT = "outputCollection='r' outputElement='=y'"
NONE, ONE, COMPLEX = (
    'behavior="None" noneBehaviorEventRef="{}"', 'behavior="One" oneBehaviorEventRef="{}"', 'behavior="Complex"')  # fmt: skip
LIST = several("=[1,2,3]", one="i", out="r", answer="=y")
LAND = {"decisions": {"grade.dmn": table()}, "show": "r"}
Q_ASIDE = aside("s1 a e1")
OTHER = file(process(body("s5 a5 e5"), "Far"))
CASES = [
    case("several-parallel", MANY, model("s a z e", a=script("=i * 2", "y", LIST)), "a a a z | end [2, 4, 6]", show="r"),
    case("several-sequential", MANY, model("s a z e", a=script("=i * 2", "y", several("=[1,2,3]", one="i", out="r",
         answer="=y", seq=True))), "a a a z | end [2, 4, 6]", show="r"),
    case("several-of-nothing", MANY, model("s a z e", a=script("=i", "y", several("=[]", one="i", out="r", answer="=y"))),
         "a z | end"),
    case("several-of-nothing-sequential", MANY, model("s a z e", a=script("=i", "y", several("=[]", one="i", out="r",
         answer="=y", seq=True))), "a z | end"),
    case("several-cardinality", MANY, model("s u z e", u=user(MULTI.format("", 3))), "| u,u,u", ("u; u; u", "u u u z | end")),
    case("several-cardinality-sequential", MANY, model("s u z e", u=user(times("2"))), "| u", ("u", "u | u"), ("u; u", "u u z | end")),
    case("several-cardinality-feel", MANY, model("s a z e", a=script("=loopCounter * 2", "y", times("=n + 1", inside=COLLECT))),
         "a a a z | end [2, 4, 6]", show="r", facts={"n": 2}),
    case("several-cardinality-zero", MANY, model("s a z e", a=element("task", times("0"))), "a z | end"),
    case("several-cardinality-parallel-zero", MANY, model("s a z e", a=element("task", times("=n", seq=False))), "a z | end",
         facts={"n": 0}),
    case("several-cardinality-negative", MANY, model("s a z e", a=element("task", times("=n"))), "| incident a", facts={"n": -1}),
    case("several-cardinality-fraction", MANY, model("s a z e", a=element("task", times("=n / 2"))), "| incident a", facts={"n": 3}),
    case("several-cardinality-text", MANY, model("s a z e", a=element("task", times("=n"))), "| incident a", facts={"n": "3"}),
    case("several-cardinality-far-too-many", MANY, model("s a z e", a=element("task", times("=n"))), "| incident a",
         facts={"n": 10**12}),
    case("several-cardinality-until", MANY, model("s a z e", a=element("task", times("5",
         until="=numberOfCompletedInstances >= 2"))), "a a z | end"),
    case("several-counts", MANY, model("s u z e", u=user(times("3", seq=False, until="=numberOfInstances = 3 and "
         "numberOfActiveInstances = 1 and numberOfCompletedInstances = 2 and numberOfTerminatedInstances = 0"))),
         ("u; u", "u u z | end")),
    no("several-negative", MANY, model("s a e", a=user(MULTI.format("", -1))), "bpmn-loop"),
    no("several-cardinality-not-feel", MANY, model("s a e", a=user(MULTI.format("", "n"))), "bpmn-loop"),
    no("several-cardinality-and-list", MANY, model("s a e", a=element("task", times("2", inside="inputCollection='=[1]'"))),
       "bpmn-loop"),
    no("several-neither", MANY, model("s a e", a=element("task", times(""))), "bpmn-loop"),
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
    case("several-behaviour-all", MANY, model("s a z e", a=element("task", times("2", 'behavior="All"'))), "a a z | end"),
    case("several-behaviour-one", MANY, model("s a z e; b H e2", before=SIGNALLED, a=element("task", times("3", ONE.format("SD"))),
         b=on("a", SIG, False)), "~a ~sig H a a z | end"),
    case("several-behaviour-none", MANY, model("s a z e; b H e2", before=SIGNALLED, a=element("task", times("2", NONE.format("SD"))),
         b=on("a", SIG, False)), "~a ~sig ~sig H a H z | end"),
    case("several-behaviour-interrupts", MANY, model("s u z e; b H e2", before=SIGNALLED, u=user(times("3", ONE.format("SD"),
         seq=False)), b=on("u", SIG)), ("u", "u H ~sig | end")),
    case("several-behaviour-escalation", MANY, model("s a z e; b H e2", before=SIGNALLED, a=element("task", times("2",
         ONE.format("YD"))), b=on("a", ESC, False)), "a H a z | end"),
    case("several-behaviour-complex", MANY, model("s a z e; b H e2", a=element("task", times("4", COMPLEX,
         throws=f"=numberOfCompletedInstances = 2|{SIG}")), b=on("a", SIG, False)), "~a a ~sig H a a z | end"),
    case("several-behaviour-complex-data", MANY, model("s a z e; b H e2", a=script("=loopCounter", "y", times("3", COMPLEX,
         throws=f"=y >= 2|{SIG}", until="=y = 3")), b=on("a", SIG)), "~a a ~sig H | end"),
    no("several-behaviour-without-event", MANY, model("s a e", a=element("task", times("2", 'behavior="One"'))), "bpmn-loop"),
    no("several-behaviour-unknown-event", MANY, model("s a e", a=user(times("2", ONE.format("SX")))), "bpmn-loop"),
    no("several-behaviour-message", MANY, model("s a e", before='<messageEventDefinition id="MD" messageRef="M"/>',
       a=element("task", times("2", ONE.format("MD")))), "bpmn-unsupported"),
    no("several-behaviour-condition", MANY, model("s a e", a=element("task", times("2", COMPLEX, throws=f"n > 1|{SIG}"))), "bpmn-loop"),
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
    case("several-plain", MANY, model("s a z e", a=element("task", times("2", seq=False))), "a a z | end"),
    case("several-manual", MANY, model("s a z e", a=element("manualTask", several("=[1,2]", one="i"))), "a a z | end"),
    case("several-messages", MANY, model("s k z e", before='<message id="MI" name="each">' + subscription("=i") + "</message>",
         k=receive("MI", several('=["p","q"]', one="i", out="r", answer="=x"))), "| waits null", ("!each q x=2; !each p x=1",
         "k k z | end [1, 2]"), ("!each q x=2; !each q x=3", "k lost | waits null"), show="r"),
    case("several-messages-sequential", MANY, model("s k z e", k=receive("M", times("2"))), ("!msg; !msg", "k k z | end")),
    case("several-ad-hoc", MANY, model("s p z e", p=sub("u; v", kind="adHocSubProcess", inside=
         "<completionCondition>=ok</completionCondition>" + several("=[1,2]", one="i"))), "| u,u,v,v",
         ("u ok=false; v ok=true; u ok=true", "u v u z | end")),
    case("several-mapped-outputs", MANY, model("s u z e", u=user(extension(mapping("in k =i * 10", "out y =k + x")) +
         several("=[1,2]", one="i", out="r", answer="=y"))), ("u x=1; u x=2", "u u z | end [11, 22]"), show="r"),
    case("several-mapped-outputs-of-parts", MANY, model("s p z e", p=sub("s1 a e1", inside=extension(mapping("in t =i",
         "out y.v =t + 1")) + several("=[1,2]", one="i", out="r", answer="=y.v"), a=script("=t * 10", "t"))),
         "a a z | end [11, 21]", show="r"),
    case("several-mapped-outputs-of-calls", MANY, file(process(body("s p z e", p=call(more=mapping("in m =i", "out y =q"), inside=
         several("=[1,2]", one="i", out="r", answer="=y")))), process(body("s1 a e1", a=script("=m * 10", "q")), "Q")),
         "~a p a p z | end [10, 20]", show="r"),
    no("several-mapped-outputs-lost", MANY, model("s u e", u=user(extension(mapping("out k =x")) + several("=[1]", one="i",
       out="r", answer="=y"))), "bpmn-loop"),
    case("several-over-data", MANY, model("s a z e", inside=OBJECTS, a=script("=x * 2", "y", over("d", "q", "y"))),
         "a a z | end [4, 6]", show="q", facts={"d": [2, 3]}),
    case("several-over-data-input", MANY, model("s a z e", inside=OBJECTS, a=script("=x * 2", "y", SPECIFIED + over("i", "o", "y"))),
         "a a z | end [4, 6]", show="q", facts={"d": [2, 3]}),
    case("several-over-data-none", MANY, model("s a z e", inside=OBJECTS, a=script("=x * 2", "y", over("d", "q", "y"))),
         "| incident a"),
    no("several-over-unknown", MANY, model("s a e", a=element("task", over("nowhere"))), "bpmn-data"),
    no("several-over-both", MANY, model("s a e", inside=OBJECTS, a=element("task", over("d").replace("<loopData", extension(
       "<zeebe:loopCharacteristics inputCollection='=[1]'/>") + "<loopData", 1))), "bpmn-unsupported"),
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
    case("loop-plain", LOOP, model("s a z e", a=element("task", again("=loopCounter < 3"))), "a a a z | end"),
    case("loop-plain-for-ever", LOOP, model("s a e", a=element("task", again("=true"))), "| incident a"),
    case("loop-receive", LOOP, model("s k z e", k=receive("M", again("=more"))), ("!msg k more=true; !msg k more=false",
         "k k z | end")),
    case("loop-ad-hoc", LOOP, model("s p z e", p=sub("u", kind="adHocSubProcess", inside=again("", most=2))), ("u; u",
         "u u z | end")),
    case("call", CALL, file(process(body("s p z e", p=call())), Q_TASK), "a p z | end"),
    case("call-by-qname", CALL, file(process(body("s p z e", p=element("callActivity", "", 'calledElement="tns:Q"'))),
         Q_TASK), "a p z | end"),
    case("call-global-task", CALL, file(process(body("s p z e", p=call("T"))), before='<globalTask id="T"/>'), "T_task p z | end"),
    case("call-global-manual-task", CALL, file(process(body("s p e", p=call("T"))), before='<globalManualTask id="T"/>'),
         "T_task p | end"),
    case("call-global-user-task", CALL, file(process(body("s p e", p=call("T"))), before='<globalUserTask id="T" name="U"/>'),
         "| T_task null", ("T_task n=3", "T_task p | end 3"), show="n"),
    case("call-global-script-task", CALL, file(process(body("s p e", p=call("T"))), before=GLOBAL_SCRIPT), "T_task p | end 5",
         show="r", facts={"n": 4}),
    case("call-global-rule-task", CALL, file(process(body("s p e", p=call("T"))), before='<globalBusinessRuleTask id="T">' + extension(
         "<zeebe:calledDecision decisionId='grade' resultVariable='r'/>") + "</globalBusinessRuleTask>"), 'T_task p | end "high"',
         facts={"n": 12}, **LAND),
    case("call-global-task-elsewhere", CALL, model("s p e", p=call("T")), "T_task p | end 5", show="r", facts={"n": 4},
         drawings={"far.bpmn": file(before=GLOBAL_SCRIPT)}),
    case("call-global-task-given", CALL, file(process('<dataObject id="d"/>' + body("s p e", p=call("T", inside=SPECIFIED.replace(
         ">q<", ">d<")))), before='<globalScriptTask id="T"><ioSpecification><dataInput id="gi" name="i"/><dataOutput id="go" '
         'name="o"/><inputSet><dataInputRefs>gi</dataInputRefs></inputSet><outputSet><dataOutputRefs>go</dataOutputRefs>'
         "</outputSet></ioSpecification>" + extension("<zeebe:script expression='=i * 2' resultVariable='o'/>") +
         "</globalScriptTask>"), "T_task p | end 8", show="d", facts={"d": 4}),
    no("call-global-script-empty", CALL, file(process(body("s p e", p=call("T"))), before='<globalScriptTask id="T"/>'),
       "bpmn-no-script"),
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
    case("call-dynamic", CALL, file(process(body("s p z e", p=call("=target"))), Q_ASIDE), "a p z | end", facts={"target": "Q"}),
    case("call-dynamic-elsewhere", CALL, model("s p z e", p=call("=target")), "a5 p z | end", facts={"target": "Far"},
         drawings={"far.bpmn": OTHER}),
    case("call-dynamic-waits", CALL, file(process(body("s p z e", p=call("=target"))), aside("s1 u e1")),
         ('u target="P"', "u p z | end"), facts={"target": "Q"}),
    case("call-dynamic-itself", CALL, model("s i a x; x [=n < 3] p e; x *e", i=script("=n + 1", "n"), p=call("=me")),
         "i a i a i a p p | end", facts={"n": 0, "me": "P"}),
    case("call-dynamic-several", CALL, file(process(body("s p e", p=call("=i", inside=several('=["Q","R"]', one="i")))), Q_ASIDE,
         aside("s6 c e6", "R")), "~a c p p | end"),
    case("call-dynamic-unknown", CALL, file(process(body("s p e", p=call("=target"))), Q_ASIDE), "| incident p",
         facts={"target": "Nobody"}),
    case("call-dynamic-no-text", CALL, file(process(body("s p e", p=call("=target"))), Q_ASIDE), "| incident p", facts={"target": [1]}),
    case("call-bound-to-deployment", CALL, file(process(body("s p e", p=call(attributes='bindingType="deployment"'))), Q_TASK),
         "a p | end"),
    no("call-bound-to-latest", CALL, file(process(body("s p e", p=call(attributes='bindingType="latest"'))), Q_TASK),
       "bpmn-unsupported"),
    no("call-bound-to-version", CALL, file(process(body("s p e", p=call(attributes='bindingType="versionTag" versionTag="1"'))),
       Q_TASK), "bpmn-unsupported"),
    case("call-without-end", CALL, file(process(body("s p z e", p=call())), process(body("a"), "Q")), "a p z | end"),
    case("adhoc-without-condition", ADHOC, ad_hoc("a; b"), "~a b | end"),
    case("adhoc-tasks", ADHOC, ad_hoc("u; v", "=n = 2"), "| u,v", ("u n=1; v n=2", "u v | end"), ("u n=2", "u | end")),
    case("adhoc-sequential", ADHOC, ad_hoc("u; v", "", SEQUENTIAL), "| u,v", ("v", "v | u"), ("v; u", "v u | end")),
    case("adhoc-sequential-again", ADHOC, ad_hoc("u; v", "=n = 2", SEQUENTIAL), ("v n=1", "v | u,v"), ("v n=1; v n=2", "v v | end")),
    case("adhoc-sequential-scripts", ADHOC, ad_hoc("a; b", "", SEQUENTIAL, a=script("=1", "n"), b=script("=2", "n")),
         "a b | end"),
    case("adhoc-sequential-jobs", ADHOC, ad_hoc("a; b", "", SEQUENTIAL, a=job(), b=job()), "| waits", ("#a", "a | waits"),
         ("#a; #b", "a b | end")),
    case("adhoc-sequential-parts", ADHOC, ad_hoc("p1; p2", "", SEQUENTIAL, p1=sub("s1 u e1"), p2=sub("s2 v e2")), "| u",
         ("u", "u | v"), ("u; v", "u v | end")),
    case("adhoc-sequential-person-waits", ADHOC, ad_hoc("u; a", "", SEQUENTIAL, a=job()), "| waits", ("#a", "a | u"),
         ("#a; u", "a u | end")),
    case("adhoc-sequential-then", ADHOC, ad_hoc("u a; v", "", SEQUENTIAL, a=job()), "| u,v", ("u", "u | waits"), ("u; #a; v",
         "u a v | end")),
    case("adhoc-sequential-interrupted", ADHOC, ad_hoc("a; c; b H", "", SEQUENTIAL, a=job(), c=job(), b=on("a", MSG)),
         ("!msg; #c", "H c | end")),
    case("adhoc-sequential-several", ADHOC, ad_hoc("u; v", "", SEQUENTIAL, u=user(times("2", seq=False))), "| u,u", ("u; u",
         "u u | v")),
    case("adhoc-sequential-enough", ADHOC, ad_hoc("u; v", "=n = 1", SEQUENTIAL + ' cancelRemainingInstances="false"'), ("u n=1",
         "u | end")),
    case("adhoc-only-some", ADHOC, ad_hoc("u; v; w", "", inside=extension('<zeebe:adHoc activeElementsCollection="=chosen"/>')),
         "| u,w", ("u; w", "u w | end"), facts={"chosen": ["w", "u", "w"]}),
    case("adhoc-none-chosen", ADHOC, ad_hoc("u; v", "", inside=extension('<zeebe:adHoc activeElementsCollection="=[]"/>')), "| end"),
    case("adhoc-unknown-chosen", ADHOC, ad_hoc("u; v", "", inside=extension('<zeebe:adHoc activeElementsCollection="=chosen"/>')),
         "| incident p", facts={"chosen": ["x"]}),
    no("adhoc-collects", ADHOC, ad_hoc("u", "", inside=extension('<zeebe:adHoc outputCollection="r"/>')), "bpmn-unsupported"),
    case("adhoc-cancel-remaining", ADHOC, ad_hoc("u; v", "=done", 'cancelRemainingInstances="false"'), ("u done=true",
         "u | v"), ("u done=true; v", "u v | end")),
    case("adhoc-repeat", ADHOC, ad_hoc("u", "=n = 2"), ("u n=1", "u | u"), ("u n=1; u n=2", "u u | end")),
    case("adhoc-flow", ADHOC, ad_hoc("a b", "=n = 2", a=script("=1", "n"), b=script("=2", "n")), "a b | end"),
    case("adhoc-enough-before-what-follows", ADHOC, ad_hoc("a b", "=n = 1", a=script("=1", "n")), "a | end"),
    case("adhoc-data-object", ADHOC, ad_hoc("u; v", "=n = 2", d='<dataObject id="@"/>'), ("u n=1; v n=2", "u v | end")),
    case("adhoc-sequential-data", ADHOC, ad_hoc("u; v", "=n = 2", SEQUENTIAL, d='<dataObject id="@"/>'), ("u n=1; v n=2", "u v | end")),
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
    case("sub-process-names", SUB, model("s p z e", p=sub("s1 a e1", inside=extension(mapping("in k =n + 1",
         "out r =k * 2")), a=script("=k + 1", "k"))), "a z | end 6", show="r", facts={"n": 1}),
    no("sub-process-empty", SUB, model("s p e", p=element("subProcess")), "bpmn-empty"),
]  # fmt: skip

"""Cases: what tools for Camunda 8 write, and people leave out."""
# ruff: noqa: E501  a case reads best as a row of a table

from tests.conformance.bpmn.models import (
    ERR,
    ESC,
    MSG,
    SIG,
    body,
    call,
    catch,
    cond,
    element,
    end,
    extension,
    file,
    handler,
    job,
    mapping,
    model,
    on,
    process,
    sub,
    throw,
    timer,
)  # fmt: skip
from tests.conformance.bpmn.play import case, no

XOR, JOB = "Exclusive gateway", "Service and send task"
ERROR, ESCALATION, SEVERAL, MESSAGE, USER = (
    "Error event",
    "Escalation event",
    "Multi-instance",
    "Message event",
    "User task",
)
MAPPED = "I/O mapping"
NO_CODE = '<error id="XN" name="any"/><escalation id="YN"/>'
FEEL_CODE = '<error id="XF" errorCode="=code"/><escalation id="YF" escalationCode="=code"/>'
ERR_N, ESC_N = '<errorEventDefinition errorRef="XN"/>', '<escalationEventDefinition escalationRef="YN"/>'
THREE = "<loopCardinality>3</loopCardinality>"


def marked(behavior: str) -> str:
    """Three instances with a behaviour."""
    return f'<multiInstanceLoopCharacteristics behavior="{behavior}">{THREE}</multiInstanceLoopCharacteristics>'


def conditioned(flow: str, xml: bytes) -> bytes:
    """The model with a condition on one flow that has none."""
    before, after = xml.decode().split(f'id="{flow}"', 1)
    return (
        f'{before}id="{flow}"{after.replace("></", "><conditionExpression>=true</conditionExpression></", 1)}'.encode()
    )


CASES = [
    case("xor-without-default", XOR, model("s x; x [=n = 1] a e; x [=n = 2] b e"), "| incident x"),
    case("xor-without-default-holds", XOR, model("s x; x [=n = 1] a e; x [=n = 2] b e"), "b | end", facts={"n": 2}),
    case("xor-default-with-condition", XOR, conditioned("f3_x_b", model("s x; x [=n = 1] a e; x *b e")), "a | end",
         facts={"n": 1}),
    case("user-task-without-name", USER, model("s u e", u=element("userTask")), ("u", "u | end")),
    case("script-task-as-job", JOB, model("s a z e", a=job("scriptTask")), ("#a x=1", "a z | end 1"), show="x"),
    case("script-task-as-job-fails", JOB, model("s a z e; b H e2", a=job("scriptTask"), b=on("a", ERR)),
         ("#a !E1", "H | end")),
    no("script-task-job-and-script", JOB, model("s a z e", a=job("scriptTask", "", "<zeebe:script expression='=1' "
       "resultVariable='x'/>")), "bpmn-no-script"),
    case("message-job-without-message", MESSAGE, model("s t a e", t=job("intermediateThrowEvent", "<messageEventDefinition/>"),
         e=job("endEvent", "<messageEventDefinition/>")), ("#t; #e", "a | end")),
    case("error-without-code-unused", ERROR, model("s a e", before=NO_CODE), "a | end"),
    case("error-without-code-caught", ERROR, model("s p e; b H e2", before=NO_CODE, p=sub("s1 e1", e1=end(ERR)),
         b=on("p", ERR_N)), "H | end"),
    no("error-without-code-thrown", ERROR, model("s p e; b H e2", before=NO_CODE, p=sub("s1 e1", e1=end(ERR_N)),
       b=on("p", ERR_N)), "bpmn-error"),
    no("error-code-feel", ERROR, model("s a e", before=FEEL_CODE), "bpmn-error"),
    case("escalation-without-code-caught", ESCALATION, model("s p e; b H e2", before=NO_CODE, p=sub("s1 e1", e1=end(ESC)),
         b=on("p", ESC_N)), "H | end"),
    no("escalation-without-code-thrown", ESCALATION, model("s t e", before=NO_CODE, t=throw(ESC_N)), "bpmn-error"),
    case("several-behaviour-all-never-throws", SEVERAL, model("s a z e; b H e2", a=element("task", marked("All")),
         b=on("a", SIG, False)), "a a a z | end"),
    case("mapped-without-payload", MESSAGE, model("s k e", k=catch(extension(mapping("out r =1 + 1")) + MSG)), ("!msg", "| end 2"),
         show="r"),
    case("mapped-signal-without-payload", MAPPED, model("s u e; b H e2", b=on("u", extension(mapping("out r =3")) + SIG)),
         ("~sig", "H | end 3"), show="r"),
    case("mapped-timer", MAPPED, model("s k e", k=catch(extension(mapping("out r =n + 1")) + timer("PT5S"))), ("@5", "| end 1"),
         show="r", facts={"n": 0}),
    case("mapped-condition", MAPPED, model("s k e", k=catch(extension(mapping("out r =n + 1")) + cond("=n = 0"))), "| end 1",
         show="r", facts={"n": 0}),
    case("mapped-escalation", MAPPED, model("s p e; b e2", p=sub("s1 e1", e1=end(ESC)), b=on("p", extension(
         mapping("out r =4")) + ESC)), "| end 4", show="r"),
    case("mapped-error", MAPPED, model("s p e", p=sub("s1 e1", e1=end(ERR)), h=handler(extension(mapping("out r =5")) + ERR)),
         "H | end 5", show="r"),
    case("mapped-timer-again", MAPPED, model("s u e; b e2", b=on("u", extension(mapping("out n =n + 1")) + timer("R2/PT5S",
         "timeCycle"), False)), ("@5; @5; u", "u | end 2"), show="n", facts={"n": 0}),
    case("mapped-several-triggers", MAPPED, model("s k e", k=catch(extension(mapping("out r =6")) + MSG + SIG)), ("~sig", "| end 6"),
         show="r"),
    case("mapped-plain-task", MAPPED, model("s a z e", a=element("task", extension(mapping("in k =n + 1", "out r =k"))),
         z=element("manualTask", extension(mapping("out q =r + 1")))), "a z | end 2", show="q", facts={"n": 0}),
    no("call-like-sub-process-elsewhere", "Call activity", model("s Q p e", Q=sub("s1 a e1"), p=call("Q")), "bpmn-duplicate-id",
       drawings={"q.bpmn": file(process(body("s2 c e2"), "Q"))}),
]  # fmt: skip

"""Cases: sequence flows, starts and ends, ids, gateways."""
# ruff: noqa: E501  a case reads best as a row of a table

from html import escape

from tests.conformance.bpmn.models import (
    MSG,
    MSG2,
    SIG,
    SIG2,
    body,
    call,
    catch,
    cond,
    element,
    file,
    handler,
    model,
    on,
    process,
    receive,
    script,
    start,
    sub,
    throw,
    timer,
)  # fmt: skip
from tests.conformance.bpmn.play import case, no

FLOW, START, XOR, AND, OR = (
    "Sequence flow",
    "Start and end",
    "Exclusive gateway",
    "Parallel gateway",
    "Inclusive gateway",
)
BASED, COMPLEX = "Event-based gateway", "Complex gateway"
N0, N1 = script("=0", "n"), script("=n + 1", "n")
LAYOUT = (
    '<d:BPMNDiagram xmlns:d="http://www.omg.org/spec/BPMN/20100524/DI"><d:BPMNPlane/></d:BPMNDiagram></definitions>'
)


def round_trip(limit: int) -> bytes:
    return model(f"s i m a x; x [=n < {limit}] m; x *e", i=N0, a=N1)


def chain(length: int) -> bytes:
    return model("s " + " ".join(f"t{i}" for i in range(length)) + " e")


def first(kind: str = "Exclusive") -> str:
    """An event-based gateway that begins a process."""
    return element("eventBasedGateway", "", f'instantiate="true" eventGatewayType="{kind}"')


def complex_(text: str = "=activationCount >= 2") -> str:
    return element("complexGateway", f"<activationCondition>{escape(text)}</activationCondition>")


def race(a: str, b: str, c: str, z: str, text: str = "=activationCount >= 2") -> bytes:
    return model(f"s g; g {a} y; g {b} y; g {c} y; y {z} e", y=complex_(text))


def empty_branch(flows: str, kind: str = "inclusiveGateway") -> bytes:
    split = element(kind)
    return model(f"s y; {flows}; x [=false] a; x *b; a m; b m; m o z e", y=split)


CASES = [
    case("sf-implicit-split", FLOW, model("s t a e; t b e2"), "~t a b | end"),
    case("sf-implicit-split-start", FLOW, model("s a e; s b e2"), "~a b | end"),
    case("sf-implicit-split-event", FLOW, model("s k a e; k b e2", k=throw()), "~a b | end"),
    case("sf-conditional-alone", FLOW, model("s t [=false] a e"), " | incident t"),
    case("sf-conditional-several", FLOW, model("s t [=false] a e; t *b e2"), "t b | end"),
    case("sf-implicit-merge", FLOW, model("s g a c e; g b c"), "~a b c c | end"),
    case("sf-without-id", FLOW, file(process('<startEvent id="s"/><task id="a"/><endEvent id="e"/><sequenceFlow '
         'sourceRef="s" targetRef="a"/><sequenceFlow sourceRef="a" targetRef="e"/>')), "a | end"),
    case("sf-boundary-without-id", FLOW, file(process(body("s u e; b H e2", b=on("u", MSG)).replace('id="b" ', "", 1).replace(
         'sourceRef="b"', 'sourceRef="boundaryEvent_1"'))), ("!msg", "H | end")),
    case("sf-qname", FLOW, model("s k e", k=catch('<messageEventDefinition messageRef="tns:M"/>')), "| waits"),
    no("script-empty", "Script task", model("s a e", a=element("scriptTask")), "bpmn-no-script"),
    case("start-implicit", START, model("a e"), "a | end"),
    case("end-implicit", START, model("s a"), "a | end"),
    case("start-implicit-inside", START, model("s p c e", p=sub("a; b")), "~a b c | end"),
    case("end-implicit-inside", START, model("s p c e", p=sub("s1 a")), "a c | end"),
    case("start-two", START, model("s a e; s2 b e"), "a | end", ("at s2", "b | end"), ("at s", "a | end")),
    no("start-two-inside", START, model("s p e", p=sub("s1 a e1; s2 b e1")), "bpmn-many-starts"),
    no("start-two-called", START, file(process(body("s p e", p=call())), process(body("s1 a e1; s2 b e1"), "Q")), "bpmn-call"),
    case("start-alternatives", START, model("s a e; s2 b e; s3 c e; s4 d e", s=start(MSG), s2=start(SIG), s3=start(timer(
         "PT5S")), s4=start(cond("=n > 1"))), "| waits", ("!msg; ~sig; @9", "a lost | end"), ("~sig", "b | end"),
         ("@4", "| waits"), ("@4; @1", "c | end"), ("nothing; ~sig n=5", "b | end"), facts={"n": 1}),
    case("start-event-beside-plain", START, model("s a u e; s2 b e", s2=start(timer("PT5S"))), ("@9", "a | u")),
    case("start-then-listens", START, model("s u e; k b e2", s=start(MSG), k=start(SIG), h=handler(SIG, False)),
         ("!msg; ~sig; u", "H u | end"), ("~sig", "b | end")),
    case("start-then-listens-not-before", START, model("s u e", s=start(MSG), h=handler(timer("PT5S"), False)),
         ("@9; !msg; @4; u", "u | end"), ("@9; !msg; @5; u", "H u | end")),
    no("start-alike", START, model("s a e; s2 b e", s=start(MSG), s2=start(MSG)), "bpmn-many-starts"),
    no("start-event-inside", START, model("s p e", p=sub("s1 a e1", s1=start(MSG))), "bpmn-event"),
    case("id-start", START, model("Start a e", Start=start()), "a | end"),
    case("id-end", START, model("s End b e", End=element("task")), "End b | end"),
    case("id-in-two-files", START, model("s p e", p=sub("s1 x1 e1", x1=element("task"))), "x1 | end"),
    case("loop-300", FLOW, round_trip(300), ("", " ".join(["i"] + ["a"] * 300) + " | end")),
    case("loop-1200", FLOW, round_trip(1200), ("", " ".join(["i"] + ["a"] * 1200) + " | end")),
    case("sequence-400", FLOW, chain(400), " ".join(f"t{i}" for i in range(400)) + " | end"),
    case("sequence-1500", FLOW, chain(1500), " ".join(f"t{i}" for i in range(1500)) + " | end"),
    case("start-message-and-none", START, model("s a e; s2 b e", s2=start(MSG)), "a | end", ("nothing; !msg", "b | end")),
    case("xor-order", XOR, model("s x; x [=true] a e; x [=true] b e; x *c e").replace(b"</definitions>", LAYOUT.encode()),
         "a | end"),
    case("xor-none-holds", XOR, model("s x [=false] a e"), "| incident x"),
    case("complex-split", COMPLEX, model("s y; y [=true] a e; y [=true] b e; y [=false] c e", y=element("complexGateway")),
         "a b | end"),
    case("complex-split-default", COMPLEX, model("s y; y [=false] a e; y *b e", y=element("complexGateway")), "b | end"),
    case("complex-split-none-holds", COMPLEX, model("s y; y [=false] a e", y=element("complexGateway")), "| incident y"),
    case("complex-join", COMPLEX, race("a", "b", "c", "z"), "~a b c z | end"),
    case("complex-join-early", COMPLEX, race("a", "b", "u", "z"), "~a b z | u", ("u", "~a b z u | end")),
    case("complex-join-waits", COMPLEX, race("a", "u", "v", "z"), "a | u,v", ("u; v", "a u z v | end"),
         ("v; u", "a v z u | end")),
    case("complex-join-never", COMPLEX, race("a", "b", "c", "z", "=activationCount > 3"), "| incident y"),
    case("complex-join-by-flow", COMPLEX, race("u", "v", "w", "z", "=f2_u_y + f4_v_y >= 2"), ("u; w; v", "u w v z | end")),
    case("complex-join-by-data", COMPLEX, race("a", "b", "u", "z", "=ok and activationCount >= 1"), ("u ok=true", "~a b u z | end"),
         facts={"ok": False}),
    case("complex-reset-sends", COMPLEX, model("s g; g a y; g b y; g u y; y [=waitingForStart] z e; y [=not(waitingForStart)] r e2",
         y=complex_()), "~a b z | u", ("u", "~a b z u r | end")),
    case("complex-reset-default", COMPLEX, model("s g; g a y; g b y; g u y; y [=waitingForStart] z e; y *r e2", y=complex_()),
         ("u", "~a b z u r | end")),
    case("complex-reset-unexpected", COMPLEX, model("s g; g a y; g b y; g x; x [=false] c y; x *u e2; y [=waitingForStart] z "
         "e; y [=not(waitingForStart)] r e3", y=complex_()), "~a b z r | u"),
    case("complex-in-loop", COMPLEX, model("s i m g; g a y; g b y; g c y; y z x; x [=n < 3] m; x *e", i=N0, z=N1,
         y=complex_()), "~i a b c z a b c z a b c z | end"),
    case("complex-blocks-till-reset", COMPLEX, model("s g; g m; g m; g u y; g m2; g m2; m a y; m2 b y; y z e", y=complex_(
         "=f8_a_y >= 1 and f10_b_y >= 1")), "~a a b b z | u", ("u", "~a a b b z u z | end")),
    case("complex-inside", COMPLEX, model("s p d e", p=sub("s1 g1; g1 a y; g1 b y; g1 u y; y z e1", y=complex_(),
         g1=element("parallelGateway"))), "~a b z | u", ("u", "~a b z u d | end")),
    case("complex-interrupted", COMPLEX, model("s p d e; b1 H e2", p=sub("s1 g1; g1 a y; g1 b y; g1 u y; y z e1", y=complex_(),
         g1=element("parallelGateway")), b1=on("p", MSG)), ("!msg", "~a b z H | end")),
    case("complex-then-inclusive", COMPLEX, model("s g; g a y; g b y; g u y; g w o; y o; o z e", y=complex_()),
         ("w; u", "~a b w u z | end")),
    no("complex-without-condition", COMPLEX, model("s g; g a y; g b y; y z e", y=element("complexGateway")), "bpmn-complex"),
    no("complex-condition-not-feel", COMPLEX, race("a", "b", "c", "z", "activationCount >= 2"), "bpmn-complex"),
    no("complex-flow-without-condition", COMPLEX, model("s y; y a e; y b e", y=element("complexGateway")), "bpmn-no-condition"),
    case("and-join", AND, model("s g; g a j; g b j; j z e"), "~a b z | end"),
    case("and-two-flows-one-node", AND, model("s g; g j; g j; j z e"), "z | end"),
    case("and-surplus", AND, model("s g; g m; g m; g b; m j; b j; j z e"), "| incident j"),
    case("and-surplus-waits", AND, model("s g; g m; g m; g b; m j; b j; j u e"), "b | u"),
    case("and-two-by-two", AND, model("s g; g m; g m; g m2; g m2; m j; m2 j; j z e"), "z z | end"),
    case("and-in-loop", AND, model("s i m g; g a j; g b j; j z x; x [=n < 3] m; x *e", i=N0, z=N1),
         "~i a b z a b z a b z | end"),
    case("or-join", OR, model("s o; o [=true] a o2; o [=true] b o2; o *d o2; o2 z e"), "~a b z | end"),
    case("or-waits", OR, model("s o; o [=true] a o2; o [=true] u o2; o *d o2; o2 z e"), "a | u", ("u", "~a u z | end")),
    case("or-dead-path", OR, model("s o; o [=true] a o2; o [=true] u x; o *d o2; x [=false] o2; x *e2; o2 z e"),
         ("u", "~a u z | end")),
    case("or-far-upstream", OR, model("s g; g a o2; g u c x; x [=true] o2; x *e2; o2 z e"), "a | u", ("u", "a u c z | end")),
    case("or-empty-branch-first", OR, empty_branch("y [=true] o; y [=true] x; y *d e3"), "b z | end"),
    case("or-empty-branch-last", OR, empty_branch("y [=true] x; y [=true] o; y *d e3"), "b z | end"),
    case("or-empty-branch-parallel", OR, empty_branch("y o; y x", "parallelGateway"), "b z | end"),
    case("or-loop-through-join", OR, model("s i o z x; x [=n < 2] o; x *e", i=N0, z=N1), "i z z | end"),
    case("or-in-loop", OR, model("s i m o; o [=true] a o2; o [=n = 1] b o2; o *d o2; o2 z x; x [=n < 3] m; x *e",
         i=N0, z=N1), "~i a z a b z a z | end"),
    case("or-same-flow-twice", OR, model("s g; g m; g m; m a o; o z e; g o", o=element("inclusiveGateway")),
         "a a z z | end"),
    case("choice-message-before-timer", BASED, model("s y; y k a e; y k2 b e", y=element("eventBasedGateway"), k=catch(MSG),
         k2=catch(timer("PT10S"))), ("!msg; @20", "a | end"), ("@10", "b | end")),
    case("choice-receive", BASED, model("s y; y k a e; y k2 b e", y=element("eventBasedGateway"), k=receive(),
         k2=receive("M2")), ("!msg", "k a | end"), ("!msg2", "k2 b | end")),
    case("choice-condition", BASED, model("s y; y k a e; y k2 b e", y=element("eventBasedGateway"), k=catch(cond("=true")),
         k2=catch(timer("PT10S"))), "a | end"),
    case("choice-in-loop", BASED, model("s m y; y k a m; y k2 b e", y=element("eventBasedGateway"), k=catch(MSG),
         k2=catch(SIG)), ("!msg; !msg; ~sig", "a a b | end")),
    case("choice-start", BASED, model("y k a e; y k2 b e", y=first(), k=catch(MSG), k2=catch(SIG)), "| waits",
         ("!msg; ~sig", "a lost | end"), ("nothing; ~sig; !msg", "b lost | end"), ("nothing; !msg2", "lost | waits")),
    case("choice-start-receive", BASED, model("y k a e; y k2 b e", y=first(), k=receive("MK"), k2=catch(timer("PT5S"))),
         ("nothing; !bare any", "k a | end"), ("@5", "b | end")),
    case("choice-parallel-start", BASED, model("y k a e; y k2 b e", y=first("Parallel"), k=catch(MSG), k2=catch(SIG)),
         ("nothing; !msg", "a | waits"), ("!msg; !msg; ~sig", "a lost b | end"), ("nothing; ~sig; !msg", "b a | end"),
         ("nothing; ~sig; !msg other", "b lost | waits")),
    case("choice-parallel-start-key", BASED, model("y k a e; y k2 b e", y=first("Parallel"), k=catch(SIG), k2=catch(
         '<messageEventDefinition messageRef="MV"/>')), ("nothing; ~sig order=7; !byorder 6; !byorder 7", "a lost b | end")),
    no("choice-parallel-inside", BASED, model("s y; y k e; y k2 e", y=element("eventBasedGateway", "", 'eventGatewayType="Parallel"'),
       k=catch(MSG), k2=catch(SIG)), "bpmn-event-gateway"),
    no("choice-start-twice", BASED, model("y k e; y k2 e; y2 k3 e; y2 k4 e", y=first(), y2=first(), k=catch(MSG), k2=catch(SIG),
       k3=catch(MSG2), k4=catch(SIG2)), "bpmn-start"),
    no("choice-of-tasks", BASED, model("s y; y a e; y b e", y=element("eventBasedGateway")), "bpmn-event-gateway"),
    case("wcp16-deferred-choice", BASED, model("s y; y k u e; y k2 b e", y=element("eventBasedGateway"), k=catch(MSG),
         k2=catch(SIG)), ("!msg; ~sig; u", "lost u | end")),
    no("not-executable", START, model("s e").replace(b'isExecutable="true"', b'isExecutable="false"'), "bpmn-process"),
    case("lanes-of-nodes", "Lanes", model("s u v e", inside='<laneSet><lane name="A"><flowNodeRef>u</flowNodeRef></lane><lane '
         'name="B"><flowNodeRef>v</flowNodeRef></lane></laneSet>'), ("u; v", "u v | end")),
    case("lanes-nested", "Lanes", model("s u e", inside='<laneSet><lane name="A"><flowNodeRef>u</flowNodeRef><childLaneSet>'
         '<lane name="B"><flowNodeRef>u</flowNodeRef></lane></childLaneSet></lane></laneSet>'), ("u", "u | end")),
    case("lanes-inside", "Lanes", model("s p e", p=sub("s1 u e1"), inside='<laneSet><lane name="A"><flowNodeRef>p'
         "</flowNodeRef></lane></laneSet>"), ("u", "u | end")),
]  # fmt: skip

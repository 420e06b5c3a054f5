"""Cases: messages, signals, errors, escalations, links, timers, conditions, terminate, compensation, transactions."""
# ruff: noqa: E501  a case reads best as a row of a table

from tests.conformance.bpmn.models import (
    ERR,
    ERR2,
    ERR_ANY,
    ESC,
    ESC_ANY,
    MSG,
    MSG2,
    SIG,
    TERM,
    body,
    call,
    catch,
    cond,
    element,
    end,
    extension,
    file,
    handler,
    link,
    mapping,
    model,
    on,
    process,
    receive,
    several,
    start,
    sub,
    subscription,
    throw,
    timer,
)  # fmt: skip
from tests.conformance.bpmn.play import case, no

LINK, TERMINATE, SIGNAL, MESSAGE = (
    "Link event", "Terminate end event", "Signal event", "Message event")  # fmt: skip
ERROR, ESCALATION, TIMER, CONDITION, MULTIPLE = (
    "Error event", "Escalation event", "Timer event", "Conditional event", "Multiple event")  # fmt: skip


def ref(message: str) -> str:
    return f'<messageEventDefinition messageRef="{message}"/>'


def keyed(message: str, name: str, key: str) -> str:
    return f'<message id="{message}" name="{name}">{subscription(key)}</message>'


def between(flows: str, **elements: str) -> bytes:
    """A process that sends by its node t and receives by its node k along message flows."""
    ends = (("t", "away", "M"), ("away", "k", "M2"))
    lines = "".join(
        f'<messageFlow id="mf{i}" sourceRef="{source}" targetRef="{target}" messageRef="{message}"/>'
        for i, (source, target, message) in enumerate(ends)
    )
    pools = '<participant id="us" processRef="P"/><participant id="away"/>'
    return model(flows, before=f'<collaboration id="co">{pools}{lines}</collaboration>', **elements)


def siblings(event: str, inside: str = "subProcess", cancel: bool = True) -> bytes:
    """Two parts run side by side, each with a boundary event; the first one throws."""
    return model(
        "s g; g p e; g q e1; b1 H1 e2; b2 H2 e3",
        p=sub("sp u ep", kind=inside, ep=end(event)), q=sub("sq v eq", kind=inside, eq=end(event)),
        b1=on("p", event, cancel), b2=on("q", event, cancel),
    )  # fmt: skip


def receive_first(ref: str = "M") -> str:
    """A receive task that begins a process."""
    return element("receiveTask", "", f'messageRef="{ref}" instantiate="true"')


CALLED = process(body("s1 u e1", e1=end(ERR)), "Q")
CASES = [
    case("link", LINK, model("s a t; k b e", t=throw(link("L")), k=catch(link("L"))), "a b | end"),
    case("link-two-sources", LINK, model("s g; g a t; g b t2; k c e", t=throw(link("L")), t2=throw(link("L")),
         k=catch(link("L"))), "~a b c c | end"),
    no("link-dangling", LINK, model("s a t", t=throw(link("L"))), "bpmn-link"),
    no("link-into-sub-process", LINK, model("s t; p e", t=throw(link("L")), p=sub("k a", k=catch(link("L")))), "bpmn-link"),
    case("terminate", TERMINATE, model("s g; g u e; g e2", e2=end(TERM)), "| end"),
    case("terminate-inside", TERMINATE, model("s p z e", p=sub("s1 g; g u e1; g e2", e2=end(TERM))), "z | end"),
    case("terminate-called", TERMINATE, file(process(body("s p z e", p=call())), process(body("s1 g; g u e1; g e2",
         e2=end(TERM)), "Q")), "p z | end"),
    case("terminate-takes-sub-process", TERMINATE, model("s g; g p e; g v e2", p=sub("s1 u e1"), e2=end(TERM)),
         ("v", "v | end")),
    case("terminate-stops-what-is-ready", TERMINATE, model("s g; g e2; g b e", e2=end(TERM)), "| end"),
    case("wcp29-discriminator", TERMINATE, model("s p z e", p=sub("s1 g; g u e1; g v e2", e1=end(TERM), e2=end(TERM))),
         ("v", "v z | end")),
    case("signal-end", SIGNAL, model("s g; g u e; g k H e2", e=end(SIG), k=catch(SIG)), ("u", "~u H ~sig | end")),
    case("signal-broadcast", SIGNAL, model("s g; g k a e; g k2 b e", k=catch(SIG), k2=catch(SIG)), ("~sig", "~a b | end")),
    case("signal-to-others", SIGNAL, model("s g; g u t e; g k H e2", t=throw(SIG), k=catch(SIG)), ("u", "~u H ~sig | end")),
    case("signal-payload", SIGNAL, model("s g; g u t e; g k H e2", t=throw(extension(mapping("in n =m + 1")) + SIG),
         k=catch(SIG)), ("u m=1", "~u H ~sig | end 2"), show="n"),
    case("signal-unnamed", SIGNAL, model("s g; g u t e; g k H e2", t=throw('<signalEventDefinition signalRef="GU"/>'),
         k=catch('<signalEventDefinition signalRef="GU"/>')), ("u", "~u H ~GU | end")),
    case("signal-start", SIGNAL, model("s a e; s2 b e", s2=start(SIG)), ("nothing; ~sig", "b | end")),
    case("signal-nobody-waits", SIGNAL, model("s u e"), ("~sig; u", "lost u | end")),
    case("message-unnamed", MESSAGE, model("s k a e", k=catch('<messageEventDefinition messageRef="MU"/>')), "| waits",
         ("!MU", "a | end")),
    no("message-two-of-one-name", MESSAGE, model("s k a e", before=f'<message id="M9" name="msg">{subscription()}</message>',
       k=catch(MSG)), "bpmn-message"),
    case("message-one-receiver", MESSAGE, model("s g; g k a e; g k2 b e", k=catch(MSG), k2=catch(MSG)), ("!msg", "a | waits"),
         ("!msg; !msg", "a b | end")),
    case("message-early", MESSAGE, model("s u k a e", k=catch(MSG)), ("!msg; u; !msg", "lost u a | end")),
    case("message-key", MESSAGE, model("s k a e", k=catch('<messageEventDefinition messageRef="MV"/>')),
         ("!byorder 2", "lost | waits"), ("!byorder 1", "a | end"), facts={"order": 1}),
    no("message-without-key", MESSAGE, model("s k e", k=catch('<messageEventDefinition messageRef="MK"/>')), "bpmn-message"),
    case("message-payload", MESSAGE, model("s k e", k=catch(extension(mapping("out a.b =n + 1")) + MSG)),
         ("!msg n=1", '| end {"b": 2}'), show="a"),
    case("message-thrown", MESSAGE, model("s t a e", t=throw(extension("<zeebe:taskDefinition type='mail'/>") + MSG)),
         "| waits", ("#t", "a | end")),
    case("message-thrown-without-job", MESSAGE, model("s t a e", t=throw(MSG)), "a !msg | end"),
    case("message-end", MESSAGE, model("s a e", e=end(MSG)), "a !msg | end"),
    case("message-sent", MESSAGE, model("s k a e", k=element("sendTask", "", 'messageRef="M"')), "k a !msg | end"),
    case("message-sent-by-job", MESSAGE, model("s k a e", k=element("sendTask", extension("<zeebe:taskDefinition type='j'/>"),
         'messageRef="M"')), "| waits", ("#k", "k a | end")),
    case("message-not-to-itself", MESSAGE, model("s g; g k H e; g t a e2", k=catch(MSG), t=throw(MSG)), "a !msg | waits",
         ("!msg", "a !msg H | end")),
    case("message-of-flow", MESSAGE, between("s t k a e", t=throw("<messageEventDefinition/>"), k=catch(
         "<messageEventDefinition/>")), ("!msg2", "!msg a | end")),
    case("message-of-flow-task", MESSAGE, between("s t k a e", t=element("sendTask"), k=element("receiveTask")),
         ("!msg2", "t !msg k a | end")),
    no("message-of-no-flow", MESSAGE, model("s t a e", t=throw("<messageEventDefinition/>")), "bpmn-message"),
    no("message-sent-boundary", MESSAGE, model("s k a e; b H e2", k=element("sendTask", "", 'messageRef="M"'), b=on("k", SIG)),
       "bpmn-boundary"),
    no("message-sent-several", MESSAGE, model("s k e", k=element("sendTask", several("=[1]", one="i", out="r", answer="=1"),
       'messageRef="M"')), "bpmn-unsupported"),
    case("message-two-keys", MESSAGE, model("s g; g k a e; g k2 b e", before=keyed("MA", "pa", "=x"), k=catch(ref("MA")), k2=catch(
         ref("MV"))), ("!pa 2; !byorder 1; !pa 1", "lost b a | end"), facts={"order": 1, "x": 1}),
    case("message-key-of-instance", MESSAGE, model("s p e", before=keyed("MA", "pa", "=i"), p=sub("s1 k a e1", inside=several(
         "=[1,2]", one="i"), k=catch(ref("MA")))), ("!pa 2; !pa 2; !pa 1", "a lost a | end")),
    case("escalation-end", ESCALATION, model("s p z e; b H e2", p=sub("s1 e1", e1=end(ESC)), b=on("p", ESC, False)),
         "~H z | end"),
    case("escalation-any", ESCALATION, model("s p e; b H e2", p=sub("s1 e1", e1=end(ESC)), b=on("p", ESC_ANY)), "H | end"),
    case("escalation-outwards", ESCALATION, model("s p e; b H e3", p=sub("s1 q e1", q=sub("s2 e2", e2=end(ESC))),
         b=on("p", ESC)), "H | end"),
    case("escalation-throw-goes-on", ESCALATION, model("s p e; b H e2", p=sub("s1 t a e1", t=throw(ESC)), b=on("p", ESC,
         False)), "~H a | end"),
    case("escalation-uncaught", ESCALATION, model("s t a e", t=throw(ESC)), "a | end"),
    case("escalation-sibling", ESCALATION, siblings(ESC), ("u", "u H1 | v")),
    case("error-outwards", ERROR, model("s p e; b H e3", p=sub("s1 q e1; b1 I e4", q=sub("s2 e2", e2=end(ERR)), b1=on("q",
         ERR2)), b=on("p", ERR)), "H | end"),
    case("error-sibling", ERROR, siblings(ERR), ("u", "u H1 | v")),
    case("error-sibling-called", ERROR, file(process(body("s g; g p e; g q e1; b1 H1 e2; b2 H2 e3", p=call(), q=call(),
         b1=on("p", ERR), b2=on("q", ERR))).replace('id="e1"', 'id="e9"').replace('"e1"', '"e9"'), CALLED),
         ("u", "u H1 | u")),
    case("error-sibling-instance", ERROR, model("s p e; b H e2", p=sub("s1 u e1", inside=several("=[1,2]", one="i"),
         e1=end(ERR)), b=on("p", ERR)), ("u", "u H | end")),
    case("error-any", ERROR, model("s p e; b H e2", p=sub("s1 e1", e1=end(ERR)), b=on("p", ERR_ANY)), "H | end"),
    case("error-code-before-any", ERROR, model("s p e; b H e2; b2 I e2", p=sub("s1 e1", e1=end(ERR)), b=on("p", ERR),
         b2=on("p", ERR_ANY)), "H | end"),
    case("error-uncaught", ERROR, model("s p z e", p=sub("s1 e1", e1=end(ERR))), "| incident e1"),
    case("error-uncaught-no-normal-flow", ERROR, model("s u p z e", p=sub("s1 e1", e1=end(ERR))), ("u", "| incident e1")),
    case("timer-literal", TIMER, model("s k a e", k=catch(timer("PT5S"))), ("@4", "| waits"), ("@5", "a | end")),
    case("timer-date", TIMER, model("s k a e", k=catch(timer("2026-01-05T09:00:05+00:00", "timeDate"))), ("@4", "| waits"),
         ("@10", "a | end")),
    case("timer-date-z", TIMER, model("s k a e", k=catch(timer("2026-01-05T09:00:05Z", "timeDate"))), ("@10", "a | end")),
    case("timer-fraction", TIMER, model("s k a k2 b e", k=catch(timer("PT0.5S")), k2=catch(timer("P1DT2H"))),
         ("@0.5; @93599", "a | waits"), ("@0.5; @93600", "a b | end")),
    case("timer-feel", TIMER, model("s k a e", k=catch(timer('=duration("PT" + string(n) + "S")'))), ("@5", "a | end"),
         facts={"n": 5}),
    case("timer-cycle-in-flow", TIMER, model("s k a e", k=catch(timer("R3/PT5S", "timeCycle"))), ("@4", "| waits"),
         ("@5; @99", "a | end")),
    case("timer-cycle-in-flow-next", TIMER, model("s k a e", k=catch(timer("R/2026-01-01T09:00:05Z/P1D", "timeCycle"))),
         ("@4", "| waits"), ("@5", "a | end")),
    case("timer-cycle-past-start", TIMER, model("s u e; b H e2", b=on("u", timer("R/2020-01-01T09:00:00Z/P1D", "timeCycle"),
         False)), ("@0; @86399; @1; u", "H H u | end")),
    case("timer-cycle-past-counted", TIMER, model("s u e; b H e2", b=on("u", timer("R6/2026-01-01T09:00:00Z/P1D", "timeCycle"),
         False)), ("@999999; u", "H H u | end")),
    case("timer-cycle-over", TIMER, model("s u e; b H e2", b=on("u", timer("R3/2026-01-01T09:00:00Z/P1D", "timeCycle"), False)),
         "| incident b"),
    case("timer-cycle-months", TIMER, model("s u e; b H e2", b=on("u", timer("R/2026-01-31T12:00:00Z/P1M", "timeCycle"), False)),
         ("@2257200; @2430000; @2667599; u", "H H u | end"), ("@2257200; @2430000; @2667600; u", "H H H u | end")),
    case("timer-endless-cycle", TIMER, model("s u e; b H e2", b=on("u", timer("R/PT5S", "timeCycle"), False)),
         ("@31; u", "H H H H H H u | end")),
    case("timer-catches-up", TIMER, model("s u e; b H e2", b=on("u", timer("R4/PT5S", "timeCycle"), False)),
         ("@60", "H H H H | u")),
    case("timer-cron", TIMER, model("s u e; b H e2", b=on("u", timer("0 0 9 * * ?", "timeCycle"), False)),
         ("@57599; u", "u | end"), ("@57600; @86399; @1; u", "H H u | end")),
    case("timer-cron-weekdays", TIMER, model("s k a e", k=catch(timer("0 30 17 ? * SAT,SUN", "timeCycle"))),
         ("@433799", "| waits"), ("@433800", "a | end")),
    case("timer-cron-interrupting", TIMER, model("s u e; b H e2", b=on("u", timer("0 0 0 * * *", "timeCycle"))), ("@999999", "H | end")),
    case("timer-cron-catches-up", TIMER, model("s u e; b H e2", b=on("u", timer("0 0/20 * * * *", "timeCycle"), False)),
         ("@3600; u", "H H H u | end")),
    no("timer-cron-last", TIMER, model("s u e; b H e2", b=on("u", timer("0 0 9 L * ?", "timeCycle"), False)), "bpmn-timer"),
    case("timer-start", TIMER, model("s a e", s=start(timer("PT5S"))), "| waits", ("@4", "| waits"), ("@5", "a | end")),
    case("timer-start-date", TIMER, model("s a e", s=start(timer("2026-01-05T09:00:05Z", "timeDate"))), ("@4", "| waits"),
         ("@6", "a | end")),
    no("timer-start-cycle", TIMER, model("s a e", s=start(timer("R3/PT5S", "timeCycle"))), "bpmn-timer"),
    case("timer-deep-inside", TIMER, file(process(body("s p e", p=sub("s1 q e1", q=call()))), process(body("s2 k a e2",
         k=catch(timer("PT5S"))), "Q")), ("@10", "a q | end")),
    case("condition-other-branch", CONDITION, model("s g; g k a e; g u e2", k=catch(cond("=n = 1"))), ("u n=1", "u a | end"),
         ("u n=2", "u | waits")),
    case("condition-true-on-arrival", CONDITION, model("s k a e", k=catch(cond("=n = 1"))), "a | end", facts={"n": 1}),
    case("condition-of-nested", CONDITION, model("s g; g k a e; g p e2", p=sub("s1 u e1"), k=catch(cond("=x.y"))),
         ('u x={"y":true}', "u a | end")),
    case("condition-start", CONDITION, model("s a e", s=start(cond("=n > 1"))), "a | end", facts={"n": 2}),
    case("condition-start-waits", CONDITION, model("s a e; s2 b e", s=start(cond("=n > 1")), s2=start(SIG)), "| waits",
         ("~sig n=2", "b | end"), facts={"n": 1}),
    no("condition-not-feel", CONDITION, model("s k e", k=catch(cond("n > 1"))), "bpmn-condition"),
    case("multiple-catch", MULTIPLE, model("s k a e", k=catch(MSG + SIG)), ("~sig", "a | end"), ("!msg; ~sig", "a lost | end")),
    case("multiple-parallel-catch", MULTIPLE, model("s k a e", k=catch(MSG + SIG, 'parallelMultiple="true"')),
         ("~sig", "| waits"), ("~sig; !msg", "a | end"), ("!msg; !msg; ~sig", "lost a | end")),
    case("multiple-parallel-with-time", MULTIPLE, model("s g; g k a e; g u e2", k=catch(timer("PT5S") + cond("=ok"),
         'parallelMultiple="true"')), ("@9; u ok=true", "u a | end"), ("u ok=true; @9", "u a | end")),
    case("multiple-boundary", MULTIPLE, model("s u e; b H e2", b=on("u", MSG + SIG)), ("~sig", "H | end")),
    case("multiple-boundary-again", MULTIPLE, model("s u e; b H e2", b=on("u", MSG + SIG, False)), ("~sig; !msg; u",
         "H H u | end")),
    case("multiple-listener", MULTIPLE, model("s u e", h=handler(MSG + timer("PT5S"))), ("@5", "H | end"), ("!msg", "H | end")),
    case("multiple-timer-again", MULTIPLE, model("s u e; b H e2", b=on("u", MSG + timer("PT5S"), False)),
         ("!msg; @5; @9; !msg; u", "H H H u | end"), ("@5; u", "H u | end")),
    case("multiple-cycle-again", MULTIPLE, model("s u e; b H e2", b=on("u", SIG + timer("R2/PT5S", "timeCycle"), False)),
         ("@5; ~sig; @99; u", "H H H u | end")),
    case("multiple-timers", MULTIPLE, model("s u e; b H e2", b=on("u", timer("PT5S") + timer("PT9S"), False)),
         ("@5; @4; u", "H H u | end"), ("@99; u", "H H u | end")),
    case("multiple-of-one-kind", MULTIPLE, model("s k a e", k=catch(MSG + MSG2)), ("!msg2", "a | end"), ("!msg; !msg2", "a lost | end")),
    case("multiple-of-one-kind-parallel", MULTIPLE, model("s k a e", k=catch(MSG + MSG2 + SIG, 'parallelMultiple="true"')),
         ("!msg2; !msg2; ~sig", "lost | waits"), ("!msg2; ~sig; !msg", "a | end")),
    case("multiple-conditions", MULTIPLE, model("s g; g u e; g v e3; b H e2", b=on("u", cond("=n > 1") + cond("=m > 1"), False)),
         ("v n=2 m=2; u", "v H H u | end"), ("v m=2; u", "v H u | end"), facts={"n": 1, "m": 1}),
    case("multiple-same-signal-twice", MULTIPLE, model("s k a e", k=catch(SIG + SIG)), ("~sig", "a | end")),
    case("multiple-parallel-again", MULTIPLE, model("s u e; b H e2", b=on("u", MSG + SIG, False).replace("<boundaryEvent",
         '<boundaryEvent parallelMultiple="true"')), ("~sig; ~sig; !msg; u", "lost H u | end"), ("!msg; ~sig; !msg; ~sig; u",
         "H H u | end")),
    case("multiple-parallel-condition-again", MULTIPLE, model("s g; g u e; g m w x; x [=n < 9] m; x *e3; b H e2", b=on("u", MSG
         + cond("=n > 1"), False).replace("<boundaryEvent", '<boundaryEvent parallelMultiple="true"')),
         ("w n=2; !msg; !msg; w n=1; w n=3; u; w n=9", "w H w w H u w | end"), facts={"n": 0}),
    case("multiple-listener-again", MULTIPLE, model("s u e", h=handler(MSG + timer("R2/PT5S", "timeCycle"), False)),
         ("@5; !msg; @60; !msg; u", "H H H H u | end")),
    case("multiple-behind-gateway", MULTIPLE, model("s y; y k a e; y k2 b e", y=element("eventBasedGateway"), k=catch(MSG + MSG2),
         k2=catch(timer("PT5S") + SIG)), ("!msg2; ~sig", "a lost | end"), ("@5", "b | end")),
    case("multiple-gone-with-host", MULTIPLE, model("s u v e; b H e2", b=on("u", MSG + SIG)), ("u; ~sig; !msg", "u lost lost | v")),
    case("multiple-payload", MULTIPLE, model("s k a e", k=catch(extension(mapping("out r =x + 1")) + MSG + SIG)),
         ("~sig x=1", "a | end 2"), show="r"),
    no("multiple-parallel-timer-again", MULTIPLE, model("s u e; b H e2", b=on("u", MSG + timer("PT5S"), False).replace(
       "<boundaryEvent", '<boundaryEvent parallelMultiple="true"')), "bpmn-event"),
    no("multiple-with-error", MULTIPLE, model("s p e; b H e2", p=sub("s1 a e1"), b=on("p", MSG + ERR)), "bpmn-event"),
    case("definition-by-reference", TIMER, model("s k a e", k=catch("<eventDefinitionRef>TD</eventDefinitionRef>")),
         ("@5", "a | end")),
    case("message-start", MESSAGE, model("s a e", s=start(MSG)), ("nothing; !msg n=1", "a | end 1"), show="n"),
    case("message-start-without-message", MESSAGE, model("s a e", s=start(MSG)), "| waits", ("!msg other", "a | end")),
    case("multiple-start", MULTIPLE, model("s a e", s=start(MSG + SIG)), ("!msg; ~sig", "a lost | end"),
         ("nothing; ~sig", "a | end")),
    case("multiple-parallel-start", MULTIPLE, model("s a e", s=start(MSG + SIG, 'parallelMultiple="true"')),
         ("nothing; ~sig", "| waits null"), ("nothing; ~sig n=1; !msg m=2", "a | end 1"), ("!msg; !msg; ~sig n=1", "lost a | end 1"),
         show="n"),
    case("receive-task", MESSAGE, model("s k a e", k=receive()), ("!msg n=1", "k a | end 1"), show="n"),
    case("receive-starts", MESSAGE, model("k a e", k=receive_first()), ("nothing; !msg other n=1", "k a | end 1"),
         ("!msg n=1; !msg", "k a lost | end 1"), show="n"),
    case("receive-starts-alternatives", MESSAGE, model("k a e; k2 b e", k=receive_first(), k2=receive_first("M2")),
         ("nothing; !msg2", "k2 b | end"), ("!msg; !msg2", "k a lost | end")),
    no("receive-starts-with-event", MESSAGE, model("k a e; b H e2", k=receive_first(), b=on("k", SIG)), "bpmn-start"),
    no("receive-starts-behind-start", MESSAGE, model("s k a e", k=receive_first()), "bpmn-start"),
    no("receive-starts-inside", MESSAGE, model("s p e", p=sub("k a", k=receive_first())), "bpmn-start"),
]  # fmt: skip

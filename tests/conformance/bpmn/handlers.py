"""Cases: event sub-processes of every kind, at the top and nested, interrupting and not; and boundary events."""
# ruff: noqa: E501  a case reads best as a row of a table

from collections.abc import Iterator

from tests.conformance.bpmn.models import (
    ERR,
    ESC,
    MSG,
    SIG,
    body,
    call,
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
    script,
    several,
    sub,
    throw,
    timer,
    user,
)  # fmt: skip
from tests.conformance.bpmn.play import Case, case, no

ESP, BND = "Event sub-process", "Boundary event"
EVENTS = {
    "message": MSG, "signal": SIG, "error": ERR, "escalation": ESC, "timer": timer("PT5S"), "conditional": cond("=flag"),
}  # fmt: skip
TRIGGER = {
    "message": "!msg", "signal": "~sig", "error": "u go=true", "escalation": "u go=true", "timer": "@8",
    "conditional": "w flag=true",
}  # fmt: skip
RAISED = ("error", "escalation")


def inner(kind: str) -> tuple[str, dict[str, str]]:
    """What runs while the event may come: a task, and where the event is raised inside, a way to do so."""
    if kind in RAISED:
        return "s1 u x; x [=go] e8; x *after e1", {"e8": end(EVENTS[kind])}
    if kind == "conditional":
        return "s1 g; g u after e1; g w e9", {}
    return "s1 u after e1", {}


def quiet(kind: str) -> str:
    """Nothing happens."""
    if kind == "conditional":
        return "u; w flag=false"
    return "u go=false"


def hit(kind: str, interrupting: bool) -> str:
    """It happens; what is still open is finished."""
    return TRIGGER[kind] + ("" if interrupting or kind in RAISED else "; u go=false")


def passed(kind: str, interrupting: bool, after: str) -> str:
    """What a run in which it happens shows, in any order."""
    if kind in RAISED:
        return f"u H {after if kind == 'escalation' and not interrupting else ''}"
    main = "" if interrupting else f"u after {after}"
    return f"{main} H {'w' if kind == 'conditional' else ''}"


def listeners() -> Iterator[Case]:
    for kind, event in EVENTS.items():
        for nested in (False, True):
            for interrupting in (True, False) if kind != "error" else (True,):
                flows, more = inner(kind)
                made = handler(event, interrupting)
                name = f"esp-{kind}-{'nested' if nested else 'top'}-{'int' if interrupting else 'non'}"
                shape = f"{ESP}: {kind}{'' if interrupting else ', non-interrupting'}"
                z = "z" if nested else ""
                xml = model("s p z e", p=sub(flows, h=made, **more)) if nested else model(flows, h=made, **more)
                through = f"u {'w' if kind == 'conditional' else ''} after {z}"
                inside = passed(kind, interrupting, "").replace("after", "after" if not interrupting else "")
                yield case(
                    name,
                    shape,
                    xml,
                    (quiet(kind), f"~{through} | end"),
                    (hit(kind, interrupting), f"~{inside} {z} | end"),
                )


def boundaries() -> Iterator[Case]:
    for kind, event in EVENTS.items():
        for host in ("task", "sub-process", "called"):
            for interrupting in (True, False) if kind != "error" else (True,):
                if kind in RAISED and host == "task":
                    continue
                yield boundary(kind, event, host, interrupting)


def boundary(kind: str, event: str, host: str, interrupting: bool) -> Case:
    flows, more = inner(kind)
    name = f"bnd-{kind}-{host}-{'int' if interrupting else 'non'}"
    construct = f"{BND}: {kind}{'' if interrupting else ', non-interrupting'}"
    if kind == "conditional":
        flows, more = "s1 u after e1", {}
    around = "s g; g p z e; g w e9; b H e3" if kind == "conditional" else "s p z e; b H e3"
    event_ = on("u" if host == "task" else "p", event, interrupting)
    after = "after" if host != "task" else ""
    if host == "task":
        xml = model(around.replace(" p ", " u "), b=event_)
    elif host == "sub-process":
        xml = model(around, p=sub(flows, **more), b=event_)
    else:
        xml = file(process(body(around, p=call(), b=event_)), process(body(flows, **more), "Q"))
    called = "p" if host == "called" else ""
    other = "w" if kind == "conditional" else ""
    silent = f"~u {other} {after} {called} z | end"
    if kind in RAISED:
        shown = f"~u H {'' if interrupting else called + ' z'} | end"
    else:
        shown = f"~{other} H {'' if interrupting else f'u {after} {called} z'} | end"
    return case(name, construct, xml, (quiet(kind), silent), (hit(kind, interrupting), shown))


TWICE = model("s u e", h=handler(MSG, interrupting=False))
CASES = [
    *listeners(),
    *boundaries(),
    case("esp-message-twice", f"{ESP}: message, non-interrupting", TWICE, ("!msg; !msg; u", "H H u | end")),
    case("esp-signal-thrown-inside", f"{ESP}: signal", model("s a t b e", t=throw(SIG), h=handler(SIG)), "a H ~sig | end"),
    case("esp-in-esp", ESP, model("s u e", h=handler(MSG, flows="sh v eh", h2=handler(SIG, flows="si K ei"))),
         ("!msg; ~sig", "K | end"), ("!msg; v", "v | end")),
    case("esp-cycle", f"{ESP}: timer, non-interrupting", model("s u e", h=handler(timer("R3/PT5S", "timeCycle"), False)),
         ("@60; u", "H H H u | end")),
    case("esp-only-one-interrupts", ESP, model("s u e", h=handler(MSG, flows="sh v eh"), k=handler(SIG,
         flows="si K ei")), ("!msg; ~sig; v", "lost v | end")),
    case("esp-error-of-handler-goes-out", f"{ESP}: error", model("s p e; b K e2", p=sub("s1 e8", e8=end(ERR), h=handler(
         ERR, flows="sh H e7", e7=end(ERR))), b=on("p", ERR)), "H K | end"),
    no("esp-with-flow", ESP, model("s a h", h=handler(MSG)), "bpmn-event-part"),
    no("esp-error-non-interrupting", f"{ESP}: error", model("s a e", h=handler(ERR, interrupting=False)), "bpmn-event-part"),
    case("bnd-interrupts-at-once", BND, model("s p e; b H e2", p=sub("s1 a t b1 e1", t=throw(SIG), b1=element("task")),
         b=on("p", SIG)), "a H ~sig | end"),
    case("bnd-error-parallel-branch", f"{BND}: error", model("s p e; b H e2", p=sub("s1 g; g e8; g k1 k2 k3 e1", e8=end(ERR)),
         b=on("p", ERR)), "H | end"),
    case("bnd-error-of-job", f"{BND}: error", model("s a e; b H e2", a=job(), b=on("a", ERR)), ("#a !E1", "H | end"),
         ("#a", "a | end"), ("#a !E2", "| incident a")),
    case("bnd-error-payload", f"{BND}: error", model("s a e; b H e2", a=job(), b=on("a", extension(mapping(
         "out why =reason")) + ERR)), ("#a !E1 reason=\"x\"", "H | end \"x\""), show="why"),
    case("bnd-cycle", f"{BND}: timer, non-interrupting", model("s u e; b H e2", b=on("u", timer("R3/PT5S", "timeCycle"),
         False)), ("@60", "H H H | u")),
    case("bnd-cycle-interrupting", f"{BND}: timer", model("s u e; b H e2", b=on("u", timer("R3/PT5S", "timeCycle"))),
         ("@60", "H | end")),
    case("bnd-message-twice", f"{BND}: message, non-interrupting", model("s u e; b H e2", b=on("u", MSG, False)),
         ("!msg; !msg", "H H | u")),
    case("bnd-two-flows", BND, model("s u e; b H e2; b I e2", b=on("u", MSG)), ("!msg", "~H I | end")),
    case("bnd-on-several", BND, model("s u e; b H e2", u=user(several("=[1,2,3]", one="i", out="r", answer="=1")),
         b=on("u", MSG)), ("!msg", "H | end")),
    case("bnd-deep-inside", BND, model("s p e; b H e3", p=sub("s1 q e1", q=sub("s2 u e2")), b=on("p", MSG)),
         ("!msg", "H | end")),
    case("bnd-receive-task", BND, model("s k e; b H e2", k='<receiveTask id="@" messageRef="M2"/>', b=on("k", MSG)),
         ("!msg", "H | end"), ("!msg2", "k | end")),
    case("bnd-condition-again", f"{BND}: conditional, non-interrupting", model("s g; g u e; g m w x; x [=n < 4] m; x *e2; "
         "b H e3", b=on("u", cond("=odd(n)"), False)), ("w n=1; w n=3; w n=2; w n=3", "w H w w w H | u,w"), facts={"n": 0}),
    case("bnd-condition-written-inside", f"{BND}: conditional", model("s p e; b H e2", p=sub("s1 u v e1"), b=on("p", cond(
         "=d"))), ("u d=true", "u H | end")),
    no("bnd-script-error", f"{BND}: error", model("s a e; b H e2", a=script("=1", "r"), b=on("a", ERR)), "bpmn-boundary"),
]  # fmt: skip

"""Cases: compensation and transactions."""
# ruff: noqa: E501  a case reads best as a row of a table

from tests.conformance.bpmn.events import siblings
from tests.conformance.bpmn.models import (
    CANCEL,
    COMP,
    ERR,
    MSG,
    SIG,
    body,
    call,
    element,
    end,
    extension,
    file,
    handler,
    mapping,
    model,
    on,
    process,
    script,
    several,
    sub,
    throw,
    user,
)  # fmt: skip
from tests.conformance.bpmn.play import case, no

COMPENSATION, TX = "Compensation", "Transaction"
FOR = 'isForCompensation="true"'
HURRY = '<compensateEventDefinition waitForCompletion="false"/>'


def only(activity: str) -> str:
    """Compensation of one activity."""
    return f'<compensateEventDefinition activityRef="{activity}"/>'


def undone(host: str, handler: str, made: str = "", **more: str) -> dict[str, str]:
    """A compensation event on an activity, and the one that undoes it."""
    joined = f'<association id="@" sourceRef="b_{host}" targetRef="{handler}"/>'
    undoing = made or element("task", "", FOR)
    return {f"b_{host}": on(host, COMP), handler: undoing, f"z_{host}": joined, **more}


def script_for(text: str, variable: str) -> str:
    """A script that undoes something."""
    return script(text, variable).replace("<scriptTask ", f"<scriptTask {FOR} ")


CASES = [
    case("comp-throw", COMPENSATION, model("s a t z e", **undone("a", "c"), t=throw(COMP), z=element("task")), "a c z | end"),
    case("comp-end", COMPENSATION, model("s a e", **undone("a", "c"), e=end(COMP)), "a c | end"),
    case("comp-last-first", COMPENSATION, model("s a d e", **undone("a", "c"), **undone("d", "f"), e=end(COMP)),
         "a d f c | end"),
    case("comp-only-what-completed", COMPENSATION, model("s x; x [=false] a m; x *d m; m t e", **undone("a", "c"), **undone(
         "d", "f"), t=throw(COMP)), "d f | end"),
    case("comp-one-activity", COMPENSATION, model("s a d t e", **undone("a", "c"), **undone("d", "f"), t=throw(
         '<compensateEventDefinition activityRef="a"/>')), "a d c | end"),
    case("comp-waits-for-person", COMPENSATION, model("s a t z e", **undone("a", "uc", user("", FOR)), t=throw(COMP)),
         "a | uc", ("uc", "a uc z | end")),
    case("comp-in-loop", COMPENSATION, model("s i m a x; x [=n < 2] m; x *t e", i=script("=0", "n"), **undone("a", "c",
         a=script("=n + 1", "n")), t=throw(COMP)), "i a a c c | end"),
    case("comp-of-sub-process", COMPENSATION, model("s p t e", p=sub("s1 a e1"), **undone("p", "c"), t=throw(COMP)),
         "a c | end"),
    case("comp-inside", COMPENSATION, model("s p z e", p=sub("s1 a t e1", **undone("a", "c"), t=throw(COMP))), "a c z | end"),
    case("comp-nothing-done", COMPENSATION, model("s t a e", **undone("a", "c"), t=throw(COMP)), "a | end"),
    case("comp-into-sub-process", COMPENSATION, model("s p t z e", p=sub("s1 a d e1", **undone("a", "c"), **undone("d", "f")),
         t=throw(COMP)), "a d f c z | end"),
    case("comp-into-two-levels", COMPENSATION, model("s k p t z e", **undone("k", "l"), p=sub("s1 a q d e1", q=sub("s2 i e2",
         **undone("i", "n")), **undone("a", "c"), **undone("d", "f")), t=throw(COMP)), "k a i d f n c l z | end"),
    case("comp-into-named", COMPENSATION, model("s p q t z e", p=sub("s1 a e1", **undone("a", "c")), q=sub("s2 d e2",
         **undone("d", "f")), t=throw(only("p"))), "a d c z | end"),
    case("comp-into-person", COMPENSATION, model("s p t z e", p=sub("s1 a d e1", **undone("a", "uc", user("", FOR)), **undone(
         "d", "f")), t=throw(COMP)), "a d f | uc", ("uc", "a d f uc z | end")),
    case("comp-into-interrupted", COMPENSATION, model("s p t z e", p=sub("s1 a e1", **undone("a", "uc", user("", FOR))),
         t=throw(COMP), h=handler(SIG)), ("~sig", "a H | end")),
    case("comp-own-before-inside", COMPENSATION, model("s p t e", p=sub("s1 a e1", **undone("a", "c")), **undone("p", "k"),
         t=throw(COMP)), "a k | end"),
    case("comp-not-running", COMPENSATION, model("s g; g p e; g t z e2", p=sub("s1 a u e1", **undone("a", "c")), t=throw(
         COMP)), ("u", "~a z u | end")),
    case("comp-once", COMPENSATION, model("s p t t2 e", p=sub("s1 a e1", **undone("a", "c")), t=throw(COMP), t2=throw(COMP)),
         "a c | end"),
    case("comp-snapshot", COMPENSATION, model("s n1 p n2 t e", n1=script("=1", "n"), n2=script("=2", "n"), p=sub("s1 a e1",
         inside=extension(mapping("in mine =n")), **undone("a", "c", script_for("=mine * 10 + n", "r"))), t=throw(COMP)),
         "n1 a n2 c | end 12", show="r"),
    case("comp-snapshot-written", COMPENSATION, model("s p t e", p=sub("s1 n1 a e1", inside=extension(mapping("in mine =5")),
         n1=script("=7", "mine"), **undone("a", "c", script_for("=mine", "r"))), t=throw(COMP)), "n1 a c | end 7", show="r"),
    case("comp-called", COMPENSATION, file(process(body("s p t z e", p=call(), t=throw(COMP))), process(body("s1 n1 a e1",
         n1=script("=7", "k"), **undone("a", "c", script_for("=k + 1", "r"))), "Q")), "n1 a p c z | end null", show="r"),
    case("comp-called-named", COMPENSATION, file(process(body("s p d t z e", p=call(), **undone("d", "f"), t=throw(only("p")))),
         process(body("s1 a e1", **undone("a", "c")), "Q")), "a p d c z | end"),
    case("comp-several", COMPENSATION, model("s v t e", v=user(several("=[1,2,3]", one="i", out="r", answer="=ok")), **undone("v",
         "c", script_for('=back + string(i)', "back")), t=throw(COMP)), ("v ok=1; v ok=1; v ok=1", 'v v v c c c | end "321"'),
         facts={"back": ""}, show="back"),
    case("comp-several-of-nothing", COMPENSATION, model("s v t z e", v=user(several("=[]", one="i", out="r", answer="=1")),
         **undone("v", "c"), t=throw(COMP)), "v z | end"),
    case("comp-several-parts", COMPENSATION, model("s p t e", p=sub("s1 a e1", inside=several("=[1,2]", one="i", seq=True),
         **undone("a", "c", script_for('=back + string(i)', "back"))), t=throw(COMP)), 'a a c c | end "21"',
         facts={"back": ""}, show="back"),
    case("comp-loop", COMPENSATION, model("s a t e", **undone("a", "c", a=script("=n + 1", "n", "<standardLoopCharacteristics>"
         "<loopCondition>=n &lt; 3</loopCondition></standardLoopCharacteristics>")), t=throw(COMP)), "a a a c c c | end",
         facts={"n": 0}),
    case("comp-not-waiting", COMPENSATION, model("s a d t z e", **undone("a", "uc", user("", FOR)), **undone("d", "uf", user("",
         FOR)), t=throw(HURRY)), "a d z | uf", ("uf", "a d z uf | uc"), ("uf; uc", "a d z uf uc | end")),
    case("comp-not-waiting-end", COMPENSATION, model("s p z e", p=sub("s1 a e1", **undone("a", "uc", user("", FOR)),
         e1=end(HURRY))), "a | uc", ("uc", "a uc z | end")),
    case("comp-from-handler", COMPENSATION, model("s a d u e", **undone("a", "c"), **undone("d", "f"), h=handler(MSG,
         flows="sh t H eh", t=throw(COMP))), ("!msg", "a d f c H | end")),
    case("comp-from-handler-named", COMPENSATION, model("s a d u e", **undone("a", "c"), **undone("d", "f"), h=handler(MSG,
         False, flows="sh t H eh", t=throw(only("a")))), ("!msg; u", "a d c H u | end")),
    case("comp-from-handler-own-first", COMPENSATION, model("s a u e", **undone("a", "c"), h=handler(MSG, flows="sh d t H eh",
         **undone("d", "f"), t=throw(COMP))), ("!msg", "a d f c H | end")),
    case("comp-thrower-interrupted", COMPENSATION, model("s p z e; b1 H e2", p=sub("s1 a t e1", **undone("a", "uc", user("",
         FOR)), t=throw(COMP)), b1=on("p", MSG)), "a | uc", ("!msg", "a H | end")),
    no("comp-without-handler", COMPENSATION, model("s a e", b=on("a", COMP)), "bpmn-compensation"),
    no("comp-handler-with-flow", COMPENSATION, model("s a e; c e", **undone("a", "c")), "bpmn-compensation"),
    case("comp-esp-not-thrown", COMPENSATION, model("s p z e", p=sub("s1 a e1", h=handler(COMP))), "a z | end"),
    case("comp-esp", COMPENSATION, model("s p t z e", p=sub("s1 a e1", h=handler(COMP)), t=throw(COMP)), "a H z | end"),
    case("comp-esp-named", COMPENSATION, model("s p q t z e", p=sub("s1 a e1", h=handler(COMP)), q=sub("s2 d e2", k=handler(
         COMP, flows="si K ei")), t=throw(only("p"))), "a d H z | end"),
    case("comp-esp-instead-of-inside", COMPENSATION, model("s p t z e", p=sub("s1 a e1", **undone("a", "c"), h=handler(COMP)),
         t=throw(COMP)), "a H z | end"),
    case("comp-esp-goes-inside", COMPENSATION, model("s p t z e", p=sub("s1 a d e1", **undone("a", "c"), **undone("d", "f"),
         h=handler(COMP, flows="sh H t2 K eh", t2=throw(COMP))), t=throw(COMP)), "a d H f c K z | end"),
    case("comp-esp-snapshot", COMPENSATION, model("s p t z e", p=sub("s1 a e1", inside=extension(mapping("in mine =7")),
         h=handler(COMP, H=script("=mine", "r"))), t=throw(COMP)), "a H z | end 7", show="r"),
    case("comp-esp-called", COMPENSATION, file(process(body("s p t z e", p=call(), t=throw(COMP))), process(body("s1 a e1",
         h=handler(COMP)), "Q")), "a p H z | end"),
    case("comp-esp-person", COMPENSATION, model("s p t z e", p=sub("s1 a e1", h=handler(COMP, flows="sh v eh")), t=throw(COMP)),
         "a | v", ("v", "a v z | end")),
    case("comp-esp-error-goes-out", COMPENSATION, model("s q z e; b1 K e3", q=sub("s2 p t e2", p=sub("s1 a e1", h=handler(COMP,
         flows="sh H eh", eh=end(ERR))), t=throw(COMP)), b1=on("q", ERR)), "a H K | end"),
    no("comp-esp-and-boundary", COMPENSATION, model("s p z e", p=sub("s1 a e1", h=handler(COMP)), **undone("p", "c")),
       "bpmn-compensation"),
    no("comp-of-nothing", COMPENSATION, model("s a t e", t=throw(only("a"))), "bpmn-compensation"),
    no("comp-of-outside", COMPENSATION, model("s a p e", **undone("a", "c"), p=sub("s1 t e1", t=throw(only("a")))),
       "bpmn-compensation"),
    case("tx-cancel-levels", TX, model("s p e; b H e2", p=sub("s1 a q d e1", kind="transaction", e1=end(CANCEL), **undone("a",
         "c"), **undone("d", "f"), q=sub("s2 i e9", kind="transaction", **undone("i", "n"))), b=on("p", CANCEL)),
         "a i d f n c H | end"),
    case("tx-hazard", TX, model("s p e; b H e2; b1 K e3", p=sub("s1 a x; x [=bad] e4; x *e1", kind="transaction", e1=end(CANCEL),
         e4=end(ERR), **undone("a", "c")), b=on("p", CANCEL), b1=on("p", ERR)), "a K | end", facts={"bad": True}),
    case("tx-completed-then-undone", TX, model("s p t e", p=sub("s1 a e1", kind="transaction", **undone("a", "c")),
         t=throw(COMP)), "a c | end"),
    case("tx-cancelled-is-not-undone", TX, model("s p e; b1 t e2", p=sub("s1 a e1", kind="transaction", e1=end(CANCEL),
         **undone("a", "c")), b1=on("p", CANCEL), t=throw(COMP)), "a c | end"),
    case("tx-cancel", TX, model("s p e; b H e2", p=sub("s1 a e1", kind="transaction", e1=end(CANCEL)), b=on("p", CANCEL)),
         "a H | end"),
    case("tx-not-cancelled", TX, model("s p z e; b H e2", p=sub("s1 u x; x [=no] e1; x *e3", kind="transaction", e1=end(
         CANCEL)), b=on("p", CANCEL)), ("u no=false", "u z | end"), ("u no=true", "u H | end")),
    case("tx-cancel-parallel", TX, model("s p e; b H e2", p=sub("s1 g; g u e3; g e1", kind="transaction", e1=end(CANCEL)),
         b=on("p", CANCEL)), "H | end"),
    case("tx-cancel-undoes", TX, model("s p e; b H e2", p=sub("s1 a d e1", kind="transaction", e1=end(CANCEL), **undone("a",
         "c"), **undone("d", "uf", user("", FOR))), b=on("p", CANCEL)), "a d | uf", ("uf", "a d uf c H | end")),
    no("tx-without-boundary", TX, model("s p z e", p=sub("s1 a e1", kind="transaction", e1=end(CANCEL))), "bpmn-transaction"),
    no("tx-cancel-outside", TX, model("s p e", p=sub("s1 a e1", e1=end(CANCEL))), "bpmn-transaction"),
    case("tx-sibling", TX, siblings(CANCEL, "transaction"), ("u", "u H1 | v")),
]  # fmt: skip

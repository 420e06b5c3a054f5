"""States written by former versions of the runtime are loaded and played on."""

import simplejson

from engine import runtime
from tests.conformance.bpmn.models import MSG, SIG, on
from tests.conformance.bpmn.models import model as several
from tests.conformance.bpmn.models import user as person
from tests.engine.runtime.drawings import NOW, drawing, nodes, user

UNDO = drawing(
    nodes("startEvent", "s") + nodes("task", "a", "b") + nodes("endEvent", "e")
    + "".join(
        f'<boundaryEvent id="b_{host}" attachedToRef="{host}"><compensateEventDefinition/></boundaryEvent>'
        f'<association id="z_{host}" sourceRef="b_{host}" targetRef="{undo}"/>'
        + user(undo).replace("<userTask", '<userTask isForCompensation="true"')
        for host, undo in (("a", "ua"), ("b", "ub"))
    )
    + '<intermediateThrowEvent id="t"><compensateEventDefinition/></intermediateThrowEvent>',
    "s -> a -> b -> t -> e",
)  # fmt: skip


def _former(state):
    """The state as it was written when the event that throws kept what was still to be undone."""
    state = simplejson.loads(simplejson.dumps(state))
    thrower = next(t for t in state["tokens"] if t["node"] == "t")
    undoing = next(t for t in state["tokens"] if t["node"] == "ub")
    assert undoing["about"].pop("undoing") == [{"at": "", "record": "a"}]
    thrower["about"]["undoing"] = ["ua"]
    return state


def test_a_compensation_under_way_goes_on():
    """What is still to be undone stood with the thrower as names of the compensating activities."""
    model = runtime.read(UNDO)
    first = runtime.start(model, {}, now=NOW)
    assert [task.node for task in first.opened] == ["ub"]
    second = runtime.finish(model, _former(first.state), first.opened[0].id, {}, {}, now=NOW)
    assert [task.node for task in second.opened] == ["ua"]
    last = runtime.finish(model, second.state, second.opened[0].id, {}, {}, now=NOW)
    assert last.ended is not None
    assert [p.node for p in last.passed] == ["ua", "t", "e"]


def _one_token(state):
    """The state as it was written when an event kept all its triggers itself."""
    state = simplejson.loads(simplejson.dumps(state))
    event = next(t for t in state["tokens"] if t["node"] == "b")
    for trigger in [t for t in state["tokens"] if t["node"].startswith("b#")]:
        about = dict(trigger["about"])
        assert about.pop("host") == event["id"]
        event["about"].update(about)
        state["tokens"].remove(trigger)
    return state


def test_an_event_that_keeps_several_triggers_itself_happens_again():
    """By each of them, as often as they come; the person's task stays."""
    model = runtime.read(several("s u e; b H e2", u=person(), b=on("u", MSG + SIG, False)))
    state = _one_token(runtime.start(model, {}, now=NOW).state)
    for _ in range(2):
        heard = runtime.signal(model, state, "sig", {}, {}, now=NOW)
        told = runtime.deliver(model, heard.state, "msg", "k", {}, {}, now=NOW)
        assert [p.node for p in (*heard.passed, *told.passed)] == ["b", "H", "e2"] * 2
        state = told.state


def test_what_completed_before_is_undone():
    """The activities that can be undone stood in the state by their ids, as they do now."""
    model = runtime.read(UNDO.replace(b'<task id="b"/>', b'<userTask id="b" name="b"/>'))
    first = runtime.start(model, {}, now=NOW)
    assert first.state["undo"] == ["a"]

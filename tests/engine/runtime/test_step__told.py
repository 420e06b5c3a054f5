"""What a step tells about decisions, messages and signals, and states that were written before."""

import pytest

from engine import runtime
from engine.errors import PackInvalid, TaskCancelled
from tests.conformance.bpmn.activities import table
from tests.conformance.bpmn.models import (
    MSG,
    SIG,
    body,
    call,
    catch,
    decide,
    extension,
    file,
    handler,
    job,
    mapping,
    model,
    on,
    process,
    throw,
)
from tests.engine.runtime.drawings import ENDS, NOW, drawing, written

BYORDER = '<messageEventDefinition messageRef="MV"/>'
TABLES = {"grade.dmn": table()}


def test_a_decision_tells_what_it_saw_and_which_rule_matched():
    """Node, decision, inputs, the matched rule and the value: what the ledger keeps."""
    read = runtime.read(model("s a e", a=decide("grade")), decisions=TABLES)
    (decided,) = runtime.start(read, {"n": 12, "other": 1}, now=NOW).decisions
    assert (decided.node, decided.decision, decided.inputs, decided.value) == ("a", "grade", {"n": 12}, "high")
    assert [(rule.number, rule.rule) for rule in decided.matched] == [(2, "r2")]


def test_an_unknown_decision_names_the_nearest_one():
    """The cure says what was probably meant."""
    found = [f for f in runtime.lint(model("s a e", a=decide("grad")), decisions=TABLES) if f.rule == "bpmn-decision"]
    assert [f.cure_en for f in found] == ['Did you mean "grade"?']


def test_a_broken_decision_file_is_named():
    """Findings of a DMN file carry its name and refuse the drawing."""
    with pytest.raises(PackInvalid) as refused:
        runtime.read(model("s a e", a=decide("grade")), decisions={"grade.dmn": b"<definitions/>"})
    assert "grade.dmn" in {finding.file for finding in refused.value.findings}


def test_a_finding_in_a_called_process_names_its_file():
    """A drawing is linted with the processes it calls."""
    other = file(
        process(
            '<startEvent id="s9"/><userTask id="u9"/><endEvent id="e9"/>'
            '<sequenceFlow sourceRef="s9" targetRef="u9"/><sequenceFlow sourceRef="u9" targetRef="e9"/>',
            "Far",
        )
    )
    found = runtime.lint(model("s p e", p=call("Far")), "p.bpmn", drawings={"far.bpmn": other})
    assert [(f.file, f.rule) for f in found if not f.warning] == [("far.bpmn", "bpmn-unnamed")]


def test_an_advance_says_which_messages_are_waited_for():
    """Name and key, for the caller to compare with the messages it keeps; numbers and their texts are one key."""
    read = runtime.read(model("s k e", k=catch(BYORDER)))
    first = runtime.start(read, {"order": 7}, now=NOW)
    assert [(w.node, w.name, w.key) for w in first.waiting] == [("k", "byorder", "7")]
    for key in (7, "7"):
        delivered = runtime.deliver(read, first.state, "byorder", key, {}, first.facts, now=NOW)
        assert delivered
        assert delivered.ended
    assert runtime.deliver(read, first.state, "byorder", 8, {}, first.facts, now=NOW) is None


def test_an_advance_says_which_signals_were_thrown():
    """Caught inside the case at once; others are the caller's."""
    read = runtime.read(model("s t e", t=throw(SIG)))
    assert [(s.node, s.name) for s in runtime.start(read, {}, now=NOW).signals] == [("t", "sig")]


def test_an_advance_says_which_messages_were_sent():
    """Name, key and payload, evaluated where it is thrown; nothing inside the case has it."""
    said = extension(mapping("in n =order + 1"))
    read = runtime.read(model("s g; g t e; g k e2", t=throw(said + BYORDER), k=catch(BYORDER)))
    first = runtime.start(read, {"order": 7}, now=NOW)
    assert first.messages == (runtime.Sent("t", "byorder", "7", {"n": 8}),)
    assert [(w.node, w.name, w.key) for w in first.waiting] == [("k", "byorder", "7")]


def test_an_advance_says_which_signals_are_waited_for():
    """For the caller to know where one would be heard."""
    read = runtime.read(model("s k e", k=catch(SIG)))
    assert [(w.node, w.name) for w in runtime.start(read, {}, now=NOW).listening] == [("k", "sig")]


def test_a_job_that_failed_is_gone():
    """A machine cannot answer for it any more, and its id is among those closed."""
    read = runtime.read(model("s a e; b H u e2", a=job(), b=on("a", '<errorEventDefinition errorRef="X"/>')))
    first = runtime.start(read, {}, now=NOW)
    failed = runtime.fail(read, first.state, first.jobs[0].id, "E1", {}, {}, now=NOW)
    assert failed.closed == (first.jobs[0].id,)
    with pytest.raises(TaskCancelled):
        runtime.answer(read, failed.state, first.jobs[0].id, {}, {}, now=NOW)


def test_what_listens_is_not_where_the_case_stands():
    """Event sub-processes and events behind a gateway wait, but no token is there."""
    choice = '<eventBasedGateway id="@"/>'
    flows = "s y; y k e; y k2 e2"
    read = runtime.read(model(flows, y=choice, k=catch(MSG), k2=catch(SIG), h=handler(MSG)))
    assert runtime.marks(read, runtime.start(read, {}, now=NOW).state).current == {"y"}


def test_a_called_process_keeps_its_facts_in_the_state_only_while_it_runs():
    """They are the called process's own; when it ends nothing of them stays there."""
    read = runtime.read(file(process(body("s p e", p=call())), process(body("s1 u e1"), "Q")))
    first = runtime.start(read, {"secret": "only here"}, now=NOW)
    assert "only here" in str(first.state)
    after = runtime.finish(read, written(first.state), first.opened[0].id, {"x": 1}, first.facts, now=NOW)
    assert after.facts == {"secret": "only here", "x": 1}
    assert "only here" not in str(after.state)


def test_a_state_of_the_first_format_still_loads():
    """What was written before scopes had data or compensation goes on as if nothing had changed."""
    inside = '<startEvent id="s1"/><userTask id="u" name="U"/><sequenceFlow sourceRef="s1" targetRef="u"/>'
    read = runtime.read(drawing(f'{ENDS}<subProcess id="p">{inside}</subProcess>', "s -> p -> e"))
    task = {"data": {}, "about": {}}
    host, token = "7b0b1f9a-41f1-4a53-8d8e-2d8e1f3a0001", "7b0b1f9a-41f1-4a53-8d8e-2d8e1f3a0002"
    state = {
        "version": 1,
        "model": read.hash,
        "tokens": [{"id": host, "node": "p", "state": 32, **task, "about": {"via": "s_p"}}],
        "scopes": [{"host": host, "tokens": [{"id": token, "node": "u", "state": 16, **task}]}],
        "done": ["s", "s1"],
        "flows": ["s_p"],
    }
    first = runtime.start(read, {}, now=NOW)
    assert [t["state"] for t in (first.state["tokens"][0], first.state["scopes"][0]["tokens"][0])] == [32, 16]
    assert runtime.finish(read, state, token, {}, {}, now=NOW).ended

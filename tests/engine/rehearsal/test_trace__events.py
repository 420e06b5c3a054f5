"""A trace begins a process by whatever begins it, gives events what they wait for, and tells what was thrown."""

from datetime import UTC, datetime

import pytest

from engine import rehearsal, runtime
from tests.conformance.bpmn.models import (
    MSG,
    SIG,
    catch,
    cond,
    element,
    handler,
    model,
    on,
    receive,
    start,
    throw,
    timer,
)

FIRST = element("eventBasedGateway", "", 'instantiate="true"')
NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


def traced(xml, answers, advance=None):
    """What happened: `event node`, without what merely passed or was taken away."""
    lines = list(rehearsal.trace(runtime.read(xml), {"n": 2}, answers, start=NOW, advance=advance))
    shown = [f"{line['event']} {line.get('node', '')}".strip() for line in lines]
    return [text for text in shown if not text.startswith(("passed", "taken-away"))], lines[-1]


@pytest.mark.parametrize(
    ("xml", "answers", "advance"),
    [
        (model("s a e", s=start(timer("PT5M"))), {}, "PT5M"),
        (model("s a e", s=start(cond("=n > 1"))), {}, None),
        (model("s a e", s=start(MSG)), {"s": {"x": 1}}, None),
        (model("s a e", s=start(SIG)), {"s": {"x": 1}}, None),
        (model("s a e", s=start(MSG + SIG, 'parallelMultiple="true"')), {"s": [{"x": 1}, {}]}, None),
        (model("k a e", k=element("receiveTask", "", 'messageRef="M" instantiate="true"')), {"k": {}}, None),
        (model("y k a e; y k2 e", y=FIRST, k=catch(MSG), k2=catch(SIG)), {"k2": {}}, None),
    ],
    ids=["timer", "condition", "message", "signal", "both", "receive", "gateway"],
)  # fmt: skip
def test_every_beginning_can_be_traced(xml, answers, advance):
    """The process runs to its end from the event that begins it."""
    assert traced(xml, answers, advance)[0][-1] == "ended e"


def test_one_of_several_starts_can_be_named():
    """Else it is the first plain one."""
    model_ = runtime.read(model("s a e; s2 b e; s3 c e", s3=start(MSG)))
    for begin, passed in ((None, "a"), ("s2", "b"), ("s3", "c")):
        lines = list(rehearsal.trace(model_, {}, {}, start=NOW, begin=begin))
        assert [line["node"] for line in lines if line["event"] == "passed"][1] == passed


def test_what_begins_it_is_waited_for():
    """Without it the last line says what the process waits for."""
    events, last = traced(
        model("s a e; s2 b e; s3 c e", s=start(MSG), s2=start(SIG), s3=start(timer("PT5M"))), {}, "PT4M"
    )
    assert events == ["timer s3", "waiting"]
    assert last["messages"] == [{"node": "s", "name": "msg", "key": ""}]
    assert last["signals"] == [{"node": "s2", "name": "sig"}]
    assert [t["node"] for t in last["timers"]] == ["s3"]


def test_events_happen_before_tasks_once_or_as_often_as_the_list_says():
    """A boundary event that does not interrupt would else happen for ever."""
    once = model("s u e; b H e2", b=on("u", MSG, False))
    assert traced(once, {"b": {"x": 1}, "u": {}})[0] == ["task u", "ended e"]
    twice = list(rehearsal.trace(runtime.read(once), {}, {"b": [{}, {}], "u": {}}, start=NOW))
    assert [line["node"] for line in twice if line["event"] == "passed"] == [
        "s", "b", "H", "e2", "b", "H", "e2", "u", "e",
    ]  # fmt: skip


def test_what_is_thrown_is_told():
    """Messages without a job with key and payload, and signals; a receive task has its message."""
    events, last = traced(
        model("s t t2 k e", t=throw(MSG), t2=throw(SIG), k=receive("M2"), h=handler(SIG, False)), {"k": {}}
    )
    assert events == ["message t", "signal t2", "ended e"]
    assert last["event"] == "ended"

"""What begins a process: said by the model, named by who starts it."""

import pytest

from engine import runtime
from tests.engine.runtime.drawings import NOW, drawing, nodes, timer, user

TWO = drawing(
    nodes("startEvent", "s", "s2")
    + f'<startEvent id="s3">{timer("timeDuration", "P1D")}</startEvent>'
    + nodes("endEvent", "e") + user("t") + user("v"),
    "s -> t -> e\ns2 -> v -> e\ns3 -> v",
)  # fmt: skip


def test_the_model_says_what_can_begin_it():
    """Every start event with what it waits for; a plain one waits for nothing."""
    assert [(n.id, n.event) for n in runtime.starts(runtime.read(TWO))] == [("s", ""), ("s2", ""), ("s3", "timer")]


@pytest.mark.parametrize(("at", "opened"), [(None, "t"), ("s", "t"), ("s2", "v"), ("s3", "v")])
def test_several_starts_are_alternatives(at, opened):
    """The process begins at the start event that is named, or the first plain one; only there."""
    advance = runtime.start(runtime.read(TWO), {}, now=NOW, at=at)
    assert [task.node for task in advance.opened] == [opened]
    assert advance.timers == ()


@pytest.mark.parametrize("at", ["t", "nowhere"])
def test_only_a_start_event_begins(at):
    """Another node is a mistake of the caller."""
    with pytest.raises(ValueError, match="not a start event"):
        runtime.start(runtime.read(TWO), {}, now=NOW, at=at)


def test_what_waits_to_begin_is_not_shown_as_work():
    """Before the process began nothing stands anywhere and nothing is done; its timer is told."""
    xml = drawing(
        f'<startEvent id="s">{timer("timeDuration", "P1D")}</startEvent>' + nodes("endEvent", "e") + user("t"),
        "s -> t -> e",
    )
    model = runtime.read(xml)
    advance = runtime.start(model, {}, now=NOW)
    assert [(t.node, (t.due - NOW).days) for t in advance.timers] == [("s", 1)]
    assert runtime.marks(model, advance.state) == runtime.Marks(frozenset(), frozenset(), frozenset())
    begun = runtime.fire(model, advance.state, {}, now=advance.timers[0].due)
    assert [p.node for p in begun.passed] == ["s"]
    assert begun.timers == ()

"""Gateways and flows: which way tokens go and where they wait. Straight, and saved and restored between steps."""

import pytest

from tests.engine.runtime.drawings import ENDS, both_ways, boundary, drawing, nodes, timer, user

pytestmark = both_ways


def test_exclusive_takes_the_first_true_flow_in_document_order(run):
    """The first flow whose condition holds is taken, whatever follows; without one, the default."""
    xml = drawing(
        ENDS + '<exclusiveGateway id="x" default="x_c"/>' + nodes("task", "a", "b", "c"),
        "s -> x -> [=n > 1]a -> e\nx -> [=n > 0]b -> e\nx -> c -> e",
    )
    assert run(xml, {"n": 2}).trace[2] == "a"
    assert run(xml, {"n": 1}).trace[2] == "b"
    assert run(xml, {"n": 0}).trace[2] == "c"


@pytest.mark.parametrize("condition", ["=missing > 1", "=a.missing = 1", '="text"', "=null", "=1", "=n > null"])
def test_condition_that_is_no_truth_is_an_incident_not_the_default(run, condition):
    """Unknown names, null and other values stop the case before the task was finished, naming the flow."""
    xml = drawing(
        ENDS + user("t") + '<exclusiveGateway id="x" default="x_b"/>' + nodes("task", "a", "b"),
        f"s -> t -> x -> {f'[{condition}]'}a -> e\nx -> b -> e",
    )
    case = run(xml, {"a": {}, "n": 1})
    before = case.state, case.facts
    case.finish("t", done=True)
    assert case.incident.node == "x"
    assert "x_a" in case.incident.en
    assert "x_a" in case.incident.zh
    assert (case.state, case.facts) == before
    assert case.open == ["t"]
    assert case.trace == ["s"]


def test_parallel_join_keeps_surplus_tokens(run):
    """A join takes one token from each flow; the second pair makes it fire again."""
    xml = drawing(
        ENDS + nodes("parallelGateway", "g", "j") + nodes("exclusiveGateway", "m", "k")
        + user("a") + user("b") + user("c") + user("d") + nodes("task", "z"),
        "s -> g -> a -> m -> j -> z -> e\ng -> b -> m\ng -> c -> k -> j\ng -> d -> k",
    )  # fmt: skip
    case = run(xml).finish("a").finish("b")
    assert case.trace.count("z") == 0
    assert case.finish("c").trace.count("z") == 1
    assert case.ended is None
    assert case.finish("d").trace.count("z") == 2
    assert case.ended


def test_inclusive_join_waits_for_a_branch_that_begins_with_a_choice(run):
    """With an empty branch listed first the join still waits for the other one, and fires once."""
    xml = drawing(
        ENDS + nodes("inclusiveGateway", "o", "j") + '<exclusiveGateway id="x" default="x_b"/>' + nodes("task", "z")
        + user("a") + user("b"),
        "s -> o -> [=true]j -> z -> e\no -> [=true]x -> [=false]a -> j\nx -> b -> j",
    )  # fmt: skip
    case = run(xml)
    assert "z" not in case.trace
    assert case.open == ["b"]
    assert case.finish("b").trace.count("z") == 1
    assert case.ended


def test_inclusive_join_waits_for_what_a_boundary_event_may_send(run):
    """While an activity runs its boundary event can still fire, so a token may come from there."""
    xml = drawing(
        ENDS
        + nodes("inclusiveGateway", "o", "j")
        + user("a")
        + user("b")
        + boundary("w", "a", timer("timeDuration", "P1D"))
        + user("z"),
        "s -> o -> [=true]a -> e\no -> [=true]b -> j -> z -> e\nw -> j",
    )
    assert run(xml).finish("b").open == ["a"]
    assert run(xml).finish("b").finish("a").open == ["z"]
    assert run(xml).finish("b").wait(days=1).trace.count("j") == 1


def test_inclusive_join_does_not_wait_for_branches_not_taken(run):
    """Only the flows whose condition holds get a token, and the join expects no others."""
    xml = drawing(
        ENDS + '<inclusiveGateway id="o" default="o_c"/><inclusiveGateway id="j"/>' + user("a") + user("b") + user("c"),
        "s -> o -> [=n > 1]a -> j -> e\no -> [=n > 0]b -> j\no -> c -> j",
    )
    assert run(xml, {"n": 1}).finish("b").ended
    assert run(xml, {"n": 0}).open == ["c"]
    both = run(xml, {"n": 2}).finish("a")
    assert both.ended is None
    assert both.finish("b").ended


def test_choice_without_a_true_flow_and_default_is_an_incident(run):
    """An inclusive gateway that can send nothing stops instead of ending the case."""
    xml = drawing(
        ENDS + '<inclusiveGateway id="o"/>' + nodes("task", "a", "b"), "s -> o -> [=false]a -> e\no -> [=false]b -> e"
    )
    case = run(xml)
    assert case.incident.node == "o"
    assert case.ended is None


def test_implicit_start_split_merge_and_end(run):
    """Without a start event every node without incoming flow starts; all flows leave at once; any node may be last."""
    case = run(drawing(user("a") + user("b") + user("c"), "a -> b\na -> c"))
    assert case.finish("a").open == ["b", "c"]
    assert case.finish("b").ended is None
    assert case.finish("c").ended


def test_conditional_flows_of_a_task(run):
    """Flows from a task are taken when their condition holds, the default when none does."""
    xml = drawing(
        ENDS + '<userTask id="t" name="t" default="t_c"/>' + user("a") + user("b") + user("c"),
        "s -> t -> [=n > 0]a -> e\nt -> [=n > 1]b -> e\nt -> c -> e",
    )
    assert run(xml).finish("t", n=2).open == ["a", "b"]
    assert run(xml).finish("t", n=0).open == ["c"]

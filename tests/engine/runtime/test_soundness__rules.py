"""Soundness as a designer meets it: what lint says, where, on which way, and what it leaves alone."""

import pytest

from engine import runtime
from tests.engine.runtime.drawings import boundary, drawing, extension, inner, nodes, properties, timer, user

ENDS = nodes("startEvent", "s") + nodes("endEvent", "e")
TASKS = user("a") + user("b") + user("c")
XOR, AND, OR = ({"kind": kind} for kind in ("exclusiveGateway", "parallelGateway", "inclusiveGateway"))
HOUR = timer("timeDuration", "PT1H")
KEY = '<extensionElements><zeebe:subscription correlationKey="=k"/></extensionElements>'
MESSAGE = f'<message id="m" name="m">{KEY}</message>'
HEARD = '<messageEventDefinition messageRef="m"/>'
RULES = {"bpmn-deadlock", "bpmn-unsynchronised", "bpmn-livelock", "bpmn-soundness-open", "bpmn-sound"}


def gateway(name, kind, default="", inside=""):
    said = f' default="{default}"' if default else ""
    return f'<{kind["kind"]} id="{name}"{said}>{inside}</{kind["kind"]}>'


def told(body, flows, before=""):
    """What soundness says: (rule, element) → finding."""
    found = runtime.lint(drawing(ENDS + body, flows, before))
    return {(f.rule.removeprefix("bpmn-"), f.element): f for f in found if f.rule in RULES}


FLOWS_XOR = "s -> x -> [=k]a -> j -> e\nx -> b -> j"


def test_a_parallel_join_after_an_exclusive_split_waits_for_ever():
    """The join is named with the branch it waits for, the way there and a cure, in both languages, as an error."""
    found = told(user("a") + user("b") + gateway("x", XOR, "x_b") + gateway("j", AND), FLOWS_XOR)
    finding = found.pop(("deadlock", "j"))
    assert not found
    assert not finding.warning
    assert finding.line
    assert '"b"' in finding.en
    assert "via" in finding.en
    assert "“b”" in finding.zh
    assert "经由" in finding.zh
    assert "sound" in finding.cure_en
    assert "sound" in finding.cure_zh


def test_an_inclusive_split_before_a_parallel_join_may_wait_for_ever():
    """That some data would open every branch is no excuse: other data would not."""
    body = user("a") + user("b") + gateway("x", OR, "x_b") + gateway("j", AND)
    assert told(body, "s -> x -> [=k]a -> j -> e\nx -> b -> j").keys() == {("deadlock", "j")}


@pytest.mark.parametrize(("split", "join"), [(XOR, XOR), (AND, AND), (XOR, OR), (OR, OR), (AND, OR)])
def test_blocks_are_sound(split, join):
    """A split with a join that fits it is sound."""
    asks, default = ("", "") if split is AND else ("[=k]", "x_b")
    body = user("a") + user("b") + user("c") + gateway("x", split, default) + gateway("j", join)
    assert told(body, f"s -> x -> {asks}a -> j -> c -> e\nx -> b -> j") == {}


@pytest.mark.parametrize("split", [AND, OR])
def test_a_task_behind_unjoined_branches_may_happen_twice(split):
    """An exclusive gateway does not join: what follows it is done once a branch."""
    asks, default = ("", "") if split is AND else ("[=k]", "x_e")
    body = TASKS + gateway("x", split, default) + gateway("j", XOR)
    flows = f"s -> x -> {asks}a -> j -> c -> e\nx -> {asks}b -> j\nx -> e"
    assert told(body, flows).keys() == {("unsynchronised", "j")}


def test_branches_that_only_end_need_no_join():
    """Several ends, or one end reached by several branches, are legal: the process ends when all have."""
    assert told(user("a") + user("b") + gateway("x", AND), "s -> x -> a -> e\nx -> b -> e") == {}
    assert (
        told(user("a") + user("b") + gateway("x", AND) + gateway("m", XOR), "s -> x -> a -> m -> e\nx -> b -> m") == {}
    )


def test_an_end_that_decides_an_item_is_not_reached_twice():
    """An end with an outcome does something, and does it once."""
    end = f'<endEvent id="d">{extension(properties(item="i", outcome="approved"))}</endEvent>'
    found = told(user("a") + user("b") + gateway("x", AND) + end, "s -> x -> a -> d\nx -> b -> d")
    assert found.keys() == {("unsynchronised", "d")}


def test_a_loop_without_a_way_out_is_found_and_one_with_a_way_out_is_not():
    """Going round is fine as long as an end can be reached."""
    body = user("a") + gateway("m", XOR) + gateway("x", XOR, "x_e")
    assert told(body, "s -> m -> a -> x -> [=k]m\nx -> e") == {}
    found = told(body + user("b"), "s -> x -> [=k]m -> a -> b -> m\nx -> e")
    assert found.keys() == {("livelock", "m")}


def test_a_loop_that_is_ended_from_outside_may_go_round():
    """A sub-process with an interrupting event may wait for it in a loop."""
    inside = nodes("startEvent", "s1") + user("a") + gateway("m", XOR) + inner("s1 -> m; m -> a; a -> m")
    part = f'<subProcess id="p">{inside}</subProcess>'
    assert told(part, "s -> p -> e").keys() == {("livelock", "m")}
    assert told(part + boundary("t", "p", HOUR), "s -> p -> e\nt -> e") == {}


def test_a_task_that_splits_with_every_turn_of_a_loop_piles_up():
    """A branch left behind in a loop is still there when the next one comes."""
    body = user("a") + user("b") + gateway("x", AND) + gateway("y", XOR, "y_e")
    found = told(body, "s -> a -> x -> b -> e\nx -> y -> [=k]a\ny -> e")
    assert ("unsynchronised", "b") in found


def test_an_interrupting_event_is_one_way_out_more():
    """The event takes the place of the activity: a join with its branch waits for ever, a merge does not."""
    body = user("a") + user("c") + boundary("t", "a", HOUR)
    assert told(body + gateway("j", AND), "s -> a -> j -> c -> e\nt -> j").keys() == {("deadlock", "j")}
    assert told(body + gateway("j", XOR), "s -> a -> j -> c -> e\nt -> j") == {}


def test_a_reminder_may_happen_any_number_of_times():
    """What a non-interrupting event starts on its own is meant to run beside; led back it doubles the flow."""
    body = user("a") + user("b") + user("c") + boundary("t", "a", HOUR, "false") + nodes("endEvent", "e2")
    assert told(body, "s -> a -> c -> e\nt -> b -> e2") == {}
    assert told(body + gateway("m", XOR), "s -> a -> m -> c -> e\nt -> b -> m").keys() >= {("unsynchronised", "m")}


def test_a_message_that_comes_again_is_too_many_for_an_inclusive_join():
    """What does not interrupt may happen again: then what follows the join is done for each of them."""
    found = told(
        TASKS + gateway("j", OR) + boundary("t", "a", HEARD, "false"), "s -> a -> j -> c -> e\nt -> b -> j", MESSAGE
    )
    assert ("unsynchronised", "c") in found


def test_a_reminder_may_end_a_loop():
    """A terminate end that is only reached besides the flow is an end all the same."""
    body = user("a") + user("b") + user("c") + gateway("m", XOR) + boundary("t", "a", HOUR, "false")
    stop = '<endEvent id="z"><terminateEventDefinition/></endEvent>'
    assert told(body + stop, "s -> m -> a -> b -> m\nt -> c -> z") == {}
    assert told(body, "s -> m -> a -> b -> m\nt -> c -> e").keys() == {("livelock", "m")}


def test_what_a_reminder_starts_is_looked_at_too():
    """Beside the flow the same rules hold."""
    body = user("a") + user("b") + user("c") + boundary("t", "a", HOUR, "false") + gateway("x", XOR, "x_c")
    found = told(body + gateway("j", AND), "s -> a -> e\nt -> x -> [=k]b -> j -> e\nx -> c -> j")
    assert found.keys() == {("deadlock", "j")}


def test_a_terminate_end_takes_everything_away():
    """What waits at a join is gone when the scope is ended; a plain end leaves it there."""
    stop = '<endEvent id="z"><terminateEventDefinition/></endEvent>'
    flows = "s -> x -> a -> j -> e\nx -> b -> y -> [=k]j\ny -> {}"
    body = user("a") + user("b") + gateway("x", AND) + gateway("j", AND)
    assert told(body + stop + gateway("y", XOR, "y_z"), flows.format("z")) == {}
    assert told(body + gateway("y", XOR, "y_e"), flows.format("e")).keys() == {("deadlock", "j")}


def test_sub_processes_are_scopes_of_their_own():
    """Inside a sub-process and an event sub-process the same is found, under their own nodes."""
    inside = nodes("startEvent", "s1") + user("a") + user("b") + gateway("x", XOR, "x_b") + gateway("j", AND)
    lines = (("s1", "x"), ("x", "a"), ("x", "b"), ("a", "j"), ("b", "j"))
    flows = "".join(f'<sequenceFlow id="{p}_{q}" sourceRef="{p}" targetRef="{q}"/>' for p, q in lines)
    assert told(f'<subProcess id="p">{inside + flows}</subProcess>', "s -> p -> e").keys() == {("deadlock", "j")}


def test_the_designer_may_know_better():
    """With the property `sound` it is a warning that quotes the reason; where nothing is wrong it is superfluous."""
    reason = extension(properties(sound="两个条件总是同时成立"))
    body = user("a") + user("b") + gateway("x", OR, "x_b")
    finding = told(body + gateway("j", AND, inside=reason), FLOWS_XOR)["deadlock", "j"]
    assert finding.warning
    assert "两个条件总是同时成立" in finding.zh
    assert "两个条件总是同时成立" in finding.en
    fine = told(body + gateway("j", OR, inside=reason), FLOWS_XOR)
    assert {key: f.warning for key, f in fine.items()} == {("sound", "j"): True}


def test_a_condition_asked_twice_is_said():
    """The way to a defect that asks the same condition twice may be impossible, and lint says so."""
    body = TASKS + user("d") + "".join(gateway(n, XOR, d) for n, d in (("x", "x_b"), ("y", "y_d"))) + gateway("z", AND)
    body += gateway("j", AND)
    flows = "s -> z -> x -> [=k]a -> j -> e\nx -> b -> e\nz -> y -> [=k]c -> j\ny -> d -> e"
    finding = told(body, flows)["deadlock", "j"]
    assert "=k" in finding.en
    assert "=k" in finding.zh


def test_an_unsound_drawing_can_still_be_read():
    """The runtime executes it to the letter; only lint, and so publishing, refuses it."""
    xml = drawing(ENDS + user("a") + user("b") + gateway("x", XOR, "x_b") + gateway("j", AND), FLOWS_XOR)
    assert any(f.rule == "bpmn-deadlock" and not f.warning for f in runtime.lint(xml))
    assert runtime.read(xml).process_id == "P"


def test_wide_and_long_drawings_are_reduced():
    """Twelve parallel branches of ten tasks, nested inclusive ones too, are proven without looking at every marking."""
    body, flows = gateway("x", AND) + gateway("j", AND) + gateway("y", OR) + gateway("k", OR), "s -> x\nj -> y\nk -> e"
    for branch in range(12):
        names = [f"t{branch}_{number}" for number in range(10)]
        body += "".join(user(name) for name in names) + user(f"o{branch}")
        flows += f"\nx -> {' -> '.join(names)} -> j\ny -> [=k{branch}]o{branch} -> k"
    assert told(body + user("o"), flows + "\ny -> [=k]o -> k") == {}


def test_too_many_combinations_are_said_and_not_waited_for():
    """A tangle with millions of markings is left unproven, with a warning: never silence, never a hang."""
    body, flows = gateway("x", AND) + gateway("j", AND), "s -> x\nj -> e"
    for branch in range(14):
        name = f"m{branch}"
        body += gateway(name, XOR) + gateway(f"y{branch}", XOR, f"y{branch}_z{branch}") + user(f"a{branch}")
        body += f'{user(f"b{branch}")}<endEvent id="z{branch}"><terminateEventDefinition/></endEvent>'
        flows += f"\nx -> {name} -> a{branch} -> y{branch} -> [=k]b{branch} -> {name}\ny{branch} -> [=l]j"
        flows += f"\ny{branch} -> z{branch}"
    found = told(body, flows)
    assert {key: finding.warning for key, finding in found.items()} == {("soundness-open", "P"): True}


def test_an_ad_hoc_sub_process_may_offer_a_task_again():
    """What is offered at once may lead to one task more than once: that is what ad hoc means."""
    inside = user("a") + user("b") + user("c") + inner("a -> c; b -> c")
    assert told(f'<adHocSubProcess id="p">{inside}</adHocSubProcess>', "s -> p -> e") == {}


def test_quantities_leave_it_open():
    """Where several tokens are meant nothing is proven, and lint says why."""
    found = told('<userTask id="a" name="a" completionQuantity="2"/>', "s -> a -> e")
    assert found.keys() == {("soundness-open", "P")}
    assert "several tokens" in found["soundness-open", "P"].en


def test_an_escalation_that_is_caught_interrupting_clears_its_scope():
    """What waits beside it is taken away; caught without interrupting, or by nobody, it goes on waiting."""
    split = nodes("startEvent", "s1") + nodes("parallelGateway", "x", "j") + nodes("exclusiveGateway", "y") + user("a")
    thrown = '<endEvent id="z"><escalationEventDefinition escalationRef="c"/></endEvent>'
    lines = (("s1", "x"), ("x", "a"), ("a", "j"), ("x", "y"), ("y", "j"), ("y", "z"), ("j", "e1"))
    flows = "".join(f'<sequenceFlow id="{p}_{q}" sourceRef="{p}" targetRef="{q}"/>' for p, q in lines)
    part = f'<subProcess id="p">{split}{thrown}{nodes("endEvent", "e1")}{flows}</subProcess>'
    known = '<escalation id="c" escalationCode="C"/>'
    caught = '<escalationEventDefinition escalationRef="c"/>'
    for cancels, expected in (("true", set()), ("false", {("deadlock", "j")})):
        assert told(part + boundary("t", "p", caught, cancels), "s -> p -> e\nt -> e", known).keys() == expected
    assert told(part, "s -> p -> e").keys() == {("deadlock", "j")}


def test_every_way_to_begin_is_looked_at():
    """A process that a message begins starts there alone: a join with the other start waits for ever."""
    begun = f'<startEvent id="s2">{HEARD}</startEvent>'
    body = begun + user("a") + user("b")
    assert told(body + gateway("j", AND), "s -> a -> j -> e\ns2 -> b -> j", MESSAGE).keys() == {("deadlock", "j")}
    assert told(body + gateway("j", XOR), "s -> a -> j -> e\ns2 -> b -> j", MESSAGE) == {}

"""Moving a running process to an edited drawing: at every step of its life, and on to the end."""

import pytest

from engine import runtime
from engine.runtime import migrate
from tests.engine.runtime.drawings import (
    ENDS,
    NOW,
    SUB,
    Case,
    boundary,
    drawing,
    extension,
    inner,
    nodes,
    properties,
    timer,
    user,
    written,
)

STRAIGHT = drawing(ENDS + user("a") + user("b"), "s -> a -> b -> e")
PARALLEL = drawing(
    ENDS + nodes("parallelGateway", "g", "j") + user("a") + user("b"), "s -> g -> a -> j -> e\ng -> b -> j"
)


def moved(case, xml, **renamed):
    """The case moved to another drawing; the refusal if it cannot."""
    new = runtime.read(xml)
    found = migrate(case.model, new, written(case.state), case.facts, renamed=renamed, now=case.now)
    if found.advance is None:
        return [said.en for said in found.obstacles]
    case.model = new
    case.remarks = [said.en for said in found.remarks]
    case.kept = {opened.node: opened for opened in found.kept}
    case.tasks = {i: case.model.nodes[renamed.get(n, n)].id for i, n in case.tasks.items()}
    case._take(found.advance)
    return case


def to_the_end(case):
    """Finish whatever is open until the case has ended; the nodes that were done from here on."""
    passed = len(case.trace)
    for _ in range(50):
        if case.ended or not case.tasks:
            break
        case.finish(next(iter(case.tasks.values())))
        assert case.incident is None, case.incident
    assert case.ended, case.open
    return case.trace[passed:]


def test_same_drawing_changes_nothing():
    """Moving to the drawing one has, laid out differently, keeps every open task and its id."""
    case = Case(PARALLEL)
    before = dict(case.tasks)
    other = PARALLEL.replace(b"><", b">\n<")
    assert moved(case, other).tasks == before
    assert case.finish("a").finish("b").ended


def test_task_inserted_before_and_after():
    """A task inserted after the case's place is done; one before it is not, and a remark says so."""
    case = moved(
        Case(STRAIGHT), drawing(ENDS + user("a") + user("b") + user("x") + user("y"), "s -> x -> a -> y -> b -> e")
    )
    assert case.remarks == ['The new task "x" lies behind this case.']
    assert to_the_end(case) == ["a", "y", "b", "e"]


def test_renamed_task_keeps_its_id_as_a_task():
    """A node with another id needs to be named; then the open task goes on, and without it the cure is said."""
    xml = drawing(ENDS + user("a2").replace('name="a2"', 'name="a"') + user("b"), "s -> a2 -> b -> e")
    assert moved(Case(STRAIGHT), xml) == ['"a" is not in the new drawing. If only its id changed: --map a=a2.']
    case = moved(Case(STRAIGHT), xml, a="a2")
    assert case.open == ["a2"]
    assert to_the_end(case) == ["a2", "b", "e"]


@pytest.mark.parametrize("renamed", [{"x": "a"}, {"a": "x"}, {"a": "b"}])
def test_impossible_renaming_is_refused(renamed):
    """Names of nodes that do not exist, or one name for two nodes, are refused."""
    assert "=" in moved(Case(STRAIGHT), STRAIGHT + b" ", **renamed)[0]


def test_vanished_or_changed_node_is_refused():
    """A token whose node is gone, or has become another kind of node, has no place to go."""
    gone = drawing(ENDS + user("b"), "s -> b -> e")
    assert moved(Case(STRAIGHT), gone) == ['"a" is not in the new drawing.']
    other = drawing(ENDS + nodes("manualTask", "a") + user("b"), "s -> a -> b -> e")
    assert "another kind of node" in moved(Case(STRAIGHT), other)[0]


def test_parallel_branch_added_around_the_case_is_refused():
    """A join would wait for ever for a branch this case never entered; before the split the case can move."""
    wider = drawing(
        ENDS + nodes("parallelGateway", "g", "j") + user("a") + user("b") + user("c"),
        "s -> g -> a -> j -> e\ng -> b -> j\ng -> c -> j",
    )
    assert "never stands like this" in moved(Case(PARALLEL), wider)[0]
    alone = drawing(
        ENDS + nodes("parallelGateway", "g", "j") + user("a") + user("b"), "s -> a -> g -> b -> j -> e\ng -> j"
    )
    assert "never stands like this" in moved(Case(PARALLEL), alone)[0]
    early = drawing(ENDS + user("z") + nodes("parallelGateway", "g", "j") + user("a") + user("b"),
                    "s -> z -> g -> a -> j -> e\ng -> b -> j")  # fmt: skip
    late = drawing(ENDS + user("z") + nodes("parallelGateway", "g", "j") + user("a") + user("b") + user("c"),
                   "s -> z -> g -> a -> j -> e\ng -> b -> j\ng -> c -> j")  # fmt: skip
    assert sorted(to_the_end(moved(Case(early), late))) == ["a", "b", "c", "e", "g", "j", "z"]


def test_parallel_made_sequential_is_refused():
    """Two tokens on what became one path would do the second task twice."""
    case = Case(PARALLEL)
    assert "never stands like this" in moved(case, STRAIGHT)[0]
    assert moved(case.finish("b"), STRAIGHT) == ['"j" is not in the new drawing.']


def test_token_at_a_join_follows_its_branch():
    """A branch that waits at the join stays there although its last flow was redrawn through a new task."""
    longer = drawing(
        ENDS + nodes("parallelGateway", "g", "j") + user("a") + user("b") + user("x"),
        "s -> g -> a -> x -> j -> e\ng -> b -> j",
    )
    case = moved(Case(PARALLEL).finish("a"), longer)
    assert case.remarks == ['The new task "x" lies behind this case.']
    assert to_the_end(case) == ["b", "j", "e"]


def test_join_with_one_flow_more_is_refused():
    """A branch at a join for which the new drawing has no flow is refused."""
    other = drawing(
        ENDS + nodes("parallelGateway", "g", "j") + user("b") + user("x") + user("y"),
        "s -> g -> x -> j -> e\ng -> b -> j\ng -> y -> j",
    )
    assert "no flow for it" in moved(Case(PARALLEL).finish("a"), other)[0]


def timed(span, extra=""):
    return drawing(
        ENDS + user("a") + user("b") + user("late") + boundary("t", "a", timer("timeDuration", span)) + extra,
        "s -> a -> b -> e\nt -> late -> e",
    )


def test_new_boundary_timer_begins_to_wait():
    """A limit added to what is running counts from the move on, and a remark says so."""
    case = moved(Case(STRAIGHT).wait(days=2), timed("P3D"))
    assert case.remarks == ['"a" waits for "t" from now on.']
    assert case.wait(days=2, hours=23).open == ["a"]
    assert case.wait(hours=1).open == ["late"]
    assert to_the_end(case) == ["late", "e"]


def test_waiting_timer_keeps_its_time_or_begins_anew():
    """A timer that did not change is due when it was; one with another text counts from the move."""
    case = moved(Case(timed("P3D")).wait(days=2), timed("P3D").replace(b'name="late"', b'name="too late"'))
    assert [t.due.day - NOW.day for t in case.timers] == [3]
    case = moved(Case(timed("P3D")).wait(days=2), timed("P5D"))
    assert [t.due.day - NOW.day for t in case.timers] == [7]
    assert "it waits anew" in case.remarks[0]


def test_removed_boundary_timer_stops():
    """A limit the new drawing does not have no longer fires."""
    case = moved(Case(timed("P3D")), STRAIGHT)
    assert case.timers == ()
    assert case.remarks == ['"t" is no longer waited for.']
    assert case.wait(days=30).open == ["a"]


def test_boundary_event_moved_to_another_activity():
    """An event that now sits on another task leaves the first one and waits on the second when that begins."""
    other = timed("P3D").replace(b'attachedToRef="a"', b'attachedToRef="b"')
    case = moved(Case(timed("P3D")), other)
    assert case.timers == ()
    assert len(case.finish("a").timers) == 1


def test_fired_reminder_does_not_fire_again():
    """A non-interrupting timer that has fired is not new: it does not begin to wait a second time."""
    body = ENDS + user("a") + user("r") + boundary("t", "a", timer("timeDuration", "P1D"), cancel="false")
    case = Case(drawing(body, "s -> a -> e\nt -> r -> e")).wait(days=1)
    assert case.open == ["a", "r"]
    case = moved(case, drawing(body + user("b"), "s -> a -> b -> e\nt -> r -> e"))
    assert (case.timers, case.open) == ((), ["a", "r"])
    assert sorted(to_the_end(case)) == ["a", "b", "e", "e", "r"]


def test_condition_that_holds_already_happens_at_once():
    """A conditional event added to a running task happens in the move when its condition is true."""
    event = "<conditionalEventDefinition><condition>=n > 1</condition></conditionalEventDefinition>".replace(
        "> 1", "&gt; 1"
    )
    xml = drawing(ENDS + user("a") + user("b") + user("c") + boundary("k", "a", event), "s -> a -> b -> e\nk -> c -> e")
    case = Case(STRAIGHT, {"n": 2})
    assert moved(case, xml).open == ["c"]


def test_what_cannot_be_evaluated_is_an_obstacle():
    """A new timer that reads a name this case lacks is refused, and the case stays as it is."""
    case = Case(STRAIGHT)
    assert "frist" in moved(case, timed("=frist"))[0]
    assert case.open == ["a"]


WITHIN = f'<subProcess id="p">{SUB}{inner("s1->u1;u1->e1")}</subProcess>'


def test_inside_of_a_sub_process():
    """A case inside a sub-process moves with it; a task moved out of it, or new inputs of it, are refused."""
    old = drawing(ENDS + WITHIN, "s -> p -> e")
    inside = WITHIN.replace(inner("s1->u1;u1->e1"), user("v1") + inner("s1->u1;u1->v1;v1->e1"))
    case = moved(Case(old), drawing(ENDS + inside, "s -> p -> e"))
    assert to_the_end(case) == ["u1", "v1", "e1", "p", "e"]
    out = drawing(ENDS + user("u1") + WITHIN.replace("u1", "w1"), "s -> u1 -> p -> e")
    assert "another sub-process" in moved(Case(old), out)[0]
    mapped = extension("<zeebe:ioMapping><zeebe:input source='=1' target='n'/></zeebe:ioMapping>")
    inputs = WITHIN.replace('<subProcess id="p">', f'<subProcess id="p">{mapped}')
    assert "input mappings changed" in moved(Case(old), drawing(ENDS + inputs, "s -> p -> e"))[0]


def test_event_sub_process_begins_to_listen():
    """An event sub-process added to a running scope listens from the move on, and takes what runs away."""
    start = f'<startEvent id="es">{timer("timeDuration", "P2D")}</startEvent>'
    inside = start + user("xu") + nodes("endEvent", "xe") + inner("es->xu;xu->xe")
    late = f'<subProcess id="x" triggeredByEvent="true">{inside}</subProcess>'
    xml = drawing(ENDS + user("a") + user("b") + late, "s -> a -> b -> e")
    case = moved(Case(STRAIGHT), xml)
    assert case.remarks == ['"x" is waited for from now on.']
    assert case.wait(days=2).open == ["xu"]
    back = moved(case, drawing(ENDS + user("a") + user("c") + late, "s -> a -> c -> e"))
    assert to_the_end(back) == ["xu", "xe", "x"]


def several(loop):
    how = 'inputCollection="=list" inputElement="one" outputCollection="all" outputElement="=one"'
    inside = extension(f"<zeebe:loopCharacteristics {how}/>")
    tag = "multiInstanceLoopCharacteristics"
    marker = f'<{tag} isSequential="{loop}">{inside}</{tag}>'
    return drawing(ENDS + user("a", marker) + user("b"), "s -> a -> b -> e")


def test_several_instances_in_progress():
    """Instances that are open stay open, those done stay done; another way to repeat is refused."""
    case = Case(several("false"), {"list": [1, 2, 3]}).finish("a")
    case = moved(case, several("false").replace(b'name="b"', b'name="c"'))
    assert case.open == ["a", "a"]
    assert to_the_end(case) == ["a", "a", "b", "e"]
    assert "another kind" in moved(Case(several("false"), {"list": [1]}), several("true"))[0]


def test_loop_that_began_at_once_can_turn_back():
    """A case that came by a way back stands where a case may stand that came by it in the new drawing."""
    loop = "s -> m -> a -> x -> [=again] m\nx -> e"
    gates = nodes("exclusiveGateway", "m") + '<exclusiveGateway id="x" default="x_e"/>'
    old = drawing(ENDS + gates + user("a"), loop)
    case = Case(old).finish("a", again=True).finish("a", again=True)
    new = drawing(ENDS + gates + user("a") + user("b"), loop.replace("a -> x", "a -> b -> x"))
    case = moved(case, new).finish("a").finish("b", again=False)
    assert case.ended


def test_compensation_is_remembered():
    """What completed can be undone after the move, under the new ids; while something is undone a case waits."""
    event = boundary("c", "a", "<compensateEventDefinition/>")
    undo = user("u").replace("<userTask", '<userTask isForCompensation="true"')
    throw = '<intermediateThrowEvent id="z"><compensateEventDefinition/></intermediateThrowEvent>'
    link = '<association sourceRef="c" targetRef="u"/>'
    old = drawing(ENDS + user("a") + user("b") + event + undo + throw + link, "s -> a -> b -> z -> e")
    new = drawing(ENDS + user("a") + user("b") + user("d") + event + undo + throw + link, "s -> a -> b -> d -> z -> e")
    case = moved(Case(old).finish("a"), new)
    assert case.finish("b").finish("d").open == ["u"]
    assert "being undone" in moved(case, old)[0]
    assert to_the_end(case) == ["u", "z", "e"]


def test_changed_description_of_an_open_task():
    """An open task is described as the new drawing has it: name, form, stage and lane."""
    said = extension(properties(stage="issue"), '<zeebe:formDefinition formId="f"/>')
    other = f'<userTask id="a" name="A">{said}</userTask>'
    xml = STRAIGHT.replace(user("a").encode(), other.encode())
    kept = moved(Case(STRAIGHT), xml).kept["a"]
    assert (kept.name, kept.form, kept.stage) == ("A", "f", "issue")


def test_event_gateway_gets_and_loses_events():
    """Behind a gateway of events the new drawing's events are waited for."""

    def waiting(*spans):
        events = "".join(
            f'<intermediateCatchEvent id="t{n}">{timer("timeDuration", span)}</intermediateCatchEvent>'
            for n, span in spans
        )
        flows = "\n".join(f"g -> t{n} -> e" for n, _ in spans)
        return drawing(ENDS + nodes("eventBasedGateway", "g") + events, f"s -> g\n{flows}")

    case = moved(Case(waiting((1, "P1D"), (2, "P2D"))), waiting((2, "P2D"), (3, "PT1H")))
    assert sorted(t.node for t in case.timers) == ["t2", "t3"]
    assert case.wait(hours=1).ended
    assert case.trace[-3:] == ["g", "t3", "e"]


FAILS = '<errorEventDefinition errorRef="e1"/>'
BROKEN = '<error id="e1" errorCode="E1"/>'


def test_event_with_another_trigger_waits_for_the_new_one():
    """A boundary event that waited for a condition and is a time limit now begins to wait, under the same id."""

    def caught(what):
        late = user("late") + boundary("t", "a", what)
        return drawing(ENDS + user("a") + late, "s -> a -> e\nt -> late -> e", BROKEN)

    condition = "<conditionalEventDefinition><condition>=n = 2</condition></conditionalEventDefinition>"
    case = moved(Case(caught(condition)), caught(timer("timeDuration", "P1D")))
    assert [t.node for t in case.timers] == ["t"]
    assert case.wait(days=1).open == ["late"]


def test_event_sub_process_with_another_trigger():
    """An event sub-process that waited for an error and waits for a time now fires at that time."""

    def listening(what):
        start = f'<startEvent id="es">{what}</startEvent>'
        inside = start + user("xu") + nodes("endEvent", "xe") + inner("es->xu;xu->xe")
        late = f'<subProcess id="x" triggeredByEvent="true">{inside}</subProcess>'
        return drawing(ENDS + user("a") + late, "s -> a -> e", BROKEN)

    case = moved(Case(listening(FAILS)), listening(timer("timeDuration", "P1D")))
    assert case.wait(days=1).open == ["xu"]


def test_limit_that_becomes_interrupting_keeps_its_time():
    """Whether an event interrupts is looked at when it happens; when it happens does not change."""
    body = ENDS + user("a") + user("late")
    old = body + boundary("t", "a", timer("timeDuration", "P3D"), cancel="false")
    new = body + boundary("t", "a", timer("timeDuration", "P3D"))
    flows = "s -> a -> e\nt -> late -> e"
    case = moved(Case(drawing(old, flows)).wait(days=2), drawing(new, flows))
    assert [t.due.day - NOW.day for t in case.timers] == [3]
    assert case.wait(days=1).open == ["late"]

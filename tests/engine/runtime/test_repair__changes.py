"""What each change does to the tokens, to what is told, and what is refused in which words."""

import pytest

from engine import runtime
from engine.runtime import Cancel, Move, Refusal, Reopen, Retry, Skip
from tests.engine.runtime import drawings as d

BLOCK = (
    d.ENDS
    + d.nodes("parallelGateway", "f", "j")
    + d.user("a1", d.extension(d.properties(item="a")))
    + d.user("a2", d.extension(d.properties(item="a", outcome="approved")))
    + d.user("b1", d.extension(d.properties(item="b", outcome="approved")))
    + d.user("c"),
    "s -> f -> a1 -> a2 -> j -> c -> e\nf -> b1 -> j",
)


def case(body=BLOCK, facts=None):
    return d.Saved(d.drawing(*body), facts)


def token(run, node):
    return next(s.id for s in runtime.standing(run.model, run.state) if s.node == node)


def change(run, wish):
    """Make a change; a refusal comes back, anything else is taken."""
    found = runtime.repair(run.model, run.state, wish, run.facts, now=run.now)
    if not isinstance(found, Refusal):
        run._take(found)
    return found


def test_reopening_leaves_the_branch_beside_it_alone():
    """An earlier step of one branch opens again, the later one is closed, the other branch keeps its very task."""
    run = case().finish("a1")
    beside = token(run, "b1")
    found = change(run, Reopen("a1"))
    assert run.open == ["a1", "b1"]
    assert token(run, "b1") == beside
    assert [o.node for o in found.opened] == ["a1"]
    assert len(found.closed) == 1
    run.finish("a1").finish("a2").finish("b1").finish("c")
    assert run.ended


def test_reopening_behind_a_join_lets_the_other_branch_wait_there():
    """After the branches met, one of them is done again; the other one is not asked a second time."""
    run = case().finish("a1").finish("b1").finish("a2")
    assert run.open == ["c"]
    found = change(run, Reopen("a1"))
    assert run.open == ["a1"]
    assert found.reopened == ("a",)
    assert run.finish("a1").finish("a2").open == ["c"]
    assert run.finish("c").ended


def test_a_finished_case_can_go_on_again():
    """After the end a step opens again, with only what follows it to be done once more."""
    run = case().finish("a1").finish("b1").finish("a2").finish("c")
    run.ended = None
    found = change(run, Reopen("b1"))
    assert run.open == ["b1"]
    assert found.reopened == ("b",)
    assert found.ended is None
    assert run.finish("b1").open == ["c"]
    assert run.finish("c").ended


def test_the_marks_forget_what_is_done_again():
    """The diagram shows a step that was opened again as current, and nothing behind it as done."""
    run = case().finish("a1").finish("b1").finish("a2")
    change(run, Reopen("a1"))
    marks = runtime.marks(run.model, run.state)
    assert marks.done == {"s", "f", "b1"}
    assert marks.current == {"a1", "j"}


def test_moving_out_of_a_branch_is_refused_in_words():
    """Behind the join the other branch would starve it; the sentences name the join and say what to do."""
    run = case()
    found = change(run, Move(token(run, "a1"), "c"))
    assert "“j”" in found.zh
    assert '"j"' in found.en
    assert "同一分支" in found.zh


def test_moving_within_a_branch_is_allowed():
    """Forward and back again; a step that was passed by is not told as done."""
    run = case()
    change(run, Move(token(run, "a1"), "a2"))
    assert run.open == ["a2", "b1"]
    change(run, Move(token(run, "a2"), "a1"))
    assert run.open == ["a1", "b1"]
    assert "a1" not in run.trace


def test_moving_to_a_join_fills_the_branch_the_token_came_from():
    """A token that is put at the join stands for its own branch."""
    run = case()
    change(run, Move(token(run, "a1"), "j"))
    assert run.open == ["b1"]
    assert run.finish("b1").open == ["c"]


@pytest.mark.parametrize("node", ["s", "a1", "nothing", ""])
def test_there_is_no_moving_to_some_places(node):
    """A start event, the same step, and what does not exist are no targets."""
    run = case()
    assert isinstance(change(run, Move(token(run, "a1"), node)), Refusal)


def test_cancelling_an_item_lets_the_others_go_on():
    """Its task closes, it is told as terminated, its branch waits at the join and the case can end."""
    run = case()
    found = change(run, Cancel(("a",)))
    assert [(o.item, o.outcome) for o in found.outcomes] == [("a", "terminated")]
    assert run.open == ["b1"]
    assert run.finish("b1").finish("c").ended


def test_an_item_that_is_not_at_work_cannot_be_cancelled():
    """Neither one that is over nor one nobody knows."""
    run = case().finish("b1")
    assert isinstance(change(run, Cancel(("b",))), Refusal)
    assert isinstance(change(run, Cancel(("zzz",))), Refusal)


def test_skipping_a_task_is_like_its_answers():
    """What is said for the person lands where the person's answers would."""
    run = case().finish("a1")
    found = change(run, Skip(token(run, "a2"), {"decision": "approved"}))
    assert run.facts == {"a": {"decision": "approved"}}
    assert [(o.item, o.outcome) for o in found.outcomes] == [("a", "approved")]
    assert run.open == ["b1"]


LATER = (
    d.ENDS + d.user("a") + d.user("b") + '<exclusiveGateway id="x" default="x_d"/>' + d.user("d") + d.user("y"),
    "s -> a -> b -> x -> [=total > 3]y -> e\nx -> d -> e",
)


def test_a_name_a_later_step_needs_is_missed_at_once():
    """Skipping the last step that could give `total` shows the incident that would come; nothing happened."""
    run = case(LATER).finish("a")
    before = run.state
    found = runtime.repair(run.model, run.state, Skip(token(run, "b")), run.facts, now=run.now)
    assert found.incident.node == "x"
    assert found.state == before


def test_a_name_an_earlier_step_may_give_is_not_missed():
    """Skipping the first step is no trouble as long as the second one may still say it."""
    run = case(LATER)
    assert change(run, Skip(token(run, "a"))).incident is None
    assert run.open == ["b"]


def test_a_name_only_a_passed_by_step_could_give():
    """Moving past the step that gives `total` to a later one is an incident that would come."""
    run = case(
        (
            LATER[0] + d.user("m", d.extension(d.properties(item="i"))),
            "s -> a -> b -> m -> x -> [=total > 3]y -> e\nx -> d -> e",
        )
    )
    found = runtime.repair(run.model, run.state, Move(token(run, "a"), "m"), run.facts, now=run.now)
    assert found.incident.node == "x"
    assert "total" in found.incident.en


WAIT = f'<intermediateCatchEvent id="w">{d.timer("timeDuration", "P2D")}</intermediateCatchEvent>'


def test_retrying_a_timer_counts_from_now():
    """The same span again, from the moment of the change; skipping it goes on at once."""
    run = case((d.ENDS + WAIT + d.user("t"), "s -> w -> t -> e"))
    run.now += d.timedelta(days=1)
    change(run, Retry(token(run, "w")))
    assert [t.due for t in run.timers] == [d.NOW + d.timedelta(days=3)]
    change(run, Skip(token(run, "w")))
    assert run.open == ["t"]
    assert not run.timers


def test_retrying_a_task_closes_it_and_opens_a_new_one():
    """The old task is told as closed; the new one has an id of its own."""
    run = case()
    old = token(run, "a1")
    found = change(run, Retry(old))
    assert old in found.closed
    assert [o.node for o in found.opened] == ["a1"]
    assert token(run, "a1") != old


def test_one_of_several_instances_can_be_skipped_not_moved():
    """An instance goes on as if answered; leaving the activity is for all of them."""
    each = (
        "<multiInstanceLoopCharacteristics><extensionElements><zeebe:loopCharacteristics inputCollection='=[1,2]' "
        "inputElement='x' outputCollection='all' outputElement='=v'/></extensionElements>"
        "</multiInstanceLoopCharacteristics>"
    )
    run = case((d.ENDS + d.user("m", each), "s -> m -> e"))
    standing = runtime.standing(run.model, run.state)
    assert sorted(sorted(s.can) for s in standing) == [["move"], ["skip"], ["skip"]]
    instances = [s.id for s in standing if "skip" in s.can]
    assert isinstance(change(run, Move(instances[0], "e")), Refusal)
    change(run, Skip(instances[0], {"v": 7}))
    change(run, Skip(instances[1], {"v": 8}))
    assert run.facts == {"all": [7, 8]}
    assert run.ended


SERVICE = (
    '<serviceTask id="j"><extensionElements><zeebe:taskDefinition type="register"/></extensionElements></serviceTask>'
)


def test_jobs_are_retried_and_skipped_like_tasks():
    """A job that a machine cannot do is asked for anew, or its result is given by hand."""
    run = case((d.ENDS + SERVICE + d.user("t"), "s -> j -> t -> e"))
    old = token(run, "j")
    found = change(run, Retry(old))
    assert found.closed == (old,)
    assert [job.node for job in found.jobs] == ["j"]
    found = change(run, Skip(token(run, "j"), {"number": "7"}))
    assert found.closed == (found.closed[0],)
    assert run.facts == {"number": "7"}
    assert run.open == ["t"]


PART = d.user("i1") + d.user("i2") + d.inner("ps->i1;i1->i2;i2->pe")
INSIDE = (
    d.ENDS
    + f'<subProcess id="p">{d.nodes("startEvent", "ps")}{PART}{d.nodes("endEvent", "pe")}</subProcess>'
    + d.user("t"),
    "s -> p -> t -> e",
)


def test_inside_a_part_that_still_runs_steps_open_again():
    """The scope is named by the token of the sub-process; when it is over the whole of it can be opened."""
    run = case(INSIDE).finish("i1")
    scope = token(run, "p")
    assert runtime.earlier(run.model, run.state) == (Reopen("i1", scope),)
    change(run, Reopen("i1", scope))
    assert run.open == ["i1"]
    run.finish("i1").finish("i2")
    assert isinstance(change(run, Reopen("i1")), Refusal)
    change(run, Reopen("p"))
    assert run.open == ["i1"]
    run.finish("i1").finish("i2").finish("t")
    assert run.ended


def test_an_item_decided_elsewhere_keeps_its_result():
    """Opening a step behind the one that ended an item does not take the result back, though it comes up again."""
    later = d.extension(d.properties(item="a", outcome="withdrawn"))
    body = (
        d.ENDS
        + d.user("t1", d.extension(d.properties(item="a", outcome="approved")))
        + d.user("t2")
        + '<exclusiveGateway id="x" default="x_t3"/>'
        + f'<endEvent id="w">{later}</endEvent>'
        + d.user("t3")
    )
    run = case((body, 's -> t1 -> t2 -> x -> [=v = "no"]w\nx -> t3 -> e')).finish("t1").finish("t2", v="yes")
    assert change(run, Reopen("t2")).reopened == ()
    assert change(run, Move(token(run, "t2"), "t1")).reopened == ("a",)


def test_after_the_end_event_sub_processes_listen_again():
    """A case that goes on again has its deadline again, counted from then."""
    event = (
        f'<subProcess id="ev" triggeredByEvent="true"><startEvent id="es">{d.timer("timeDuration", "P3D")}</startEvent>'
        + d.user("stop")
        + d.nodes("endEvent", "ee")
        + d.inner("es->stop;stop->ee")
        + "</subProcess>"
    )
    run = case((d.ENDS + d.user("t") + event, "s -> t -> e")).finish("t")
    run.ended = None
    change(run, Reopen("t"))
    assert [t.node for t in run.timers] == ["ev"]
    assert run.wait(days=3).open == ["stop"]
    assert isinstance(change(run, Reopen("t")), Refusal), "an interrupted process is being left"


EACH = (
    "<multiInstanceLoopCharacteristics><extensionElements><zeebe:loopCharacteristics inputCollection='=[1,2]' "
    "inputElement='x' outputCollection='all' outputElement='=y'/></extensionElements>"
    "</multiInstanceLoopCharacteristics>"
)
SEVERAL = (
    d.ENDS
    + f'<subProcess id="p">{EACH}{d.nodes("startEvent", "ps")}{PART}{d.nodes("endEvent", "pe")}</subProcess>'
    + d.user("t"),
    "s -> p -> t -> e",
)


def test_one_of_several_parts_goes_back_alone():
    """Two runs of a sub-process: a step opens again in the one that is named, the other one keeps its task."""
    run = case(SEVERAL).finish("i1").finish("i1")
    assert run.open == ["i2", "i2"]
    first, second = runtime.earlier(run.model, run.state)
    assert {first.node, second.node} == {"i1"}
    change(run, first)
    assert run.open == ["i1", "i2"]
    run.finish("i1").finish("i2").finish("i2").finish("t")
    assert run.ended


def test_a_part_among_several_can_be_left_by_moving_the_whole():
    """Moving the activity takes all its runs away, with everything in them."""
    run = case(SEVERAL)
    whole = next(s for s in runtime.standing(run.model, run.state) if "move" in s.can and s.scope == "")
    found = change(run, Move(whole.id, "t"))
    assert len(found.closed) == 2
    assert run.open == ["t"]
    assert run.finish("t").ended


def test_inside_a_called_process_steps_move_as_well():
    """The called process is a scope like a sub-process; what it leads to comes back to its caller."""
    calls = d.extension("<zeebe:calledElement processId='Q'/>")
    call = f'<callActivity id="c">{calls}</callActivity>'
    inside = d.nodes("startEvent", "qs") + d.user("q1") + d.user("q2") + d.nodes("endEvent", "qe")
    called = f'<process id="Q" isExecutable="true">{inside}{d.inner("qs->q1;q1->q2;q2->qe")}</process>'
    drawn = d.drawing(d.ENDS + call + d.user("t"), "s -> c -> t -> e").replace(
        b"</definitions>", called.encode() + b"</definitions>"
    )
    run = d.Saved(drawn).finish("q1")
    scope = token(run, "c")
    change(run, Reopen("q1", scope))
    assert run.open == ["q1"]
    change(run, Move(token(run, "q1"), "qe"))
    assert run.open == ["t"]

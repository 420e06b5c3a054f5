"""Long, endless and stuck processes; what a step promises whatever happens in it."""

import copy
import threading
from datetime import timedelta

import pytest

from engine import runtime
from engine.errors import TaskCancelled
from engine.runtime import loop
from tests.engine.runtime.drawings import ENDS, NOW, drawing, extension, nodes, properties, script

SPLIT = '<parallelGateway id="g"/>'
TASKS = '<userTask id="a" name="A"/><userTask id="b" name="B"/>'


def test_five_thousand_completions_of_a_loop_work_and_the_state_stays_small():
    """A loop may go on as long as people do; nothing stops silently and the state does not grow."""
    model = runtime.read(
        drawing('<startEvent id="s"/><exclusiveGateway id="m"/><userTask id="t" name="T"/>', "s -> m -> t -> m")
    )
    advance = runtime.start(model, {}, now=NOW)
    size = None
    for round_ in range(5_000):
        (task,) = advance.opened
        advance = runtime.finish(model, advance.state, task.id, {"round": round_}, advance.facts, now=NOW)
        size = size or len(str(advance.state))
    assert advance.facts == {"round": 4_999}
    assert len(str(advance.state)) == size


def test_a_sequence_of_ten_thousand_tasks_works():
    """Length is no limit below the one for the size of a file."""
    names = [f"n{i}" for i in range(10_000)]
    model = runtime.read(drawing(ENDS + "".join(f'<task id="{n}"/>' for n in names), " -> ".join(["s", *names, "e"])))
    advance = runtime.start(model, {}, now=NOW)
    assert advance.ended
    assert len(advance.passed) == 10_002


def test_a_loop_of_ten_thousand_rounds_works():
    """A loop that ends is run to its end, and its state is that of one round."""
    body = ENDS + nodes("exclusiveGateway", "m") + '<exclusiveGateway id="x" default="x_e"/>'
    flows = "s -> m -> a -> x -> [=n &lt; 10000]m\nx -> e"
    model = runtime.read(drawing(body + script("a", "=n + 1", "n"), flows))
    advance = runtime.start(model, {"n": 0}, now=NOW)
    assert advance.ended
    assert advance.facts == {"n": 10_000}
    assert len(advance.state["done"]) == 5


def test_an_endless_loop_is_an_incident():
    """A loop in which nothing waits is stopped after a bounded number of steps, and nothing is kept of it."""
    model = runtime.read(drawing('<startEvent id="s"/><exclusiveGateway id="m"/><task id="t"/>', "s -> m -> t -> m"))
    advance = runtime.start(model, {"n": 1}, now=NOW)
    assert advance.incident
    assert str(loop.BUDGET) in advance.incident.en
    assert (advance.state, advance.facts, advance.passed) == ({}, {"n": 1}, ())


def test_a_loop_that_multiplies_tokens_is_an_incident():
    """Tokens that double with every round are stopped before they fill the memory."""
    body = '<startEvent id="s"/><exclusiveGateway id="m"/><exclusiveGateway id="n"/>' + SPLIT
    model = runtime.read(drawing(body, "s -> m -> g -> m\ng -> n -> m"))
    assert "1000 tokens" in runtime.start(model, {}, now=NOW).incident.en


def test_a_process_that_can_never_go_on_is_an_incident():
    """A join that waits for a token nobody can bring is reported when it happens, not after months."""
    body = ENDS + '<exclusiveGateway id="x" default="x_j"/><parallelGateway id="j"/><userTask id="a" name="A"/>'
    xml = drawing(body, "s -> x -> j -> e\nx -> [=false]a -> j")
    assert runtime.start(runtime.read(xml), {}, now=NOW).incident.node == "j"


def test_a_task_that_is_not_open_is_refused():
    """Finished, taken away, unknown: the person is told that the task is no longer needed."""
    model = runtime.read(drawing(ENDS + SPLIT + TASKS, "s -> g -> a -> e\ng -> b -> e"))
    first = runtime.start(model, {}, now=NOW)
    token = first.opened[0].id
    after = runtime.finish(model, first.state, token, {}, {}, now=NOW)
    for state, task in ((after.state, token), (after.state, "no-such-task")):
        with pytest.raises(TaskCancelled):
            runtime.finish(model, state, task, {}, {}, now=NOW)


def test_a_job_is_not_finished_as_a_task():
    """A person cannot answer for a machine, nor a machine for a person."""
    job = '<serviceTask id="j"><extensionElements><zeebe:taskDefinition type="x"/></extensionElements></serviceTask>'
    model = runtime.read(drawing(ENDS + job + TASKS, "s -> j -> a -> b -> e"))
    advance = runtime.start(model, {}, now=NOW)
    with pytest.raises(TaskCancelled):
        runtime.finish(model, advance.state, advance.jobs[0].id, {}, {}, now=NOW)
    advance = runtime.answer(model, advance.state, advance.jobs[0].id, {}, {}, now=NOW)
    with pytest.raises(TaskCancelled):
        runtime.answer(model, advance.state, advance.opened[0].id, {}, {}, now=NOW)


def test_what_is_passed_in_is_never_changed():
    """State, answers and facts of the caller stay as they were, so a step that is rolled back leaves no trace."""
    item = extension(properties(item="x"))
    model = runtime.read(drawing(ENDS + f'<userTask id="a" name="A">{item}</userTask>', "s -> a -> e"))
    facts, answers = {"x": {"y": {"z": 1}}}, {"y": {"w": 2}}
    first = runtime.start(model, facts, now=NOW)
    kept = copy.deepcopy((first.state, facts, answers))
    after = runtime.finish(model, first.state, first.opened[0].id, answers, facts, now=NOW)
    assert (first.state, facts, answers) == kept
    assert after.facts == {"x": {"y": {"z": 1, "w": 2}}}


def test_a_state_of_another_drawing_is_refused():
    """A state never runs on a drawing it was not made with."""
    one, other = (runtime.read(drawing(ENDS + f'<userTask id="a" name="{name}"/>', "s -> a -> e")) for name in "AB")
    with pytest.raises(ValueError, match="drawing"):
        runtime.fire(other, runtime.start(one, {}, now=NOW).state, {}, now=NOW)


def test_each_thread_has_its_own_present():
    """The moment is an argument: steps made at the same time in several threads do not see each other's."""
    event = "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>"
    model = runtime.read(
        drawing(ENDS + f'<intermediateCatchEvent id="c">{event}</intermediateCatchEvent>', "s -> c -> e")
    )
    wrong = []

    def many(day):
        now = NOW + timedelta(days=day)
        for _ in range(100):
            (timer,) = runtime.start(model, {}, now=now).timers
            wrong.extend([timer] if timer.due != now + timedelta(hours=1) else [])

    threads = [threading.Thread(target=many, args=(day,)) for day in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_marks_say_where_the_case_is_and_which_way_it_came():
    """Nodes done, nodes where a token stands, flows taken; a waiting boundary event is not where the case stands."""
    event = "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>"
    body = ENDS + TASKS + f'<boundaryEvent id="w" attachedToRef="b">{event}</boundaryEvent>'
    model = runtime.read(drawing(body, "s -> a -> b -> e\nw -> e"))
    first = runtime.start(model, {}, now=NOW)
    marks = runtime.marks(model, runtime.finish(model, first.state, first.opened[0].id, {}, {}, now=NOW).state)
    assert marks == runtime.Marks(frozenset({"s", "a"}), frozenset({"b"}), frozenset({"s_a", "a_b"}))


def test_opened_task_carries_what_the_drawing_says():
    """Lane (the innermost), form, groups, due date, priority, item, stage and properties."""
    lanes = (
        '<laneSet><lane name="市局"><flowNodeRef>t</flowNodeRef><childLaneSet><lane name="审批科">'
        "<flowNodeRef>t</flowNodeRef></lane></childLaneSet></lane></laneSet>"
    )
    inside = (
        '<zeebe:userTask/><zeebe:formDefinition formId="review"/>'
        '<zeebe:assignmentDefinition candidateGroups="reviewer, approver"/>'
        "<zeebe:taskSchedule dueDate='=now() + duration(\"P1D\")'/><zeebe:priorityDefinition priority='=n + 1'/>"
        + properties(item="x", stage="issue")
    )
    task = f'<userTask id="t" name=" 审查\n 材料 "><extensionElements>{inside}</extensionElements></userTask>'
    model = runtime.read(drawing(lanes + ENDS + task, "s -> t -> e"))
    (opened,) = runtime.start(model, {"n": 6}, now=NOW).opened
    assert (opened.name, opened.lane, opened.form, opened.groups) == (
        "审查 材料",
        "审批科",
        "review",
        ("reviewer", "approver"),
    )
    assert (opened.item, opened.stage, opened.priority, opened.due) == ("x", "issue", 7, NOW + timedelta(days=1))
    assert model.lanes == ("市局", "审批科")


def test_the_end_says_its_result_and_incidents_leave_the_task_open():
    """`result` may be FEEL; when it cannot be evaluated the case does not end."""
    result = "<zeebe:properties><zeebe:property name='result' value='=\"共\" + string(n) + \"件\"'/></zeebe:properties>"
    end = f'<startEvent id="s"/><endEvent id="e" name="办结"><extensionElements>{result}</extensionElements></endEvent>'
    model = runtime.read(drawing(end + '<userTask id="a" name="A"/>', "s -> a -> e"))
    first = runtime.start(model, {}, now=NOW)
    stopped = runtime.finish(model, first.state, first.opened[0].id, {}, {}, now=NOW)
    assert stopped.incident.node == "e"
    assert stopped.ended is None
    ended = runtime.finish(model, first.state, first.opened[0].id, {"n": 2}, {}, now=NOW).ended
    assert (ended.node, ended.name, ended.result) == ("e", "办结", "共2件")

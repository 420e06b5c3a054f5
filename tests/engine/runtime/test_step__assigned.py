"""What a task says about who does it and when, and whether states of earlier versions still play on."""

from datetime import UTC, datetime, timedelta

import pytest

from engine import runtime
from tests.engine.runtime.drawings import ENDS, NOW, drawing, extension

ROLE = (
    "<{0}><resourceAssignmentExpression><formalExpression>{1}</formalExpression></resourceAssignmentExpression></{0}>"
)


def opened(inside, facts=None):
    """The one task of a process, as it is given to a person."""
    model = runtime.read(drawing(ENDS + f'<userTask id="t" name="T">{inside}</userTask>'))
    (task,) = runtime.start(model, facts or {}, now=NOW).opened
    return task


def assigned(**attributes):
    written = " ".join(f"{name}='{value}'" for name, value in attributes.items())
    return extension(f"<zeebe:assignmentDefinition {written}/>")


def test_assignee_and_candidates_are_told():
    """A literal is one login, or several with commas."""
    task = opened(assigned(assignee="wang", candidateUsers="li, zhao", candidateGroups="clerk"))
    assert (task.assignee, task.users, task.groups) == ("wang", ("li", "zhao"), ("clerk",))


def test_assignee_and_candidates_may_be_feel():
    """FEEL sees the facts; null is nobody."""
    task = opened(assigned(assignee="=who", candidateUsers='=[who, "li"]'), {"who": "wang"})
    assert (task.assignee, task.users) == ("wang", ("wang", "li"))
    assert opened(assigned(assignee="=who"), {"who": None}).assignee is None


@pytest.mark.parametrize("attribute", ["assignee", "candidateUsers"])
def test_what_is_no_login_is_an_incident(attribute):
    """A number is nobody's login."""
    model = runtime.read(drawing(ENDS + f'<userTask id="t" name="T">{assigned(**{attribute: "=1 + 1"})}</userTask>'))
    assert runtime.start(model, {}, now=NOW).incident.node == "t"


def test_a_potential_owner_is_a_group_and_a_performer_the_assignee():
    """The standard's resource roles mean the same as the extension."""
    task = opened(
        ROLE.format("potentialOwner", "clerk, chief") + ROLE.format("humanPerformer", "=who"), {"who": "wang"}
    )
    assert (task.groups, task.assignee) == (("clerk", "chief"), "wang")


def test_the_follow_up_date_is_told():
    """A literal date, or FEEL: a duration counts from now."""
    schedule = "<zeebe:taskSchedule dueDate='2026-02-01T09:00:00+08:00' followUpDate='=duration(\"P3D\")'/>"
    task = opened(extension(schedule))
    assert task.due == datetime(2026, 2, 1, 1, tzinfo=UTC)
    assert task.follow_up == NOW + timedelta(days=3)


def test_a_task_of_a_called_process_lies_in_the_lane_of_the_call():
    """A global user task has no lane of its own."""
    lanes = '<laneSet><lane name="Registry"><flowNodeRef>p</flowNodeRef></lane></laneSet>'
    body = ENDS + lanes + '<callActivity id="p" calledElement="G"/>'
    model = runtime.read(drawing(body, "s -> p -> e", before='<globalUserTask id="G" name="Look"/>'))
    (task,) = runtime.start(model, {}, now=NOW).opened
    assert (task.node, task.name, task.lane) == ("G_task", "Look", "Registry")


def test_a_state_from_before_counts_and_events_plays_on():
    """A multi-instance token as the first version of the format wrote it: items and results, no count."""
    said = "inputCollection='=[1,2]' inputElement='i' outputCollection='r' outputElement='=x'"
    inside = extension(f"<zeebe:loopCharacteristics {said}/>")
    marker = f"<multiInstanceLoopCharacteristics>{inside}</multiInstanceLoopCharacteristics>"
    model = runtime.read(drawing(ENDS + f'<userTask id="t" name="T">{marker}</userTask>'))
    body, first, second = (f"00000000-0000-4000-8000-00000000000{n}" for n in (1, 2, 3))
    tokens = [
        {"id": body, "node": "t", "state": 32, "data": {},
         "about": {"via": "s_t", "items": [1, 2], "results": [None, None], "ended": 0}},
        *(
            {"id": name, "node": "t[]", "state": 16, "data": {"i": i, "loopCounter": i},
             "about": {"body": body, "index": i - 1}}
            for i, name in ((1, first), (2, second))
        ),
    ]  # fmt: skip
    state = {"version": 1, "model": model.hash, "tokens": tokens, "scopes": [], "done": ["s"], "flows": ["s_t"]}
    assert {t["state"] for t in runtime.start(model, {}, now=NOW).state["tokens"]} == {16, 32}
    advance = runtime.finish(model, state, second, {"x": "b"}, {}, now=NOW)
    advance = runtime.finish(model, advance.state, first, {"x": "a"}, advance.facts, now=NOW)
    assert advance.ended
    assert advance.facts == {"r": ["a", "b"]}


def test_ten_thousand_instances_keep_no_list_they_do_not_need():
    """Counted instances one after the other cost the state a number."""
    marker = (
        '<multiInstanceLoopCharacteristics isSequential="true"><loopCardinality>10000</loopCardinality>'
        "</multiInstanceLoopCharacteristics>"
    )
    model = runtime.read(drawing(ENDS + f'<userTask id="t" name="T">{marker}</userTask>'))
    assert len(str(runtime.start(model, {}, now=NOW).state)) < 1_000

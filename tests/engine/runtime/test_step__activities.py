"""Tasks of people and machines, scripts and multi-instance. Straight, and saved and restored between steps."""

from decimal import Decimal

from engine import runtime
from tests.engine.runtime.drawings import (
    ENDS,
    NOW,
    both_ways,
    boundary,
    drawing,
    extension,
    nodes,
    properties,
    script,
    timer,
    user,
    written,
)

pytestmark = both_ways


def test_answers_go_under_the_item_and_the_outcome_sees_them(run):
    """A task's answers are written under its item, and `outcome` reads them by their own names."""
    outcome = '=if decision = "yes" then "approved" else null'
    xml = drawing(ENDS + user("t", extension(properties(item="marriage", outcome=outcome))), "s -> t -> e")
    case = run(xml, {"marriage": {"applies": True, "place": {"a": 1}}}).finish("t", decision="yes", place={"b": 2})
    assert case.facts == {"marriage": {"applies": True, "place": {"a": 1, "b": 2}, "decision": "yes"}}
    assert case.outcomes == [("marriage", "approved")]
    assert case.ended.node == "e"


def test_outcome_must_be_one_of_the_words(run):
    """An outcome that is neither a word of the vocabulary nor null stops the step."""
    xml = drawing(ENDS + user("t", extension(properties(item="a", outcome='="granted"'))), "s -> t -> e")
    case = run(xml).finish("t")
    assert case.incident.node == "t"
    assert case.open == ["t"]
    assert case.outcomes == []


LOOP = (
    "<multiInstanceLoopCharacteristics{}><extensionElements>"
    "<zeebe:loopCharacteristics inputCollection='=who' inputElement='w' outputCollection='votes' "
    "outputElement='=w + vote'/></extensionElements>{}</multiInstanceLoopCharacteristics>"
)


def several(sequential=False, until=""):
    condition = f"<completionCondition>{until}</completionCondition>" if until else ""
    return user("t", LOOP.format(' isSequential="true"' if sequential else "", condition))


def test_parallel_instances_collect_in_the_order_of_the_list(run):
    """One task for each element at once; each answer stays with its instance, whoever is first."""
    case = run(drawing(ENDS + several() + user("z"), "s -> t -> z -> e"), {"who": ["a", "b"]})
    first, second = case.tasks
    for token, vote in ((second, "2"), (first, "1")):
        assert case.open == ["t"] * len(case.tasks)
        case.tasks = {token: "t", **case.tasks}
        case.finish("t", vote=vote)
    assert case.facts == {"who": ["a", "b"], "votes": ["a1", "b2"]}
    assert case.open == ["z"]


def test_sequential_instances_open_one_after_the_other(run):
    """The next task opens when the one before is finished."""
    case = run(drawing(ENDS + several(sequential=True), "s -> t -> e"), {"who": ["a", "b", "c"]})
    for vote in "123":
        assert case.open == ["t"]
        case.finish("t", vote=vote)
    assert case.facts["votes"] == ["a1", "b2", "c3"]
    assert case.ended
    assert case.trace == ["s", "t", "t", "t", "e"]


def test_a_finished_instance_does_not_change_the_state_it_was_finished_in(run):
    """The state passed in can be used again: what an instance answered is not in it."""
    case = run(drawing(ENDS + several(), "s -> t -> e"), {"who": ["a", "b"]})
    kept = written(case.state)
    state = case.state
    case.finish("t", vote="1")
    assert written(state) == kept


def test_completion_condition_takes_the_other_instances_away(run):
    """When it holds the remaining tasks are closed; their places in the collection stay empty."""
    case = run(
        drawing(ENDS + several(until="=numberOfCompletedInstances = 2"), "s -> t -> e"), {"who": ["a", "b", "c"]}
    )
    assert case.finish("t", vote="1").ended is None
    assert case.finish("t", vote="2").ended
    assert case.open == []
    assert case.facts["votes"] == ["a1", "b2", None]


def test_instances_of_an_empty_list_pass_and_no_list_is_an_incident(run):
    """Nothing to do is done at once; a collection that is not a list stops the step."""
    xml = drawing(ENDS + several(), "s -> t -> e")
    empty = run(xml, {"who": []})
    assert empty.ended
    assert empty.facts["votes"] == []
    assert run(xml, {"who": "a"}).incident.node == "t"


def test_timer_on_a_multi_instance_task_takes_all_instances_away(run):
    """An interrupting boundary event belongs to the activity, not to one instance."""
    body = ENDS + several() + boundary("b", "t", timer("timeDuration", "P1D"))
    case = run(drawing(body, "s -> t -> e\nb -> e"), {"who": ["a", "b"]}).finish("t", vote="1")
    assert len(case.timers) == 1
    assert case.wait(days=1).open == []
    assert case.ended
    assert "votes" not in case.facts


def test_script_milestone_and_plain_tasks_pass(run):
    """A FEEL script writes its result; milestones, abstract and manual tasks need nobody."""
    body = ENDS + script("c", '={grade: n * 1.5, when: date("2026-01-05")}', "x.y")
    body += nodes("intermediateThrowEvent", "m") + nodes("manualTask", "h") + nodes("task", "a")
    case = run(drawing(body, "s -> c -> m -> h -> a -> e"), {"n": 3, "x": {"z": 1}})
    assert case.ended
    assert case.facts == {"n": 3, "x": {"z": 1, "y": {"grade": Decimal("4.5"), "when": "2026-01-05"}}}


def test_service_task_is_a_job_until_it_is_answered(run):
    """A job has type, headers and mapped inputs; its result passes the output mappings into the facts."""
    inside = extension(
        "<zeebe:taskDefinition type='registry'/>",
        "<zeebe:taskHeaders><zeebe:header key='k' value='v'/></zeebe:taskHeaders>",
        "<zeebe:ioMapping><zeebe:input source='=person.id' target='q.id'/>"
        "<zeebe:output source='=found' target='person.ok'/></zeebe:ioMapping>",
    )
    case = run(drawing(ENDS + f'<serviceTask id="j">{inside}</serviceTask>', "s -> j -> e"), {"person": {"id": "7"}})
    (job,) = case.jobs.values()
    assert (job.node, job.type, dict(job.headers), job.inputs) == ("j", "registry", {"k": "v"}, {"q": {"id": "7"}})
    case._take(runtime.answer(case.model, case.state, job.id, {"found": True}, case.facts, now=NOW))
    assert case.facts == {"person": {"id": "7", "ok": True}}
    assert case.ended


def test_user_task_mappings_replace_the_plain_writing_of_answers(run):
    """With output mappings only their targets are written."""
    mapping = (
        "<zeebe:ioMapping><zeebe:input source='=n' target='m'/>"
        "<zeebe:output source='=m + extra' target='sum'/></zeebe:ioMapping>"
    )
    case = run(drawing(ENDS + user("t", extension(mapping)), "s -> t -> e"), {"n": 1}).finish("t", extra=2)
    assert case.facts == {"n": 1, "sum": 3}

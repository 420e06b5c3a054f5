"""A job from the drawing to its end: claimed once, tried again with pauses, finished exactly once."""

from datetime import timedelta

import pytest

from engine import jobs, repairs, store
from engine.errors import FormInvalid, NotFailed, NotFound
from engine.jobs import Answer, Failure, Later, Thrown
from engine.words import CaseState, ItemState, JobState
from engine.work import SYSTEM
from tests import asking, story

GOOD = Answer({"check": {"kind": "ok", "as_of": None, "marital_status": "single"}})
BUSY = Failure("忙", "busy")


def claim(office, **wanted):
    """What one worker gets."""
    with office.engine.begin(SYSTEM) as work:
        return jobs.claim(work, "me", **wanted)


def finish(office, errand, reply):
    """Tell the engine what came of it."""
    with office.engine.begin(SYSTEM) as work:
        return jobs.finish(work, errand.id, errand.attempt, reply)


def case_of(office, case_id):
    """State, trouble and facts of the marriage item."""
    with office.engine.look(SYSTEM) as work:
        case = work.session.get_one(store.Case, case_id)
        return CaseState(case.state), case.trouble, case.facts["marriage"]


def kinds(office, case_id):
    """Kinds of entries about jobs."""
    with office.engine.look(SYSTEM) as work:
        rows = work.session.query(store.Entry).filter_by(case_id=case_id).order_by(store.Entry.seq)
        return [row.kind for row in rows if row.kind.startswith("job:")]


def test_a_job_is_a_row_of_the_command_that_reached_it(office, case_id):
    """Accepting the case writes the job: due at once, three tries, what it asks, and nobody's task is open yet."""
    [row] = asking.job_rows(office.engine)
    assert (row["case_id"], row["node"], row["type"]) == (case_id, "ask", asking.TYPE)
    assert (row["retries"], row["attempts"], row["state"], row["due"]) == (3, 0, "waiting", office.engine.clock())
    assert row["inputs"] == {
        "name": story.GROOM["name"],
        "id_number": story.GROOM["id_number"],
        "marital_status": "single",
    }
    assert story.waiting(office.engine, office.actor("zhangwei")) == {}


def test_its_answer_moves_the_case_like_a_persons(office, case_id):
    """The answer lies under the item, the registrar's task opens, and what was asked is not kept a second time."""
    [errand] = claim(office)
    assert finish(office, errand, GOOD)
    assert case_of(office, case_id)[2]["check"] == {"kind": "ok", "as_of": None, "marital_status": "single"}
    assert "review_marriage" in story.waiting(office.engine, office.actor("zhangwei"))
    [row] = asking.job_rows(office.engine)
    assert (row["state"], row["inputs"]) == ("done", {})
    assert kinds(office, case_id) == ["job:opened", "job:done"]


def test_two_workers_never_hold_the_same_job(office, case_id):
    """Who comes second gets nothing while the claim holds."""
    assert len(claim(office)) == 1
    assert claim(office) == ()


def test_a_result_that_comes_twice_counts_once(office, case_id):
    """The second answer of the same try changes nothing."""
    [errand] = claim(office)
    assert finish(office, errand, GOOD)
    assert not finish(office, errand, Answer({"check": {"kind": "mismatch"}}))
    assert case_of(office, case_id)[2]["check"]["kind"] == "ok"
    assert kinds(office, case_id).count("job:done") == 1


def test_a_result_after_the_claim_was_taken_over_is_ignored(office, case_id, clock):
    """A worker that slept past its lease finds its job with somebody else; only the other one's answer counts."""
    [late] = claim(office)
    clock.now += jobs.LEASE
    [other] = claim(office)
    assert (other.id, other.attempt) == (late.id, late.attempt + 1)
    assert not finish(office, late, Answer({"check": {"kind": "mismatch"}}))
    assert finish(office, other, GOOD)
    assert case_of(office, case_id)[2]["check"]["kind"] == "ok"


def test_tries_are_apart_and_end_in_an_incident(office, case_id, clock):
    """Ten seconds, then twenty, both a little more or less; after the third failure a person has to look."""
    pauses = []
    for _ in range(3):
        [errand] = claim(office)
        assert finish(office, errand, BUSY)
        [row] = asking.job_rows(office.engine)
        pauses.append((row["due"] - clock.now).total_seconds())
        assert claim(office) == ()
        failed, clock.now = clock.now, max(clock.now, row["due"])
    assert 7.5 <= pauses[0] <= 12.5
    assert 15 <= pauses[1] <= 25
    assert (row["state"], row["attempts"], row["failed_at"]) == ("failed", 3, failed)
    assert case_of(office, case_id)[:2] == (CaseState.INCIDENT, "忙\nbusy")
    assert kinds(office, case_id) == ["job:opened", "job:failed"]
    clock.forward(days=9)
    assert claim(office) == ()


def test_the_drawing_says_how_often_and_how_far_apart(city, clock):
    """`retries` and the header `retryBackoff` of the drawing are what counts."""
    asking.publish(city.engine, asking.first(asking.ask(retries="2", retryBackoff="PT90S")))
    story.accepted(city.engine, city.actor("wangfang"))
    [errand] = claim(city)
    finish(city, errand, BUSY)
    [row] = asking.job_rows(city.engine)
    assert (row["retries"], row["due"] - clock.now) == (1, timedelta(seconds=90))


def test_a_failure_that_cannot_be_mended_is_not_tried_again(office, case_id):
    """Being refused is no matter of patience."""
    [errand] = claim(office)
    finish(office, errand, Failure("无权", "denied", again=False))
    assert asking.states(office.engine) == [JobState.FAILED]


def test_a_job_that_kills_its_worker_stops(office, case_id, clock):
    """Three claims that never end, and the fourth is told that no try is left."""
    for _ in range(3):
        [errand] = claim(office)
        assert errand.lost is None
        clock.now += jobs.LEASE
    [errand] = claim(office)
    assert errand.lost == JobState.RUNNING


def test_leaving_the_step_cancels_the_job(city, clock):
    """A deadline on the step takes its job away, and an answer that comes later is ignored."""
    late = """<bpmn:boundaryEvent id="late" attachedToRef="ask"><bpmn:timerEventDefinition><bpmn:timeDuration>P2D
</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>
<bpmn:sequenceFlow id="f_late" sourceRef="late" targetRef="too_late"/><bpmn:endEvent id="too_late"/>"""
    asking.publish(city.engine, asking.first(asking.ask(), extra=late))
    case_id = story.accepted(city.engine, city.actor("wangfang"))
    clock.forward(days=2)
    [errand] = claim(city)
    from engine import worker

    worker.sweep(city.engine)
    assert asking.states(city.engine) == [JobState.CANCELLED]
    assert not finish(city, errand, GOOD)
    assert case_of(city, case_id)[0] == CaseState.ENDED
    assert asking.job_rows(city.engine)[0]["inputs"] == {}


def test_an_error_goes_to_the_event_that_catches_it(city):
    """A BPMN error takes the drawn way."""
    caught = """<bpmn:boundaryEvent id="caught" attachedToRef="ask"><bpmn:errorEventDefinition/></bpmn:boundaryEvent>
<bpmn:sequenceFlow id="f_caught" sourceRef="caught" targetRef="gave_up"/><bpmn:endEvent id="gave_up"/>"""
    asking.publish(city.engine, asking.first(asking.ask(), extra=caught))
    case_id = story.accepted(city.engine, city.actor("wangfang"))
    [errand] = claim(city)
    assert finish(city, errand, Thrown("E1"))
    assert case_of(city, case_id)[0] == CaseState.ENDED


def test_an_answer_the_case_cannot_take_is_an_incident_of_the_job(city):
    """The case says what stopped it and stays where it was; nothing is lost."""
    wrong = "<zeebe:output source='=nowhere' target='check'/></zeebe:ioMapping>"
    element = asking.ask().replace("</zeebe:ioMapping>", wrong.replace("=nowhere", "=check.kind + nowhere_at_all"))
    files = asking.first(element)
    asking.publish_unlinted(city.engine, files)
    case_id = story.accepted(city.engine, city.actor("wangfang"))
    [errand] = claim(city)
    assert finish(city, errand, GOOD)
    assert asking.states(city.engine) == [JobState.FAILED]
    assert case_of(city, case_id)[0] == CaseState.INCIDENT


def test_a_question_answered_later(office, case_id, clock):
    """The other system calls back: any try's answer counts, once; without it the question is asked again."""
    [errand] = claim(office)
    assert finish(office, errand, Later(clock.now + timedelta(hours=1)))
    assert claim(office) == ()
    clock.forward(hours=1)
    [again] = claim(office)
    with office.engine.begin(SYSTEM) as work:
        assert jobs.finish(work, again.id, None, GOOD)
    with office.engine.begin(SYSTEM) as work:
        assert not jobs.finish(work, again.id, None, GOOD)
    assert asking.states(office.engine) == [JobState.DONE]


def test_an_unknown_job_is_no_job(office):
    """A reply to nothing is ignored."""
    with office.engine.begin(SYSTEM) as work:
        assert not jobs.finish(work, "0" * 32, 1, GOOD)


def failed_job(office):
    """The id of a job that failed for good."""
    [errand] = claim(office)
    finish(office, errand, Failure("无权", "denied", again=False))
    return errand.id


def test_supervisors_see_the_incident_and_try_again(office, case_id):
    """The list says which step of which case, why and since when; a retry runs and clears the case's trouble."""
    name = failed_job(office)
    supervisor = office.actor("sunhui")
    with office.engine.look(supervisor) as work:
        [line] = repairs.incidents(work).lines
    assert (line.job, line.case_id, line.node, line.name) == (name, case_id, "ask", "核验")
    assert (line.zh, line.en, line.since) == ("无权", "denied", office.engine.clock())
    with office.engine.begin(supervisor) as work:
        jobs.retry(work, name, "对方已开通权限")
    [errand] = claim(office)
    assert finish(office, errand, GOOD)
    assert case_of(office, case_id)[:2] == (CaseState.RUNNING, None)
    assert kinds(office, case_id) == ["job:opened", "job:failed", "job:retried", "job:done"]
    with office.engine.look(supervisor) as work:
        assert repairs.incidents(work).total == 0


def test_a_supervisor_answers_instead_of_the_machine(office, case_id):
    """Skipping needs a result and a reason, moves the case and is in the ledger with the reason."""
    name = failed_job(office)
    with office.engine.begin(office.actor("sunhui")) as work:
        assert jobs.skip(work, name, GOOD.result, "已电话核实")
    assert "review_marriage" in story.waiting(office.engine, office.actor("zhangwei"))
    with office.engine.look(SYSTEM) as work:
        entry = work.session.query(store.Entry).filter_by(kind="job:skipped").one()
        assert (entry.facts["reason"], entry.actor_name) == ("已电话核实", "孙慧")
    assert case_of(office, case_id)[0] == CaseState.RUNNING


def test_mending_is_for_supervisors_with_a_reason(office, case_id):
    """Clerks and auditors find nothing; no reason is refused; what runs again cannot be mended twice."""
    name = failed_job(office)
    for login in ("wangfang", "hanxia", "zhangwei"):
        with pytest.raises(NotFound), office.engine.begin(office.actor(login)) as work:
            jobs.retry(work, name, "理由充分")
        with office.engine.look(office.actor(login)) as work:
            assert repairs.incidents(work).total == 0
    supervisor = office.actor("sunhui")
    with pytest.raises(FormInvalid), office.engine.begin(supervisor) as work:
        jobs.retry(work, name, " ")
    with office.engine.begin(supervisor) as work:
        jobs.retry(work, name, "理由充分")
    with pytest.raises(NotFailed), office.engine.begin(supervisor) as work:
        jobs.skip(work, name, {}, "理由充分")


def test_an_item_starts_with_its_first_job(office, case_id):
    """A machine that works on an item has started it: its state says so, and its clock runs while nobody answers."""
    with office.engine.look(SYSTEM) as work:
        row = work.session.get_one(store.Case, case_id)
        item = next(each for each in row.items if each.code == "marriage")
        assert (item.state, item.started_at) == (ItemState.RUNNING, work.now)
        assert [clock.started_at for clock in row.clocks if clock.item == "marriage"] == [work.now]
        assert {each.state for each in row.items if each is not item} == {ItemState.WAITING}

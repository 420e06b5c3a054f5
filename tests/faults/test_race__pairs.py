"""Two commands at the same moment, in a chosen order, on both databases: one wins whole, the other is told in words."""

import re

import pytest
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from engine import audit, cases, catalog, drafts, jobs, ledger, messages, migration, repairs, store, tasks, worker
from engine.jobs import Answer
from engine.repairs import Wish
from engine.words import ChangeKind
from engine.work import SYSTEM
from tests import asking, story
from tests.engine.cases.test_fire__timers import TASK, waiting_case
from tests.engine.messages import test_messages__once as post
from tests.engine.migration.test_apply__cases import RENAMED, publish
from tests.engine.repairs.test_repairs__commands import SUPERVISOR, WHY, looked, married
from tests.faults import mutants
from tests.faults.race import FOREVER, race

WRITES = "insert into entry"  # everything is read and locked, nothing is committed
REPLY = Answer({"check": {"kind": "ok", "as_of": None, "marital_status": "single"}})


@pytest.fixture
def url(database_url):
    """Each database in turn."""
    return database_url


@pytest.fixture
def office(city):
    """The demo city with the family pack; whatever a race did, rows and states agree after it."""
    story.publish_family(city.engine)
    yield city
    with city.engine.look(SYSTEM) as work:
        assert list(audit.audit(work)) == []


@pytest.fixture
def task(office):
    """A task at the registrar's."""
    story.accepted(office.engine, office.actor("wangfang"))
    return story.waiting(office.engine, office.actor("zhangwei"))["review_marriage"]


def begun(city, login, command, *said, **more):
    """A command of this person in a transaction of its own, to be raced."""
    actor = city.actor(login) if isinstance(login, str) else login

    def act():
        with city.engine.begin(actor) as work:
            return command(work, *said, **more)

    return act


def approve(city, login, task, key="k"):
    """Approving a task."""
    return begun(city, login, tasks.complete, task, {"decision": "approved"}, key=f"{login}-{key}")


def count(city, kind):
    """How often the ledger says so."""
    with city.engine.look(SYSTEM) as work:
        return work.session.query(store.Entry).filter_by(kind=kind).count()


def test_two_completes(office, task):
    """The second reviewer is told who was first."""
    told = race(office.engine, approve(office, "zhangwei", task), approve(office, "liuyang", task), at=WRITES)
    assert isinstance(told[0], tasks.Completed)
    assert told[1] == "TaskGone"
    assert count(office, "task:completed") == 1


def test_a_double_click(office, task):
    """The second click finds what the first one did."""
    twice = approve(office, "zhangwei", task)
    told = race(office.engine, twice, twice, at=WRITES)
    assert [one.case_id for one in told] == [told[0].case_id] * 2
    assert count(office, "task:completed") == 1


@pytest.mark.parametrize(
    ("first", "second", "refusal"), [("complete", "claim", "TaskGone"), ("claim", "complete", "TaskHeld")]
)
def test_complete_and_claim(office, task, first, second, refusal):
    """Whoever comes second is told that it is done, or who holds it."""
    acts = {
        "complete": lambda login: approve(office, login, task),
        "claim": lambda login: begun(office, login, tasks.claim, task),
    }
    told = race(office.engine, acts[first]("zhangwei"), acts[second]("liuyang"), at=WRITES)
    assert told[1] == refusal
    assert count(office, "task:completed") + count(office, "task:claimed") == 1


def test_release_and_complete(office, task):
    """Released while a colleague submits: the colleague's decision waits for it and counts."""
    begun(office, "zhangwei", tasks.claim, task)()
    released = begun(office, "zhangwei", tasks.release, task)
    told = race(office.engine, released, approve(office, "liuyang", task), at=WRITES)
    assert isinstance(told[1], tasks.Completed)


def test_two_branches_reach_a_join(office):
    """Both are there, and what follows the join begins once."""
    married(office.engine)
    waiting = story.waiting(office.engine, office.actor("hejie"))
    groom, bride = (approve(office, "hejie", waiting[f"review_status_{who}"], who) for who in ("groom", "bride"))
    told = race(office.engine, groom, bride, at=WRITES)
    assert all(isinstance(one, tasks.Completed) for one in told)
    story.decide(office.engine, office.actor("hejie"), "review_migration")
    assert "issue_page" in story.waiting(office.engine, office.actor("hejie"))
    with office.engine.look(SYSTEM) as work:
        assert work.session.query(store.Task).filter_by(node="issue_page").count() == 1


@pytest.mark.parametrize("first", ["decision", "deadline"])
def test_a_decision_and_a_deadline(office, clock, first):
    """The task is decided or it is too late, never both."""
    case_id = waiting_case(office, interrupting=True)
    task = story.waiting(office.engine, office.actor("zhangwei"))["review_marriage"]
    clock.forward(days=2)
    acts = {"decision": approve(office, "zhangwei", task), "deadline": begun(office, SYSTEM, cases.fire, case_id)}
    told = race(office.engine, acts.pop(first), *acts.values(), at=WRITES)
    assert (told[1] == "TaskCancelled") == (first == "deadline")
    worker.sweep(office.engine)
    assert count(office, "task:completed") + count(office, "timer:fired") == 1


GATEWAY = """<bpmn:eventBasedGateway id="either"/><bpmn:exclusiveGateway id="on"/>
<bpmn:intermediateCatchEvent id="told"><bpmn:messageEventDefinition messageRef="m_permit"/>
</bpmn:intermediateCatchEvent><bpmn:intermediateCatchEvent id="late"><bpmn:timerEventDefinition>
<bpmn:timeDuration>P2D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>
""" + "".join(
    f'<bpmn:sequenceFlow id="e_{a}_{b}" sourceRef="{a}" targetRef="{b}"/>'
    for a, b in (("either", "told"), ("either", "late"), ("told", "on"), ("late", "on"))
)


@pytest.mark.parametrize("first", ["message", "timer"])
def test_a_message_and_a_timer_at_an_event_gateway(office, clock, first):
    """One of the two goes on; a message that came too late is kept, not lost."""
    files = asking.first(GATEWAY, "on")
    drawing = files[asking.DRAWING].replace("<bpmn:collaboration", post.DEFINITIONS + "<bpmn:collaboration", 1)
    drawing = re.sub(r'(id="f_first"[^>]*targetRef=")on"', r'\1either"', drawing)
    asking.publish(office.engine, {**files, asking.DRAWING: drawing})
    case_id = story.accepted(office.engine, office.actor("wangfang"))
    clock.forward(days=2)
    arrives = begun(office, post.CLIENT, messages.receive, "permit.issued", post.KEY, {}, "m1")
    acts = {"message": arrives, "timer": begun(office, SYSTEM, cases.fire, case_id)}
    told = race(office.engine, acts.pop(first), *acts.values(), at=WRITES)
    assert not [one for one in told if isinstance(one, BaseException)]
    worker.sweep(office.engine)
    worker.carry(office.engine)
    assert (count(office, "message:delivered"), count(office, "timer:fired")) == (
        (1, 0) if first == "message" else (0, 1)
    )
    assert len(post.rows(office, store.Message)) == 1


ECHO = """<bpmn:boundaryEvent id="call" attachedToRef="review_marriage" cancelActivity="false">
<bpmn:timerEventDefinition><bpmn:timeDuration>P2D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>
<bpmn:endEvent id="called"><bpmn:signalEventDefinition signalRef="sig"/></bpmn:endEvent>
<bpmn:boundaryEvent id="heard" attachedToRef="review_marriage" cancelActivity="false">
<bpmn:signalEventDefinition signalRef="sig"/></bpmn:boundaryEvent><bpmn:endEvent id="known"/>
<bpmn:sequenceFlow id="f_call" sourceRef="call" targetRef="called"/>
<bpmn:sequenceFlow id="f_heard" sourceRef="heard" targetRef="known"/>"""


def test_two_cases_signal_each_other(office, clock):
    """Each leaves a job for the other while both are held: none waits for the other, so none has to give way."""
    files = catalog.files_of(catalog.content_root(), "family")
    drawing = files[asking.DRAWING].replace("<bpmn:collaboration", post.DEFINITIONS + "<bpmn:collaboration", 1)
    asking.publish(office.engine, {**files, asking.DRAWING: drawing.replace(TASK, ECHO + TASK)})
    calls = [begun(office, SYSTEM, cases.fire, story.accepted(office.engine, office.actor("wangfang"))) for _ in "ab"]
    clock.forward(days=2)
    assert race(office.engine, *calls, at="insert into job") == (None, None)
    assert [row["kind"] for row in asking.job_rows(office.engine)].count("signal") == 2


@pytest.fixture
def errand(office):
    """A claimed job of a case."""
    asking.publish(office.engine, asking.first(asking.ask()))
    story.accepted(office.engine, office.actor("wangfang"))
    [errand] = begun(office, SYSTEM, jobs.claim, "me")()
    return errand


def test_a_callback_twice(office, errand):
    """The second of two that come together does not count."""
    answer = begun(office, SYSTEM, jobs.finish, errand.id, None, REPLY)
    assert race(office.engine, answer, answer, at=WRITES) == (True, False)
    assert count(office, "job:done") == 1


def test_an_answer_while_its_claim_lapses(office, errand, clock):
    """The answer that is being written counts, and nobody claims the job any more."""
    clock.now += jobs.LEASE
    answer = begun(office, SYSTEM, jobs.finish, errand.id, errand.attempt, REPLY)
    assert race(office.engine, answer, begun(office, SYSTEM, jobs.claim, "you"), at=WRITES) == (True, ())


def test_a_claim_before_a_late_answer(office, errand, clock):
    """Somebody else is claiming it: the late answer waits for that and does not count."""
    clock.now += jobs.LEASE
    answer = begun(office, SYSTEM, jobs.finish, errand.id, errand.attempt, REPLY)
    told = race(office.engine, begun(office, SYSTEM, jobs.claim, "you"), answer, at="update job")
    assert (len(told[0]), told[1]) == (1, False)


def test_a_move_to_another_release_and_a_decision(office, task):
    """The decision waits for the move and counts in the new release; the other way round the move follows it."""
    number = publish(office.engine, RENAMED)
    with office.engine.look(SYSTEM) as work:
        case_id = work.session.get_one(store.Task, task).case_id
    moved = begun(office, SYSTEM, migration.apply, case_id, number, reason=WHY)
    told = race(office.engine, moved, approve(office, "zhangwei", task), at=WRITES)
    assert isinstance(told[1], tasks.Completed)
    assert (count(office, "case:migrated"), count(office, "task:completed")) == (1, 1)


def test_a_decision_before_a_previewed_move(office, task):
    """What was previewed is no more: the move is told so."""
    number = publish(office.engine, RENAMED)
    with office.engine.look(SYSTEM) as work:
        case = work.session.get_one(store.Task, task).case
        case_id, revision = case.id, case.revision
    moved = begun(office, SYSTEM, migration.apply, case_id, number, reason=WHY, revision=revision)
    told = race(office.engine, approve(office, "zhangwei", task), moved, at=WRITES)
    assert told[1] == "MovedOn"


@pytest.mark.parametrize("first", ["decision", "change"])
def test_a_change_by_hand_and_a_decision(office, first):
    """The item is ended by the supervisor or decided by the department, once."""
    case_id = married(office.engine)
    task = story.waiting(office.engine, office.actor("tangyan"))["review_birth"]
    wish = Wish(ChangeKind.CANCEL, item="birth_registration")
    seen = looked(office.engine, SUPERVISOR, case_id, wish).revision
    before = count(office, "item:ended")
    change = begun(office, SUPERVISOR, repairs.apply, case_id, wish, WHY, seen, key="c")
    acts = {"change": change, "decision": approve(office, "tangyan", task)}
    told = race(office.engine, acts.pop(first), *acts.values(), at=WRITES)
    assert told[1] == {"decision": "MovedOn", "change": "TaskCancelled"}[first]
    assert count(office, "item:ended") == before + 1


@pytest.mark.parametrize("first", ["save", "accept"])
def test_a_draft_saved_while_it_is_accepted(office, first):
    """Two pages of one draft: what is accepted is what the accepting page says, and no copy of it stays behind."""
    clerk = office.actor("wangfang")
    draft = story.situated(office.engine, clerk)
    said, revision = story.told(office.engine, clerk, draft), story.revision_of(office.engine, clerk, draft)
    acts = {
        "save": begun(office, clerk, drafts.save, draft, {"groom.name": "别人"}, {}, page="a", revision=revision),
        "accept": begun(office, clerk, drafts.accept, draft, said.answers, said.papers, page="b", revision=revision),
    }
    told = race(office.engine, acts.pop(first), *acts.values(), at="update draft")
    assert told[1] == "DraftMovedOn"
    with office.engine.look(SYSTEM) as work:
        row = work.session.get_one(store.Draft, draft)
        assert (row.answers == {}) == (row.case_id is not None) == (first == "accept")


def test_a_post_taken_away_while_a_decision_is_written(office, task):
    """What was begun with the right to do it is done; the next request has that right no more."""
    revoked = begun(office, SYSTEM, lambda work: work.session.execute(delete(store.Holding)) and None)
    told = race(office.engine, approve(office, "zhangwei", task), revoked, at=WRITES)
    assert isinstance(told[0], tasks.Completed)
    assert office.actor("zhangwei").appointments == frozenset()
    assert race(office.engine, approve(office, "zhangwei", task, "2"), lambda: None, at="task")[0] == "NotFound"


def test_an_engine_that_ignores_others_is_caught(city, monkeypatch):
    """Without locks and revisions nobody is told that a colleague was first: the race above can fail.

    What is left then is the ledger: of two decisions one has the next place in its chain, and the other breaks.
    """
    if city.engine.database.dialect.name != "postgresql":
        pytest.skip("SQLite lets one writer in at a time, whatever the engine forgets")
    story.publish_family(city.engine)
    story.accepted(city.engine, city.actor("wangfang"))
    task = story.waiting(city.engine, city.actor("zhangwei"))["review_marriage"]
    mutants.ignores_others(city.engine, monkeypatch)
    first, second = approve(city, "zhangwei", task), approve(city, "liuyang", task)
    told = race(city.engine, first, second, at='update "case"', wait=FOREVER)
    assert {type(one) for one in told} == {tasks.Completed, IntegrityError}
    with city.engine.snapshot(SYSTEM) as work:
        assert not [one for one in ledger.verify(work) if one.flaw]

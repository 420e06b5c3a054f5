"""A letter nobody can write stops the clock, a message or a machine where a person sees it. On both databases."""

import pytest

from engine import cases, catalog, jobs, ledger, messages, repairs, store, worker
from engine.errors import NoticeUnmade
from engine.forms import overlay
from engine.jobs import Answer, Failure
from engine.repairs import Wish
from engine.words import CaseState, ChangeKind, EntryKind, JobKind, JobState
from engine.work import SYSTEM
from tests import asking, story
from tests.engine.cases.test_fire__timers import LATE, TASK, timers
from tests.engine.messages.test_messages__once import CATCH, MAPPING, rows, send
from tests.engine.messages.test_messages__once import pack as waiting
from tests.engine.notices.conftest import ENGLISH, TOML, issued, letter

SAID = "文书“另件”无法生成，这一步未执行。"
TEXT = '<article><p data-if="= groom.phone">{= notice.to }</p></article>'  # a text is no condition
GOOD = Answer({"check": {"kind": "ok", "as_of": None, "marital_status": "single"}})
SUPERVISOR, WHY = "sunhui", "文书已经可以生成"
CATCHES = CATCH.format(mapping=MAPPING, kind="message", ref='messageRef="m_permit"')


@pytest.fixture
def url(database_url):
    """Each database in turn."""
    return database_url


def accepted(city, files, on="node"):
    """A case of a pack with a letter, for the step that names it or for another occasion, nobody can write yet."""
    files = {**files, "workflows/family/letters/more.html": TEXT}
    files[TOML] += letter("另件", on, **({"item": '"marriage"'} if on == "node" else {}))
    files[ENGLISH] += '"另件" = "Another notice"\n'
    asking.publish_unlinted(city.engine, files)
    return story.accepted(city.engine, city.actor("wangfang"))


def naming(element):
    """The element with the letter that is due when it is done."""
    return element.replace("<zeebe:properties>", '<zeebe:properties><zeebe:property name="notice" value="SAL"/>')


def late(city):
    """A case that a deadline of two days ends."""
    files = catalog.files_of(catalog.content_root(), "family")
    drawing = files[asking.DRAWING].replace(TASK, LATE.format(interrupting="true") + TASK)
    return accepted(city, {**files, asking.DRAWING: drawing}, "case:ended")


def said(city, case_id):
    """State and trouble of the case."""
    with city.engine.look(SYSTEM) as work:
        case = work.session.get_one(store.Case, case_id)
        return CaseState(case.state), case.trouble


def stands(city, case_id):
    """State, process, outcome, clocks and tasks: what a step changes."""
    with city.engine.look(SYSTEM) as work:
        case = work.session.get_one(store.Case, case_id)
        tasks = [(task.id, task.state) for task in case.tasks]
        clocks = [(clock.item, clock.kind, clock.ended_at) for clock in case.clocks]
        items = [(item.code, item.state, item.outcome) for item in case.items]
        return case.process, case.facts, case.ended_at, case.outcome, sorted(tasks), sorted(clocks, key=str), items


def kinds(city, case_id, after=0):
    """Kinds of the ledger's entries after the first `after`."""
    with city.engine.look(SYSTEM) as work:
        found = work.session.query(store.Entry).filter_by(case_id=case_id).order_by(store.Entry.seq)
        assert [entry.seq for entry in found] == list(range(1, found.count() + 1))
        return [entry.kind for entry in found][after:]


def mend(city, case_id):
    """The cause is gone: the letter can be written now."""
    with city.engine.begin(SYSTEM) as work:
        case = cases.locked(work, case_id)
        case.facts = overlay(case.facts, {"groom": {"phone": None}})


def retry(city, case_id, token=""):
    """A supervisor lets the clock, or one waiting step, try again."""
    wish = Wish(ChangeKind.RETRY, token)
    with city.engine.begin(city.actor(SUPERVISOR)) as work:
        seen = repairs.preview(work, case_id, wish)
        repairs.apply(work, case_id, wish, WHY, seen.revision, key="")


def stopped(city, case_id):
    """Whether the case says which letter, in both languages, and no letter took a number."""
    state, trouble = said(city, case_id)
    zh, en = (trouble or "\n").split("\n")
    assert [each.name for each in issued(city.engine, case_id)] == ["受理通知书"]
    return (state, zh.startswith(SAID), "The notice 另件 cannot" in en) == (CaseState.INCIDENT, True, True)


def test_the_clock_stops_and_a_retry_rings_it(city, clock):
    """One incident however often the worker looks; nothing of the step is left; then a supervisor's retry ends it."""
    case_id = late(city)
    before, known = stands(city, case_id), len(kinds(city, case_id))
    clock.forward(days=2)
    for _ in range(3):
        worker.sweep(city.engine)
    assert stopped(city, case_id)
    assert stands(city, case_id) == before
    assert kinds(city, case_id, known) == ["case:incident"]
    assert [node for node, _due in timers(city)] == ["late"]
    mend(city, case_id)
    with city.engine.look(city.actor(SUPERVISOR)) as work:
        [line] = repairs.incidents(work).lines
        assert (line.node, line.by_clock) == ("late", True)
    retry(city, case_id)
    assert (said(city, case_id), timers(city)) == ((CaseState.ENDED, None), [])
    assert [each.name for each in issued(city.engine, case_id)].count("另件") == 1
    assert kinds(city, case_id).count("timer:fired") == 1


def test_a_job_fails_for_good_and_a_retry_settles_it(city):
    """The answer is not taken, the job is the incident, and its try after the cause is gone moves the case once."""
    case_id = accepted(city, asking.first(naming(asking.ask())))
    before, known = stands(city, case_id), len(kinds(city, case_id))

    def answered():
        with city.engine.begin(SYSTEM) as work:
            [errand] = jobs.claim(work, "me")
        with city.engine.begin(SYSTEM) as work:
            return jobs.finish(work, errand.id, errand.attempt, GOOD), errand

    assert answered()[0]
    assert stopped(city, case_id)
    assert stands(city, case_id) == before
    assert kinds(city, case_id, known) == ["job:failed", "case:incident"]
    [job] = asking.job_rows(city.engine)
    assert (job["state"], job["last_error"].startswith(SAID), bool(job["inputs"])) == (JobState.FAILED, True, True)
    with city.engine.begin(SYSTEM) as work:
        assert jobs.claim(work, "me") == ()
    mend(city, case_id)
    with city.engine.begin(city.actor(SUPERVISOR)) as work:
        jobs.retry(work, job["id"], WHY)
    assert answered()[0]
    assert said(city, case_id) == (CaseState.RUNNING, None)
    assert asking.states(city.engine) == [JobState.DONE]
    assert kinds(city, case_id).count("job:done") == 1


def test_nothing_is_asked_again_of_an_answer_not_taken(city):
    """That a department was away is no answer yet, so no recheck of it is planned, and one when it is taken."""
    case_id = accepted(city, asking.first(naming(asking.ask(recheck="PT2H"))))
    away = Failure("忙", "busy", last={"check": {"kind": "unavailable", "as_of": None, "marital_status": None}})

    def answered():
        with city.engine.begin(SYSTEM) as work:
            [errand] = jobs.claim(work, "me")
            work.session.get_one(store.Job, errand.id).retries = 0
            return jobs.finish(work, errand.id, errand.attempt, away) and errand.id

    name = answered()
    assert stopped(city, case_id)
    assert asking.states(city.engine) == [JobState.FAILED]
    mend(city, case_id)
    with city.engine.begin(city.actor(SUPERVISOR)) as work:
        jobs.retry(work, name, WHY)
    assert answered() == name
    assert sorted((job["kind"], job["state"]) for job in asking.job_rows(city.engine)) == [
        (JobKind.RECHECK, JobState.WAITING), (JobKind.SERVICE, JobState.DONE)
    ]  # fmt: skip


def test_an_answer_in_the_machines_place_leaves_the_job_failed(city):
    """A supervisor who answers instead is told that the case could not take it, and the first cause stays said."""
    case_id = accepted(city, asking.first(naming(asking.ask())))
    with city.engine.begin(SYSTEM) as work:
        [errand] = jobs.claim(work, "me")
        jobs.finish(work, errand.id, errand.attempt, GOOD)
    with city.engine.begin(city.actor(SUPERVISOR)) as work:
        assert not jobs.skip(work, errand.id, GOOD.result, WHY)
    assert stopped(city, case_id)
    assert asking.states(city.engine) == [JobState.FAILED]
    assert "job:skipped" not in kinds(city, case_id)


def test_a_message_is_kept_and_delivered_when_the_cause_is_gone(city):
    """Its sender is not refused, it is not lost, and nobody tries it again before a person has looked."""
    case_id = accepted(city, waiting(naming(CATCHES)))
    before, known = stands(city, case_id), len(kinds(city, case_id))
    assert not send(city).delivered
    for _ in range(3):
        worker.sweeps.carry(city.engine)
    assert stopped(city, case_id)
    assert stands(city, case_id) == before
    assert kinds(city, case_id, known) == ["case:incident"]
    [kept] = rows(city, store.Message)
    assert (kept["case_id"], kept["payload"]["number"]) == (None, "A1")
    mend(city, case_id)
    with city.engine.look(SYSTEM) as work:
        [token] = [waits.id for waits in work.session.query(store.Awaited)]
    retry(city, case_id, token)
    worker.sweeps.carry(city.engine)
    assert said(city, case_id)[0] == CaseState.RUNNING
    assert rows(city, store.Message)[0]["case_id"] == case_id
    assert kinds(city, case_id).count("message:delivered") == 1
    with city.engine.look(SYSTEM) as work:
        assert messages.kept(work) == 0


@pytest.mark.parametrize("looked", [False, True])
def test_what_was_recorded_before_the_step_stays(city, looked):
    """Entries are no rows until the end: those of the undone step go, those before it stay, written or not."""
    case_id = late(city)
    known = len(kinds(city, case_id))

    def step():
        ledger.record(work, case_id, EntryKind.TIMER_FIRED, node="late")
        if looked:
            ledger.entries(work, case_id)
        raise NoticeUnmade(name="另件", why="x", zh="x", en="x")

    with city.engine.begin(SYSTEM) as work:
        case = cases.locked(work, case_id)
        ledger.record(work, case_id, EntryKind.CASE_READ)
        assert cases.whole(work, "late", step).node == "late"
        assert cases.locked(work, case_id) is case
        ledger.record(work, case_id, EntryKind.NOTICE_READ)
    assert kinds(city, case_id, known) == ["case:read", EntryKind.NOTICE_READ]

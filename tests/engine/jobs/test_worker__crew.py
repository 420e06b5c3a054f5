"""Workers: many at once, none twice, and stopping lets the hands finish."""

import threading
from collections import Counter

from engine import jobs, worker
from engine.jobs import Answer
from engine.words import JobState
from engine.work import SYSTEM
from engine.worker.bell import Bell
from tests import asking, story

GOOD = Answer({"check": {"kind": "ok", "as_of": None, "marital_status": "single"}})


def cases(office, count):
    """That many cases that wait for the other department."""
    return [story.accepted(office.engine, office.actor("wangfang")) for _ in range(count)]


def work_until_done(office, desks, patience=20):
    """A crew of two threads for each desk, until no job waits or runs."""
    stop = threading.Event()
    crews = [threading.Thread(target=worker.run, args=(office.engine, stop, desk, 2)) for desk in desks]
    for crew in crews:
        crew.start()
    open_states = {JobState.WAITING, JobState.RUNNING, JobState.ASKED}
    for _ in range(patience * 20):
        if not open_states & set(asking.states(office.engine)):
            break
        stop.wait(0.05)
    stop.set()
    for crew in crews:
        crew.join()


def test_three_crews_do_every_job_once(office):
    """Three workers on one database: each job is worked on once and each case moves on."""
    cases(office, 8)
    met, lock = Counter(), threading.Lock()

    def desk(errand):
        with lock:
            met[errand.id] += 1
        return worker.Done(GOOD)

    work_until_done(office, [desk] * 3)
    assert asking.states(office.engine) == [JobState.DONE] * 8
    assert set(met.values()) == {1}


def test_a_desk_that_breaks_is_a_failure_without_personal_data(office, case_id):
    """The incident names the kind of error; its words, which may hold a name, stay out."""

    def desk(errand):
        raise ValueError(errand.inputs["name"])

    with office.engine.begin(SYSTEM) as work:
        [errand] = jobs.claim(work, "me")
    worker.perform(office.engine, errand, desk)
    [row] = asking.job_rows(office.engine)
    assert row["state"] == "waiting"
    assert "ValueError" in row["last_error"]
    assert story.GROOM["name"] not in row["last_error"]


def test_without_a_connector_the_job_is_an_incident_at_once(office, case_id):
    """An installation that was not told how to reach the other department says so, and tries nothing."""
    work_until_done(office, [worker.nobody])
    [row] = asking.job_rows(office.engine)
    assert (row["state"], row["attempts"]) == ("failed", 1)
    assert asking.TYPE in row["last_error"]


def test_a_killer_job_ends_as_an_incident(office, case_id, clock):
    """A job whose worker died each time fails without being worked on once more."""
    for _ in range(4):
        with office.engine.begin(SYSTEM) as work:
            [errand] = jobs.claim(work, "me")
        clock.now += jobs.LEASE
    worker.perform(office.engine, errand, lambda _errand: worker.Done(GOOD))
    [row] = asking.job_rows(office.engine)
    assert row["state"] == "failed"


def test_the_bell_rings_once_in_a_while(office, case_id):
    """A due job is rung for at once, not again in the next round, and again when nobody came for it."""
    heard, now = [], [0.0]
    bell = Bell(office.engine, heard.append, lambda: now[0])
    [row] = asking.job_rows(office.engine)
    assert (bell.round(), bell.round()) == (1, 0)
    now[0] = 31.0
    assert bell.round() == 1
    assert heard == [row["id"]] * 2

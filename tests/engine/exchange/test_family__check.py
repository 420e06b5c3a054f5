"""The family's own check of marital status, against the sandbox over real sockets: every way it can go."""

import pytest

from engine import catalog, exchange, jobs, releases, sandbox, store, worker
from engine.work import SYSTEM
from tests import story

MARRIAGE = "mz.marriage"


@pytest.fixture
def peer():
    """The invented departments."""
    with sandbox.Sandbox() as running:
        yield running


@pytest.fixture
def office(city, monkeypatch):
    """The family pack as it is; nobody answers its questions but the sandbox."""
    monkeypatch.setattr(story, "checked", lambda _engine: None)
    with city.engine.begin(SYSTEM) as work:
        releases.publish(work, catalog.files_of(catalog.content_root(), "family"))
    return city


def performed(office, peer):
    """Do what is due until nothing is."""
    desk = worker.desk(exchange.Exchange(sandbox.offices(peer.address)))
    while True:
        with office.engine.begin(SYSTEM) as work:
            errands = jobs.claim(work, "me", limit=10)
        if not errands:
            return
        for errand in errands:
            worker.perform(office.engine, errand, desk)


def nodes(office, login):
    """Where this person's tasks wait."""
    return set(story.waiting(office.engine, office.actor(login)))


def test_confirmed_goes_to_the_registrar(office, peer):
    """Both are in the register as they said."""
    story.accepted(office.engine, office.actor("wangfang"))
    assert nodes(office, "zhangwei") == set()
    performed(office, peer)
    assert nodes(office, "zhangwei") == {"review_marriage"}


def test_a_mismatch_asks_the_applicant(office, peer):
    """Somebody whom the register knows as married says single: the window asks, then the registrar decides."""
    said = {"bride__name": "林梦婷", "bride__id_number": "330825199003039962"}
    story.accepted(office.engine, office.actor("wangfang"), **said)
    performed(office, peer)
    assert (nodes(office, "zhangwei"), nodes(office, "wangfang")) == (set(), {"ask_marriage"})
    clerk = office.actor("wangfang")
    answers = story.supplement(office.engine, clerk, "ask_marriage")
    story.submit(office.engine, clerk, story.waiting(office.engine, clerk)["ask_marriage"], **answers)
    assert nodes(office, "zhangwei") == {"review_marriage"}


def test_unavailable_takes_a_commitment_and_is_made_up_for(office, peer, clock):
    """The register is away: both commit themselves, the registrar goes on, and an hour later the check is made."""
    peer.faults = {MARRIAGE: {"fault": "down"}}
    case_id = story.accepted(office.engine, office.actor("wangfang"))
    for _ in range(8):
        performed(office, peer)
        clock.forward(seconds=10)
    assert nodes(office, "wangfang") == {"commit_marriage"}
    clerk = office.actor("wangfang")
    answers = {**story.supplement(office.engine, clerk, "commit_marriage"), "committed": "true"}
    del answers["brought"]
    story.submit(office.engine, clerk, story.waiting(office.engine, clerk)["commit_marriage"], **answers)
    assert nodes(office, "zhangwei") == {"review_marriage"}
    peer.faults = {}
    clock.forward(hours=1)
    performed(office, peer)
    with office.engine.look(SYSTEM) as work:
        facts = work.session.get_one(store.Case, case_id).facts["marriage"]
        made_up = work.session.query(store.Entry).filter_by(case_id=case_id, kind="job:rechecked").count()
    assert (facts["groom_check"]["kind"], facts["bride_check"]["kind"], made_up) == ("ok", "ok", 2)


def test_the_registrar_reads_what_was_answered(office, peer, tmp_path):
    """The page of the task says that both were checked and what came of it, in the reader's language."""
    from tests.web.client import app_for

    story.accepted(office.engine, office.actor("wangfang"))
    performed(office, peer)
    browser = app_for(office.engine, tmp_path).test_client()
    browser.sign_in("zhangwei")
    task = story.waiting(office.engine, office.actor("zhangwei"))["review_marriage"]
    page = browser.get(f"/inbox/tasks/{task}").get_data(as_text=True)
    assert "核验男方婚姻状况" in page
    assert ">一致<" in page

"""What machines ask: alive, ready, measured; and what the log keeps to itself."""

import json
import logging

import pytest

from engine import health, jobs, logs, messages, store
from engine.app import Engine
from engine.work import SYSTEM
from tests import asking, story
from tests.web.client import app_for, settings_for
from web import create_app


@pytest.fixture
def client(city, tmp_path):
    """Nobody in particular."""
    return app_for(city.engine, tmp_path).test_client()


def test_alive_asks_nobody(client):
    """The process answers without the database."""
    response = client.get("/healthz")
    assert (response.status_code, response.text) == (200, "ok\n")


def test_ready_when_everything_holds(client):
    """Database, schema and disk are there."""
    response = client.get("/readyz")
    assert (response.status_code, response.json) == (200, {"ready": True, "wrong": {}})


def test_not_ready_without_a_database(tmp_path, clock):
    """A database that is away is named; nothing raises, and the process stays alive."""
    database = store.connect("postgresql+psycopg://nobody@127.0.0.1:1/none?connect_timeout=1")
    client = app_for(Engine(database, clock, "test"), tmp_path).test_client()
    response = client.get("/readyz")
    assert (response.status_code, set(response.json["wrong"])) == (503, {"database", "schema"})
    assert client.get("/healthz").status_code == 200
    assert "lianban_database_up 0.0" in client.get("/metrics").text


def test_not_ready_with_an_old_schema(tmp_path, clock):
    """A program that is newer than its schema takes no work."""
    database = store.connect(f"sqlite:///{tmp_path / 'old.db'}")
    store.upgrade(database, "0001")
    wrong = {check.name: check.wrong for check in health.checks(Engine(database, clock, "test"))}
    assert wrong["schema"].startswith("0001, not ")
    database.dispose()


def test_not_ready_with_a_full_disk(city, monkeypatch):
    """A full disk is said before the next application is lost."""
    monkeypatch.setattr(health, "LEAST_FREE", 10**18)
    assert [check.name for check in health.checks(city.engine) if check.wrong] == ["disk"]


def test_metrics_count_cases_and_requests(city, client):
    """Gauges come from the database, requests are counted by route."""
    story.publish_family(city.engine)
    story.accepted(city.engine, city.actor("wangfang"))
    client.get("/progress?number=330802-1")
    said = client.get("/metrics").text
    for line in ('lianban_cases{state="running"} 1.0', 'lianban_cases{state="incident"} 0.0', "lianban_open_tasks 1.0",
                 'lianban_requests_total{method="GET",route="/progress",status="200"} 1.0'):  # fmt: skip
        assert line in said
    assert "330802" not in said


def test_metrics_tell_when_nobody_works(city, client, clock):
    """Without a worker jobs and messages wait: it is measured from the rows, and the screens stay ready."""
    asking.publish(city.engine, asking.first(asking.ask()))
    story.accepted(city.engine, city.actor("wangfang"))
    with city.engine.begin(SYSTEM) as work:
        messages.receive(work, "permit.issued", "k", {}, "m-1")
    clock.forward(minutes=5)
    said = client.get("/metrics").text
    for line in ('lianban_jobs{state="waiting"} 1.0', 'lianban_jobs{state="failed"} 0.0',
                 "lianban_job_late_seconds 300.0", "lianban_kept_messages 1.0"):  # fmt: skip
        assert line in said
    assert client.get("/readyz").status_code == 200
    with city.engine.begin(SYSTEM) as work:
        [errand] = jobs.claim(work, "me")
        jobs.finish(work, errand.id, errand.attempt, jobs.Failure("停", "Stopped.", again=False))
    said = client.get("/metrics").text
    assert 'lianban_jobs{state="failed"} 1.0' in said
    assert "lianban_job_late_seconds 0.0" in said


def test_metrics_are_not_for_everybody(city, tmp_path):
    """Without a token only this machine may ask, not somebody behind a proxy; with one, only who has it."""
    near = app_for(city.engine, tmp_path).test_client()
    assert near.get("/metrics").status_code == 200
    assert near.get("/metrics", headers={"X-Forwarded-For": "10.0.0.9"}).status_code == 404
    assert near.get("/metrics", environ_base={"REMOTE_ADDR": "10.0.0.9"}).status_code == 404
    settings = settings_for(tmp_path)
    closed = create_app(city.engine, type(settings)(**{**vars(settings), "metrics_token": "t0ken"})).test_client()
    assert closed.get("/metrics").status_code == 404
    assert closed.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 404
    assert closed.get("/metrics", headers={"Authorization": "Bearer t0ken"}).status_code == 200


@pytest.mark.parametrize("kind", ["json", "text"])
def test_the_log_keeps_names_to_itself(kind):
    """An error is told by its kind and its lines; its text, which may quote an applicant, is not."""
    formatter = logs.Lines() if kind == "json" else logs.Plain(logs.TEXT)
    record = logging.LogRecord("web", logging.ERROR, __file__, 1, "request %s failed", ("abc",), None)
    with pytest.raises(KeyError) as raised:
        {}["李志远 330802198801039976"]
    record.exc_info = (KeyError, raised.value, raised.tb)
    said = formatter.format(record)
    assert "李志远" not in said
    assert "KeyError" in said
    assert "test_health.py" in said
    assert kind == "text" or json.loads(said)["message"] == "request abc failed"


def test_requests_are_logged_by_route(client, caplog):
    """One line a request with status and time; what was searched for is not in it."""
    caplog.set_level(logging.INFO, "lianban.request")
    client.send("/progress", number="330802198801039976", code="123456")
    (line,) = [r for r in caplog.records if r.name == "lianban.request" and "POST" in r.getMessage()]
    assert line.facts["route"] == "/progress"
    assert line.facts["status"] == 422
    assert "330802198801039976" not in caplog.text
    client.sign_in("wangfang")
    client.get("/window/")
    assert "actor" in [r for r in caplog.records if r.name == "lianban.request"][-1].facts

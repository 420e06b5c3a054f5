"""What other systems may say: with a token, once, and never more than an error of their own."""

import json
import threading

import pytest

from engine import exchange, jobs, store
from engine.jobs import Later
from engine.work import SYSTEM
from tests import asking, story
from tests.engine.messages.test_messages__once import CATCH, MAPPING, pack
from tests.web.client import app_for

OK = {"kind": "ok", "as_of": "2026-11-23", "data": {"marital_status": "single", "more": "is thrown away"}}
MESSAGE = {"name": "permit.issued", "key": story.GROOM["id_number"], "id": "m1", "payload": {"number": "A1"}}


@pytest.fixture
def api(city, tmp_path):
    """Posts JSON as a system that may speak of marriages and permits."""
    with city.engine.begin(SYSTEM) as work:
        token = exchange.enrol(work, "mz", [asking.TYPE, "permit.issued"])
    client = app_for(city.engine, tmp_path).test_client()

    def post(path, body, token=token):
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return client.post(f"/api/v1/{path}", data=content, headers={"Authorization": f"Bearer {token}"})

    return post


def asked(city):
    """A job whose question the other system has taken; its id."""
    asking.publish(city.engine, asking.first(asking.ask()))
    story.accepted(city.engine, city.actor("wangfang"))
    with city.engine.begin(SYSTEM) as work:
        [errand] = jobs.claim(work, "me")
    with city.engine.begin(SYSTEM) as work:
        jobs.finish(work, errand.id, errand.attempt, Later(work.now.replace(year=2027)))
    return errand.id


def test_a_callback_moves_the_case_once(city, api):
    """The answer counts, its copies do not, and the call is in the log."""
    job = asked(city)
    assert [api(f"callbacks/{job}", OK).json for _ in range(3)] == [{"counted": True}, *[{"counted": False}] * 2]
    assert "review_marriage" in story.waiting(city.engine, city.actor("zhangwei"))
    with city.engine.look(SYSTEM) as work:
        [case] = work.session.query(store.Case)
        assert case.facts["marriage"]["check"] == {"kind": "ok", "as_of": "2026-11-23", "marital_status": "single"}
        [call] = work.session.query(store.Call)
        assert (call.outcome, call.detail) == ("ok", "callback")


def test_a_callback_is_for_the_connectors_of_the_client(city, api):
    """Somebody else's job, and one that does not exist, are not found."""
    job = asked(city)
    with city.engine.begin(SYSTEM) as work:
        other = exchange.enrol(work, "ga", ["ga.identity"])
    assert api(f"callbacks/{job}", OK, other).status_code == 404
    assert api("callbacks/nothing", OK).status_code == 404


def test_a_message_arrives_once(city, api):
    """Ten copies at once: one effect, and every copy is told what came of it."""
    asking.publish(city.engine, pack(CATCH.format(mapping=MAPPING, kind="message", ref='messageRef="m_permit"')))
    case_id = story.accepted(city.engine, city.actor("wangfang"))
    told = []
    threads = [threading.Thread(target=lambda: told.append(api("messages", MESSAGE))) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.status_code for answer in told} == {200}
    assert sorted(answer.json["again"] for answer in told) == [False] + [True] * 9
    with city.engine.look(SYSTEM) as work:
        assert work.session.get_one(store.Case, case_id).facts["permit"] == "A1"
    assert api("messages", {**MESSAGE, "payload": {"number": "A2"}}).status_code == 409


def test_a_message_of_another_name_is_refused(api):
    """A system speaks only of what it was enrolled for."""
    answer = api("messages", {**MESSAGE, "name": "case.closed"})
    assert (answer.status_code, answer.json["error"]) == (403, "NotYours")


@pytest.mark.parametrize("token", ["", "wrong", "x" * 5000, "令牌", "a b"])
def test_without_a_token_nothing_happens(api, token):
    """Every wrong token is the same 401."""
    headers = {"Authorization": f"Bearer {token}".encode().decode("latin-1")}
    answer = api("messages", MESSAGE, headers["Authorization"][7:])
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")


def test_a_new_token_ends_the_old_one(city, api):
    """Enrolling again changes the lock."""
    with city.engine.begin(SYSTEM) as work:
        fresh = exchange.enrol(work, "mz", ["permit.issued"])
    assert api("messages", MESSAGE).status_code == 401
    assert api("messages", MESSAGE, fresh).status_code == 200


def test_guessing_tokens_is_slowed_down(api):
    """After thirty wrong ones from one address there is a pause."""
    assert [api("messages", MESSAGE, "wrong").status_code for _ in range(31)][-1] == 429


HOSTILE = {
    "nothing": b"",
    "no JSON": b"{",
    "a list": b"[]",
    "a number": b"1e999999999",
    "deep": b'{"a":' * 10_000,
    "deep and closed": b'{"a":' * 500 + b"1" + b"}" * 500,
    "not UTF-8": b"\xff\xfe",
    "NaN": b'{"name": NaN}',
    "surrogate": b'{"name": "permit.issued", "key": "\\ud800", "id": "m"}',
    "NUL": b'{"name": "permit.issued", "key": "k", "id": "m", "payload": {"a": "\\u0000"}}',
    "surrogate inside": b'{"name": "permit.issued", "key": "k", "id": "m", "payload": {"a": "\\udfff"}}',
    "payload is a list": b'{"name": "permit.issued", "key": "k", "id": "m", "payload": []}',
    "key is a number": b'{"name": "permit.issued", "key": 1, "id": "m"}',
    "keep is nonsense": b'{"name": "permit.issued", "key": "k", "id": "m", "keep": "for ever"}',
    "keep is null twice": b'{"name": "permit.issued", "key": "k", "id": "m", "keep": 5}',
    "huge number": b'{"name": "permit.issued", "key": "k", "id": "m", "payload": {"a": 1e99999999999999999999}}',
    "long key": b'{"name": "permit.issued", "key": "' + b"k" * 300 + b'", "id": "m"}',
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_hostile_input_is_the_senders_error(body, database, request, tmp_path, clock):
    """Whatever is sent, the answer is a 4xx in JSON, on both databases."""
    database_url = request.getfixturevalue(f"{database}_url")
    from engine.app import Engine

    engine = Engine(store.connect(database_url), clock, "test")
    with engine.begin(SYSTEM) as work:
        token = exchange.enrol(work, "mz", ["permit.issued"])
    client = app_for(engine, tmp_path).test_client()
    for path in ("messages", "callbacks/x"):
        answer = client.post(f"/api/v1/{path}", data=body, headers={"Authorization": f"Bearer {token}"})
        assert 400 <= answer.status_code < 500, answer.get_data()
        assert answer.is_json
    engine.database.dispose()


def test_a_body_that_is_too_large_is_refused(api):
    """Three megabytes are not read."""
    answer = api("messages", b" " * 3_000_000)
    assert (answer.status_code, answer.is_json) == (413, True)


def test_hostile_answers_to_a_question(city, api):
    """A callback that holds nonsense is an incident of the job, not an error of ours."""
    job = asked(city)
    assert api(f"callbacks/{job}", {"kind": "ok", "data": {"marital_status": {"a": []}}}).json == {"counted": True}
    assert asking.states(city.engine) == ["failed"]

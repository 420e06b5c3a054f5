"""Questions over real sockets: each kind of answer means what domain.md 2.0.3 says, and every call is in the log."""

from datetime import timedelta

import pytest

from engine import exchange, repairs, store
from engine.errors import NotFound
from engine.exchange import http
from engine.exchange.breaker import Breaker
from engine.jobs import Answer, Errand, Failure
from engine.words import JobKind
from engine.work import SYSTEM
from tests import asking, story

TYPE = asking.TYPE
HEADERS = {**asking.HEADERS}
LI = {"name": story.GROOM["name"], "id_number": story.GROOM["id_number"], "marital_status": "single"}


def errand(headers=HEADERS, **question):
    """A claimed job that asks about the groom."""
    return Errand("j1", 1, JobKind.SERVICE, TYPE, "ask", headers, {**LI, **question}, "c1", "330802X")


def check(office, case_id):
    """What the case knows of the answer."""
    with office.engine.look(SYSTEM) as work:
        return work.session.get_one(store.Case, case_id).facts["marriage"].get("check")


@pytest.mark.parametrize(
    ("question", "kind", "status"),
    [
        ({}, "ok", "single"),
        ({"name": "别人"}, "mismatch", None),
        ({"marital_status": "divorced"}, "mismatch", "single"),
        ({"id_number": "110101199003077758"}, "not_found", None),
    ],
)
def test_an_answer_is_of_one_kind(network, question, kind, status):
    """Confirmed, different from the register, or not in it; only the wanted field comes along."""
    asked = network.ask(errand(**question))
    assert isinstance(asked.reply, Answer)
    found = asked.reply.result["check"]
    assert (found["kind"], found["marital_status"], asked.outcome) == (kind, status, kind)
    assert set(found) == {"kind", "as_of", "marital_status"}


@pytest.mark.parametrize(
    ("fault", "again", "outcome"),
    [
        ("down", True, "unavailable"),
        ("away", True, "unavailable"),
        ("cut", True, "unavailable"),
        ("denied", False, "denied"),
        ("garbage", False, "unavailable"),
        ("huge", False, "unavailable"),
        ("moved", False, "unavailable"),
    ],
)
def test_a_fault_is_unavailable_or_an_incident(network, peer, fault, again, outcome):
    """Away is tried again and has an answer of last resort; denied or unintelligible is for a person at once."""
    peer.faults = {TYPE: {"fault": fault}}
    asked = network.ask(errand())
    assert isinstance(asked.reply, Failure)
    assert (asked.reply.again, asked.outcome) == (again, outcome)
    last = {"check": {"kind": "unavailable", "as_of": None, "marital_status": None}}
    assert asked.reply.last == (last if again else None)
    assert LI["name"] not in asked.reply.zh + asked.reply.en + asked.detail


@pytest.mark.parametrize("fault", ["slow", "drip"])
def test_a_slow_department_does_not_hold_us(peer, fault):
    """After its timeout a call is over, also when a byte comes every second."""
    office = exchange.Office(TYPE, f"{peer.address}/{TYPE}", 1.0, None, {"Sandbox-Fault": fault})
    asked = exchange.Exchange({TYPE: office}).ask(errand())
    assert asked.outcome == "unavailable"
    assert asked.took < 5000


def test_nobody_there_is_unavailable(peer):
    """A port nobody listens on is an answer of the same kind."""
    office = exchange.Office(TYPE, "http://127.0.0.1:9/x", 1.0, None, {})
    assert exchange.Exchange({TYPE: office}).ask(errand()).outcome == "unavailable"


def test_after_five_failures_a_department_is_left_alone(network, peer):
    """The sixth question does not go out, and people can see which connector is held back."""
    peer.faults = {TYPE: {"fault": "down"}}
    for _ in range(6):
        assert network.ask(errand()).outcome == "unavailable"
    assert len(peer.asked) == 5
    assert network.held_back() == (TYPE,)


def test_a_breaker_lets_one_try_after_its_rest():
    """After half a minute one call may go; if it is answered all may, if not none for another half minute."""
    now = [0.0]
    breaker = Breaker(lambda: now[0])
    for _ in range(5):
        breaker.heard(answered=False)
    assert (breaker.allows(), breaker.open) == (False, True)
    now[0] = 31.0
    assert [breaker.allows(), breaker.allows()] == [True, False]
    breaker.heard(answered=True)
    assert [breaker.allows(), breaker.open] == [True, False]


def test_the_question_says_why_and_by_which_law(network, peer, monkeypatch):
    """Purpose, basis, case and the same key for every try go along."""
    sent = []
    real = http.post
    monkeypatch.setattr("engine.exchange.ask.post", lambda *args: sent.append(args) or real(*args))
    network.ask(errand())
    [(_pool, _office, body, headers)] = sent
    assert (body["purpose"], body["basis"], body["case"]) == ("结婚登记审查", "《婚姻登记条例》", "330802X")
    assert body["question"] == LI
    assert headers == {"Idempotency-Key": "j1"}


def test_a_whole_question_in_a_case(office, perform, peer):
    """The case goes on with the answer; the log names who was asked, why and how it went, masked."""
    case_id = story.accepted(office.engine, office.actor("wangfang"))
    assert perform() == 1
    assert check(office, case_id)["kind"] == "ok"
    with office.engine.begin(office.actor("zhangwei")) as work:
        [call] = exchange.calls(work, case_id)
    assert (call.connector, call.purpose, call.basis) == (TYPE, "结婚登记审查", "《婚姻登记条例》")
    assert call.asked == {"name": "李*", "id_number": "330802********9976", "marital_status": "s*"}
    assert (call.outcome, call.attempt) == ("ok", 1)
    with pytest.raises(NotFound), office.engine.begin(office.actor("hutao")) as work:
        exchange.calls(work, case_id)


def test_unavailable_falls_back_and_is_asked_again_later(city, perform, peer, clock):
    """After the last try the case goes on without; an hour later the same question is answered, and that counts."""
    asking.publish(city.engine, asking.first(asking.ask(retries="2", recheck="PT1H")))
    case_id = story.accepted(city.engine, city.actor("wangfang"))
    peer.faults = {TYPE: {"fault": "down", "times": 3}}
    perform()
    clock.forward(minutes=1)
    perform()
    assert check(city, case_id)["kind"] == "unavailable"
    assert "review_marriage" in story.waiting(city.engine, city.actor("zhangwei"))
    assert perform() == 0
    clock.forward(hours=1)
    assert perform() == 1  # still down
    assert check(city, case_id)["kind"] == "unavailable"
    clock.forward(hours=1)
    assert perform() == 1
    assert check(city, case_id)["kind"] == "ok"
    clock.forward(hours=9)
    assert perform() == 0
    with city.engine.begin(city.actor("zhangwei")) as work:
        assert [c.outcome for c in exchange.calls(work, case_id)] == ["unavailable"] * 3 + ["ok"]
    assert len({asked["key"] for asked in peer.asked[:2]}) == 1, "every try has the same key"


def test_a_recheck_ends_with_the_case(city, perform, peer, clock):
    """When the case is over nobody asks any more."""
    asking.publish(city.engine, asking.first(asking.ask(retries="1", recheck="PT1H")))
    story.accepted(city.engine, city.actor("wangfang"))
    peer.faults = {TYPE: {"fault": "down"}}
    perform()
    refusal = {"decision": "refused", "reason": "x", "legal_basis": "y"}
    story.decide(city.engine, city.actor("zhangwei"), "review_marriage", **refusal)
    clock.forward(hours=1)
    assert perform() == 0
    assert sorted(asking.states(city.engine)) == ["cancelled", "done"]


def test_denied_is_an_incident(office, perform, peer):
    """Nobody goes on without a right to ask; the supervisor sees it."""
    peer.faults = {TYPE: {"fault": "denied"}}
    story.accepted(office.engine, office.actor("wangfang"))
    perform()
    with office.engine.look(office.actor("sunhui")) as work:
        [line] = repairs.incidents(work).lines
    assert "拒绝" in line.zh


def test_only_what_was_agreed_is_kept():
    """Nested, endless or unprintable values are no answer."""
    from engine.exchange.ask import understood

    for value in ({"a": 1}, ["x"], "x" * 2001, "\x00", "\u202e"):
        reply, _, _ = understood(errand(), {"kind": "ok", "data": {"marital_status": value}})
        assert isinstance(reply, Failure), value
    reply, _, _ = understood(errand(), {"kind": "ok", "data": {"marital_status": "single", "religion": "x"}})
    assert reply.result["check"] == {"kind": "ok", "as_of": None, "marital_status": "single"}


def test_a_callback_is_waited_for(office, network, peer, clock):
    """202 means later; without a call back in time the question is asked again."""
    office_ = exchange.Office(TYPE, f"{peer.address}/{TYPE}", 5.0, timedelta(hours=2), {})
    peer.faults = {TYPE: {"fault": "later", "callback": "http://127.0.0.1:9", "token": "x", "seconds": 60}}
    asked = exchange.Exchange({TYPE: office_}).ask(errand())
    assert asked.outcome == "later"
    assert isinstance(network.ask(errand()).reply, Failure), "202 is no answer where no callback was agreed"

"""Messages and signals between cases and from outside: by key, kept when early, delivered once. On both databases."""

import re
import threading
from datetime import timedelta

import pytest

from engine import jobs, messages, store, worker
from engine.errors import KeyReused, MessageInvalid
from engine.words import CaseState, JobState
from engine.work import SYSTEM, Actor
from engine.worker.sweeps import tidy
from tests import asking, story

CLIENT = Actor("client:ga", "公安")
DEFINITIONS = """<bpmn:message id="m_permit" name="permit.issued"><bpmn:extensionElements>
<zeebe:subscription correlationKey="=groom.id_number"/></bpmn:extensionElements></bpmn:message>
<bpmn:signal id="sig" name="closed.early"/>"""
CATCH = """<bpmn:intermediateCatchEvent id="wait" name="等待"><bpmn:extensionElements>
{mapping}<zeebe:properties><zeebe:property name="item" value="marriage"/></zeebe:properties></bpmn:extensionElements>
<bpmn:{kind}EventDefinition {ref}/></bpmn:intermediateCatchEvent>"""
MAPPING = '<zeebe:ioMapping><zeebe:output source="=number" target="permit"/></zeebe:ioMapping>'
KEY = story.GROOM["id_number"]
FIRST = "review_marriage"


@pytest.fixture
def url(database_url):
    """Each database in turn."""
    return database_url


def pack(element, extra=""):
    """The family pack that first waits, with the definitions of what it waits for."""
    files = asking.first(element, "wait", extra)
    drawing = files[asking.DRAWING].replace("<bpmn:collaboration", DEFINITIONS + "<bpmn:collaboration", 1)
    return {**files, asking.DRAWING: drawing}


@pytest.fixture
def office(city):
    """A family pack whose cases wait for a message first."""
    element = CATCH.format(mapping=MAPPING, kind="message", ref='messageRef="m_permit"')
    asking.publish(city.engine, pack(element))
    return city


def accepted(office):
    """One more case of the same couple."""
    return story.accepted(office.engine, office.actor("wangfang"))


def send(office, name="m1", key=KEY, number="A1", **more):
    """A client sends a message."""
    with office.engine.begin(CLIENT) as work:
        return messages.receive(work, "permit.issued", key, {"number": number, "marriage": "forged"}, name, **more)


def facts(office, case_id):
    """What the case knows."""
    with office.engine.look(SYSTEM) as work:
        return work.session.get_one(store.Case, case_id).facts


def rows(office, kind):
    """All rows of a kind as dicts."""
    with office.engine.look(SYSTEM) as work:
        return [{c.name: getattr(r, c.name) for c in kind.__table__.columns} for r in work.session.query(kind)]


def test_a_message_reaches_the_case_that_waits(office):
    """By name and key; only what the event maps is written, and the payload is not kept."""
    case_id = accepted(office)
    assert [(r["name"], r["key"], r["case_id"]) for r in rows(office, store.Awaited)] == [
        ("permit.issued", KEY, case_id)
    ]
    assert send(office, key="somebody else") == messages.Received(delivered=False)
    assert send(office, "m2") == messages.Received(delivered=True)
    known = facts(office, case_id)
    assert known["permit"] == "A1"
    assert known["marriage"] == {"applies": True}
    assert FIRST in story.waiting(office.engine, office.actor("zhangwei"))
    assert rows(office, store.Awaited) == []
    delivered = next(r for r in rows(office, store.Message) if r["id"] == "m2")
    assert (delivered["case_id"], delivered["payload"]) == (case_id, {})


def test_the_same_message_again_changes_nothing(office, clock):
    """A repeated request is told what came of the first one; other content under the same id is refused."""
    first = accepted(office)
    clock.forward(minutes=1)
    second = accepted(office)
    assert send(office).delivered
    assert send(office) == messages.Received(delivered=True, again=True)
    with pytest.raises(KeyReused):
        send(office, number="A2")
    assert [facts(office, c).get("permit") for c in (first, second)] == ["A1", None]


def test_the_oldest_event_has_it_alone(office, clock):
    """Of two cases that wait for the same key the one that waited longer gets it; the next message is for the other."""
    first = accepted(office)
    clock.forward(minutes=1)
    second = accepted(office)
    send(office, "m1", number="A1")
    send(office, "m2", number="A2")
    assert [facts(office, c)["permit"] for c in (first, second)] == ["A1", "A2"]


def test_an_early_message_is_kept(office, clock):
    """It waits for its case, which gets it as soon as it waits, once; the first of two comes first."""
    assert not send(office, "m1", number="A1").delivered
    clock.forward(seconds=1)
    assert not send(office, "m2", number="A2").delivered
    case_id = accepted(office)
    assert worker.carry(office.engine) == 2
    assert worker.carry(office.engine) == 0
    assert facts(office, case_id)["permit"] == "A1"


def test_a_message_expires(office, clock):
    """After its time it is for nobody."""
    send(office, keep=timedelta(hours=1))
    clock.forward(hours=1)
    accepted(office)
    assert worker.carry(office.engine) == 0


def test_a_hundred_copies_at_once_are_one(office):
    """Threads that send the same message together all get an answer; the case moves once."""
    case_id = accepted(office)
    told, together = [], threading.Barrier(8)

    def copy():
        together.wait()
        told.append(send(office))

    threads = [threading.Thread(target=copy) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(r.again for r in told) == [False] + [True] * 7
    with office.engine.look(SYSTEM) as work:
        moved = work.session.query(store.Entry).filter_by(case_id=case_id, kind="message:delivered").count()
    assert moved == 1


@pytest.mark.parametrize(
    ("name", "key", "payload", "message_id"),
    [
        ("", "k", {}, "m"),
        ("n", "", {}, "m"),
        ("n", "k", {}, ""),
        ("n" * 201, "k", {}, "m"),
        ("n", "k\x00", {}, "m"),
        ("n", "k", {"a": "\ud800"}, "m"),
        ("n", "k", {"a": "\x00"}, "m"),
        ("n", "k", {"a": float("nan")}, "m"),
        ("n", "k", {"a": "x" * 100_001}, "m"),
    ],
)
def test_what_cannot_be_kept_is_refused(office, name, key, payload, message_id):
    """Nothing a stranger sends is an error of ours."""
    with pytest.raises(MessageInvalid), office.engine.begin(CLIENT) as work:
        messages.receive(work, name, key, payload, message_id)


def test_a_message_the_case_cannot_take_is_an_incident_once(city):
    """The case says what stopped it, the message is kept, and the sweep does not knock every second."""
    wrong = MAPPING.replace("=number", "=missing_name")
    files = pack(CATCH.format(mapping=wrong, kind="message", ref='messageRef="m_permit"'))
    asking.publish_unlinted(city.engine, files)
    case_id = accepted(city)
    assert not send(city).delivered
    with city.engine.look(SYSTEM) as work:
        assert work.session.get_one(store.Case, case_id).state == CaseState.INCIDENT
    assert worker.carry(city.engine) == 0


def test_a_signal_reaches_the_other_cases(city):
    """A case that throws a signal wakes every case that waits for it, each once and in its own transaction."""
    waits = CATCH.format(mapping="", kind="signal", ref='signalRef="sig"')
    asking.publish(city.engine, pack(waits))
    waiting = [accepted(city) for _ in range(2)]
    thrown = '<bpmn:signalEventDefinition signalRef="sig"/>'
    throw = f'<bpmn:intermediateThrowEvent id="wait" name="等待">{thrown}</bpmn:intermediateThrowEvent>'
    asking.publish(city.engine, pack(throw))
    accepted(city)
    assert sorted(r["case_id"] for r in rows(city, store.Job)) == sorted(waiting)
    accepted(city)  # the same two are told once more; by then they wait no longer, and it means nothing
    with city.engine.begin(SYSTEM) as work:
        errands = jobs.claim(work, "me", limit=10)
    for errand in errands:
        worker.perform(city.engine, errand, worker.nobody)
    assert asking.states(city.engine) == [JobState.DONE] * 4
    assert rows(city, store.Awaited) == []
    for case_id in waiting:
        with city.engine.look(SYSTEM) as work:
            caught = work.session.query(store.Entry).filter_by(case_id=case_id, kind="signal:caught").count()
        assert caught == 1


def test_a_key_no_message_can_have_is_an_incident(office):
    """A correlation key longer than the store keeps stops the start with a sentence, not with an error of ours."""
    from engine.errors import NotStarted

    element = CATCH.format(mapping=MAPPING, kind="message", ref='messageRef="m_permit"')
    files = pack(element)
    long = files[asking.DRAWING].replace(
        'correlationKey="=groom.id_number"', f'correlationKey="=&quot;{"k" * 201}&quot;"'
    )
    asking.publish(office.engine, {**files, asking.DRAWING: long})
    with pytest.raises(NotStarted, match="200"):
        accepted(office)


def test_what_expired_is_deleted(office, clock):
    """Nobody came for it: it holds personal data no longer. What was delivered is known for a month, then forgotten."""
    accepted(office)
    assert send(office, "m1", keep=timedelta(hours=1)).delivered
    send(office, "m2", keep=timedelta(hours=1))
    clock.forward(hours=1)
    assert tidy(office.engine) == 1
    assert send(office, "m1", keep=timedelta(hours=1)).again, "the same message again is still known"
    clock.forward(days=30)
    assert tidy(office.engine) == 1
    assert rows(office, store.Message) == []


THROW = """<bpmn:intermediateThrowEvent id="wait" name="等待"><bpmn:extensionElements>
<zeebe:ioMapping><zeebe:input source="=&quot;A7&quot;" target="number"/></zeebe:ioMapping></bpmn:extensionElements>
<bpmn:messageEventDefinition messageRef="m_permit"/></bpmn:intermediateThrowEvent>"""


def throwing(city):
    """From now on cases throw the message at once."""
    asking.publish(city.engine, pack(THROW))


def waiting(city):
    """From now on cases wait for it first."""
    asking.publish(city.engine, pack(CATCH.format(mapping=MAPPING, kind="message", ref='messageRef="m_permit"')))


@pytest.mark.parametrize("early", [False, True])
def test_a_case_sends_a_message_to_another(city, early):
    """Thrown before or after the other waits, it is kept and carried once; payload as mapped, sender the case."""
    first, second = (throwing, waiting) if early else (waiting, throwing)
    ids = {}
    for publish in (first, second):
        publish(city)
        ids[publish] = accepted(city)
    assert [worker.carry(city.engine), worker.carry(city.engine)] == [1, 0]
    assert facts(city, ids[waiting])["permit"] == "A7"
    assert "permit" not in facts(city, ids[throwing])
    [message] = rows(city, store.Message)
    assert (message["sender"], message["case_id"]) == (ids[throwing], ids[waiting])
    assert FIRST in story.waiting(city.engine, city.actor("zhangwei"))


def test_two_messages_of_cases_are_two(city, clock):
    """Two cases throw, two wait: each gets one."""
    waiting(city)
    waits = [accepted(city) for _ in range(2)]
    throwing(city)
    for _ in range(2):
        clock.forward(seconds=1)
        accepted(city)
    assert worker.carry(city.engine) == 2
    assert [facts(city, case_id)["permit"] for case_id in waits] == ["A7", "A7"]


def test_a_case_does_not_hear_itself(city):
    """A message it throws goes to another participant; its own event goes on waiting."""
    after = CATCH.format(mapping=MAPPING, kind="message", ref='messageRef="m_permit"').replace('"wait"', '"later"')
    both = after + '<bpmn:sequenceFlow id="f_own" sourceRef="wait" targetRef="later"/>'
    files = pack(THROW, both)
    drawing = files[asking.DRAWING]
    onward = next(
        m for m in re.findall(r"<bpmn:sequenceFlow [^>]*>", drawing) if 'sourceRef="wait"' in m and "f_own" not in m
    )
    drawing = drawing.replace(onward, onward.replace('sourceRef="wait"', 'sourceRef="later"'))
    asking.publish(city.engine, {**files, asking.DRAWING: drawing})
    case_id = accepted(city)
    assert worker.carry(city.engine) == 0
    assert [row["case_id"] for row in rows(city, store.Awaited)] == [case_id]


def test_a_thrown_message_without_a_key_is_an_incident(city):
    """Nobody could ever receive it: refused with a sentence, never lost."""
    from engine.errors import NotStarted

    files = pack(THROW)
    drawing = files[asking.DRAWING].replace('<zeebe:subscription correlationKey="=groom.id_number"/>', "")
    asking.publish_unlinted(city.engine, {**files, asking.DRAWING: drawing})
    with pytest.raises(NotStarted, match="key"):
        accepted(city)
    assert rows(city, store.Message) == []

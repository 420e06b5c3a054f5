"""Which blocks a page may ask by itself: complete ones with the consent, once for what they hold."""

import pytest
from sqlalchemy import select

from engine import drafts, exchange, prefill, sandbox
from engine.store import Call, Draft
from tests import story

TYPED = {"groom.name": "李志远", "groom.id_number": "330802198801039976", "declaration.sharing": "true"}
NEEDED = {"groom.name", "groom.id_number"}


@pytest.fixture
def peer():
    """The invented departments."""
    with sandbox.Sandbox() as running:
        yield running


@pytest.fixture
def desk(engine, city, peer):
    """The clerk at a fresh draft of the family."""
    story.publish_family(engine)
    return Desk(engine, story.person(engine, "wangfang"), exchange.Exchange(sandbox.offices(peer.address)))


class Desk:
    """Types, asks in the background, and takes the answers in."""

    def __init__(self, engine, clerk, connectors):
        self.engine, self.clerk, self.connectors = engine, clerk, connectors
        self.draft = story.situated(engine, clerk)

    def due(self, **changes):
        """What is due after this was typed."""
        typed = TYPED | {key.replace("__", "."): value for key, value in changes.items()}
        with self.engine.begin(self.clerk) as work:
            drafts.save(work, self.draft, typed, {}, page="p", revision=-1)
        return self.now_due()

    def now_due(self):
        """What is due as the draft is."""
        with self.engine.look(self.clerk) as work:
            return prefill.due(drafts.view(work, self.draft))

    def hear(self, *, again=False):
        """Ask the groom's block; what came of it, not yet taken in."""
        with self.engine.look(self.clerk) as work:
            questions = prefill.questions(work, self.draft, "groom", again=again)
        return prefill.ask(self.connectors, questions)

    def take(self, heard):
        """Take the answers in."""
        with self.engine.begin(self.clerk) as work:
            prefill.note(work, self.draft, heard)
            prefill.take(work, self.draft, heard, page="p", revision=-1)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("declaration__sharing", ""),
        ("groom__name", ""),
        ("groom__id_number", "33080219880103997"),
        ("groom__id_number", "330802198801039977"),
    ],
)
def test_an_incomplete_block_is_not_due(desk, key, value):
    """No consent, no name, half a number, or one whose check digit is wrong: nobody is asked."""
    assert desk.due(**{key: value}) == {}


def test_a_complete_block_is_due_once(desk):
    """With name, number and consent; after the answers no more, until another number is typed."""
    assert desk.due() == {"groom": NEEDED}
    desk.take(desk.hear())
    assert desk.now_due() == {}
    assert desk.hear() == ()
    assert len(desk.hear(again=True)) == 2
    assert desk.due(groom__id_number="330802199001019971") == {"groom": NEEDED}


def test_nobody_answering_is_an_answer(desk, peer):
    """What is unavailable is not asked again by itself."""
    peer.faults = {"ga.identity": {"fault": "away"}, "mz.record": {"fault": "down"}}
    desk.due()
    desk.take(desk.hear())
    assert desk.now_due() == {}


def test_what_came_of_another_number_is_not_shown(desk):
    """As its answers count no more, neither does the sentence about it."""
    desk.due()
    desk.take(desk.hear())
    desk.due(groom__id_number="330802199001019971")
    with desk.engine.look(desk.clerk) as work:
        assert drafts.view(work, desk.draft).heard["groom"] == ()


def test_only_what_is_new_is_asked_and_the_rest_is_kept(desk):
    """One of the questions was answered already: the other is asked alone, and both outcomes are there."""
    desk.due()
    police, register = desk.hear()
    desk.take([police])
    assert desk.now_due() == {"groom": NEEDED}
    assert [question.connector.type for question, _ in desk.hear()] == ["mz.record"]
    desk.take([register])
    with desk.engine.look(desk.clerk) as work:
        assert [each.connector for each in drafts.view(work, desk.draft).heard["groom"]] == ["ga.identity", "mz.record"]


def test_an_answer_after_the_acceptance_is_logged_with_the_case(engine, desk):
    """Accepting does not wait for it: nothing of the case changes, and the log has the question under the case."""
    desk.due()
    heard = desk.hear()
    case = story.accepted(engine, desk.clerk)
    with engine.begin(desk.clerk) as work:
        work.session.get(Draft, desk.draft).case_id = case
    desk.take(heard)
    assert desk.now_due() == {}
    with engine.look(desk.clerk) as work:
        found = work.session.scalars(select(Call).where(Call.draft_id == desk.draft)).all()
        assert {call.case_id for call in found} == {case}
        assert len(found) == 2

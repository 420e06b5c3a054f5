"""How long a sign-in lasts and what ends it."""

import pytest
from sqlalchemy import delete, select

from engine import identity
from engine.demo import PASSWORD
from engine.store import Holding, SignIn, User
from engine.words import Post
from engine.work import PUBLIC


@pytest.fixture
def token(city) -> str:
    """Wang Fang has just signed in."""
    with city.engine.begin(PUBLIC) as work:
        return identity.admit(work, identity.candidate(work, "wangfang"), "")


def test_idle(city, clock, token: str) -> None:
    """Two hours without activity end a sign-in; activity in between keeps it."""
    clock.forward(hours=1, minutes=59)
    assert _request(city, token)
    clock.forward(hours=1, minutes=59)
    assert _request(city, token)
    clock.forward(hours=2)
    assert not _request(city, token)


def test_absolute(city, clock, token: str) -> None:
    """Twelve hours after signing in it ends, however busy the person was."""
    for _ in range(11):
        clock.forward(hours=1)
        assert _request(city, token)
    clock.forward(hours=1)
    assert not _request(city, token)


def test_seen_is_noted_once_a_minute(city, clock, token: str) -> None:
    """Activity is written at most once a minute, and never by a transaction that only reads."""
    signed_in = clock.now
    clock.forward(seconds=59)
    _request(city, token)
    assert _seen(city) == signed_in
    clock.forward(seconds=1)
    with city.engine.look(PUBLIC) as work:
        assert identity.actor_of(work, token)
        assert identity.stale(work, token)
    assert _seen(city) == signed_in
    _request(city, token)
    assert _seen(city) == clock.now
    with city.engine.look(PUBLIC) as work:
        assert not identity.stale(work, token)


def test_sign_out(city, token: str) -> None:
    """Signing out ends the sign-in at once; doing it again does no harm."""
    for _ in range(2):
        with city.engine.begin(PUBLIC) as work:
            identity.sign_out(work, token)
    assert not _request(city, token)


def test_stored_hash_is_no_token(city, token: str) -> None:
    """What the database keeps does not sign anybody in."""
    with city.engine.look(PUBLIC) as work:
        kept = work.session.scalars(select(SignIn.token)).one()
    assert not _request(city, kept)
    assert not _request(city, "")
    assert not _request(city, "\udc00")


def test_disabled_at_the_next_request(city, token: str) -> None:
    """Disabling an account ends its sign-ins."""
    with city.engine.begin(PUBLIC) as work:
        work.session.scalars(select(User).where(User.login == "wangfang")).one().disabled = True
    assert not _request(city, token)


def test_posts_are_those_of_today(city, token: str) -> None:
    """A post taken away is gone at the next request."""
    with city.engine.look(PUBLIC) as work:
        before = identity.actor_of(work, token)
    assert before is not None
    assert before.departments((Post.WINDOW,)) == {"zw-330802"}
    with city.engine.begin(PUBLIC) as work:
        work.session.execute(delete(Holding).where(Holding.user_id == before.id))
    with city.engine.look(PUBLIC) as work:
        after = identity.actor_of(work, token)
    assert after is not None
    assert after.appointments == frozenset()


def test_demo_password(city) -> None:
    """Every demo account opens with the published password."""
    with city.engine.look(PUBLIC) as work:
        assert identity.verify(identity.candidate(work, "pengbin"), PASSWORD)


def _request(city, token: str) -> bool:
    with city.engine.begin(PUBLIC) as work:
        return identity.actor_of(work, token) is not None


def _seen(city):
    with city.engine.look(PUBLIC) as work:
        return work.session.scalars(select(SignIn.seen)).one()

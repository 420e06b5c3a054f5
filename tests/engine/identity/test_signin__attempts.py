"""Signing in: who is let in, who is not, and how often one may try."""

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from engine import identity
from engine.app import Engine
from engine.demo import PASSWORD
from engine.errors import NotYours, SignInLocked, SignInRefused
from engine.store import SignIn, Throttle, User
from engine.work import PUBLIC

HERE = "203.0.113.7"


@pytest.fixture
def url(database_url: str) -> str:
    """Counting is one statement of each database's own, so these run on both."""
    return database_url


def test_right_password(city) -> None:
    """The right password gives a token, of which the database keeps only a hash, and the token names the person."""
    token = _sign_in(city.engine, "wangfang", PASSWORD)
    with city.engine.look(PUBLIC) as work:
        actor = identity.actor_of(work, token)
        kept = work.session.scalars(select(SignIn.token)).one()
    assert actor == city.actor("wangfang")
    assert kept != token
    assert len(token) >= 43


@pytest.mark.parametrize("login", ["wangfang", "nobody", "", "王芳", "wang\x00fang", "wang\udc00", "x" * 5000])
def test_wrong_password(city, login: str) -> None:
    """A wrong password and an unknown login, however strange, are refused in the same way."""
    with pytest.raises(SignInRefused):
        _sign_in(city.engine, login, "wrong\udc00")


def test_login_as_typed(city) -> None:
    """Capitals and spaces around a login do not matter, and do not give more tries either."""
    assert _sign_in(city.engine, " WangFang ", PASSWORD)
    for login in ("wangfang", "WANGFANG", " wangfang", "wangfanG", "wangfang "):
        with pytest.raises(SignInRefused):
            _sign_in(city.engine, login, "wrong")
    with pytest.raises(SignInLocked):
        _sign_in(city.engine, "wangfang", PASSWORD)


@pytest.mark.parametrize("login", ["wangfang", "nobody"])
def test_account_is_locked(city, clock, login: str) -> None:
    """After five wrong tries the account, existing or not, is locked for the rest of fifteen minutes, then opens."""
    _fail(city.engine, login, 5)
    clock.forward(minutes=5, seconds=1)
    with pytest.raises(SignInLocked) as locked:
        _sign_in(city.engine, login, PASSWORD, "198.51.100.1")
    assert locked.value.facts == {"minutes": 10}
    clock.forward(minutes=10)
    _fail(city.engine, login, 1)


def test_lock_holds_for_tries_under_way(city) -> None:
    """The right password does not get in when the lock closed while it was being checked."""
    with city.engine.look(PUBLIC) as work:
        early = identity.candidate(work, "wangfang", HERE)
    assert identity.verify(early, PASSWORD)
    _fail(city.engine, "wangfang", 5)
    with pytest.raises(SignInLocked), city.engine.begin(PUBLIC) as work:
        identity.admit(work, early, HERE)


def test_address_is_locked(city) -> None:
    """After a hundred wrong tries from one address nobody signs in from there, but from elsewhere they do."""
    for number in range(100):
        _fail(city.engine, f"guess{number}", 1)
    with pytest.raises(SignInLocked):
        _sign_in(city.engine, "wangfang", PASSWORD)
    assert _sign_in(city.engine, "wangfang", PASSWORD, "198.51.100.1")


def test_success_clears_the_account(city) -> None:
    """Four wrong tries and a right one, again and again, never lock the account."""
    for _ in range(3):
        _fail(city.engine, "wangfang", 4)
        assert _sign_in(city.engine, "wangfang", PASSWORD)


def test_administrator_unlocks(city) -> None:
    """An administrator ends a lock early; others may not."""
    _fail(city.engine, "wangfang", 5)
    with pytest.raises(NotYours), city.engine.begin(city.actor("zhangwei")) as work:
        identity.unlock(work, "wangfang")
    with city.engine.begin(city.actor("pengbin")) as work:
        identity.unlock(work, "wangfang")
    assert _sign_in(city.engine, "wangfang", PASSWORD)


def test_counters_name_nobody(city) -> None:
    """Neither the login nor the address can be read from what is counted."""
    _fail(city.engine, "wangfang", 1)
    with city.engine.look(PUBLIC) as work:
        keys = "".join(work.session.scalars(select(Throttle.key)))
    assert keys
    assert "wangfang" not in keys
    assert HERE not in keys


def test_disabled_account(city) -> None:
    """A disabled account is refused, also when it was disabled while the password was being checked."""
    with city.engine.look(PUBLIC) as work:
        early = identity.candidate(work, "wangfang", HERE)
    _change(city.engine, "wangfang", disabled=True)
    with pytest.raises(SignInRefused), city.engine.begin(PUBLIC) as work:
        identity.admit(work, early, HERE)
    with pytest.raises(SignInRefused):
        _sign_in(city.engine, "wangfang", PASSWORD)


def test_no_hash(city) -> None:
    """An account whose stored password is no hash cannot be signed in to."""
    _change(city.engine, "wangfang", password="!")
    with pytest.raises(SignInRefused):
        _sign_in(city.engine, "wangfang", "!")


def test_rehash(city) -> None:
    """A hash with older parameters is replaced when its owner signs in, and the password still works."""
    old = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash("secret")
    _change(city.engine, "wangfang", password=old)
    _sign_in(city.engine, "wangfang", "secret")
    with city.engine.look(PUBLIC) as work:
        new = work.session.scalars(select(User.password).where(User.login == "wangfang")).one()
    assert new.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert _sign_in(city.engine, "wangfang", "secret")


def test_old_counters_go(city, clock) -> None:
    """A day later a sign-in removes counters and sign-ins nobody needs."""
    _fail(city.engine, "nobody", 1)
    _sign_in(city.engine, "wangfang", PASSWORD)
    clock.forward(days=1, minutes=1)
    _sign_in(city.engine, "wangfang", PASSWORD)
    with city.engine.look(PUBLIC) as work:
        assert work.session.scalars(select(Throttle)).all() == []
        assert len(work.session.scalars(select(SignIn)).all()) == 1


def _sign_in(engine: Engine, login: str, password: str, address: str = HERE) -> str:
    with engine.look(PUBLIC) as work:
        candidate = identity.candidate(work, login, address)
    if not identity.verify(candidate, password):
        with engine.begin(PUBLIC) as work:
            identity.reject(work, login, address)
        raise SignInRefused
    candidate = identity.renewed(candidate, password)
    with engine.begin(PUBLIC) as work:
        return identity.admit(work, candidate, address)


def _fail(engine: Engine, login: str, times: int) -> None:
    for _ in range(times):
        with engine.begin(PUBLIC) as work:
            identity.reject(work, login, HERE)


def _change(engine: Engine, login: str, **values: object) -> None:
    with engine.begin(PUBLIC) as work:
        user = work.session.scalars(select(User).where(User.login == login)).one()
        for name, value in values.items():
            setattr(user, name, value)

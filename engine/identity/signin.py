"""Signing in: look the account up, check the password outside any transaction, record what came of it."""

from dataclasses import dataclass, field, replace
from hashlib import sha256
from secrets import token_urlsafe

from sqlalchemy import select

from engine.errors import NotYours, SignInLocked, SignInRefused
from engine.identity import passwords, sessions, throttles
from engine.identity.throttles import Limit
from engine.store import SignIn, User
from engine.words import Post
from engine.work import SYSTEM, Work

PER_ACCOUNT = Limit(tries=5, minutes=15)
PER_ADDRESS = Limit(tries=100, minutes=15)  # a whole service hall may share one address


@dataclass(frozen=True)
class Candidate:
    """Somebody who says they are `login`; `user_id` is empty when there is no such account or it is disabled.

    `stored` is the hash the account has, `renewed` what it is to have after a successful sign-in.
    """

    login: str
    user_id: str | None
    stored: str = field(repr=False)
    renewed: str = field(repr=False)


def candidate(work: Work, login: str, address: str = "") -> Candidate:
    """Look up who wants to sign in. `SignInLocked` when this account or address has tried too often."""
    login = _plain(login)
    _refuse_locked(work, login, address)
    # Text no login can hold is not looked up: PostgreSQL refuses a NUL with an error of its own.
    user = work.session.scalar(select(User).where(User.login == login)) if login.isprintable() else None
    if user is None or user.disabled:
        return Candidate(login, None, passwords.nobody(), passwords.nobody())
    return Candidate(login, user.id, user.password, user.password)


def verify(candidate: Candidate, password: str) -> bool:
    """Whether the password is right. Slow on purpose, so never call it inside a transaction that writes."""
    right = passwords.matches(candidate.stored, password)
    return right and candidate.user_id is not None


def renewed(candidate: Candidate, password: str) -> Candidate:
    """The candidate with a hash made with today's parameters, if theirs is older. The password must be verified."""
    if not passwords.outdated(candidate.stored):
        return candidate
    return replace(candidate, renewed=passwords.hash_password(password))


def admit(work: Work, candidate: Candidate, address: str) -> str:
    """Sign in a verified candidate; returns the token (256 random bits) for the cookie, of which only a hash is kept.

    `SignInLocked` even with the right password while the account or the address is locked; `SignInRefused` when the
    account was disabled or got another password in between.
    """
    _refuse_locked(work, candidate.login, address)
    user = work.session.get(User, candidate.user_id) if candidate.user_id else None
    if user is None or user.disabled or user.password != candidate.stored:
        raise SignInRefused
    user.password, user.signed_in_at = candidate.renewed, work.now
    throttles.clear(work, _account(candidate.login))
    throttles.forget_old(work)
    sessions.forget_ended(work)
    token = token_urlsafe(32)
    work.session.add(SignIn(token=sha256(token.encode()).hexdigest(), user_id=user.id, at=work.now, seen=work.now))
    work.session.flush()
    return token


def reject(work: Work, login: str, address: str) -> None:
    """Count a failed try. `SignInLocked` when it came while the account or the address was locked already.

    The caller raises `SignInRefused` after its transaction has committed; raised inside, it would take the count back.
    """
    login = _plain(login)
    _refuse_locked(work, login, address)
    throttles.add(work, _account(login), PER_ACCOUNT)
    if address:
        throttles.add(work, _address(address), PER_ADDRESS)


def unlock(work: Work, login: str) -> None:
    """End the lock of an account early; only an administrator may, or the command line (`lianban unlock`)."""
    if work.actor != SYSTEM and not work.actor.holds(Post.ADMIN):
        raise NotYours
    throttles.clear(work, _account(_plain(login)))


def _refuse_locked(work: Work, login: str, address: str) -> None:
    minutes = throttles.wait(work, _account(login), PER_ACCOUNT)
    if address:
        minutes = max(minutes, throttles.wait(work, _address(address), PER_ADDRESS))
    if minutes:
        raise SignInLocked(minutes=minutes)


def _plain(login: str) -> str:
    # What a hurried person types; logins are stored in lower case.
    return login.strip().lower()


def _account(login: str) -> str:
    return f"sign-in account {login}"


def _address(address: str) -> str:
    return f"sign-in address {address}"

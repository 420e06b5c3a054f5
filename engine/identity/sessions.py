"""Open sign-ins: from the token in the cookie to the person and their posts."""

from datetime import timedelta
from hashlib import sha256

from sqlalchemy import delete

from engine.identity.people import actor
from engine.store import SignIn, User
from engine.work import Actor, Work

# A shared counter computer must not stay signed in over lunch; nobody works longer than a long day without a break.
IDLE = timedelta(hours=2)
ABSOLUTE = timedelta(hours=12)
NOTED = timedelta(minutes=1)  # how exactly `seen` is kept; every request would write otherwise


def actor_of(work: Work, token: str) -> Actor | None:
    """Who holds this token, with the posts they hold today; None when it ended or the account was disabled.

    In a transaction that can write this counts as activity.
    """
    row = _open(work, token)
    user = work.session.get(User, row.user_id) if row else None
    if row is None or user is None or user.disabled:
        return None
    if _can_write(work) and work.now - row.seen >= NOTED:
        row.seen = work.now
    return actor(work, user)


def stale(work: Work, token: str) -> bool:
    """Whether activity is due to be noted: repeat `actor_of` in a transaction that can write, also for mere reading."""
    row = _open(work, token)
    return row is not None and work.now - row.seen >= NOTED


def sign_out(work: Work, token: str) -> None:
    """End this sign-in; unknown tokens are ignored."""
    work.session.execute(delete(SignIn).where(SignIn.token == _digest(token)))


def forget_ended(work: Work) -> None:
    """Remove sign-ins that are too old to be used."""
    work.session.execute(delete(SignIn).where(SignIn.at <= work.now - ABSOLUTE))


def _open(work: Work, token: str) -> SignIn | None:
    row = work.session.get(SignIn, _digest(token))
    if row is None or work.now - row.seen >= IDLE or work.now - row.at >= ABSOLUTE:
        return None
    return row


def _can_write(work: Work) -> bool:
    return not work.session.connection().get_execution_options().get("readonly")


def _digest(token: str) -> str:
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()

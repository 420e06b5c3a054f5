"""How often something may be tried: counters in windows of some minutes, one row a key.

Keys are stored as SHA-256. That keeps names and addresses out of what people see of the table; it is no protection
against somebody who guesses all addresses, so rows are removed a day after their window began.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from math import ceil

from sqlalchemy import case, delete, literal, select
from sqlalchemy.dialects import postgresql, sqlite

from engine.errors import TooManyTries
from engine.store import Throttle
from engine.store.columns import Moment
from engine.work import Work

KEPT = timedelta(days=1)  # must be longer than any window


@dataclass(frozen=True)
class Limit:
    """At most `tries` in a window of `minutes`, which begins with the first try."""

    tries: int
    minutes: int


def throttle(work: Work, key: str, limit: int, minutes: int) -> None:
    """Count one try under `key` (such as `progress:203.0.113.7`); `TooManyTries` when more than `limit` in `minutes`.

    Call it in a transaction of its own: a refusal later in the same one would take the count back.
    """
    rule = Limit(limit, minutes)
    count, since = _count(work, key, rule)
    if count > limit:
        raise TooManyTries(minutes=_rest(work, since, rule))


def add(work: Work, key: str, limit: Limit) -> None:
    """Count one try under `key`."""
    _count(work, key, limit)


def wait(work: Work, key: str, limit: Limit) -> int:
    """Minutes until `key` may try again, rounded up; 0 when it may now."""
    row = work.session.execute(select(Throttle.count, Throttle.since).where(Throttle.key == _digest(key))).first()
    if row is None:
        return 0
    count, since = row
    return _rest(work, since, limit) if count >= limit.tries else 0


def clear(work: Work, key: str) -> None:
    """Forget what was counted under `key`."""
    work.session.execute(delete(Throttle).where(Throttle.key == _digest(key)))


def forget_old(work: Work) -> None:
    """Remove counters nobody needs any more."""
    # Rows another transaction holds are left for the next time: waiting for them in no fixed order could deadlock.
    old = select(Throttle.key).where(Throttle.since < work.now - KEPT).with_for_update(skip_locked=True)
    keys = work.session.scalars(old).all()
    work.session.execute(delete(Throttle).where(Throttle.key.in_(keys)))


def _count(work: Work, key: str, limit: Limit) -> tuple[int, datetime]:
    # One statement, so that tries arriving together are counted one by one on every database.
    insert = postgresql.insert if work.session.get_bind().dialect.name == "postgresql" else sqlite.insert
    over = Throttle.since <= work.now - timedelta(minutes=limit.minutes)
    statement = (
        insert(Throttle)
        .values(key=_digest(key), since=work.now, count=1)
        .on_conflict_do_update(
            index_elements=[Throttle.key],
            set_={
                "count": case((over, 1), else_=Throttle.count + 1),
                "since": case((over, literal(work.now, Moment)), else_=Throttle.since),
            },
        )
        .returning(Throttle.count, Throttle.since)
    )
    count, since = work.session.execute(statement).one()
    return count, since


def _rest(work: Work, since: datetime, limit: Limit) -> int:
    left = since + timedelta(minutes=limit.minutes) - work.now
    return max(0, ceil(left / timedelta(minutes=1)))


def _digest(key: str) -> str:
    return sha256(key.encode("utf-8", "surrogatepass")).hexdigest()

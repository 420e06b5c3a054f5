"""A command is carried out once per key: the second click, the retried request, the reloaded page find its result.

Call `once` only after the row the command is about is locked: then two clicks cannot both be first.
"""

import hashlib
from typing import Any

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite

from engine.errors import KeyReused
from engine.store import Command
from engine.store.columns import dumps
from engine.work import Work

_ADD = {
    kind.dialect.name: kind.insert(Command.__table__).on_conflict_do_nothing().returning(Command.__table__.c.key)
    for kind in (sqlite, postgresql)
}


def once(work: Work, key: str, content: Any, result: str) -> str | None:
    """Remember that `key` is carried out with this result (an id the caller can show again), and return None.

    If it was carried out before, the result of then. Other content or actor → `KeyReused`. Without a key nothing is
    ever a repetition: two forms that lost theirs must not be taken for each other.
    """
    if not key:
        return None
    digest, who = _digest(content), work.actor.id
    # One statement: of two that arrive together, the second waits for the first and then finds it.
    row = {"key": key, "actor": who, "digest": digest, "result": result, "at": work.now}
    if work.session.scalar(_ADD[work.session.get_bind().dialect.name], row) is not None:
        return None
    known = work.session.get_one(Command, key, populate_existing=True)
    if (known.digest, known.actor) != (digest, who):
        raise KeyReused
    return known.result


def forget(work: Work, key: str) -> None:
    """The command was not carried out after all: `key` is free again."""
    work.session.execute(delete(Command).where(Command.key == key))


def _digest(content: Any) -> str:
    return hashlib.sha256(dumps(content).encode()).hexdigest()

"""A command is carried out once per key: the second click, the retried request, the reloaded page find its result.

Call `replayed` only after the row the command is about is locked: then two clicks cannot both be first.
"""

import hashlib
from typing import Any

from engine.errors import KeyReused
from engine.store import Command
from engine.store.columns import dumps
from engine.work import Work


def replayed(work: Work, key: str, content: Any) -> str | None:
    """The result of the command already carried out under `key`, or None. Other content or actor → `KeyReused`.

    Without a key nothing is ever a repetition: two forms that lost theirs must not be taken for each other.
    """
    command = work.session.get(Command, key) if key else None
    if command is None:
        return None
    if command.digest != _digest(content) or command.actor != work.actor.id:
        raise KeyReused
    return command.result


def done(work: Work, key: str, content: Any, result: str) -> None:
    """Remember that `key` was carried out with this result (an id the caller can show again); nothing without a key."""
    if not key:
        return
    work.session.add(Command(key=key, actor=work.actor.id, digest=_digest(content), result=result, at=work.now))


def _digest(content: Any) -> str:
    return hashlib.sha256(dumps(content).encode()).hexdigest()

"""Engines with one promise broken, each in a process of its own: the checker has to see every one of them."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event

from engine import commands, store
from engine.app import Engine


def forgets_keys(_engine: Engine, _answer: Callable[[], None]) -> None:
    """Nobody looks whether a command was carried out before."""
    once = commands.once

    def always(*said: Any) -> None:
        once(*said)

    commands.once = always


def answers_first(engine: Engine, answer: Callable[[], None]) -> None:
    """The client is told before the transaction commits."""

    def early(connection: Any) -> None:
        if not connection.get_execution_options().get("readonly"):
            answer()

    event.listen(engine.database, "commit", early)


def ignores_others(engine: Engine, patch: pytest.MonkeyPatch) -> None:
    """Rows are not locked, and their revision says nothing. For one process and its threads."""

    def unlocked(_connection: Any, _cursor: Any, statement: str, said: Any, *_: Any) -> tuple[str, Any]:
        return re.sub(r" FOR (NO KEY )?UPDATE( OF [\w\", ]+)?( SKIP LOCKED)?$", "", statement), said

    event.listen(engine.database, "before_cursor_execute", unlocked, retval=True)
    for kind in (store.Case, store.Task):
        patch.setattr(kind.__mapper__, "version_id_generator", lambda revision: revision or 1)


KINDS = {"forgets keys": forgets_keys, "answers first": answers_first}

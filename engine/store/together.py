"""Changing rows so that the database is asked as little as possible: what is the same is not written again."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from engine.store.rows import Row


def change(row: Row, **values: Any) -> None:
    """Let a row say this. What it says already is left alone: looking for changes costs more than comparing."""
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)


def together(session: Session, rows: Collection[Row], names: Collection[str]) -> None:
    """Let those that changed be written in all these columns: what changes the same columns is one statement."""
    states = ((row, inspect(row)) for row in rows)
    changed = [row for row, state in states if state.modified and state.persistent and session.is_modified(row)]
    for row in changed if len(changed) > 1 else ():
        for name in names:
            flag_modified(row, name)

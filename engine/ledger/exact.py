"""Columns byte by byte: what a damaged one holds may be no text, no moment and no number."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, LargeBinary, Row, Text, cast, func
from sqlalchemy.orm import InstrumentedAttribute

from engine.store.columns import Moment
from engine.work import Work

Columns = Iterable[InstrumentedAttribute[Any]]


def exact(work: Work, columns: Columns) -> list[ColumnElement[Any]]:
    """Expressions that give bytes on SQLite and text on PostgreSQL, which lets nothing in that is none."""
    sqlite = work.session.connection().dialect.name == "sqlite"
    return [(cast(column, LargeBinary) if sqlite else _text(column)).label(column.key) for column in columns]


def bytes_of(row: Row[Any]) -> list[bytes]:
    """What they gave; nothing where there is no row."""
    return [value if isinstance(value, bytes) else (value or "").encode() for value in row]


def _text(column: InstrumentedAttribute[Any]) -> ColumnElement[Any]:
    """A moment as `chain.written` writes it, which is as SQLite stores it. BC stays: no year must have a twin."""
    if isinstance(column.type, Moment):
        moment = func.to_char(func.timezone("UTC", column), "YYYY-MM-DD HH24:MI:SS.US BC")
        return func.replace(moment, " AD", "")
    return cast(column, Text)

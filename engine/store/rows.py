"""The base of all rows."""

from typing import Any
from uuid import uuid4

from sqlalchemy import MetaData, String
from sqlalchemy.orm import DeclarativeBase

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
ID = String(36)
WORD = String(32)


class Row(DeclarativeBase):
    """Columns, constraints, relationships; never behaviour."""

    metadata = MetaData(naming_convention=NAMES)


def new_id() -> str:
    """An opaque id that tells nothing about what it names."""
    return uuid4().hex


def enum_check(column: str, words: Any) -> str:
    """SQL for "this column holds one of these words"."""
    return f"{column} IN ({', '.join(repr(str(w.value)) for w in words)})"

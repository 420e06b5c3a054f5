"""Column types that keep what Python means on every database."""

from datetime import UTC, datetime
from typing import Any

import simplejson
from sqlalchemy import DateTime, Dialect, Text, TypeDecorator


class Moment(TypeDecorator[datetime]):
    """An aware moment, stored as UTC. SQLite forgets the zone; this puts it back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive moments: nobody can tell which hour they mean."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Document(TypeDecorator[Any]):
    """A JSON document whose numbers stay exact: `Decimal` in, `Decimal` or `int` out."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Write compact JSON; NaN and infinities are refused."""
        return None if value is None else dumps(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Read it back."""
        return None if value is None else loads(value)


def dumps(value: Any) -> str:
    """Exact, compact JSON text with sorted keys, so equal documents are equal texts."""
    return simplejson.dumps(
        value, use_decimal=True, allow_nan=False, ensure_ascii=False, separators=(",", ":"), sort_keys=True
    )


def loads(text: str | bytes) -> Any:
    """Read JSON; numbers with a point become `Decimal`."""
    return simplejson.loads(text, use_decimal=True)

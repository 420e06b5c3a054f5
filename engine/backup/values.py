"""A row as JSON and back: the same text whatever database it comes from or goes to."""

from base64 import b64decode, b64encode
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Date, DateTime, LargeBinary, Table


def written(value: Any) -> Any:
    """A value of a row as JSON. A moment without a zone is SQLite's way of saying UTC."""
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return b64encode(bytes(value)).decode()
    return value


def read(values: list[Any], columns: list[str], table: Table) -> dict[str, Any]:
    """The row a line of JSON holds, as its table wants it."""
    return {name: _value(value, table.columns[name].type) for name, value in zip(columns, values, strict=True)}


def _value(value: Any, kind: object) -> Any:
    if value is None:
        return None
    if isinstance(kind, DateTime):
        moment = datetime.fromisoformat(value)
        return moment if kind.timezone else moment.replace(tzinfo=None)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    return b64decode(value) if isinstance(kind, LargeBinary) else value

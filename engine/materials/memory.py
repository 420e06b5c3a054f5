"""A paper as a document and back, for whoever takes it away and may have to put it back."""

from datetime import datetime
from typing import Any

from engine.store import Material

_PLAIN = ("position", "code", "state", "note", "kind", "source", "trust", "holder", "origin", "recorded_by")
_MOMENTS = ("recorded_at", "due_at", "overdue_at", "expires_at")


def kept(row: Material) -> dict[str, Any]:
    """Everything known of the paper."""
    moments = {name: getattr(row, name) for name in _MOMENTS}
    return {name: getattr(row, name) for name in _PLAIN} | {n: m and m.isoformat() for n, m in moments.items()}


def again(said: dict[str, Any]) -> Material:
    """The paper as it was; what an earlier program did not keep is not known."""
    moments = {name: datetime.fromisoformat(said[name]) for name in _MOMENTS if said.get(name)}
    return Material(**{name: said[name] for name in _PLAIN if name in said}, **moments)

"""What another system sent, as a document: checked before anything looks into it."""

from collections.abc import Collection, Mapping
from typing import Any

from engine.cases import KEPT
from engine.errors import MessageInvalid, NotYours
from engine.messages.receive import Received, receive
from engine.runtime import tries
from engine.store.columns import loads
from engine.work import Work

DEEPEST = 20  # levels of objects and lists


def document(content: bytes) -> dict[str, Any]:
    """The JSON object in a body. `MessageInvalid` for anything else, however it was made."""
    try:
        found = loads(content.decode("utf-8"))
    except (ValueError, ArithmeticError, RecursionError) as wrong:
        raise MessageInvalid(field="body") from wrong
    if not isinstance(found, dict) or _deep(found, DEEPEST):
        raise MessageInvalid(field="body")
    return found


def accept(work: Work, may: Collection[str], sent: Mapping[str, Any]) -> Received:
    """Take a message as a document: `name`, `key`, `id`, `payload`, `keep`. `NotYours` for a name not in `may`."""
    name, key, message_id = (_text(sent, field) for field in ("name", "key", "id"))
    payload, keep = sent.get("payload", {}), sent.get("keep")
    span = tries.span(keep) if isinstance(keep, str) else KEPT
    if not isinstance(payload, dict):
        raise MessageInvalid(field="payload")
    if span is None or (keep is not None and not isinstance(keep, str)):
        raise MessageInvalid(field="keep")
    if name not in may:
        raise NotYours
    return receive(work, name, key, payload, message_id, keep=span)


def _text(sent: Mapping[str, Any], field: str) -> str:
    value = sent.get(field)
    if isinstance(value, str):
        return value
    raise MessageInvalid(field=field)


def _deep(value: Any, left: int) -> bool:
    if not isinstance(value, dict | list):
        return False
    inside = value.values() if isinstance(value, dict) else value
    return left == 0 or any(_deep(each, left - 1) for each in inside)

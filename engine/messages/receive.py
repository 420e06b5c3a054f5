"""A message arrives. The same one again finds what came of it; a name and a key say for which event it is meant."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, delete, or_
from sqlalchemy.dialects import postgresql, sqlite

from engine.cases import KEPT
from engine.errors import KeyReused, MessageInvalid
from engine.messages.deliver import deliver
from engine.store import Message
from engine.store.columns import dumps
from engine.work import Work

LONGEST = {"name": 200, "key": 200, "id": 80}
LARGEST = 100_000  # characters of payload


@dataclass(frozen=True)
class Received:
    """What became of it: `delivered`, or kept. `again`: it had arrived before, and this is what came of it then."""

    delivered: bool
    again: bool = False


def receive(
    work: Work, name: str, key: str, payload: Mapping[str, Any], message_id: str, *, keep: timedelta = KEPT
) -> Received:
    """Take a message of this actor, once per `message_id`. `MessageInvalid`; `KeyReused` for the id with other content.

    Only what the waiting event maps with `zeebe:output` is written into the case.
    """
    digest = _digest(name, key, payload, message_id)
    row = {
        "sender": work.actor.id,
        "id": message_id,
        "name": name,
        "key": key,
        "digest": digest,
        "payload": dict(payload),
        "received_at": work.now,
        "expires_at": work.now + keep,
    }
    # One statement: of two that arrive together, the second waits for the first and then finds it.
    insert = postgresql.insert if work.session.get_bind().dialect.name == "postgresql" else sqlite.insert
    added = work.session.scalar(insert(Message).values(row).on_conflict_do_nothing().returning(Message.id))
    known = work.session.get_one(Message, (work.actor.id, message_id), populate_existing=True)
    if added is None:
        if known.digest != digest:
            raise KeyReused
        return Received(known.case_id is not None, again=True)
    return Received(deliver(work, work.actor.id, message_id))


def forget(work: Work) -> int:
    """Delete messages nobody came for in time, and what is kept of delivered ones after a month; returns how many.

    A sender that repeats a message after a month is taken for new.
    """
    over = and_(Message.expires_at <= work.now, or_(Message.case_id.is_(None), Message.received_at <= work.now - KEPT))
    gone = work.session.execute(delete(Message).where(over).returning(Message.id)).all()
    return len(gone)


def _digest(name: str, key: str, payload: Mapping[str, Any], message_id: str) -> str:
    """The hash of the content, which has to be text a database can keep."""
    for field, value in (("name", name), ("key", key), ("id", message_id)):
        if not value or len(value) > LONGEST[field] or not value.isprintable():
            raise MessageInvalid(field=field)
    try:
        text = dumps({"name": name, "key": key, "payload": dict(payload)})
        content = text.encode()
    except (ValueError, TypeError, RecursionError) as wrong:
        raise MessageInvalid(field="payload") from wrong
    if len(text) > LARGEST or "\\u0000" in text:
        raise MessageInvalid(field="payload")
    return hashlib.sha256(content).hexdigest()

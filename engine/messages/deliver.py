"""A message goes to the one event that has waited longest for its name and key. What waits is a row (`awaited`)."""

import logging
from collections.abc import Iterator

from sqlalchemy import Select, delete, func, or_, select

from engine import cases, ledger, releases, runtime
from engine.store import Awaited, Case, Message
from engine.words import EntryKind
from engine.work import Work

MOST = 500  # messages of one sweep
log = logging.getLogger(__name__)


def deliverable(work: Work) -> tuple[tuple[str, str], ...]:
    """Sender and id of kept messages something waits for by now, the first received first.

    An event that could not take a message is a case's incident; it is left alone until a person has looked.
    """
    waits = select(Awaited.id).join(Case, Case.id == Awaited.case_id)
    waits = waits.where(~Awaited.signal, Awaited.name == Message.name, Awaited.key == Message.key)
    waits = waits.where(Awaited.case_id != Message.sender)  # a case does not hear itself (BPMN: message flow)
    waits = waits.where(or_(Case.trouble_cause.is_(None), Case.trouble_cause != Awaited.id))
    found = _kept(work).where(waits.exists()).order_by(Message.received_at, Message.id).limit(MOST)
    return tuple((row.sender, row.id) for row in work.session.scalars(found))


def kept(work: Work) -> int:
    """How many messages no case has taken yet."""
    return work.session.scalar(select(func.count()).select_from(_kept(work).subquery())) or 0


def deliver(work: Work, sender: str, message_id: str) -> bool:
    """Give a kept message to the event that has waited longest; False if nothing waits, or another worker has it."""
    mine = _kept(work).where(Message.sender == sender, Message.id == message_id)
    message = work.session.scalar(mine.with_for_update(skip_locked=True).execution_options(populate_existing=True))
    if message is None:
        return False
    return any(_given(work, message, waiting) for waiting in _waiting(work, message))


def _kept(work: Work) -> Select[Message]:
    alive = or_(Message.expires_at.is_(None), Message.expires_at > work.now)
    return select(Message).where(Message.case_id.is_(None), alive)


def _waiting(work: Work, message: Message) -> Iterator[Awaited]:
    wanted = select(Awaited).where(~Awaited.signal, Awaited.name == message.name, Awaited.key == message.key)
    wanted = wanted.where(Awaited.case_id != message.sender)
    yield from work.session.scalars(wanted.order_by(Awaited.since, Awaited.id)).all()


def _given(work: Work, message: Message, waiting: Awaited) -> bool:
    """Whether this event took it. The case is locked and asked again: it may have gone on since the row was read."""
    case = cases.locked(work, waiting.case_id)
    if case.trouble_cause == waiting.id:
        return False
    pack = releases.of_case(work, case)
    payload = message.payload if pack.model.nodes[waiting.node].outputs else {}
    name, key = message.name, message.key
    found = runtime.deliver(pack.model, case.process, name, key, payload, case.facts, now=work.now)
    if found is None:
        # Nothing waits there any more. The case may have gone on, and its row with it, since the row was read.
        work.session.execute(delete(Awaited).where(Awaited.id == waiting.id, ~Awaited.signal))
        return False
    advance = cases.vetted(work, case, pack, found)
    unmade = cases.whole(work, waiting.node, lambda: cases.move(work, case, pack, advance, cause=waiting.id))
    if unmade:
        cases.stop(work, case, unmade, waiting.id)
    if unmade or advance.incident:
        return False
    said = {"sender": message.sender, "message": message.id, "name": name}
    ledger.record(work, case.id, EntryKind.MESSAGE_DELIVERED, **said)
    message.case_id, message.delivered_at, message.payload = case.id, work.now, {}
    return True

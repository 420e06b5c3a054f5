"""What clients were told against what is there: nothing lost, doubled or broken, and rows and states agree."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import audit
from engine.app import Engine
from engine.store import Case, Command, Draft, Entry, Message
from engine.work import SYSTEM
from tests.faults import node

Said = list[tuple[node.Command, str, Any]]


@dataclass(frozen=True)
class Wrong:
    """One thing that should never be: `lost`, `doubled`, `broken` or `audit`, and what."""

    kind: str
    what: str


def check(engine: Engine, said: Said) -> list[Wrong]:
    """Everything that is wrong."""
    with engine.look(SYSTEM) as work:
        found = [Wrong("broken", f"{command.name}: {what}") for command, how, what in said if how == "broken"]
        found += _accepted(work.session, said)
        found += _completed(work.session, said)
        found += _received(work.session, said)
        found += [Wrong("doubled", f"{kind} {name}") for (kind, *name), n in _times(work.session).items() if n > 1]
        found += [Wrong("audit", f"{one.case}: {one.en}") for one in audit.audit(work)]
    return found


def _accepted(session: Session, said: Said) -> Iterator[Wrong]:
    """Every client of a draft was told the same case, which is the draft's; no case is nobody's."""
    held = dict(session.execute(select(Draft.id, Draft.case_id)).all())
    for command, how, case in said:
        if command.name == "accept" and how == "done" and (held[command.about["draft"]] != case or case is None):
            yield Wrong("lost", f"draft {command.about['draft']}")
    for case in set(session.scalars(select(Case.id))) - set(held.values()):
        yield Wrong("doubled", f"case {case} is of no draft")


def _completed(session: Session, said: Said) -> Iterator[Wrong]:
    """Who was told "done" finds their command; who was refused finds that it was not carried out."""
    keys = set(session.scalars(select(Command.key)))
    mine = [(command.key, how) for command, how, _ in said if command.name == "complete"]
    yield from (Wrong("lost", key) for key, how in mine if how == "done" and key not in keys)
    yield from (
        Wrong("doubled", f"{key} was refused and done") for key, how in mine if how == "refused" and key in keys
    )


def _received(session: Session, said: Said) -> Iterator[Wrong]:
    """A message that was taken is there."""
    names = set(session.scalars(select(Message.id)))
    for command, how, _ in said:
        if command.name == "message" and how == "done" and command.key not in names:
            yield Wrong("lost", f"message {command.key}")


def _times(session: Session) -> Counter[tuple[str, ...]]:
    """How often each thing happened that can happen once."""
    once = {"task:completed": ("task",), "job:done": ("job",), "message:delivered": ("sender", "message")}
    entries = session.scalars(select(Entry).where(Entry.kind.in_(once)))
    return Counter((entry.kind, *(entry.facts[name] for name in once[entry.kind])) for entry in entries)

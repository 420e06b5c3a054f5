"""One transaction after another for the same thing, where there is no row yet that could be locked."""

from collections.abc import Iterable

from sqlalchemy import text
from sqlalchemy.orm import Session


def take_turns(session: Session, names: Iterable[str]) -> None:
    """Wait until no other transaction holds one of these names (hexadecimal hashes), and hold them to the end.

    All are taken in one order, so that two transactions never wait for each other. What is read afterwards is what the
    others have committed. On SQLite the gate lets one writer in at a time anyway.
    """
    if session.connection().dialect.name == "postgresql":
        for name in sorted({int(name[:15], 16) for name in names}):
            session.execute(text("SELECT pg_advisory_xact_lock(:name)"), {"name": name})

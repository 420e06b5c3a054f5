"""A big city in minutes: what `seed` made, multiplied inside the database.

`seed` writes every case as a real one, ledger and papers included, some six hundred a second. Here its rows are read by
lists only, so the tables that lists read are copied by the database itself, under other ids and numbers and on other
days. Nobody can work on the copies: their process states still speak of the tasks they were copied from.
"""

import hashlib
from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import Connection, Engine, insert, select, text
from sqlalchemy.orm import InstrumentedAttribute

from engine import store
from engine.app import Engine as App
from engine.store import Awaited, Case, Item, Job, Row, Task, Timer
from engine.store.columns import Moment
from engine.work import SYSTEM

LISTED = (Case, Item, Task, Job, Timer, Awaited)
OURS = {"id", "case_id"}  # columns that name what is copied
STRETCH = 15  # characters of a case number before its sequence: region, day, kind


def keep_base(database: Engine) -> None:
    """Remember the rows there are, as what is copied; every case also waits for a timer and a message."""
    with database.begin() as connection:
        now = connection.scalar(select(Case.accepted_at).order_by(Case.accepted_at.desc()))
        ids = list(connection.scalars(select(Case.id)))
        waits = {"node": "wait", "name": "moved-out", "signal": False, "since": now}
        connection.execute(
            insert(Awaited), [{"id": f"{one[:30]}.m", "case_id": one, "key": one} | waits for one in ids]
        )
        later = [
            {"id": f"{one}.t", "case_id": one, "node": "wait", "due": now + timedelta(minutes=n)}
            for n, one in enumerate(ids, 1)
        ]
        connection.execute(insert(Timer), later)
        for kind in LISTED:
            connection.execute(text(f'CREATE TABLE "base_{_name(kind)}" AS SELECT * FROM "{_name(kind)}"'))  # noqa: S608


def copy(database: Engine, numbers: Iterable[int]) -> None:
    """Copy what was kept once for each of these numbers, 1 to 99; no number twice."""
    indexes = [index for kind in LISTED for index in kind.metadata.tables[_name(kind)].indexes]
    with database.begin() as connection:
        for index in indexes:
            index.drop(connection)  # made anew at the end, in one go
    for number in numbers:
        with database.begin() as connection:
            _prepare(connection)
            for kind in LISTED:
                connection.execute(text(_copied(kind, number, connection.dialect.name)))
    with database.begin() as connection:
        _prepare(connection)
        for index in indexes:
            index.create(connection)


def settle(engine: App) -> None:
    """What an installation does by itself within the hour: looks at its tables, so that plans fit their sizes."""
    with engine.begin(SYSTEM) as work:
        store.refresh(work.session.connection())
    if engine.database.dialect.name == "postgresql":
        with engine.database.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("SET statement_timeout = 0"))
            connection.execute(text("VACUUM ANALYZE"))


def _copied(kind: type[Row], number: int, dialect: str) -> str:
    columns: list[InstrumentedAttribute[object]] = list(kind.__mapper__.columns)  # type: ignore[arg-type]
    names = ", ".join(f'"{c.name}"' for c in columns)
    values = ", ".join(_value(kind, c, number, dialect) for c in columns)
    return f'INSERT INTO "{_name(kind)}" ({names}) SELECT {values} FROM "base_{_name(kind)}"'  # noqa: S608


def _value(kind: type[Row], one: InstrumentedAttribute[object], number: int, dialect: str) -> str:
    if one.name in OURS:
        return f"md5(\"{one.name}\" || '{number}')"
    if one.name == "number" and kind in (Case, Item):
        return f"substr(number, 1, {STRETCH}) || '{number:02d}' || substr(number, {STRETCH + 3})"
    if isinstance(one.type, Moment):
        minutes = f"'-{number * 7} minutes'"
        if dialect == "postgresql":
            return f'"{one.name}" + interval {minutes}'
        return f"strftime('%Y-%m-%d %H:%M:%f000', \"{one.name}\", {minutes})"
    return f'"{one.name}"'


def _prepare(connection: Connection) -> None:
    """PostgreSQL may take its time. SQLite has no md5, and a small cache."""
    raw = connection.connection.dbapi_connection
    assert raw is not None
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL statement_timeout = 0"))
    else:
        raw.create_function("md5", 1, lambda said: hashlib.md5(said.encode(), usedforsecurity=False).hexdigest())
        raw.execute("PRAGMA cache_size=-1500000")


def _name(kind: type[Row]) -> str:
    return str(kind.__tablename__)

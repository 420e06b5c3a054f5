"""A node: a process that carries out commands one by one and answers after each, until it is made to die.

What goes wrong is part of the command (`Fault`), so that it strikes at the same statement on a slow machine as on a
fast one. Death is SIGKILL: no handler runs, nothing is said, and the client does not know what came of its command.
"""

import multiprocessing
import os
import signal
from dataclasses import dataclass, field
from datetime import datetime
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from sqlalchemy import event, text

from engine import drafts, identity, jobs, messages, store, tasks, worker
from engine.app import Engine
from engine.errors import Busy, EngineError, MovedOn
from engine.jobs import Answer
from engine.work import SYSTEM, Actor
from tests.faults import mutants

FORK = multiprocessing.get_context("forkserver")
FORK.set_forkserver_preload(["tests.faults.node"])
SENDER = Actor("client:ga", "公安")
REPLY = Answer({"check": {"kind": "ok", "as_of": None, "marital_status": "single"}})
FIRST_WRITE = -2  # when a transaction has the right to write
UNLIMITED = 1_073_741_823  # pages, SQLite's default


@dataclass(frozen=True)
class Fault:
    """What happens on the way: `kill`, `cut` (the connection) or `full` (the disk), and at which statement.

    Statement 0 is the commit. A kill that met no such statement comes between the commit and the answer.
    """

    kind: str
    at: int = 1


@dataclass(frozen=True)
class Command:
    """One thing a client wants: under its key it may be sent again. `now` is what the node's clock says."""

    name: str
    key: str
    about: dict[str, Any]
    now: datetime
    login: str = ""
    fault: Fault | None = None


@dataclass
class Node:
    """A running node; `ask` starts it again when it has died."""

    url: str
    mutant: str = ""
    deaths: int = 0
    _asked: int = 0
    _process: BaseProcess | None = None
    _line: Connection | None = field(default=None)

    def ask(self, command: Command) -> tuple[str, Any] | None:
        """What the node answers: `done`, `refused` (for good), `again` or `broken`; None if it died before it did."""
        if self._process is None:
            self._start()
        assert self._line
        self._asked += 1
        try:
            self._line.send((self._asked, command))
            while (answer := self._line.recv())[0] != self._asked:
                pass
            return answer[1]
        except (EOFError, OSError):
            self.deaths += 1
            self.stop()
            return None

    def stop(self) -> None:
        """Kill it, if it lives."""
        if self._process:
            assert self._line
            self._process.kill()
            self._process.join()
            self._line.close()
        self._process = None

    def _start(self) -> None:
        self._line, theirs = FORK.Pipe()
        self._process = FORK.Process(target=serve, args=(self.url, theirs, self.mutant), daemon=True)
        self._process.start()
        theirs.close()


def serve(url: str, line: Connection, mutant: str) -> None:
    """The process: one command after the other."""
    asked: list[Any] = [0, None]
    engine = Engine(store.connect(url), lambda: asked[1].now, "test")
    if mutant:
        mutants.KINDS[mutant](engine, lambda: line.send((asked[0], ("done", None))))
    strike = Strike(engine)
    while True:
        asked[:] = line.recv()
        strike.arm(asked[1].fault)
        answer = carried_out(engine, asked[1])
        strike.answering()
        line.send((asked[0], answer))


def carried_out(engine: Engine, command: Command) -> tuple[str, Any]:
    """Do it in the voice of those who wait for an answer."""
    try:
        return "done", VERBS[command.name](engine, command)
    except (Busy, MovedOn) as busy:
        return "again", type(busy).__name__
    except EngineError as refused:
        return "refused", type(refused).__name__
    except Exception as broken:
        return "broken", repr(broken)


class Strike:
    """Lets the fault of the present command happen."""

    def __init__(self, engine: Engine) -> None:
        self._engine, self._fault, self._count = engine, None, 0
        event.listen(engine.database, "before_cursor_execute", self._statement)
        event.listen(engine.database, "commit", self._commit)
        event.listen(engine.database, "begin", self._begin, insert=True)

    def arm(self, fault: Fault | None) -> None:
        """From now on this one counts."""
        self._fault, self._count = fault, 0

    def answering(self) -> None:
        """The command was carried out and nobody knows yet."""
        if self._fault and self._fault.kind == "kill":
            os.kill(os.getpid(), signal.SIGKILL)

    def _begin(self, connection: Any) -> None:
        """The disk has room again."""
        if connection.dialect.name == "sqlite":
            connection.connection.dbapi_connection.execute(f"PRAGMA max_page_count={UNLIMITED}").close()

    def _statement(self, connection: Any, *_rest: Any) -> None:
        self._count += 1
        if self._fault and (self._count == self._fault.at or (self._fault.at == FIRST_WRITE and _writes(connection))):
            self._happen(connection, self._fault.kind)

    def _commit(self, connection: Any) -> None:
        if self._fault and self._fault.at == 0:
            self._happen(connection, self._fault.kind)

    def _happen(self, connection: Any, kind: str) -> None:
        raw = connection.connection.dbapi_connection
        self._fault = None
        if kind == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        elif kind == "cut":
            with store.connect(self._engine.database.url.render_as_string(hide_password=False)).connect() as other:
                other.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": raw.info.backend_pid})
        elif kind == "full":
            pages = raw.execute("PRAGMA page_count").fetchone()[0]
            raw.execute(f"PRAGMA max_page_count={pages}").close()


def _writes(connection: Any) -> bool:
    raw = connection.connection.dbapi_connection
    return bool(raw.held and raw.in_transaction)


def _actor(engine: Engine, login: str) -> Actor:
    with engine.look(SYSTEM) as work:
        return identity.actor_named(work, login)


def _accept(engine: Engine, command: Command) -> str:
    about = command.about
    with engine.begin(_actor(engine, command.login)) as work:
        return drafts.accept(work, about["draft"], about["answers"], about["papers"], page="p", revision=-1)


def _complete(engine: Engine, command: Command) -> str:
    with engine.begin(_actor(engine, command.login)) as work:
        return tasks.complete(work, command.about["task"], command.about["raw"], key=command.key).case_id


def _claim(engine: Engine, command: Command) -> None:
    with engine.begin(_actor(engine, command.login)) as work:
        tasks.claim(work, command.about["task"])


def _message(engine: Engine, command: Command) -> bool:
    with engine.begin(SENDER) as work:
        sent = {"number": command.key}
        return messages.receive(work, "permit.issued", command.about["to"], sent, command.key).delivered


def _work(engine: Engine, command: Command) -> bool:
    """Claim this job and do it, as a worker does; False if it is not due."""
    with engine.begin(SYSTEM) as work:
        errands = jobs.claim(work, str(os.getpid()), only=[command.about["job"]])
    return any(worker.perform(engine, errand, lambda _errand: worker.Done(REPLY)) for errand in errands)


def _call_back(engine: Engine, command: Command) -> bool:
    with engine.begin(SENDER) as work:
        return jobs.finish(work, command.about["job"], None, REPLY)


def _sweep(engine: Engine, command: Command) -> int:
    return worker.sweep(engine) + worker.carry(engine)


VERBS = {
    "accept": _accept,
    "complete": _complete,
    "claim": _claim,
    "message": _message,
    "work": _work,
    "call back": _call_back,
    "sweep": _sweep,
}

"""What goes wrong, and how often: a choice of faults that is the same in every run."""

import os
import random
import signal
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

import psycopg
from sqlalchemy import make_url

from tests.faults.node import FIRST_WRITE, Fault

STRIKES = (*range(3, 24), *[0] * 5, *[-1] * 5)  # at a statement, at the commit, before the answer


@dataclass
class Nemesis:
    """Of `every` commands one meets a fault; `crash` takes the whole database server down."""

    url: str
    every: int = 4
    chance: random.Random = field(default_factory=lambda: random.Random(20190709))
    done: Counter[str] = field(default_factory=Counter)

    def fault(self) -> Fault | None:
        """The next command's fault, or none."""
        if self.chance.randrange(self.every):
            return None
        other = "cut" if self.url.startswith("postgresql") else "full"
        kind = self.chance.choice(("kill", "kill", other))
        return Fault(kind, self.chance.choice(STRIKES) if kind != "full" else FIRST_WRITE)

    def jump(self) -> int:
        """Hours by which the clock of a node is wrong."""
        hours = self.chance.choice((0, 0, 0, 1, -1))
        self.done["jump"] += hours != 0
        return hours

    def crash(self) -> None:
        """Kill one process of PostgreSQL with -9: the server drops every connection and recovers from its log."""
        if not self.url.startswith("postgresql"):
            return None
        with closing(self._connection()) as witness, closing(self._connection()) as victim:
            os.kill(victim.info.backend_pid, signal.SIGKILL)
            while _answers(witness):  # until the server has noticed
                time.sleep(0.01)
        self.done["crash"] += 1
        while True:
            try:
                return self._connection().close()
            except psycopg.OperationalError:
                time.sleep(0.05)

    def _connection(self) -> "psycopg.Connection[Any]":
        plain = make_url(self.url).set(drivername="postgresql").render_as_string(hide_password=False)
        return psycopg.connect(plain, autocommit=True)


def _answers(connection: "psycopg.Connection[Any]") -> bool:
    try:
        connection.execute("SELECT 1")
    except psycopg.OperationalError:
        return False
    return True

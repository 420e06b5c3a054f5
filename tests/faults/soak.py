"""Rounds of load and faults until so many commands were given; prints the counts. `make soak` runs 10,000 of them."""

import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from engine import store
from engine.app import Engine
from tests import postgres
from tests.faults import checker, load
from tests.faults.checker import Wrong
from tests.faults.load import Load
from tests.faults.nemesis import Nemesis
from tests.faults.node import Node

START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
KINDS = ("lost", "doubled", "broken", "stuck", "audit")


@dataclass
class Counts:
    """What a run met, and what it found."""

    commands: int = 0
    met: Counter[str] = field(default_factory=Counter)
    wrong: list[Wrong] = field(default_factory=list)

    def line(self) -> str:
        """For people: every kill, cut and crash, and what is wrong."""
        found = Counter(one.kind for one in self.wrong)
        parts = {"commands": self.commands, **{k: self.met[k] for k in sorted(self.met) if k}}
        parts |= {kind: found[kind] for kind in KINDS}
        return "  ".join(f"{name} {number}" for name, number in parts.items())


def storm(url: str, cases: int, *, mutant: str = "", every: int = 4) -> Counts:
    """One storm over an empty installation: rounds with faults, a check after each; then every case is played on."""
    clock = [START]
    engine = Engine(store.connect(url), lambda: clock[0], "test")
    nemesis = Nemesis(url, every)
    clients = Load(engine, [Node(url, mutant), Node(url, mutant)], nemesis, START)
    counts = Counts()
    try:
        load.published(engine)
        applicants = load.drafted(engine, cases)
        for each in load.ROUNDS:
            commands = each(clients, applicants)
            if each is load.deciding:
                commands.insert(len(commands) // 2, clients.command("crash"))
            clients.send(commands)
            # Claims of the dead lapse, and kept messages come: a day passes.
            clients.now = clock[0] = clock[0] + timedelta(days=1)
            counts.wrong += checker.check(engine, clients.said)
            clients.send(load.working(clients, applicants))
        _finish(clients)
        counts.wrong += checker.check(engine, clients.said)
        counts.wrong += [Wrong("stuck", "a case does not come to its end")] * load.unended(clients)
    finally:
        for node in clients.nodes:
            node.stop()
        engine.database.dispose()
    counts.commands, counts.met = len(clients.said), clients.met + nemesis.done
    return counts


def _finish(clients: Load) -> None:
    for _ in range(12):
        commands = [clients.command("sweep"), *load.deciding(clients, []), *load.playing(clients)]
        if len(commands) == 1:
            return
        clients.send(commands)


def soak(commands: int) -> int:
    """Storm after storm on each database; 0 if nothing was wrong."""
    wrong = 0
    for kind in ("sqlite", "postgresql"):
        total = Counts()
        while total.commands < commands // 2:
            counts = _fresh(kind)
            total.commands, total.met = total.commands + counts.commands, total.met + counts.met
            total.wrong += counts.wrong
            sys.stdout.write(f"{kind}: {total.line()}\n")
            sys.stdout.flush()
        wrong += len(total.wrong)
        sys.stdout.writelines(f"  {one.kind}: {one.what}\n" for one in total.wrong[:20])
    return int(wrong > 0)


def _fresh(kind: str) -> Counts:
    if kind == "postgresql":
        with postgres.running(postgres.DURABLE) as cluster:
            return storm(cluster.create(), 50)
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        url = f"sqlite:///{Path(folder) / 'lianban.db'}"
        database = store.connect(url)
        store.upgrade(database)
        database.dispose()
        return storm(url, 50)


if __name__ == "__main__":
    sys.exit(soak(int(sys.argv[1])))

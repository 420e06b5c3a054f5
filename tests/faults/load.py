"""A load of mixed commands in rounds, sent to two nodes at once, and a ledger of what each client was told."""

import re
import threading
import time
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import select

from engine import demo
from engine.app import Engine
from engine.store import Case, Job, Task
from engine.words import JobState
from engine.work import SYSTEM
from tests import asking, story
from tests.faults.nemesis import Nemesis
from tests.faults.node import Command, Node

TRIES = 400  # of one command, before it counts as never answered
MESSAGE = """<bpmn:message id="m_permit" name="permit.issued"><bpmn:extensionElements>
<zeebe:subscription correlationKey="=groom.phone"/></bpmn:extensionElements></bpmn:message>"""
CATCH = """<bpmn:intermediateCatchEvent id="wait" name="等待">
<bpmn:messageEventDefinition messageRef="m_permit"/></bpmn:intermediateCatchEvent>
<bpmn:sequenceFlow id="f_wait" sourceRef="ask" targetRef="wait"/>"""
SITUATION = {"want_birth": "no", "want_migration": "no", "migrant": None}
OPEN = (JobState.WAITING, JobState.RUNNING, JobState.ASKED)


@dataclass
class Applicants:
    """One application: what its clients know before it becomes a case."""

    draft: str
    told: story.Told
    phone: str


@dataclass
class Load:
    """The clients of one installation. `said` is their ledger: of each command what its client was told."""

    engine: Engine
    nodes: list[Node]
    nemesis: Nemesis
    now: datetime
    said: list[tuple[Command, str, Any]] = field(default_factory=list)
    met: Counter[str] = field(default_factory=Counter)
    keys: Iterable[int] = field(default_factory=lambda: count(1))

    def command(self, name: str, login: str = "", **about: Any) -> Command:
        """A new command under a key of its own."""
        return Command(name, f"key-{next(self.keys)}", about, self.now, login)

    def send(self, commands: Iterable[Command]) -> None:
        """Let each node take the next command until all are answered for good."""
        waiting = deque(commands)
        clients = [threading.Thread(target=self._client, args=(node, waiting)) for node in self.nodes]
        for client in clients:
            client.start()
        for client in clients:
            client.join()

    def _client(self, node: Node, waiting: deque[Command]) -> None:
        while True:
            try:
                command = waiting.popleft()
            except IndexError:
                return
            if command.name == "crash":
                self.nemesis.crash()
            else:
                self.said.append((command, *self._answered(node, command)))

    def _answered(self, node: Node, command: Command) -> tuple[str, Any]:
        """Ask again, under the same key, until the answer is for good."""
        for turn in range(TRIES):
            fault = self.nemesis.fault() if turn < 3 else None
            at = self.now + timedelta(hours=self.nemesis.jump() if turn < 3 else 0)
            answer = node.ask(replace(command, fault=fault, now=at))
            self.met["kill" if answer is None else ""] += 1
            if answer is None:
                continue
            if answer[0] != "again":
                return answer
            self.met[fault.kind if fault else "busy"] += 1
            time.sleep(0.05)
        return "broken", "never answered"


def published(engine: Engine) -> None:
    """The demo city, and the family pack whose process first asks a department, then waits for a message."""
    with engine.begin(SYSTEM) as work:
        demo.load(work)
    files = asking.first(asking.ask(retries="99"), extra=CATCH)
    drawing = files[asking.DRAWING].replace("<bpmn:collaboration", MESSAGE + "<bpmn:collaboration", 1)
    onward = r'(sourceRef=")ask("[^>]*targetRef="(?!wait"))'  # what left the question leaves the event now
    drawing, moved = re.subn(onward, r"\1wait\2", drawing)
    assert moved == 1
    asking.publish(engine, {**files, asking.DRAWING: drawing})


def drafted(engine: Engine, number: int) -> list[Applicants]:
    """Applications that are ready to be accepted."""
    clerk, made = story.person(engine, "wangfang"), []
    for each in range(number):
        draft, phone = story.situated(engine, clerk, **SITUATION), f"199{each:08}"
        told = story.told(engine, clerk, draft, groom__phone=phone, **story.couple(each))
        made.append(Applicants(draft, told, phone))
    return made


def accepting(load: Load, applicants: list[Applicants]) -> list[Command]:
    """Each is accepted by a double click; every other message comes before its case exists, twice."""
    found = []
    for place, one in enumerate(applicants):
        about = {"draft": one.draft, "answers": one.told.answers, "papers": one.told.papers}
        found += [load.command("accept", "wangfang", **about)] * 2
        found += [load.command("message", to=one.phone)] * 2 if place % 2 else []
    return found


def working(load: Load, _applicants: list[Applicants]) -> list[Command]:
    """Each open job is claimed by two workers, and its answer called back twice, before and after."""
    with load.engine.look(SYSTEM) as work:
        names = work.session.scalars(select(Job.id).where(Job.state.in_(OPEN)).order_by(Job.id)).all()
    verbs = ("call back", "work", "work", "call back")
    return [load.command(verb, job=name) for name in names for verb in verbs]


def telling(load: Load, applicants: list[Applicants]) -> list[Command]:
    """The other messages come late, twice; the sweep delivers the early ones."""
    late = [[load.command("message", to=one.phone)] * 2 for one in applicants[::2]]
    return [*(c for two in late for c in two), *(load.command("sweep") for _ in range(4))]


def deciding(load: Load, _applicants: list[Applicants]) -> list[Command]:
    """Two reviewers claim and decide the same task, one of them with a double click."""
    with load.engine.look(SYSTEM) as work:
        wanted = select(Task.id).where(Task.state == "open", Task.node == "review_marriage").order_by(Task.id)
        names = work.session.scalars(wanted).all()
    found = []
    for place, name in enumerate(names):
        raw = {"decision": "approved"}
        mine = load.command("complete", "zhangwei", task=name, raw=raw)
        theirs = load.command("complete", "liuyang", task=name, raw=raw)
        claim = [load.command("claim", "liuyang", task=name)] if place % 3 == 0 else []
        found += [*claim, mine, theirs, mine]
    return found


ROUNDS = (accepting, working, telling, deciding)
HANDED = {"handover.handed_on": "2026-11-23", "handover.receiver": "李志远"}
ISSUED = {
    "certificate_number": "J330802-2026-000123",
    "registered_on": "2026-11-23",
    "groom_copy": "33080200123",
    "bride_copy": "33080200124",
    "registrar": "张伟",
}
PLAYED = {
    "issue_marriage": ("zhangwei", ISSUED),
    "review_status_groom": ("hejie", {"decision": "approved"}),
    "review_status_bride": ("hejie", {"decision": "approved"}),
    "issue_page": ("hejie", {"page_issued_on": "2026-11-23", "id_renewal": "no"}),
    "deliver": ("wangfang", HANDED),
}


def playing(load: Load) -> list[Command]:
    """What has to be done next so that every case comes to its end; empty when nothing is open."""
    with load.engine.look(SYSTEM) as work:
        rows = work.session.execute(select(Task.id, Task.node).where(Task.state == "open").order_by(Task.id)).all()
    return [
        load.command("complete", PLAYED[node][0], task=name, raw=PLAYED[node][1])
        for name, node in rows
        if node in PLAYED
    ]


def unended(load: Load) -> int:
    """How many cases have not come to their end."""
    with load.engine.look(SYSTEM) as work:
        return work.session.query(Case).filter(Case.state != "ended").count()

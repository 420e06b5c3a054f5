"""What machines do follows what the runtime says: jobs open and go, and the events that wait from outside are known."""

from collections.abc import Collection, Iterable

from sqlalchemy import insert, select, update

from engine import ledger
from engine.catalog import Pack
from engine.runtime import Advance, Model
from engine.runtime import Job as Given
from engine.store import Awaited, Case, Job, new_id
from engine.words import EntryKind, JobKind, JobState
from engine.work import Work

OPEN = (JobState.WAITING, JobState.RUNNING, JobState.ASKED, JobState.FAILED)
LONGEST = 200  # characters of the name and the key of a message
TRIES = 10  # of what the engine itself does; it fails only while the database is away


def follow(work: Work, case: Case, pack: Pack, advance: Advance, *, redrawn: bool) -> None:
    """Open and cancel jobs, write down what waits for messages and signals, and tell other cases of signals."""
    if advance.closed:
        _cancel(work, case, advance.closed)
    for job in advance.jobs:
        _open(work, case, pack, job)
    if redrawn or _listens(pack.model):
        _listen(work, case, advance)
    for thrown in advance.signals:
        _tell(work, case, thrown.node, thrown.name, dict(thrown.payload))


def abandon(work: Work, case: Case) -> None:
    """The case is over: nothing is done for it any more, and nothing that arrives can change it."""
    mine = (Job.case_id == case.id, Job.state.in_(OPEN))
    work.session.execute(update(Job).where(*mine).values(state=JobState.CANCELLED, ended_at=work.now, inputs={}))


def _open(work: Work, case: Case, pack: Pack, given: Given) -> None:
    work.session.add(
        Job(
            id=given.id,
            case_id=case.id,
            type=given.type,
            node=given.node,
            headers=dict(given.headers),
            inputs=dict(given.inputs),
            retries=given.retries,
            backoff=None if given.backoff is None else int(given.backoff.total_seconds()),
            due=work.now,
            opened_at=work.now,
        )
    )
    node = pack.model.nodes[given.node]
    ledger.record(work, case.id, EntryKind.JOB_OPENED, job=given.id, name=node.called, item=node.item, type=given.type)


def _cancel(work: Work, case: Case, closed: Collection[str]) -> None:
    for job in work.session.scalars(select(Job).where(Job.id.in_(closed), Job.state.in_(OPEN))):
        job.state, job.ended_at, job.inputs = JobState.CANCELLED, work.now, {}
        ledger.record(work, case.id, EntryKind.JOB_CANCELLED, job=job.id, node=job.node)


def _listens(model: Model) -> bool:
    """Whether anything in the drawing can wait for what comes from outside."""
    return any(part.message or part.signal for node in model.nodes.values() for part in node.awaits)


def _listen(work: Work, case: Case, advance: Advance) -> None:
    """Make the rows what waits now; who was waiting keeps its place in the queue."""
    rows = work.session.scalars(select(Awaited).where(Awaited.case_id == case.id))
    kept = {(row.id, row.signal): row for row in rows}
    now = {(row.id, row.signal): row for row in _waiting(work, case, advance)}
    for gone in kept.keys() - now.keys():
        work.session.delete(kept[gone])
    work.session.add_all(now[new] for new in now.keys() - kept.keys())


def _waiting(work: Work, case: Case, advance: Advance) -> Iterable[Awaited]:
    said = {"case_id": case.id, "since": work.now}
    yield from (Awaited(id=a.id, signal=False, node=a.node, name=a.name, key=a.key, **said) for a in advance.waiting)
    yield from (Awaited(id=s.id, signal=True, node=s.node, name=s.name, key="", **said) for s in advance.listening)


def _tell(work: Work, case: Case, node: str, name: str, payload: dict[str, object]) -> None:
    """A signal goes to every case that waits for it now, to each in a transaction of its own."""
    others = select(Awaited.case_id).where(Awaited.signal, Awaited.name == name, Awaited.case_id != case.id).distinct()
    rows = [
        {
            "id": new_id(),
            "case_id": other,
            "kind": JobKind.SIGNAL,
            "type": name,
            "node": node,
            "inputs": {"from": case.id, "payload": payload},
            "retries": TRIES,
            "due": work.now,
            "opened_at": work.now,
        }
        for other in work.session.scalars(others)
    ]
    if rows:
        work.session.execute(insert(Job), rows)

"""What machines do follows what the runtime says: jobs open and go, what is thrown is kept, what waits is known."""

from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta

from sqlalchemy import insert, select, update

from engine import ledger
from engine.catalog import Pack
from engine.runtime import Advance, Incident, Sent
from engine.runtime import Job as Given
from engine.store import Awaited, Case, Job, Message, new_id
from engine.words import EntryKind, JobKind, JobState
from engine.work import Work

OPEN = (JobState.WAITING, JobState.RUNNING, JobState.ASKED, JobState.FAILED)
LONGEST = 200  # characters of the name and the key of a message
KEPT = timedelta(days=30)  # how long a message waits for its event, if nobody says otherwise
TRIES = 10  # of what the engine itself does; it fails only while the database is away


def follow(work: Work, case: Case, pack: Pack, advance: Advance, *, anew: bool = False) -> None:
    """Open and cancel jobs, write down what waits for messages and signals, and let other cases have what is thrown.

    `anew` says that the case had another drawing before, in which other events may have waited.
    """
    if advance.closed:
        _cancel(work, case, advance.closed)
    for job in advance.jobs:
        _open(work, case, pack, job)
    if anew or pack.model.listens:
        _listen(work, case, advance)
    for thrown in advance.signals:
        _tell(work, case, thrown.node, thrown.name, dict(thrown.payload))
    work.session.add_all(_sent(work, case, message) for message in advance.messages)


def unfit(advance: Advance) -> Incident | None:
    """What is wrong with a message that is waited for or thrown, if one cannot be kept. Nobody waits without a key."""
    for awaited in advance.waiting:
        if max(len(awaited.name), len(awaited.key)) > LONGEST:
            zh = f"等待的消息，其名称或关联键超过 {LONGEST} 个字符。"
            en = f"The name or the key of the message that is waited for has more than {LONGEST} characters."
            return Incident(awaited.node, zh, en)
    for sent in advance.messages:
        if not sent.key or max(len(sent.name), len(sent.key)) > LONGEST:
            zh = f"发出的消息“{sent.name[:LONGEST]}”没有关联键，或者名称、关联键超过 {LONGEST} 个字符。"
            en = f'The message "{sent.name[:LONGEST]}" has no key, or one or a name of more than {LONGEST} characters.'
            return Incident(sent.node, zh, en)
    return None


def abandon(work: Work, case: Case) -> None:
    """The case is over: nothing is done for it any more, and nothing that arrives can change it."""
    mine = (Job.case_id == case.id, Job.state.in_(OPEN))
    work.session.execute(update(Job).where(*mine).values(state=JobState.CANCELLED, ended_at=work.now, inputs={}))


def rename(work: Work, case: Case, names: Mapping[str, str]) -> None:
    """Open jobs of a moved case are those of the new drawing, in which a step may have another id: old to new."""
    mine = (Job.case_id == case.id, Job.kind == JobKind.SERVICE, Job.state.in_(OPEN))
    for job in work.session.scalars(select(Job).where(*mine)):
        job.node = names.get(job.node, job.node)


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


def _listen(work: Work, case: Case, advance: Advance) -> None:
    """Make the rows what waits now; who was waiting keeps its place in the queue."""
    kept = {(row.id, row.signal): row for row in case.awaited}
    now = {(row.id, row.signal): row for row in _waiting(work, case, advance)}
    for same in now.keys() & kept.keys():
        kept[same].node = now[same].node
    if now.keys() != kept.keys():
        case.awaited = [kept.get(key, row) for key, row in now.items()]


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


def _sent(work: Work, case: Case, thrown: Sent) -> Message:
    """A message of this case, kept like one from outside: it is carried to whoever waits for it, now or later.

    It is thrown in the transaction that moves the case, so its id says no more than that it is one message.
    """
    return Message(
        sender=case.id,
        id=new_id(),
        name=thrown.name,
        key=thrown.key,
        digest="",  # nobody sends it a second time
        payload=dict(thrown.payload),
        received_at=work.now,
        expires_at=work.now + KEPT,
    )

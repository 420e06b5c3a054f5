"""What the ledger says happened, and what the rows say happened, are the same: nothing lost, nothing twice."""

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import select

from engine.audit.discrepancy import Discrepancy
from engine.store import Case, Entry, Message
from engine.words import EntryKind, TaskState
from engine.work import Work

# What happens to a thing once, and by which of its facts the ledger names the thing.
ONCE = {
    EntryKind.TASK_OPENED: ("task",),
    EntryKind.TASK_COMPLETED: ("task",),
    EntryKind.TASK_CANCELLED: ("task",),
    EntryKind.JOB_OPENED: ("job",),
    EntryKind.JOB_DONE: ("job",),
    EntryKind.JOB_SKIPPED: ("job",),
    EntryKind.MESSAGE_DELIVERED: ("sender", "message"),
}


def books(work: Work, case: Case) -> Iterator[Discrepancy]:
    """Compare the ledger of a case with its rows."""
    entries = work.session.scalars(select(Entry).where(Entry.case_id == case.id).order_by(Entry.seq)).all()
    if [e.seq for e in entries] != list(range(1, len(entries) + 1)) or not entries or not _begins(entries[0]):
        yield Discrepancy(case.number, "台账有缺号。", "The ledger has a gap.")
    times = Counter(key for entry in entries if (key := _named(entry)))
    times.subtract((EntryKind.TASK_CANCELLED, task) for entry in entries for task in _put_back(entry))
    if any(count > 1 for count in times.values()):
        yield Discrepancy(case.number, "台账把同一件事记了两次。", "The ledger says that one thing happened twice.")
    done = {(EntryKind.TASK_COMPLETED, task.id) for task in case.tasks if task.state == TaskState.DONE}
    if done != {key for key in times if key[0] == EntryKind.TASK_COMPLETED}:
        yield Discrepancy(case.number, "已办任务与台账不一致。", "The tasks that are done are not those of the ledger.")
    if not _taken(work, case) <= times.keys():
        yield Discrepancy(case.number, "已收消息不在台账中。", "A message it took is not in the ledger.")


def _begins(entry: Entry) -> bool:
    return entry.kind == EntryKind.CASE_ACCEPTED


def _named(entry: Entry) -> tuple[str, ...] | None:
    kind = EntryKind(entry.kind)
    return (kind, *(str(entry.facts.get(name)) for name in ONCE[kind])) if kind in ONCE else None


def _put_back(entry: Entry) -> list[str]:
    """Tasks that are open again after what took them away was reversed: they may be taken away once more."""
    return list(entry.facts.get("restored", ())) if entry.kind == EntryKind.EVENT_REVERSED else []


def _taken(work: Work, case: Case) -> set[tuple[str, ...]]:
    """The messages a case took that are still known; the ledger knows more, for messages are forgotten."""
    rows = work.session.execute(select(Message.sender, Message.id).where(Message.case_id == case.id))
    return {(EntryKind.MESSAGE_DELIVERED, sender, message) for sender, message in rows}

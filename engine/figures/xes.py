"""The event log of a one-thing as XES (IEEE 1849-2016), for process mining: who did what is told without names.

Cases, people and steps carry keyed hashes (`vault.blind`), so one installation always writes the same for the same, and
nobody else can say whose it is. Departments are named; nothing of an application is written.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from lxml import etree
from sqlalchemy import select

from engine import identity, releases
from engine.catalog import Pack
from engine.errors import NotFound
from engine.figures.counted import overseen
from engine.figures.term import Term
from engine.store import Case, Entry, Task
from engine.words import CITY, EntryKind
from engine.work import SYSTEM, Work

BATCH = 200  # cases read at once
NAMESPACE = "http://www.xes-standard.org/"
EXTENSIONS = {"Concept": "concept", "Time": "time", "Lifecycle": "lifecycle", "Organizational": "org"}
ACCEPTED, ENDED = "受理", "办结"
COUNTY = 6  # digits of GB/T 2260
# The standard transactional model of the lifecycle extension.
TRANSITIONS: Mapping[str, str] = {
    EntryKind.CASE_ACCEPTED: "complete",
    EntryKind.CASE_ENDED: "complete",
    EntryKind.TASK_OPENED: "schedule",
    EntryKind.TASK_CLAIMED: "assign",
    EntryKind.TASK_RELEASED: "reassign",
    EntryKind.TASK_COMPLETED: "complete",
    EntryKind.TASK_CANCELLED: "withdraw",
    EntryKind.JOB_OPENED: "schedule",
    EntryKind.JOB_DONE: "complete",
    EntryKind.JOB_FAILED: "ate_abort",
    EntryKind.JOB_SKIPPED: "manualskip",
    EntryKind.JOB_CANCELLED: "withdraw",
    EntryKind.TIMER_FIRED: "complete",
}


@dataclass(frozen=True)
class _Read:
    """A case with what is needed to write it."""

    id: str
    area: str
    state: str
    outcome: str | None
    pack: Pack
    entries: Sequence[Any]
    offices: Mapping[str, str]  # short name of the department, by task; that of the window under ""


def write(work: Work, code: str, term: Term | None, out: IO[bytes]) -> int:
    """Write the log of a pack's cases accepted in a term, or of all; returns how many cases. Never all in memory.

    Only cases of the areas the actor oversees; the system writes all. `NotFound` for a pack nobody published.
    """
    number = releases.newest(work, code)
    if not number:
        raise NotFound
    count = 0
    with etree.xmlfile(out, encoding="utf-8") as file:
        file.write_declaration()
        with file.element("log", {"xes.version": "1849-2016", "xes.features": ""}, nsmap={None: NAMESPACE}):
            _head(file, releases.of_number(work, code, number).pack)
            for case in _cases(work, code, term):
                with file.element("trace"):
                    _trace(file, work, case)
                file.write("\n")
                count += 1
    return count


def _head(file: Any, pack: Pack) -> None:
    """Extensions, what every trace and event has, the classifier, and of what the log is: in this order."""
    for name, prefix in EXTENSIONS.items():
        _empty(file, "extension", name=name, prefix=prefix, uri=f"{NAMESPACE}{prefix}.xesext")
    with file.element("global", {"scope": "trace"}):
        _string(file, "concept:name", "UNKNOWN")
    with file.element("global", {"scope": "event"}):
        _string(file, "concept:name", "UNKNOWN")
        _date(file, "time:timestamp", datetime(1970, 1, 1, tzinfo=CITY))
        _string(file, "lifecycle:transition", "complete")
        _string(file, "org:resource", "UNKNOWN")
    _empty(file, "classifier", name="Activity", keys="concept:name lifecycle:transition")
    _string(file, "concept:name", pack.name)
    _string(file, "lifecycle:model", "standard")
    file.write("\n")


def _trace(file: Any, work: Work, case: _Read) -> None:
    said = {"concept:name": _blind(work, "case", case.id), "pack": case.pack.code, "county": case.area[:COUNTY]}
    for key, value in {**said, "state": case.state, "outcome": case.outcome or ""}.items():
        if value:
            _string(file, key, value)
    for entry in case.entries:
        with file.element("event"):
            _event(file, work, case, entry)


def _event(file: Any, work: Work, case: _Read, entry: Any) -> None:
    facts, kind = entry.facts, entry.kind
    step = facts.get("task") or facts.get("job") or ""
    _string(file, "concept:name", _name(case.pack, kind, facts))
    if step:
        _string(file, "concept:instance", _blind(work, "step", step))
    _date(file, "time:timestamp", entry.at)
    _string(file, "lifecycle:transition", TRANSITIONS[kind])
    _string(file, "org:resource", SYSTEM.id if entry.actor == SYSTEM.id else _blind(work, "user", entry.actor))
    group = case.offices.get(step if facts.get("task") else "" if kind == EntryKind.CASE_ACCEPTED else "-")
    if group:
        _string(file, "org:group", group)
    if facts.get("item"):
        _string(file, "item", facts["item"])


def _name(pack: Pack, kind: str, facts: Mapping[str, Any]) -> str:
    """The activity, as the drawing calls it."""
    if kind in (EntryKind.CASE_ACCEPTED, EntryKind.CASE_ENDED):
        return ACCEPTED if kind == EntryKind.CASE_ACCEPTED else ENDED
    node = pack.model.nodes.get(facts.get("node", ""))
    return str(facts.get("name") or (node.called if node else "") or facts.get("node") or kind)


def _cases(work: Work, code: str, term: Term | None) -> Iterator[_Read]:
    """The cases, in the order in which they were accepted, batch by batch."""
    wanted = select(Case.id).where(Case.pack == code).order_by(Case.accepted_at, Case.id)
    if work.actor is not SYSTEM:
        wanted = wanted.where(Case.area.in_([region.code for region in overseen(work)]))
    if term:
        wanted = wanted.where(Case.accepted_at >= term.begins, Case.accepted_at < term.ends)
    ids = work.session.scalars(wanted).all()
    for start in range(0, len(ids), BATCH):
        yield from _read(work, ids[start : start + BATCH])


def _read(work: Work, ids: Sequence[str]) -> Iterator[_Read]:
    columns = (Case.id, Case.area, Case.state, Case.outcome, Case.release_hash, Case.window_id)
    rows = {row.id: row for row in work.session.execute(select(*columns).where(Case.id.in_(ids)))}
    entries: dict[str, list[Any]] = {}
    told = select(Entry.case_id, Entry.at, Entry.kind, Entry.actor, Entry.facts).where(Entry.case_id.in_(ids))
    for entry in work.session.execute(told.where(Entry.kind.in_(TRANSITIONS)).order_by(Entry.case_id, Entry.seq)):
        entries.setdefault(entry.case_id, []).append(entry)
    tasks = _grouped(
        work.session.execute(select(Task.case_id, Task.id, Task.department_id).where(Task.case_id.in_(ids)))
    )
    known = {row.window_id for row in rows.values()} | {office for own in tasks.values() for office in own.values()}
    names = {key: office.short for key, office in identity.departments(work, known).items()}
    for case_id in ids:
        row = rows[case_id]
        offices = {"": names[row.window_id], **{t: names[o] for t, o in tasks.get(case_id, {}).items()}}
        pack = releases.load(work, row.release_hash)
        yield _Read(case_id, row.area, row.state, row.outcome, pack, entries.get(case_id, []), offices)


def _grouped(rows: Iterable[Any]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for case_id, task, office in rows:
        found.setdefault(case_id, {})[task] = office
    return found


def _blind(work: Work, kind: str, name: str) -> str:
    return work.vault.blind("xes", kind, name)[:16]


def _string(file: Any, key: str, value: str) -> None:
    _empty(file, "string", key=key, value=value)


def _date(file: Any, key: str, moment: datetime) -> None:
    _empty(file, "date", key=key, value=moment.astimezone(CITY).isoformat(timespec="milliseconds"))


def _empty(file: Any, tag: str, **attributes: str) -> None:
    with file.element(tag, attributes):
        pass

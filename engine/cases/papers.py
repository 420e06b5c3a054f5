"""The papers of a case after acceptance: handed in later, scanned, looked at, found false, found late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from engine import forms, identity, ledger, materials, releases
from engine.cases.held import WORKING, locked, readable, sees_all
from engine.cases.outcome import GRANTED
from engine.catalog import MaterialSpec, Pack
from engine.errors import FieldError, FormInvalid, NotFound, PapersOutstanding, ReasonNeeded
from engine.forms import SHORTEST_REASON, Field, FieldType, Form, Section
from engine.materials import Scan, Taken
from engine.runtime import Advance
from engine.store import Case, Material, Task
from engine.words import N_, CaseState, EntryKind, MaterialSource, MaterialState, Post, Stage, Trust
from engine.work import Work

CLOSED = N_("This case is finished; only a paper that was to follow can still be recorded.")
HANDED_OUT = (Stage.ISSUE, Stage.DELIVER)
REASON = Form("refute", "", (Section("", "", (Field("reason", FieldType.TEXTFIELD, N_("Reason"), max_length=200),)),))


@dataclass(frozen=True)
class ShownPaper:
    """A paper of the case. `open`: this actor needs it and may look at its scans."""

    spec: MaterialSpec
    state: MaterialState
    source: MaterialSource = MaterialSource.APPLICANT
    trust: Trust | None = None
    recorded_at: datetime | None = None
    recorded_by: str = ""
    due_at: datetime | None = None
    expires_at: datetime | None = None
    overdue: bool = False
    scans: int = 0
    open: bool = False


@dataclass(frozen=True)
class PaperView:
    """One paper with its scans. `used`: other cases that used this bill; an empty text is one of another window."""

    case_id: str
    number: str
    pack: Pack
    paper: ShownPaper
    scans: tuple[Scan, ...]
    used: tuple[str, ...]
    may_record: bool
    may_refute: bool


def papers_of(work: Work, case: Case, pack: Pack) -> tuple[ShownPaper, ...]:
    """Every paper of a case as this actor may know it."""
    specs = {spec.code: spec for spec in pack.materials}
    counted = materials.counts(work, case_id=case.id)
    people = identity.names(work, {m.recorded_by for m in case.materials if m.recorded_by})
    whole, own = sees_all(work, case), _own_items(work, case)
    return tuple(
        ShownPaper(
            spec=specs[m.code],
            state=materials.standing(m, specs[m.code], case, work.now),
            source=MaterialSource(m.source),
            trust=Trust(m.trust) if m.trust else None,
            recorded_at=m.recorded_at,
            recorded_by=people.get(m.recorded_by or "", ""),
            due_at=m.due_at,
            expires_at=m.expires_at,
            overdue=m.due_at is not None and m.due_at <= work.now,
            scans=counted.get(m.code, 0),
            open=whole or bool(own & set(specs[m.code].items)),
        )
        for m in case.materials
    )


def paper(work: Work, case_id: str, code: str) -> PaperView:
    """One paper and its scans, for whoever needs it; else `NotFound`. Reading is recorded."""
    case = readable(work, case_id)
    pack = releases.of_case(work, case)
    shown = next((p for p in papers_of(work, case, pack) if p.spec.code == code and p.open), None)
    if shown is None:
        raise NotFound
    ledger.record(work, case.id, EntryKind.CASE_READ)
    used = materials.used_before(work, shown.spec, case.facts, case_id=case.id)
    at_window = _at_window(work, case)
    return PaperView(
        case_id=case.id,
        number=case.number,
        pack=pack,
        paper=shown,
        scans=materials.scans(work, code, case_id=case.id),
        used=tuple(number if may else "" for number, may in used),
        may_record=at_window and _still_open(case, shown.state),
        may_refute=_is_there(shown.state) and _works_on(work, case, shown.spec),
    )


def scan(work: Work, case_id: str, file_id: str) -> tuple[Scan, bytes]:
    """A scan and its content, for whoever needs the paper. Each opening is in the ledger."""
    case = readable(work, case_id)
    found = materials.scan(work, file_id, case_id=case.id)
    specs = {spec.code: spec for spec in releases.of_case(work, case).materials}
    needed = found.code in specs and _own_items(work, case) & set(specs[found.code].items)
    if not (needed or sees_all(work, case)):
        raise NotFound
    ledger.record(work, case.id, EntryKind.MATERIAL_READ, material=found.code, file=found.id)
    return found, work.vault.read(found.hash)


def attach(work: Work, case_id: str, code: str, taken: Sequence[Taken]) -> None:
    """Add scans to a paper, at the window that took the case. `FormInvalid` above the limit or when it is closed."""
    case, _ = _recordable(work, case_id, code)
    ids = materials.add(work, taken, code, case_id=case.id)
    for file_id, each in zip(ids, taken, strict=True):
        ledger.record(work, case.id, EntryKind.MATERIAL_ADDED, material=code, file=file_id, hash=each.hash)


def hand_in(work: Work, case_id: str, code: str, state: str, reason: str = "") -> None:
    """A paper is handed in later, at the window that took the case. `reason`: why a bill that was used counts again."""
    case, pack = _recordable(work, case_id, code)
    materials.restate(work, case, pack, code, state, _clean(work, reason))


def refute(work: Work, case_id: str, code: str, reason: str) -> None:
    """A paper or commitment turned out to be false, say the window or a department that needs it, with a reason."""
    case = readable(work, case_id)
    pack = releases.of_case(work, case)
    row = _row(case, code)
    spec = next(s for s in pack.materials if s.code == code)
    if not _is_there(MaterialState(row.state)) or not _works_on(work, case, spec):
        raise NotFound
    why = _clean(work, reason)
    if len(why) < SHORTEST_REASON:
        raise ReasonNeeded
    materials.refute(work, case, code, why)


def may_grant(task: Task, pack: Pack, step: Advance) -> None:
    """`PapersOutstanding` if finishing the task would grant, issue or deliver an item before its paper has come."""
    granted = {ended.item for ended in step.outcomes if ended.outcome in GRANTED}
    handed = {task.item} if task.item and task.stage in HANDED_OUT else set()
    papers = materials.withheld(pack, task.case, granted | handed)
    if papers:
        raise PapersOutstanding(papers="、".join(spec.name for spec in papers))


def remind(work: Work, case_id: str) -> int:
    """Note in the ledger which papers should have come by now; how many."""
    case = locked(work, case_id)
    rows = [m for m in case.materials if m.state == MaterialState.TOLERATED and not m.overdue_at]
    due = [(m, m.due_at) for m in rows if m.due_at and m.due_at <= work.now]
    for row, moment in due:
        row.overdue_at = work.now
        ledger.record(work, case.id, EntryKind.MATERIAL_OVERDUE, material=row.code, due=moment.isoformat())
    return len(due)


def _recordable(work: Work, case_id: str, code: str) -> tuple[Case, Pack]:
    case = readable(work, case_id)
    if not _at_window(work, case):
        raise NotFound
    pack = releases.of_case(work, case)
    row = _row(case, code)
    if not _still_open(case, MaterialState(row.state)):
        name = next(s.name for s in pack.materials if s.code == code)
        raise FormInvalid([FieldError(f"papers.{code}", name, CLOSED)])
    return case, pack


def _row(case: Case, code: str) -> Material:
    row = next((m for m in case.materials if m.code == code), None)
    if row is None:
        raise NotFound
    return row


def _is_there(state: MaterialState) -> bool:
    return state not in materials.LACKING and state != MaterialState.TOLERATED


def _still_open(case: Case, state: MaterialState) -> bool:
    return case.state != CaseState.ENDED or state == MaterialState.TOLERATED


def _at_window(work: Work, case: Case) -> bool:
    return case.window_id in work.actor.departments((Post.WINDOW,))


def _own_items(work: Work, case: Case) -> set[str]:
    own = work.actor.departments(WORKING)
    return {item.code for item in case.items if item.department_id in own}


def _works_on(work: Work, case: Case, spec: MaterialSpec) -> bool:
    return _at_window(work, case) or bool(_own_items(work, case) & set(spec.items))


def _clean(work: Work, reason: str) -> str:
    return str(forms.check(REASON, {"reason": reason}, now=work.now)["reason"] or "") if reason.strip() else ""

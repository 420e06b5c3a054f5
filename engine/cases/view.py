"""Reading a case: what one actor may see of it, masked. Every reading is in the ledger."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from engine import catalog, forms, identity, ledger, releases, runtime
from engine.cases.deadlines import ShownClock, readings, shown_clocks
from engine.cases.handover import Handed, deliverable, handed
from engine.cases.held import WORKING, readable, sees_all, worked_on
from engine.cases.noticed import visible_notices
from engine.cases.papers import ShownPaper, papers_of
from engine.cases.pending import pending
from engine.cases.pieces import ShownField, ShownItem, ShownSection, ShownTask
from engine.catalog import Pack
from engine.clocks import Reading
from engine.errors import ReasonNeeded
from engine.forms import SHORTEST_REASON, Field, FieldType, Form, Section
from engine.identity import DepartmentInfo
from engine.ledger import Happened
from engine.notices import NoticeView
from engine.store import Case, Item, Task
from engine.words import (
    N_,
    CaseOutcome,
    CaseState,
    EntryKind,
    EventKind,
    ItemState,
    Outcome,
    Post,
    Stage,
    TaskState,
)
from engine.work import Work

REASON = Form(
    "reveal",
    "",
    (Section("", "", (Field("reason", FieldType.TEXTFIELD, N_("Reason to see the full data"), max_length=200),)),),
)


@dataclass(frozen=True)
class CaseView:
    """A case as one actor may see it."""

    id: str
    number: str
    pack: Pack
    release_number: int
    area: str
    applicant: str
    window: DepartmentInfo
    state: CaseState
    outcome: CaseOutcome | None
    ending: str
    trouble: str
    accepted_at: datetime
    counts_from: datetime | None
    accepted_by: str
    ended_at: datetime | None
    items: tuple[ShownItem, ...]
    tasks: tuple[ShownTask, ...]
    papers: tuple[ShownPaper, ...]
    sections: tuple[ShownSection, ...]
    entries: tuple[Happened, ...]
    drawing: str
    marks: runtime.Marks
    departments: Mapping[str, DepartmentInfo]
    at_window: bool
    events: tuple[EventKind, ...] = ()
    notices: tuple[NoticeView, ...] = ()
    clocks: tuple[ShownClock, ...] = ()


def view(work: Work, case_id: str) -> CaseView:
    """The case, masked, with only the facts the actor's items need. `NotFound` if it is not theirs to read."""
    case = readable(work, case_id)
    ledger.record(work, case.id, EntryKind.CASE_READ)
    return shown(work, case, reveal=False)


def reveal(work: Work, case_id: str, reason: str) -> CaseView:
    """The same without masks, for a reason that is recorded.

    `ReasonNeeded` for less than four characters, `FormInvalid` for a reason that cannot be printed or is too long.
    """
    case = readable(work, case_id)
    why = forms.check(REASON, {"reason": reason}, now=work.now)["reason"] or ""
    if len(why) < SHORTEST_REASON:
        raise ReasonNeeded
    ledger.record(work, case.id, EntryKind.CASE_REVEALED, reason=why)
    return shown(work, case, reveal=True)


def shown(work: Work, case: Case, *, reveal: bool) -> CaseView:
    """Put together what a page about a case shows. The caller has authorised and recorded the reading."""
    release = releases.numbered(work, case.release_hash)
    pack = releases.here(release.pack, case)
    people = identity.names(work, _people(case))
    offices = identity.departments(work, _offices(case))
    mine = _readable_answers(work, case)
    timed = shown_clocks(work, case, pack)
    clocks, out = readings(timed), handed(work, case)
    tasks = tuple(_task(task, people, offices, answers=task.id in mine) for task in case.tasks)
    papers = visible_notices(work, case)
    return CaseView(
        id=case.id,
        number=case.number,
        pack=pack,
        release_number=release.number,
        area=identity.area_name(work, case.area),
        applicant=case.applicant if reveal else masked_names(case.applicant),
        window=offices[case.window_id],
        state=CaseState(case.state),
        outcome=CaseOutcome(case.outcome) if case.outcome else None,
        ending=case.ending or "",
        trouble=case.trouble or "",
        accepted_at=case.accepted_at,
        counts_from=case.counts_from,
        accepted_by=people.get(case.accepted_by, ""),
        ended_at=case.ended_at,
        items=tuple(_item(item, pack, tasks, offices, clocks.get(item.code), case, out) for item in case.items),
        tasks=tasks,
        papers=papers_of(work, case, pack),
        sections=sections(pack, case, visible_keys(work, case, pack), reveal=reveal, now=work.now),
        entries=_told(work, case, {paper.id for paper in papers}),
        drawing=pack.drawing,
        marks=runtime.marks(pack.model, case.process),
        departments=offices,
        at_window=case.window_id in work.actor.departments((Post.WINDOW,)),
        events=pending(work, case),
        notices=papers,
        clocks=timed,
    )


def _told(work: Work, case: Case, known: Collection[str]) -> tuple[Happened, ...]:
    """The ledger; of notices one need not know it only says that they were issued."""
    named = {None, *known}
    told = ledger.entries(work, case.id)
    return tuple(e if e.facts.get("notice") in named else replace(e, facts={}) for e in told)


def visible_keys(work: Work, case: Case, pack: Pack) -> frozenset[str]:
    """Keys of the application this actor may see: all at the window and for oversight, else what their items need."""
    codes = {i.code for i in case.items} if sees_all(work, case) else worked_on(work, case)
    return frozenset().union(*(catalog.keys_of(pack, code) for code in codes))


def sections(pack: Pack, case: Case, keys: Collection[str], *, reveal: bool, now: datetime) -> tuple[ShownSection, ...]:
    """The application's sections with the facts under `keys`, masked unless revealed; empty ones are left out."""
    form = catalog.application(pack, [i.code for i in case.items])
    values = forms.said(form, case.facts)
    seen = _Seen(values, forms.visible(form, values, case.facts, now), frozenset(keys), case.sources, reveal)
    built = (ShownSection(section.label, seen.fields(section.fields)) for section in form.sections)
    return tuple(s for s in built if s.fields)


def masked_names(applicant: str) -> str:
    """The applicants' names as lists show them: 张*、李*."""
    return "、".join(forms.mask("name", name) for name in applicant.split("、"))


@dataclass(frozen=True)
class _Seen:
    """What one actor sees: values and what is shown by address, and the names they need to know."""

    values: Mapping[str, Any]
    shown: Collection[str]
    names: Collection[str]
    sources: Mapping[str, Mapping[str, str]]
    reveal: bool

    def fields(self, asked: Collection[Field], row: str = "", of: str = "") -> tuple[ShownField, ...]:
        """The fields at the top, or those in one row (`members.2.`) of a list (`members.`)."""
        there = [f for f in asked if f.key and row + f.key in self.shown and of + f.key in self.names]
        return tuple(self._rows(f) if f.rows else self._field(f, row + f.key) for f in there)

    def _rows(self, asked: Field) -> ShownField:
        inner = asked.rows.form.fields if asked.rows else ()
        marks = forms.marks(asked, self.values)
        rows = tuple(self.fields(inner, f"{asked.key}.{mark}.", f"{asked.key}.") for mark in marks)
        return ShownField(asked, "", any(f.masked for row in rows for f in row), rows)

    def _field(self, asked: Field, address: str) -> ShownField:
        text = forms.display(asked, self.values.get(address))
        covered = text if self.reveal else forms.mask(asked.secrecy, text)
        said = {name: text for name, text in self.sources.get(address, {}).items() if name != "value"}
        return ShownField(asked, covered, covered != text, source=said)


def _item(
    item: Item,
    pack: Pack,
    tasks: Collection[ShownTask],
    offices: Mapping[str, DepartmentInfo],
    clock: Reading | None,
    case: Case,
    out: Mapping[str, Handed],
) -> ShownItem:
    open_tasks = [t for t in tasks if t.item == item.code and t.state == TaskState.OPEN]
    return ShownItem(
        spec=next(i for i in pack.items if i.code == item.code),
        number=item.number,
        department=offices[item.department_id],
        state=ItemState(item.state),
        outcome=Outcome(item.outcome) if item.outcome else None,
        started_at=item.started_at,
        ended_at=item.ended_at,
        holders=tuple(f"{t.department.short} {t.holder}".strip() for t in open_tasks),
        clock=clock,
        handlers=tuple(dict.fromkeys(t.done_by for t in tasks if t.item == item.code and t.done_by)),
        result=catalog.result_of(pack, item.code, case.facts) if deliverable(item) else (),
        deliverable=deliverable(item) and item.code not in out,
        handed=out.get(item.code),
    )


def _readable_answers(work: Work, case: Case) -> frozenset[str]:
    """Tasks whose answers this actor may read: all at the window and for oversight, else those of their own items."""
    own = work.actor.departments(WORKING)
    items = worked_on(work, case)
    seen = (t.id for t in case.tasks if sees_all(work, case) or t.department_id in own or t.item in items)
    return frozenset(seen)


def _task(task: Task, people: Mapping[str, str], offices: Mapping[str, DepartmentInfo], *, answers: bool) -> ShownTask:
    return ShownTask(
        id=task.id,
        item=task.item,
        node=task.node,
        name=task.name,
        stage=Stage(task.stage),
        state=TaskState(task.state),
        department=offices[task.department_id],
        holder=people.get(task.holder or "", ""),
        opened_at=task.opened_at,
        done_at=task.done_at,
        done_by=people.get(task.done_by or "", ""),
        answers=(task.answers or {}) if answers else {},
        due=task.due,
        follow_up=task.follow_up,
    )


def _offices(case: Case) -> set[str]:
    return {case.window_id, *(i.department_id for i in case.items), *(t.department_id for t in case.tasks)}


def _people(case: Case) -> set[str]:
    named = {case.accepted_by, *(t.holder for t in case.tasks), *(t.done_by for t in case.tasks)}
    return {person for person in named if person}

"""Phrases 常用意见: words often wanted in an opinion, a person's own and those of their departments."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, delete, func, or_, select

from engine import cases, catalog, forms, identity, releases
from engine.errors import NotFound, PhrasesFull
from engine.forms import FieldType
from engine.identity import DepartmentInfo
from engine.store import Department, Phrase, Task, User
from engine.tasks.held import visible
from engine.tasks.opinion import keep_opinion
from engine.words import N_, Post
from engine.work import Work

TEXT = N_("Phrase")
MOST = 30  # of one person, and of one department
HEADS = (Post.APPROVER, Post.LEAD)  # who says what their department's phrases are


@dataclass(frozen=True)
class ShownPhrase:
    """A phrase; `department` is empty for one's own. `mine`: the actor may remove it."""

    id: str
    text: str
    department: str
    mine: bool


def phrases(work: Work) -> tuple[ShownPhrase, ...]:
    """The actor's own, then those of their departments, each in the order in which they were added."""
    seen = or_(Phrase.user_id == work.actor.id, Phrase.department_id.in_(work.actor.departments()))
    wanted = select(Phrase, Department.short).outerjoin(Department, Department.id == Phrase.department_id)
    rows = work.session.execute(wanted.where(seen)).all()
    ordered = sorted(rows, key=lambda row: (row[0].department_id or "", row[0].added_at, row[0].text))
    return tuple(ShownPhrase(row.id, row.text, short or "", _may(work, row)) for row, short in ordered)


def headed(work: Work) -> tuple[DepartmentInfo, ...]:
    """Departments whose phrases the actor may add and remove."""
    found = identity.departments(work, work.actor.departments(HEADS))
    return tuple(found[key] for key in sorted(found))


def add_phrase(work: Work, text: str, department: str = "") -> None:
    """Keep a phrase, one's own or a department's; one that is there already is not kept twice.

    `NotFound` for a department the actor is not the head of, `FormInvalid`, `PhrasesFull`.
    """
    words = cases.said(work, text, TEXT, least=1)
    if department and department not in work.actor.departments(HEADS):
        raise NotFound
    whose = Phrase.department_id == department if department else Phrase.user_id == work.actor.id
    _lock(work, department)
    if _count(work, whose, Phrase.text == words):
        return
    if _count(work, whose) >= MOST:
        raise PhrasesFull(most=MOST)
    row = Phrase(text=words, added_at=work.now)
    row.user_id, row.department_id = (None, department) if department else (work.actor.id, None)
    work.session.add(row)


def remove_phrase(work: Work, phrase_id: str) -> None:
    """Forget a phrase; `NotFound` for somebody else's. One that is gone already stays gone."""
    row = work.session.get(Phrase, phrase_id)
    if row is None:
        return
    if not _may(work, row):
        raise NotFound
    work.session.execute(delete(Phrase).where(Phrase.id == phrase_id))


def insert_phrase(work: Work, task_id: str, raw: Mapping[str, Any], phrase_id: str) -> bool:
    """Keep what was typed with a phrase after it, for a page without scripts; whether a field takes words now."""
    words = {each.id: each.text for each in phrases(work)}.get(phrase_id)
    if words is None:
        raise NotFound
    key = _place(work, visible(work, task_id), raw)
    before = str(raw.get(key) or "")
    keep_opinion(work, task_id, {**raw, key: f"{before}\n{words}" if before else words} if key else raw)
    return bool(key)


def _place(work: Work, task: Task, raw: Mapping[str, Any]) -> str:
    """The first field of the decision for some sentences that is asked for now, or nothing."""
    pack = releases.of_case(work, task.case)
    form = catalog.form_for(pack, task.form) if task.form else forms.EMPTY
    shown = forms.visible(form, forms.filled(form, raw, task.case.facts, work.now), task.case.facts, work.now)
    texts = (field.key for field in form.fields if field.type == FieldType.TEXTAREA and field.anchor in shown)
    return next(texts, "")


def _may(work: Work, row: Phrase) -> bool:
    return row.user_id == work.actor.id or row.department_id in work.actor.departments(HEADS)


def _lock(work: Work, department: str) -> None:
    """One addition after the other: two at once would both find room."""
    whose = (Department, Department.id == department) if department else (User, User.id == work.actor.id)
    work.session.scalars(select(whose[0]).where(whose[1]).with_for_update(key_share=True)).one()


def _count(work: Work, *conditions: ColumnElement[bool]) -> int:
    return work.session.scalar(select(func.count()).select_from(Phrase).where(*conditions)) or 0

"""One task as its handler sees it: the case, the form, what was typed so far, what an earlier attempt said."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine import cases, catalog, forms, ledger, releases
from engine.cases import CaseView, ShownTask
from engine.forms import Form
from engine.materials import Paper
from engine.store import Task
from engine.tasks.held import visible
from engine.tasks.opinion import kept
from engine.words import EntryKind, MaterialState, Stage, TaskState
from engine.work import Work


@dataclass(frozen=True)
class TaskView:
    """A task page: `values` are raw, flat by form key; `application` is what a supplement may correct."""

    task: ShownTask
    case: CaseView
    form: Form
    application: Form | None
    papers: tuple[Paper, ...]
    values: Mapping[str, Any]
    shown: frozenset[str]
    mine: bool
    free: bool
    wanted: str
    earlier: tuple[ShownTask, ...]


def view(work: Work, task_id: str, typed: Mapping[str, Any] | None = None) -> TaskView:
    """The page of a task in one of the actor's departments and posts. `typed` replaces what was kept."""
    task = visible(work, task_id)
    ledger.record(work, task.case_id, EntryKind.CASE_READ, task=task.id)
    case = cases.shown(work, task.case, reveal=False)
    pack = releases.load(work, task.case.release_hash)
    form = catalog.form_for(pack, task.form) if task.form else forms.EMPTY
    application = catalog.correctable(pack, task.stage, task.item)
    values = _values(work, task, application, typed)
    both = forms.combine([application, form], id=form.id, title=form.title) if application else form
    own = next(t for t in case.tasks if t.id == task.id)
    return TaskView(
        task=own,
        case=case,
        form=form,
        application=application,
        papers=_papers(task, case) if task.stage == Stage.SUPPLEMENT else (),
        values=values,
        shown=forms.visible(both, values, task.case.facts, work.now),
        mine=task.holder == work.actor.id,
        free=task.holder is None and task.state == TaskState.OPEN,
        wanted=_wanted(case, own),
        earlier=tuple(t for t in case.tasks if t.node == own.node and t.id != own.id and t.state == TaskState.DONE),
    )


def _values(work: Work, task: Task, application: Form | None, typed: Mapping[str, Any] | None) -> dict[str, Any]:
    stored = forms.said(application, task.case.facts) if application else {}
    return {**stored, **(typed if typed is not None else kept(work, task.id))}


def _papers(task: Task, case: CaseView) -> tuple[Paper, ...]:
    needed = (p for p in case.papers if task.item in p.spec.items)
    return tuple(Paper(p.spec, MaterialState(p.state)) for p in needed)


def _wanted(case: CaseView, task: ShownTask) -> str:
    """What the reviewer asked for when the item was sent back."""
    asked = [t for t in case.tasks if t.item == task.item and t.item and t.answers.get("missing")]
    return str(asked[-1].answers["missing"]) if asked else ""

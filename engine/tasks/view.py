"""One task as its handler sees it: the case, the form, what was typed so far, what an earlier attempt said."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine import cases, catalog, forms, ledger, materials, releases
from engine.cases import CaseView, ShownPaper, ShownTask
from engine.catalog import MaterialSpec
from engine.forms import Form
from engine.materials import Paper
from engine.store import Task
from engine.tasks.absence import stands_in
from engine.tasks.held import visible
from engine.tasks.opinion import kept
from engine.tasks.phrases import ShownPhrase, phrases
from engine.tasks.transfer import Passed, passed, receivers
from engine.tasks.watched import Urged, urges_of
from engine.words import EntryKind, MaterialState, Stage, TaskState
from engine.work import Work


@dataclass(frozen=True)
class TaskView:
    """A task page: `values` are raw, flat by form key; `application` is what a supplement may correct.

    `typed` is what of the values this user typed and did not submit. `receivers`: colleagues it may be passed on to,
    by id and name. `instead`: the actor stands in for whoever holds it.
    """

    task: ShownTask
    case: CaseView
    form: Form
    application: Form | None
    papers: tuple[Paper, ...]
    values: Mapping[str, Any]
    typed: Mapping[str, Any]
    shown: frozenset[str]
    mine: bool
    free: bool
    wanted: str
    earlier: tuple[ShownTask, ...]
    phrases: tuple[ShownPhrase, ...]
    passed: Passed | None
    receivers: tuple[tuple[str, str], ...]
    urged: Urged | None
    instead: bool


def view(work: Work, task_id: str, typed: Mapping[str, Any] | None = None) -> TaskView:
    """The page of a task in one of the actor's departments and posts.

    `typed` is what was posted, the checklist under `papers.<code>`; it replaces what was kept.
    """
    task = visible(work, task_id)
    ledger.record(work, task.case_id, EntryKind.CASE_READ, task=task.id)
    case = cases.shown(work, task.case, reveal=False)
    pack = releases.of_case(work, task.case)
    form = catalog.form_for(pack, task.form) if task.form else forms.EMPTY
    application = catalog.correctable(pack, task.stage, task.item)
    asked = _asked(form, application)
    stored = forms.said(application, task.case.facts) if application else {}
    said = typed if typed is not None else kept(work, task.id)
    values = forms.filled(asked, forms.over(asked, stored, said), task.case.facts, work.now)
    instead = task.state == TaskState.OPEN and stands_in(work, task)
    own = next(t for t in case.tasks if t.id == task.id)
    return TaskView(
        task=own,
        case=case,
        form=form,
        application=application,
        papers=_papers(work, task, case, said) if task.stage == Stage.SUPPLEMENT else (),
        values=values,
        typed={key: value for key, value in said.items() if value != stored.get(key, "")},
        shown=forms.visible(asked, values, task.case.facts, work.now),
        mine=task.holder == work.actor.id,
        free=task.holder is None and task.state == TaskState.OPEN,
        wanted=_wanted(case, own),
        earlier=tuple(t for t in case.tasks if t.node == own.node and t.id != own.id and t.state == TaskState.DONE),
        phrases=phrases(work),
        passed=passed(work, [task]).get(task.id),
        urged=urges_of(work, [task]).get(task.id),
        receivers=receivers(work, task) if instead or _takes(work, task) else (),
        instead=instead,
    )


def _takes(work: Work, task: Task) -> bool:
    """Whether the task is open and the actor's or nobody's."""
    return task.state == TaskState.OPEN and task.holder in (None, work.actor.id)


def consequences(
    work: Work, task_id: str, typed: Mapping[str, Any]
) -> tuple[frozenset[str], Mapping[str, str | list[str]]]:
    """What follows from what is being typed: anchors of the fields to show, and derived values by key.

    For a page that is open already; it shows nothing of the case, so it is no reading.
    """
    task = visible(work, task_id)
    pack = releases.of_case(work, task.case)
    form = catalog.form_for(pack, task.form) if task.form else forms.EMPTY
    application = catalog.correctable(pack, task.stage, task.item)
    asked = _asked(form, application)
    stored = forms.said(application, task.case.facts) if application else {}
    values = forms.filled(asked, forms.over(asked, stored, typed), task.case.facts, work.now)
    return forms.visible(asked, values, task.case.facts, work.now), forms.automatic(asked, values)


def _asked(form: Form, application: Form | None) -> Form:
    return forms.combine([application, form], id=form.id, title=form.title) if application else form


def _papers(work: Work, task: Task, case: CaseView, said: Mapping[str, Any]) -> tuple[Paper, ...]:
    """The papers of the item as they stand, or as this user has ticked them without submitting."""
    return tuple(_paper(work, task, p, said) for p in case.papers if task.item in p.spec.items)


def _paper(work: Work, task: Task, shown: ShownPaper, said: Mapping[str, Any]) -> Paper:
    key = f"papers.{shown.spec.code}"
    used = materials.used_before(work, shown.spec, task.case.facts, case_id=task.case_id)
    return Paper(
        shown.spec,
        _ticked(shown.spec, said.get(key)) or shown.state,
        files=shown.scans,
        used=tuple(number if may else "" for number, may in used),
        reason=str(said.get(f"{key}.reason") or ""),
    )


def _ticked(spec: MaterialSpec, chosen: object) -> MaterialState | None:
    return MaterialState(str(chosen)) if chosen in (MaterialState.MISSING, *spec.states) else None


def _wanted(case: CaseView, task: ShownTask) -> str:
    """What the reviewer asked for when the item was sent back."""
    asked = [t for t in case.tasks if t.item == task.item and t.item and t.answers.get("missing")]
    return str(asked[-1].answers["missing"]) if asked else ""

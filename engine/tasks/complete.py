"""Completing a task: the whole rule, top to bottom."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from engine import cases, catalog, commands, forms, identity, ledger, materials, people, releases, runtime
from engine.catalog import Pack
from engine.errors import FieldError, FormInvalid, gathered
from engine.runtime import Advance
from engine.store import Task
from engine.tasks.absence import stands_in
from engine.tasks.held import ready, visible
from engine.tasks.opinion import forget_opinion
from engine.words import EntryKind, Stage, TaskState
from engine.work import Work


@dataclass(frozen=True)
class Completed:
    """The case the task belongs to; `stopped` says that the process met an error and the task is still open.

    `following` are the tasks this opened: name and short name of the department that has it now.
    """

    case_id: str
    pack: Pack
    stopped: bool = False
    following: tuple[tuple[str, str], ...] = ()


def complete(
    work: Work, task_id: str, raw: Mapping[str, Any], *, papers: Mapping[str, str] | None = None, key: str
) -> Completed:
    """Finish a task with what was typed (`raw`, flat by form key), once per `key`.

    At a supplement, `raw` may also correct the application's facts the item needs, and `papers` the checklist.
    Raises `FormInvalid`, `TaskGone`, `TaskHeld`, `TaskCancelled`, `NotFound`, `KeyReused`, `PapersOutstanding`,
    `SupplementOnce`.
    """
    content = {"task": task_id, "raw": dict(raw), "papers": dict(papers or {})}
    task = visible(work, task_id)
    pack = releases.of_case(work, task.case)
    if case_id := commands.once(work, key, content, task.case_id):
        return Completed(case_id, pack)
    task = ready(work, task)
    cases.may_close(work, task, pack)
    corrections, answers = _checked(work, task, pack, raw)
    facts = forms.overlay(task.case.facts, corrections)
    step = runtime.finish(pack.model, task.case.process, task.id, answers, facts, now=work.now)
    cases.may_grant(task, pack, step)
    advance = cases.vetted(work, task.case, pack, step)
    if advance.incident:
        commands.forget(work, key)
    else:
        _supplied(work, task, pack, corrections, papers or {})
        _asked_for(work, task, advance, answers)
        _finish(work, task, answers)
    opened = cases.move(work, task.case, pack, advance, cause=task.id)
    if advance.incident:
        return Completed(task.case_id, pack, stopped=True)
    if corrections:
        people.follow(work, task.case, pack)
    return Completed(task.case_id, pack, following=_following(work, opened))


def _following(work: Work, opened: Collection[Task]) -> tuple[tuple[str, str], ...]:
    offices = identity.departments(work, {task.department_id for task in opened})
    return tuple((task.name, offices[task.department_id].short) for task in opened)


def _checked(work: Work, task: Task, pack: Pack, raw: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Clean corrections and clean answers; one `FormInvalid` names everything wrong in both."""
    application = catalog.correctable(pack, task.stage, task.item)
    own = catalog.form_for(pack, task.form) if task.form else forms.EMPTY
    errors: list[FieldError] = []
    corrections: dict[str, Any] = {}
    answers: dict[str, Any] = {}
    with gathered(errors):
        typed = {k: v for k, v in raw.items() if not (application and application.at(k))}
        answers = forms.check(own, typed, task.case.facts, now=work.now)
    if application:
        with gathered(errors):
            corrected = {k: v for k, v in raw.items() if application.at(k)}
            checked = forms.check(application, corrected, task.case.facts, now=work.now)
            corrections = forms.whole(application, task.case.facts, checked)
    errors = errors or _contradicted(work, task, pack, answers, corrections)
    if errors:
        raise FormInvalid(errors)
    # What an earlier attempt said and this one does not must not live on under the item's name.
    return corrections, forms.overlay(forms.nest(dict.fromkeys(own.keys)), answers)


def _contradicted(
    work: Work, task: Task, pack: Pack, answers: Mapping[str, Any], corrections: Mapping[str, Any]
) -> list[FieldError]:
    """What checks across fields refuse: of the answers beside the whole case, and of the corrected application."""
    said = {task.item: answers} if task.item else answers
    facts = forms.overlay(forms.overlay(task.case.facts, corrections), said)
    own = catalog.form_for(pack, task.form) if task.form else forms.EMPTY
    found = catalog.contradictions(pack, own, answers, facts, work.now, task.node)
    application = catalog.correctable(pack, task.stage, task.item) if corrections else None
    return found + (catalog.contradictions(pack, application, corrections, facts, work.now) if application else [])


def _supplied(work: Work, task: Task, pack: Pack, corrections: Mapping[str, Any], papers: Mapping[str, str]) -> None:
    changed = catalog.differing(task.case.facts, corrections)
    if changed:
        ledger.record(work, task.case_id, EntryKind.FACTS_CORRECTED, task=task.id, keys=sorted(changed))
        facts = forms.overlay(task.case.facts, corrections)
        task.case.applicant = cases.named(pack, facts)
        task.case.sources = cases.still(task.case.sources, task.case.facts, facts)
    if task.stage == Stage.SUPPLEMENT and task.item:
        materials.record(work, task.case, pack, task.item, papers)
        materials.supplied(work, task.case, task.item)


def _asked_for(work: Work, task: Task, advance: Advance, answers: Mapping[str, Any]) -> None:
    """A decision that sends an item back to the applicant asks for something: once."""
    for item in {o.item for o in advance.opened if o.stage == Stage.SUPPLEMENT and o.item}:
        said, basis = (str(answers.get(key) or "") for key in ("missing", "legal_basis"))
        materials.ask_by_decision(work, task.case, item, said, basis)


def _finish(work: Work, task: Task, answers: Mapping[str, Any]) -> None:
    instead = {"instead_of": _name(work, task.holder)} if task.holder and stands_in(work, task) else {}
    task.state, task.done_at, task.done_by = TaskState.DONE, work.now, work.actor.id
    task.holder = task.holder or work.actor.id
    task.answers = dict(answers)
    forget_opinion(work, task)
    ledger.record(
        work,
        task.case_id,
        EntryKind.TASK_COMPLETED,
        task=task.id,
        name=task.name,
        item=task.item,
        decision=answers.get("decision"),
        **instead,
    )


def _name(work: Work, user_id: str) -> str:
    return identity.names(work, {user_id}).get(user_id, "")

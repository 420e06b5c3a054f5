"""Moving a case, and moving it back while nothing else has happened. One case is one transaction."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from engine import cases, identity, ledger, materials, numbers, releases, runtime
from engine.errors import CannotMigrate, MigrationOver, MovedOn, NotFound, ReasonNeeded
from engine.migration.plan import Plan, Verdict, allowed, made
from engine.runtime import Opened
from engine.store import Case, Item, Material, Migration, Task, TaskUser
from engine.words import EntryKind, MaterialState, Stage, TaskState
from engine.work import Work

CAUSE = cases.MIGRATION  # what caused an incident, when it was no task


def apply(
    work: Work,
    case_id: str,
    number: int,
    *,
    reason: str,
    renamed: Mapping[str, str] | None = None,
    revision: int | None = None,
) -> str:
    """Move a case to a release of its pack; returns the migration's id, for `undo`.

    `revision` is the one of the preview: with it, `MovedOn` when anything happened since. Raises `CannotMigrate` with
    the first obstacle, `ReasonNeeded`, `NoSuchRelease`, `NotYours`.
    """
    allowed(work)
    if not reason.strip():
        raise ReasonNeeded
    case = cases.locked(work, case_id)
    if revision is not None and revision != case.revision:
        raise MovedOn
    plan = made(work, case, number, renamed or {})
    if plan.verdict.obstacles:
        raise _refused(plan.verdict, *plan.verdict.obstacles[0])
    before = {**_before(case), "renamed": dict(renamed or {})}
    _rows(work, case, plan)
    cases.rename_jobs(work, case, renamed or {})
    row = _kept(work, case, plan, before, reason.strip())
    told = {"old": plan.old.number, "new": plan.new.number, "hash": plan.new.hash, "reason": row.reason}
    ledger.record(work, case.id, EntryKind.CASE_MIGRATED, migration=row.id, **told)
    return row.id


def undo(work: Work, migration_id: str, *, reason: str) -> None:
    """Put a case back as it was before a migration. `MigrationOver` when it was undone or anything happened since."""
    allowed(work)
    if not reason.strip():
        raise ReasonNeeded
    row = work.session.get(Migration, migration_id)
    if row is None:
        raise NotFound
    case = cases.locked(work, row.case_id)
    if row.undone_at or row.revision != case.revision or row.new_hash != case.release_hash:
        raise MigrationOver(number=case.number)
    old = releases.numbered(work, row.old_hash)
    _restore(work, case, row.before)
    case.release_hash, case.facts = row.old_hash, row.before["facts"]
    same = runtime.migrate(old.pack.model, old.pack.model, row.before["process"], case.facts, renamed={}, now=work.now)
    if same.advance is None:
        raise MigrationOver(number=case.number)
    pack = releases.here(old.pack, case)
    cases.move(work, case, pack, same.advance, cause=CAUSE)
    cases.recount(work, case, pack)
    cases.rename_jobs(work, case, {new: old for old, new in row.before.get("renamed", {}).items()})
    row.undone_at, row.undone_by = work.now, work.actor.id
    ledger.record(work, case.id, EntryKind.CASE_RESTORED, migration=row.id, new=old.number, reason=reason.strip())


def _kept(work: Work, case: Case, plan: Plan, before: dict[str, Any], reason: str) -> Migration:
    """The row that makes undoing possible, as long as the case keeps the revision it has now."""
    row = Migration(
        case_id=case.id,
        old_hash=plan.old.hash,
        new_hash=plan.new.hash,
        reason=reason,
        before=before,
        revision=0,
        at=work.now,
        actor=work.actor.id,
    )
    work.session.add(row)
    work.session.flush()
    row.revision = case.revision if _quiet(plan) else 0
    return row


def _refused(verdict: Verdict, zh: str, en: str) -> CannotMigrate:
    return CannotMigrate(number=verdict.number, release=verdict.new, reason=f"{zh} / {en}")


def _quiet(plan: Plan) -> bool:
    """Whether the move itself made nothing happen: no task or job opened or gone, no item ended."""
    step = plan.moved.advance
    return step is not None and not (
        step.opened or step.closed or step.outcomes or step.ended or step.passed or step.jobs
    )


def _rows(work: Work, case: Case, plan: Plan) -> None:
    """Write the plan: first what the new release adds, then what the process says, then the tasks that stay open."""
    step = plan.moved.advance
    assert step is not None
    case.release_hash = plan.new.hash
    last = max((item.position for item in case.items), default=0)
    for position, spec in enumerate(plan.followed.items, last + 1):
        number, office = numbers.item_number(case.number, position), plan.departments[spec.lane]
        case.items.append(Item(position=position, code=spec.code, number=number, department_id=office.id))
    _papers(work, case, plan)
    lanes = {spec.code: spec.lane for spec in plan.new.pack.items}
    for item in case.items:
        if not item.outcome:
            item.department_id = plan.departments[lanes[item.code]].id
    rows = {task.id: task for task in case.tasks}
    step = cases.vetted(work, case, plan.new.pack, step)
    if step.incident:
        raise _refused(plan.verdict, step.incident.zh, step.incident.en)
    cases.move(work, case, plan.new.pack, step, cause=CAUSE)
    for opened in plan.moved.kept:
        _describe(work, rows[opened.id], opened, plan)
    cases.recount(work, case, plan.new.pack)


def _papers(work: Work, case: Case, plan: Plan) -> None:
    for paper in [m for m in case.materials if m.code in plan.followed.dropped]:
        case.materials.remove(paper)
        work.session.delete(paper)
    last = max((paper.position for paper in case.materials), default=0)
    for position, spec in enumerate(plan.followed.papers, last + 1):
        row = Material(position=position, code=spec.code, kind=spec.kind, state=MaterialState.MISSING)
        case.materials.append(row)


def _describe(work: Work, task: Task, opened: Opened, plan: Plan) -> None:
    """An open task as the new drawing has it. Another department has to claim it anew.

    Who does it and until when is said anew only where the drawing says something else than before.
    """
    lane = plan.new.pack.lanes[opened.lane or ""]
    department = plan.departments[opened.lane or ""].id
    moved = task.department_id != department
    if moved:
        task.department_id, task.holder = department, None
    old, new = plan.old.pack.model.nodes[task.node], plan.new.pack.model.nodes[opened.node]
    task.node, task.name, task.form, task.item = opened.node, opened.name, opened.form, opened.item
    task.stage = opened.stage or Stage.REVIEW
    task.posts = list(opened.groups) or [str(post) for post in lane.posts]
    if moved or (old.assignee, old.users) != (new.assignee, new.users):
        _assign(work, task, opened)
    if old.due != new.due:
        task.due = opened.due
    if old.follow_up != new.follow_up:
        task.follow_up = opened.follow_up


def _assign(work: Work, task: Task, opened: Opened) -> None:
    """The assignee holds the task, and it is kept for the users named, as far as they are there with the post."""
    named = {*opened.users, *((opened.assignee,) if opened.assignee else ())}
    able = identity.serving_as(work, task.department_id, task.posts, named)
    _keep_for(work, task, [able[login] for login in dict.fromkeys(opened.users) if login in able])
    kept = {user.user_id for user in task.users}
    former = task.holder if not kept or task.holder in kept else None
    task.holder = able.get(opened.assignee or "") or former
    task.claimed_at = (task.claimed_at or work.now) if task.holder else None


def _keep_for(work: Work, task: Task, users: Collection[str]) -> None:
    there = {user.user_id: user for user in task.users}
    for gone in (user for name, user in there.items() if name not in users):
        task.users.remove(gone)
        work.session.delete(gone)
    task.users += [TaskUser(user_id=name) for name in users if name not in there]


_TASK = ("id", "node", "name", "stage", "form", "item", "department_id", "posts", "holder")
_MOMENTS = ("due", "follow_up", "claimed_at")


def _before(case: Case) -> dict[str, Any]:
    """Everything a migration may change."""
    return {
        "process": case.process,
        "facts": case.facts,
        "items": {item.code: item.department_id for item in case.items},
        "tasks": [_said(task) for task in case.tasks if task.state == TaskState.OPEN],
        "papers": [materials.kept(m) for m in case.materials],
    }


def _said(task: Task) -> dict[str, Any]:
    moments = {name: getattr(task, name) for name in _MOMENTS}
    return {
        **{name: getattr(task, name) for name in _TASK},
        **{name: moment and moment.isoformat() for name, moment in moments.items()},
        "users": [user.user_id for user in task.users],
    }


def _restore(work: Work, case: Case, before: dict[str, Any]) -> None:
    for item in [i for i in case.items if i.code not in before["items"]]:
        case.items.remove(item)
        work.session.delete(item)
    for item in case.items:
        item.department_id = before["items"][item.code]
    rows = {task.id: task for task in case.tasks}
    for said in before["tasks"]:
        task = rows[said["id"]]
        for name in _TASK[1:]:
            setattr(task, name, said[name])
        for name in _MOMENTS:
            setattr(task, name, said[name] and datetime.fromisoformat(said[name]))
        _keep_for(work, task, said["users"])
    papers = {paper.code: paper for paper in case.materials}
    known = {said["code"] for said in before["papers"]}
    for paper in [m for m in case.materials if m.code not in known]:
        case.materials.remove(paper)
        work.session.delete(paper)
    case.materials += [materials.again(said) for said in before["papers"] if said["code"] not in papers]

"""What moving a case would do, found out without changing anything; `apply` carries out the same plan."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import select

from engine import identity, numbers, releases, runtime
from engine.errors import EngineError, NotFound, NotYours
from engine.identity import DepartmentInfo
from engine.migration import needs
from engine.migration.pack import Followed, Said, follow
from engine.releases import Published
from engine.runtime import Migrated, Opened
from engine.store import Case, Task
from engine.words import CaseState, Post
from engine.work import SYSTEM, Work

_DONE = ("本办件已经办结。", "This case has ended.")


@dataclass(frozen=True)
class Verdict:
    """What moving one case to a release would mean. It can move when there are no `obstacles` (Chinese, English)."""

    case_id: str
    number: str
    revision: int
    old: int
    new: int
    obstacles: tuple[Said, ...]
    remarks: tuple[Said, ...]

    @property
    def movable(self) -> bool:
        """Whether the case can move."""
        return not self.obstacles


@dataclass(frozen=True)
class Plan:
    """Everything `apply` writes."""

    verdict: Verdict
    old: Published
    new: Published
    followed: Followed
    moved: Migrated
    departments: Mapping[str, DepartmentInfo]  # by lane


def allowed(work: Work) -> None:
    """Designers, supervisors and administrators move cases, and the command line; `NotYours` for anybody else."""
    if work.actor != SYSTEM and not work.actor.holds(Post.DESIGNER, Post.SUPERVISOR, Post.ADMIN):
        raise NotYours


def candidates(work: Work, code: str, number: int, typed: Collection[str] = ()) -> tuple[str, ...]:
    """Ids of the running cases of a pack that are not on this release yet, or of those with these case numbers."""
    allowed(work)
    target = releases.of_number(work, code, number)
    running = select(Case.id).where(Case.pack == code).order_by(Case.accepted_at, Case.id)
    if typed:
        wanted = {numbers.plain(one) for one in typed}
        found = work.session.scalars(running.where(Case.number.in_(wanted))).all()
        if len(found) != len(wanted):
            raise NotFound
        return tuple(found)
    waiting = running.where(Case.state != CaseState.ENDED, Case.release_hash != target.hash)
    return tuple(work.session.scalars(waiting))


def preview(work: Work, case_id: str, number: int, renamed: Mapping[str, str] | None = None) -> Verdict:
    """What moving a case to a release of its pack would do; changes nothing. `NoSuchRelease`, `NotYours`."""
    allowed(work)
    return made(work, work.session.get_one(Case, case_id), number, renamed or {}).verdict


def made(work: Work, case: Case, number: int, renamed: Mapping[str, str]) -> Plan:
    """The plan for one case, whose row the caller has."""
    named = releases.numbered(work, case.release_hash), releases.of_number(work, case.pack, number)
    old, new = (replace(one, pack=releases.here(one.pack, case)) for one in named)
    coming = _coming(case, new, renamed)
    day = releases.local_day(case.accepted_at)
    followed = follow(case, old.pack, new.pack, coming, day=day, now=work.now)
    moved = runtime.migrate(old.pack.model, new.pack.model, case.process, followed.facts, renamed=renamed, now=work.now)
    departments, unserved = _departments(work, case, new, moved, followed)
    obstacles = [
        *([_DONE] if case.state == CaseState.ENDED else []),
        *([_same(number)] if old.hash == new.hash else []),
        *followed.obstacles,
        *((o.zh, o.en) for o in moved.obstacles),
        *needs.lacking(old.pack, new.pack, followed.facts, coming),
        *unserved,
    ]
    remarks = [*followed.remarks, *((r.zh, r.en) for r in moved.remarks), *_of_tasks(work, case, moved, departments)]
    verdict = Verdict(
        case.id, case.number, case.revision, old.number, new.number, tuple(obstacles), tuple(dict.fromkeys(remarks))
    )
    return Plan(verdict, old, new, followed, moved, departments)


def _coming(case: Case, new: Published, renamed: Mapping[str, str]) -> frozenset[str]:
    """The nodes of the new drawing where the case stands and to which it may still come; all, before it begins."""
    here = runtime.marks(new.pack.model, case.process).current or {n.id for n in runtime.starts(new.pack.model)}
    known = {renamed.get(node, node) for node in here} & new.pack.model.nodes.keys()
    return runtime.ahead(new.pack.model, known) | known


def _departments(
    work: Work, case: Case, new: Published, moved: Migrated, followed: Followed
) -> tuple[dict[str, DepartmentInfo], list[Said]]:
    """Who does what the case will have open, by lane; and the lanes nobody serves here."""
    opened = moved.advance.opened if moved.advance else ()
    running = [i.code for i in case.items if not i.outcome]
    lanes = {o.lane or "" for o in (*moved.kept, *opened)} | {i.lane for i in followed.items}
    lanes |= {spec.lane for spec in new.pack.items if spec.code in running}
    found, unserved = {}, []
    for name in sorted(lanes):
        lane = new.pack.lanes[name]
        try:
            found[name] = identity.serving(work, lane.kind, lane.level, case.area)
        except EngineError as nobody:
            unserved.append((f"本区域没有部门承担泳道“{name}”。", str(nobody)))
    return found, unserved


def _of_tasks(work: Work, case: Case, moved: Migrated, departments: Mapping[str, DepartmentInfo]) -> Iterator[Said]:
    rows = {task.id: task for task in case.tasks}
    offices = identity.departments(work, {task.department_id for task in case.tasks})
    for opened in moved.kept:
        task, now = rows[opened.id], departments.get(opened.lane or "")
        if now is not None and now.id != task.department_id:
            was = offices[task.department_id].name
            zh = f"待办“{opened.name}”由“{was}”转到“{now.name}”。"
            yield zh, f'The task "{opened.name}" goes from {was} to {now.name}.'
        yield from _renamed(task, opened)


def _renamed(task: Task, opened: Opened) -> Iterator[Said]:
    if task.name != opened.name:
        yield f"待办“{task.name}”改名为“{opened.name}”。", f'The task "{task.name}" is called "{opened.name}" now.'
    if task.form != opened.form:
        zh = f"待办“{opened.name}”的表单由 {task.form} 换成 {opened.form}。"
        yield zh, f'The form of "{opened.name}" changes from {task.form} to {opened.form}.'


def _same(number: int) -> Said:
    return f"本办件已经在版本 {number} 上。", f"This case is on release {number} already."

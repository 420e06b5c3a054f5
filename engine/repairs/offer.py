"""What can be changed about a case now: the steps that wait, those that can be opened again, the items at work."""

from dataclasses import dataclass
from datetime import datetime

from engine import cases, ledger, releases, runtime
from engine.cases import CaseView, ShownItem, ShownTask
from engine.catalog import Pack
from engine.repairs.held import adjustable
from engine.store import Case
from engine.words import ChangeKind, EntryKind, ItemState, TaskState
from engine.work import Work


@dataclass(frozen=True)
class Target:
    """A node one can move to; `name` is empty where the designer gave none, `kind` is the element's name in BPMN."""

    node: str
    name: str
    kind: str


@dataclass(frozen=True)
class Step:
    """Something that waits. `element` is its name in BPMN, `kind` says for what it waits (`runtime.Standing`).

    `task` is the person's task, if it is one.
    """

    token: str
    node: str
    name: str
    element: str
    kind: str
    item: str | None
    task: ShownTask | None
    due: datetime | None
    can: tuple[ChangeKind, ...]
    targets: tuple[Target, ...]


@dataclass(frozen=True)
class Again:
    """A step that can be opened again, and the task that was last done there, if it is one."""

    node: str
    scope: str
    name: str
    item: str | None
    last: ShownTask | None


@dataclass(frozen=True)
class Offer:
    """What one may do. `by_clock`: the case stopped on a time limit; `stopped` is the task it stopped at otherwise."""

    case: CaseView
    steps: tuple[Step, ...]
    earlier: tuple[Again, ...]
    items: tuple[ShownItem, ...]
    by_clock: bool
    stopped: ShownTask | None


def offer(work: Work, case_id: str) -> Offer:
    """What can be changed now. Looking at it is reading the case."""
    case = adjustable(work, case_id)
    pack = releases.of_case(work, case)
    ledger.record(work, case.id, EntryKind.CASE_READ)
    shown = cases.shown(work, case, reveal=False)
    tasks = {task.id: task for task in shown.tasks}
    steps = tuple(_step(pack, case, standing, tasks) for standing in runtime.standing(pack.model, case.process))
    at_work = {step.item for step in steps}
    return Offer(
        case=shown,
        steps=steps,
        earlier=tuple(_again(pack, shown, change) for change in runtime.earlier(pack.model, case.process)),
        items=tuple(i for i in shown.items if i.spec.code in at_work and i.state != ItemState.ENDED),
        by_clock=case.trouble_cause == cases.CLOCK,
        stopped=tasks.get(case.trouble_cause or ""),
    )


def _step(pack: Pack, case: Case, standing: runtime.Standing, tasks: dict[str, ShownTask]) -> Step:
    node = pack.model.nodes[standing.node]
    due = {t.id: t.due for t in runtime.due(pack.model, case.process)}
    can = tuple(kind for kind in ChangeKind if kind in standing.can)
    targets = runtime.targets(pack.model, case.process, standing.id) if ChangeKind.MOVE in can else ()
    return Step(
        token=standing.id,
        node=node.id,
        name=node.name,
        element=node.kind,
        kind=standing.kind,
        item=node.item,
        task=tasks.get(standing.id),
        due=due.get(standing.id),
        can=can,
        targets=tuple(Target(n, pack.model.nodes[n].name, pack.model.nodes[n].kind) for n in targets),
    )


def _again(pack: Pack, shown: CaseView, change: runtime.Reopen) -> Again:
    node = pack.model.nodes[change.node]
    done = [t for t in shown.tasks if t.node == node.id and t.state == TaskState.DONE]
    return Again(node.id, change.scope, node.called, node.item, done[-1] if done else None)

"""What a change would do, computed as it would be done, and stored nowhere."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from engine import cases, identity, ledger, releases, runtime
from engine.cases import CaseView
from engine.catalog import ItemSpec, Pack
from engine.forms import Form
from engine.repairs.held import adjustable
from engine.repairs.wish import Wish, carried_out, form_of
from engine.runtime import Advance, Marks, Refusal
from engine.store import Case, Item, Task
from engine.words import EntryKind, ItemState, Outcome, Stage, TaskState
from engine.work import Work


@dataclass(frozen=True)
class Closing:
    """A task that would be taken away, and from whom."""

    name: str
    item: str | None
    office: str
    holder: str


@dataclass(frozen=True)
class Opening:
    """A task or a job that would open, and where; a job has no office."""

    name: str
    item: str | None
    office: str


@dataclass(frozen=True)
class ItemChange:
    """An item that would stand elsewhere afterwards."""

    spec: ItemSpec
    before: tuple[ItemState, Outcome | None]
    after: tuple[ItemState, Outcome | None]


@dataclass(frozen=True)
class Preview:
    """What a wish would do, or in `refusal` why it is not done; then nothing else is said.

    `told` are the offices it concerns, `timers` the moments that would be waited for anew, `marks` where the case would
    stand, `undecided` items at work that no step decides on any more after this, `form` what
    may be said for a person whose task is skipped.
    """

    wish: Wish
    case: CaseView
    step: str
    to: str
    revision: int
    form: Form
    refusal: Refusal | None
    closes: tuple[Closing, ...] = ()
    opens: tuple[Opening, ...] = ()
    items: tuple[ItemChange, ...] = ()
    timers: tuple[tuple[str, datetime], ...] = ()
    told: tuple[str, ...] = ()
    undecided: tuple[ItemSpec, ...] = ()
    ends: bool = False
    marks: Marks | None = None


def preview(work: Work, case_id: str, wish: Wish) -> Preview:
    """What the wish would do now. Looking at it is reading the case. `FormInvalid` for answers that are none."""
    case = adjustable(work, case_id)
    pack = releases.of_case(work, case)
    ledger.record(work, case.id, EntryKind.CASE_READ)
    found = settled(work, pack, case, wish)
    shown = _bare(work, pack, case, wish, found if isinstance(found, Refusal) else None)
    return shown if isinstance(found, Refusal) else _told(work, pack, case, shown, found)


def settled(work: Work, pack: Pack, case: Case, wish: Wish) -> Advance | Refusal:
    """What the wish leads to; an incident it would run into is a refusal."""
    found = carried_out(work, pack, case, wish)
    if isinstance(found, Refusal):
        return found
    advance = cases.vetted(work, case, pack, found)
    return Refusal(advance.incident.zh, advance.incident.en) if advance.incident else advance


def step_of(pack: Pack, case: Case, wish: Wish) -> str:
    """What people call the step the wish is about; an item's name, when it is about an item."""
    if wish.item:
        return next((item.name for item in pack.items if item.code == wish.item), wish.item)
    standing = (s.node for s in runtime.standing(pack.model, case.process) if s.id == wish.token)
    node = pack.model.nodes.get(next(standing, "") if wish.token else wish.node)
    return node.called if node else ""


def _bare(work: Work, pack: Pack, case: Case, wish: Wish, refusal: Refusal | None) -> Preview:
    target = pack.model.nodes.get(wish.node) if wish.token else None
    return Preview(
        wish=wish,
        case=cases.shown(work, case, reveal=False),
        step=step_of(pack, case, wish),
        to=target.called if target else "",
        revision=case.revision,
        form=form_of(pack, case, wish),
        refusal=refusal,
    )


def _told(work: Work, pack: Pack, case: Case, shown: Preview, advance: Advance) -> Preview:
    closing = [t for t in shown.case.tasks if t.id in advance.closed and t.state == TaskState.OPEN]
    opening = _openings(work, pack, case, advance)
    items = tuple(_items(pack, case, advance))
    changed = {change.spec.code for change in items}
    offices = [t.department.short for t in closing] + [o.office for o in opening]
    offices += [item.department.short for item in shown.case.items if item.spec.code in changed]
    known = {(t.node, t.due) for t in runtime.due(pack.model, case.process)}
    return replace(
        shown,
        closes=tuple(Closing(t.name, t.item, t.department.short, t.holder) for t in closing),
        opens=opening,
        items=items,
        timers=tuple((pack.model.nodes[t.node].called, t.due) for t in advance.timers if (t.node, t.due) not in known),
        told=tuple(dict.fromkeys(filter(None, offices))),
        undecided=_undecided(pack, case, advance, {c.spec.code: c.after[1] for c in items}),
        ends=advance.ended is not None,
        marks=runtime.marks(pack.model, advance.state),
    )


def _openings(work: Work, pack: Pack, case: Case, advance: Advance) -> tuple[Opening, ...]:
    tasks = [Opening(o.name, o.item, _office(work, pack, case, o.lane)) for o in advance.opened]
    nodes = [pack.model.nodes[job.node] for job in advance.jobs]
    return (*tasks, *(Opening(node.called, node.item, "") for node in nodes))


def _office(work: Work, pack: Pack, case: Case, lane: str | None) -> str:
    served = pack.lanes[lane or ""]
    return identity.serving(work, served.kind, served.level, case.area).short


def _items(pack: Pack, case: Case, advance: Advance) -> Iterable[ItemChange]:
    """The items whose state or outcome changes: what `cases.move` will write, by the same rule."""
    tasks = [Task(item=t.item, stage=t.stage, state=_after(t, advance)) for t in case.tasks]
    tasks += [Task(item=o.item, stage=o.stage or Stage.REVIEW, state=TaskState.OPEN) for o in advance.opened]
    decided = {ended.item: ended.outcome for ended in advance.outcomes}
    for item in case.items:
        outcome = decided.get(item.code) or (None if item.code in advance.reopened else item.outcome)
        then = Item(code=item.code, outcome=outcome)
        if advance.ended and not outcome:
            started = item.started_at or any(t.item == item.code for t in tasks)
            then.outcome = Outcome.TERMINATED if started else Outcome.NOT_NEEDED
        before, after = _stand(item, case.tasks), _stand(then, tasks)
        if before != after:
            yield ItemChange(pack.item(item.code), before, after)


def _undecided(pack: Pack, case: Case, advance: Advance, after: Mapping[str, Outcome | None]) -> tuple[ItemSpec, ...]:
    """Items without a result that could still get one from a step, and then could not."""
    lost = runtime.undecided(pack.model, advance.state) - runtime.undecided(pack.model, case.process)
    return tuple(pack.item(i.code) for i in case.items if i.code in lost and not after.get(i.code, i.outcome))


def _stand(item: Item, tasks: list[Task]) -> tuple[ItemState, Outcome | None]:
    return cases.item_state(item, tasks), Outcome(item.outcome) if item.outcome else None


def _after(task: Task, advance: Advance) -> str:
    return TaskState.CANCELLED if task.id in advance.closed else task.state

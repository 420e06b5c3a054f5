"""Where work and time go on the drawing of a one-thing: how often each step was taken, how long it took."""

from dataclasses import dataclass

from sqlalchemy import func

from engine import releases
from engine.errors import NotFound
from engine.figures import medians
from engine.figures.counted import Counted, Wish, selected
from engine.figures.term import Term
from engine.releases import Published
from engine.store import Case, Task
from engine.work import Work

LEVELS = 5  # of heat; the step taken most often has the highest


@dataclass(frozen=True)
class Step:
    """A step people take: how often it was decided in the term, how many wait now, and the median in working days.

    `level`: from 0 (never taken) to `LEVELS`. `median` is None where nothing was decided, or too much to be read.
    """

    id: str
    name: str
    item: str
    done: int
    open: int
    median: int | None
    level: int


@dataclass(frozen=True)
class Heat:
    """The newest release of a pack with its steps, the most taken first; only its own cases count."""

    release: Published
    steps: tuple[Step, ...]
    many: bool


def heat(work: Work, code: str, term: Term) -> Heat:
    """The steps of a pack's newest release, in the areas the actor oversees. `NotFound` for a pack nobody published."""
    number = releases.newest(work, code)
    if not number:
        raise NotFound
    release = releases.of_number(work, code, number)
    done, waits = (
        _counted(work, Wish(what, term, pack=code), release) for what in (Counted.TASKS_DONE, Counted.TASKS_OPEN)
    )
    wanted = selected(work, Wish(Counted.TASKS_DONE, term, pack=code)).where(Case.release_hash == release.hash)
    rows = work.session.execute(
        wanted.with_only_columns(Task.node, Task.opened_at, Task.done_at).limit(medians.MOST + 1)
    ).all()
    many = len(rows) > medians.MOST
    middle = medians.medians(work, [] if many else [(node, begun, done) for node, begun, done in rows if done])
    most = max(done.values(), default=0)
    steps = [
        Step(
            id=node.id,
            name=node.called,
            item=node.item or "",
            done=done.get(node.id, 0),
            open=waits.get(node.id, 0),
            median=middle.get(node.id),
            level=-(-LEVELS * done.get(node.id, 0) // most) if most else 0,
        )
        for node in release.pack.model.nodes.values()
        if node.kind == "userTask"
    ]
    return Heat(release, tuple(sorted(steps, key=lambda step: (-step.done, -step.open, step.id))), many)


def _counted(work: Work, wish: Wish, release: Published) -> dict[str, int]:
    wanted = selected(work, wish).where(Case.release_hash == release.hash)
    rows = work.session.execute(wanted.with_only_columns(Task.node, func.count()).group_by(Task.node))
    return {node: count for node, count in rows}  # noqa: C416  rows are no tuples

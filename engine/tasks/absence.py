"""Who stands in for whom today: a substitute sees and decides what the absent colleague holds."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, Text, and_, exists, literal, or_, select, type_coerce, union_all
from sqlalchemy.orm import InstrumentedAttribute, aliased

from engine import releases
from engine.store import Holding, Substitution, Task
from engine.tasks.conflicts import conflicted
from engine.tasks.kept import not_for_others
from engine.words import TaskState
from engine.work import Work


def stands_in(work: Work, task: Task) -> bool:
    """Whether the actor stands in today for whoever holds this task, and has not to keep out of it themselves."""
    if task.holder in (None, work.actor.id) or conflicted(task, work.actor.id):
        return False
    return bool(stood_in_for(work, [task]))


def stood_in_for(work: Work, tasks: Collection[Task]) -> frozenset[str]:
    """Ids of those of these tasks that are open and held by a colleague for whom the actor stands in."""
    others = {t.id for t in tasks if t.state == TaskState.OPEN and t.holder not in (None, work.actor.id)}
    wanted = select(Task.id).where(Task.id.in_(others), covered(work))
    return frozenset(work.session.scalars(wanted)) if others else frozenset()


def held_for(work: Work) -> ColumnElement[bool]:
    """Tasks the actor holds, or that an absent colleague holds for whom they stand in."""
    mine = Task.holder == work.actor.id
    # Holders first, so that an index finds their tasks; which of them are meant is looked at afterwards.
    holders = union_all(select(literal(work.actor.id)), _in_force(work).with_only_columns(Substitution.absent))
    return and_(Task.holder.in_(holders), or_(mine, covered(work)))


def covered(work: Work) -> ColumnElement[bool]:
    """Tasks held by a colleague for whom the actor stands in, of the department and a post both have.

    What a drawing keeps for named people stays with them.
    """
    meant = type_coerce(Task.posts, Text).contains('"' + Substitution.post + '"')
    found = _in_force(work).where(Substitution.absent == Task.holder)
    of = found.where(Substitution.department_id == Task.department_id, meant).correlate(Task).exists()
    return and_(of, not_for_others(work.actor.id))


def _in_force(work: Work) -> Select[Substitution]:
    """Those of today in which the actor is the substitute and both hold the post still."""
    today = releases.local_day(work.now)
    found = select(Substitution).where(Substitution.substitute == work.actor.id, Substitution.ended_at.is_(None))
    found = found.where(Substitution.since <= today, Substitution.until >= today)
    return found.where(_holds(Substitution.absent), _holds(Substitution.substitute))


def _holds(person: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    held = aliased(Holding)
    office = and_(held.department_id == Substitution.department_id, held.post == Substitution.post)
    return exists().where(held.user_id == person, office)

"""Tasks kept for named users (`candidateUsers` of the drawing), as long as one of them can still do them."""

from sqlalchemy import BindParameter, ColumnElement, Text, and_, exists, or_, type_coerce

from engine.store import Holding, Task, TaskUser, User


def not_for_others(me: str | BindParameter[str]) -> ColumnElement[bool]:
    """Tasks that are kept for nobody, for this user, or only for people who left or lost the post."""
    able = exists().where(
        TaskUser.task_id == Task.id,
        User.id == TaskUser.user_id,
        User.disabled.is_(False),
        Holding.user_id == User.id,
        Holding.department_id == Task.department_id,
        type_coerce(Task.posts, Text).contains('"' + Holding.post + '"'),
    )
    own = exists().where(and_(TaskUser.task_id == Task.id, TaskUser.user_id == me))
    return or_(~able, own)

"""People as values: names to show, and actors with their posts."""

from collections.abc import Collection

from sqlalchemy import select

from engine.errors import NotFound
from engine.store import Holding, User
from engine.words import Post
from engine.work import Actor, Appointment, Work


def names(work: Work, user_ids: Collection[str]) -> dict[str, str]:
    """Names by user id; ids nobody has (such as `system`) are left out."""
    rows = work.session.execute(select(User.id, User.name).where(User.id.in_(user_ids)))
    return dict(rows.all())


def actor_named(work: Work, login: str) -> Actor:
    """The person with this login as an actor, for the command line and tests; `NotFound` if unknown or disabled."""
    user = work.session.scalar(select(User).where(User.login == login))
    if user is None or user.disabled:
        raise NotFound
    return actor(work, user)


def is_active(work: Work, user_id: str | None) -> bool:
    """Whether this account exists and is not disabled."""
    user = work.session.get(User, user_id) if user_id else None
    return user is not None and not user.disabled


def serving_as(work: Work, department: str, posts: Collection[str], logins: Collection[str]) -> dict[str, str]:
    """Ids by login of those of these people who hold one of the posts in the department and are not disabled."""
    if not logins:
        return {}
    wanted = (
        select(User.login, User.id)
        .join(Holding, Holding.user_id == User.id)
        .where(Holding.department_id == department, Holding.post.in_(posts))
        .where(User.login.in_(logins), User.disabled.is_(False))
    )
    return dict(work.session.execute(wanted).all())


def holding(work: Work, department: str, posts: Collection[str]) -> dict[str, str]:
    """Names by id of those who hold one of the posts in the department and are not disabled, in the order of names."""
    wanted = select(User.id, User.name).join(Holding, Holding.user_id == User.id).distinct()
    held = wanted.where(Holding.department_id == department, Holding.post.in_(posts), User.disabled.is_(False))
    return dict(work.session.execute(held.order_by(User.name, User.id)).all())


def actor(work: Work, user: User) -> Actor:
    """A user's row as an actor with the posts held today."""
    held = work.session.scalars(select(Holding).where(Holding.user_id == user.id))
    return Actor(user.id, user.name, frozenset(Appointment(h.department_id, Post(h.post)) for h in held))

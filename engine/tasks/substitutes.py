"""Substitutes 代理: who stands in for an absent colleague of the same department and post, and for how long.

Named by the absent person or by an administrator; it ends by itself. What is decided is decided by the substitute, in
the name of the absent colleague, and the ledger says both.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from engine import cases, commands, identity, releases
from engine.cases.held import WORKING
from engine.errors import FieldError, FormInvalid, NotFound, SubstituteThere, SubstituteUnable
from engine.identity import DepartmentInfo
from engine.store import Substitution, User
from engine.words import N_, Post
from engine.work import Actor, Appointment, Work

REASON = N_("Reason of the absence")
LONGEST = 366  # days from today; who is away longer gives up the post
DAYS = N_("Days")
WRONG_DAYS = N_("From today on, the last day not before the first, and within a year.")


@dataclass(frozen=True)
class Standing:
    """Somebody stands in for somebody. `over`: it ended, or was ended. `mine`: the actor may end it."""

    id: str
    absent: str
    substitute: str
    department: DepartmentInfo
    post: Post
    since: date
    until: date
    reason: str
    named_by: str
    over: bool
    mine: bool


@dataclass(frozen=True)
class Choice:
    """A colleague who may stand in for one of the posts of somebody."""

    department: DepartmentInfo
    post: Post
    person: str
    name: str


def choices(work: Work, login: str = "") -> tuple[Choice, ...]:
    """Who could stand in for the actor; for the person with this login if the actor administers. `NotFound`."""
    held = _appointments(work, login)
    offices = identity.departments(work, {each.department for each in held})
    return tuple(
        Choice(offices[each.department], each.post, person, name)
        for each in sorted(held, key=lambda each: (each.department, each.post))
        for person, name in identity.holding(work, each.department, [each.post]).items()
        if person != _absent(work, login)
    )


def name_substitute(
    work: Work, post: Appointment, person: str, since: date, until: date, reason: str, *, login: str = "", key: str
) -> str:
    """Name who (id of a user) stands in for the actor in one post on these days, once per `key`; returns an id.

    For the person with this `login` if the actor administers. `SubstituteUnable` unless both hold the post,
    `SubstituteThere` if somebody stands in for it on one of these days; `FormInvalid`, `NotFound`, `KeyReused`.
    """
    absent = _absent(work, login)
    work.session.scalars(select(User).where(User.id == absent).with_for_update(key_share=True)).one()
    why = cases.said(work, reason, REASON)
    content = [absent, post.department, post.post, person, since.isoformat(), until.isoformat(), why]
    if done := commands.once(work, key, content, absent):
        return done
    today = releases.local_day(work.now)
    if not today <= since <= until or (until - today).days > LONGEST:
        raise FormInvalid([FieldError("days", DAYS, WRONG_DAYS)])
    able = identity.holding(work, post.department, [post.post])
    if post.post not in WORKING or person == absent or not {absent, person} <= able.keys():
        raise SubstituteUnable
    if _there(work, absent, post, since, until):
        raise SubstituteThere
    row = Substitution(absent=absent, substitute=person, department_id=post.department, post=post.post)
    row.since, row.until, row.reason, row.named_at, row.named_by = since, until, why, work.now, work.actor.id
    work.session.add(row)
    return absent


def end_substitution(work: Work, substitution_id: str) -> None:
    """End it early; what has ended stays ended. `NotFound` for others than the absent person and an administrator."""
    row = work.session.get(Substitution, substitution_id, with_for_update=True)
    if row is None or not _may(work, row):
        raise NotFound
    if row.ended_at is None:
        row.ended_at, row.ended_by = work.now, work.actor.id


def substitutes(work: Work) -> tuple[Standing, ...]:
    """Who stands in for the actor and for whom they do, the last hundred; all for an administrator."""
    wanted = select(Substitution).order_by(Substitution.since.desc(), Substitution.id).limit(100)
    if not work.actor.holds(Post.ADMIN):
        own = or_(Substitution.absent == work.actor.id, Substitution.substitute == work.actor.id)
        wanted = wanted.where(own)
    rows = work.session.scalars(wanted).all()
    people = identity.names(work, {one for row in rows for one in (row.absent, row.substitute, row.named_by)})
    offices = identity.departments(work, {row.department_id for row in rows})
    return tuple(_shown(work, row, people, offices) for row in rows)


def _absent(work: Work, login: str) -> str:
    return _person(work, login).id if login else work.actor.id


def _appointments(work: Work, login: str) -> list[Appointment]:
    held = _person(work, login).appointments if login else work.actor.appointments
    return [each for each in held if each.post in WORKING]


def _person(work: Work, login: str) -> Actor:
    if not work.actor.holds(Post.ADMIN):
        raise NotFound
    return identity.actor_named(work, login)


def _there(work: Work, absent: str, post: Appointment, since: date, until: date) -> bool:
    wanted = select(Substitution.id).where(Substitution.absent == absent, Substitution.ended_at.is_(None))
    same = wanted.where(Substitution.department_id == post.department, Substitution.post == post.post)
    days = same.where(Substitution.since <= until, Substitution.until >= since)
    return work.session.scalar(days.limit(1)) is not None


def _may(work: Work, row: Substitution) -> bool:
    return row.absent == work.actor.id or work.actor.holds(Post.ADMIN)


def _shown(work: Work, row: Substitution, people: dict[str, str], offices: dict[str, DepartmentInfo]) -> Standing:
    over = row.ended_at is not None or row.until < releases.local_day(work.now)
    return Standing(
        id=row.id,
        absent=people.get(row.absent, ""),
        substitute=people.get(row.substitute, ""),
        department=offices[row.department_id],
        post=Post(row.post),
        since=row.since,
        until=row.until,
        reason=row.reason,
        named_by=people.get(row.named_by, ""),
        over=over,
        mine=not over and _may(work, row),
    )

"""One actor, one moment, one transaction."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from engine.words import Post


@dataclass(frozen=True)
class Appointment:
    """A post a person holds in a department."""

    department: str
    post: Post


@dataclass(frozen=True)
class Actor:
    """Who acts. `system` (the clock, the worker) and `public` (an applicant) hold no post."""

    id: str
    name: str
    appointments: frozenset[Appointment] = frozenset()

    def departments(self, posts: Collection[Post] = tuple(Post)) -> frozenset[str]:
        """Ids of the departments in which this actor holds one of `posts`."""
        return frozenset(a.department for a in self.appointments if a.post in posts)

    def holds(self, *posts: Post) -> bool:
        """Whether this actor holds one of `posts` anywhere."""
        return any(a.post in posts for a in self.appointments)


SYSTEM = Actor("system", "system")
PUBLIC = Actor("public", "public")


@dataclass(frozen=True)
class Work:
    """What every command takes first: the open transaction, who acts, and the moment (aware, UTC).

    `secret` is the installation's: what is hashed with it can be found again only here.
    """

    session: Session = field(repr=False)
    actor: Actor
    now: datetime
    secret: str = field(default="", repr=False)

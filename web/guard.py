"""Who may open a page. Every view says it; a view that says nothing opens for nobody.

This is the coarse door (signed in, holds the post). Which case or task one may touch is the engine's own decision.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from flask import Flask, current_app, request
from flask_login import current_user

from engine.errors import NotFound, NotSignedIn, NotYours
from engine.words import Post
from web.begin import actor

ATTRIBUTE = "__lianban_permission__"
log = logging.getLogger(__name__)
View = TypeVar("View", bound=Callable[..., object])


@dataclass(frozen=True)
class Permission:
    """What a view asks of people: nothing (public), to be signed in (no posts), or one of `posts`."""

    public: bool = False
    posts: frozenset[Post] = frozenset()

    def allows(self, signed_in: bool, held: Callable[..., bool]) -> bool:
        """Whether somebody may come in; `held` tells if they hold one of some posts."""
        return self.public or (signed_in and (not self.posts or held(*self.posts)))


def guard(*posts: Post) -> Callable[[View], View]:
    """Open a view for people who hold one of `posts`; without posts for everybody who is signed in."""
    return _store(Permission(posts=frozenset(posts)))


def public(view: View) -> View:
    """Open a view for everybody."""
    return _store(Permission(public=True))(view)


def permission_of(view: object) -> Permission | None:
    """What a view stored with `guard` or `public`; None when it stored nothing."""
    found = getattr(view, ATTRIBUTE, None)
    return found if isinstance(found, Permission) else None


def install(app: Flask) -> None:
    """Ask before every request."""
    app.before_request(_admit)


def _admit() -> None:
    if request.endpoint is None:
        return  # no such address: the 404 page says so
    if not all(str(each).isprintable() for each in (request.view_args or {}).values()):
        raise NotFound  # nothing is named like this, and PostgreSQL would refuse a NUL with an error of its own
    permission = permission_of(current_app.view_functions[request.endpoint])
    if permission is None:
        log.error("view %s has no guard and stays closed", request.endpoint)
        raise NotFound
    if permission.allows(current_user.is_authenticated, actor().holds):
        return
    raise NotYours if current_user.is_authenticated else NotSignedIn


def _store(permission: Permission) -> Callable[[View], View]:
    def mark(view: View) -> View:
        setattr(view, ATTRIBUTE, permission)
        return view

    return mark

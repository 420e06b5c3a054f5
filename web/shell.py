"""The frame around every page: the navigation this actor may use, what waits there, and who is signed in."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Flask, current_app, request, url_for
from flask_login import current_user

from engine import identity
from engine.errors import EngineError
from engine.words import Post
from engine.work import Work
from web.begin import actor, look
from web.guard import permission_of

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Entry:
    """A line of the navigation. `label` is a message id; `count` tells what waits there, in a read-only transaction.

    Who sees it is what the guard of the endpoint says. `covers` names further blueprints whose pages belong here.
    """

    endpoint: str
    label: str
    icon: str
    count: Callable[[Work], int] | None = None
    covers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """An entry as one person sees it on one page; `count` is None when nothing is counted."""

    label: str
    icon: str
    url: str
    count: int | None
    here: bool


@dataclass(frozen=True)
class Shell:
    """What the frame shows of one person: navigation, name, posts, and the short names of their departments."""

    lines: tuple[Line, ...]
    name: str
    posts: tuple[Post, ...]
    departments: tuple[str, ...]


def install(app: Flask, entries: Sequence[Entry]) -> None:
    """Give the templates `shell()`, with the navigation in this order."""
    app.extensions["lianban-entries"] = tuple(entries)
    app.jinja_env.globals["shell"] = shell


def open_entries() -> list[Entry]:
    """The entries whoever asks may open; the first one is their desk."""
    return [entry for entry in current_app.extensions["lianban-entries"] if _open(entry)]


def shell() -> Shell:
    """The frame of this page."""
    who = actor()
    entries = open_entries()
    counts, departments = _told(entries)
    here = _here(entries)
    lines = (Line(e.label, e.icon, url_for(e.endpoint), counts.get(e.endpoint), e is here) for e in entries)
    return Shell(tuple(lines), who.name, tuple(post for post in Post if who.holds(post)), departments)


def _open(entry: Entry) -> bool:
    permission = permission_of(current_app.view_functions[entry.endpoint])
    return permission is not None and permission.allows(current_user.is_authenticated, actor().holds)


def _told(entries: Sequence[Entry]) -> tuple[dict[str, int], tuple[str, ...]]:
    """What waits at each endpoint, and the departments of whoever asks."""
    try:
        with look() as work:
            counts = {entry.endpoint: entry.count(work) for entry in entries if entry.count}
            found = identity.departments(work, actor().departments())
    except EngineError:
        # The page itself matters more than its frame; what could not be read is left out, never guessed.
        log.warning("frame shown without counts", exc_info=True)
        return {}, ()
    return counts, tuple(found[key].short for key in sorted(found))


def _here(entries: Sequence[Entry]) -> Entry | None:
    """The entry this page belongs to: its own, else the first one of its blueprint."""
    own = [e for e in entries if e.endpoint == request.endpoint]
    blueprint = request.blueprint or "-"
    near = [e for e in entries if blueprint in (e.endpoint.rpartition(".")[0], *e.covers)]
    return next(iter([*own, *near]), None)

"""Systems that call us: each has a token, of which only the hash is stored, and a list of what it may say."""

import hashlib
import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from engine import store
from engine.errors import NotSignedIn
from engine.work import Actor, Work

NAME = re.compile(r"[a-z][a-z0-9.-]{0,27}")


@dataclass(frozen=True)
class Client:
    """A known system; `may` holds message names and connector types."""

    actor: Actor
    may: frozenset[str]


def enrol(work: Work, name: str, may: Collection[str]) -> str:
    """Let a system call us, or give a known one a new token and list; returns the token, which is stored nowhere.

    ValueError for a name that is none.
    """
    if not NAME.fullmatch(name):
        raise ValueError(f"{name!r} must be lower-case letters, digits, dots and hyphens")
    token = secrets.token_urlsafe(32)
    row = work.session.get(store.Client, name) or store.Client(id=name, created_at=work.now)
    row.token, row.may, row.disabled = _digest(token), sorted(set(may)), False
    work.session.add(row)
    return token


def admit(work: Work, token: str) -> Client:
    """The system this token belongs to; `NotSignedIn` for every other one."""
    # The hash is looked up, never compared piece by piece: how long it takes tells nothing about the token.
    found = select(store.Client).where(store.Client.token == _digest(token), store.Client.disabled.is_(False))
    row = work.session.scalar(found)
    if row is None:
        raise NotSignedIn
    return Client(Actor(f"client:{row.id}", row.id), frozenset(row.may))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()

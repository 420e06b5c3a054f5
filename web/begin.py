"""Who is asking, and the two doors into the engine: `begin` to change something, `look` to read."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app
from flask_login import UserMixin, current_user

from engine.app import Engine
from engine.exchange import Exchange
from engine.settings import Settings
from engine.work import PUBLIC, Actor, Work


@dataclass(frozen=True)
class SignedIn(UserMixin):  # type: ignore[misc]  # flask-login ships no types
    """What flask-login keeps for a request: the actor, and the opaque token that is all the cookie holds."""

    token: str
    actor: Actor

    def get_id(self) -> str:
        """What flask-login writes into the session cookie."""
        return self.token


def install(app: Flask, engine: Engine, settings: Settings, exchange: Exchange) -> None:
    """Give the application its engine, its settings and the connectors to other departments."""
    app.extensions["lianban"] = (engine, settings)
    app.extensions["lianban-exchange"] = exchange


def engine() -> Engine:
    """The engine of the running application."""
    return cast("tuple[Engine, Settings]", current_app.extensions["lianban"])[0]


def settings() -> Settings:
    """The settings of the running application."""
    return cast("tuple[Engine, Settings]", current_app.extensions["lianban"])[1]


def exchange() -> Exchange:
    """The connectors of the running application; never asked inside a transaction."""
    return cast("Exchange", current_app.extensions["lianban-exchange"])


def actor() -> Actor:
    """Who asks: the signed-in person, else the public."""
    return cast("Actor", current_user.actor) if current_user.is_authenticated else PUBLIC


@contextmanager
def begin() -> Iterator[Work]:
    """A transaction of whoever asks: leaving the block commits, raising rolls back."""
    with engine().begin(actor()) as work:
        yield work


@contextmanager
def look() -> Iterator[Work]:
    """A transaction of whoever asks that can only read."""
    with engine().look(actor()) as work:
        yield work

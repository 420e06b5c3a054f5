"""What a person may change about where a running case stands, and why that was refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.words import Outcome


@dataclass(frozen=True)
class Retry:
    """Begin what waits at `token` again: its task, job, message or time is asked for anew."""

    token: str


@dataclass(frozen=True)
class Skip:
    """Go on from `token` as if it were done, with these answers: nested, like those of `finish`."""

    token: str
    answers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Reopen:
    """Let `node`, which was done, be done again; what came after it is taken back.

    `scope` is the token of the sub-process it lies in; empty for the process itself.
    """

    node: str
    scope: str = ""


@dataclass(frozen=True)
class Move:
    """Take `token` from where it waits to `node` of the same scope."""

    token: str
    node: str


@dataclass(frozen=True)
class Cancel:
    """End these items where they stand, with this outcome; the case goes on behind them.

    What is withdrawn need not have begun: whoever follows the case ends it when its turn comes (`cases.followed`).
    """

    items: tuple[str, ...]
    outcome: Outcome = Outcome.TERMINATED


Change = Retry | Skip | Reopen | Move | Cancel


@dataclass(frozen=True)
class Refusal:
    """Why a change is not made, and what to do instead."""

    zh: str
    en: str


@dataclass(frozen=True)
class Standing:
    """Something that waits: `kind` says for what.

    `task`, `job`, `timer`, `message`, `signal`, `condition`, `join` (other branches), `part` (what is inside), `choice`
    (the first of several events). `can` are the names of the changes that fit it.
    """

    id: str
    node: str
    scope: str
    kind: str
    can: frozenset[str]

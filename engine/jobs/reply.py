"""What came of one try."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Answer:
    """The result; it is written into the case like a person's answers. `later`: nobody answered; ask again later."""

    result: Mapping[str, Any]
    later: bool = False


@dataclass(frozen=True)
class Thrown:
    """A BPMN error of this code, for the drawing to catch."""

    code: str
    payload: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Failure:
    """It did not work, and why. Not `again`: another try would fail as well. `last` answers when no try is left."""

    zh: str
    en: str
    again: bool = True
    last: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Later:
    """The other system has taken the question and will call back, until then at the latest (aware)."""

    until: datetime


Reply = Answer | Thrown | Failure | Later

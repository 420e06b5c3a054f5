"""One difference, and the words all comparisons share."""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from engine.catalog import LaneSpec, Pack
from engine.feel import Expression
from engine.words import Post

T = TypeVar("T")
Key = Callable[[T], Hashable]

_SPACE = re.compile(r'("(?:\\.|[^"\\])*")|\s*([^\w\s"])\s*|(\s+)')


class Audience(StrEnum):
    """For whom a change matters. For `department` the change names the lane."""

    APPLICANT = "applicant"
    WINDOW = "window"
    DEPARTMENT = "department"
    DESIGNER = "designer"


@dataclass(frozen=True)
class Change:
    """One difference. `kind` names it for programs, `subject` is what changed; None: was not there, or is not any more.

    `file` and `line` are where the new pack says it, or where the old one said it if it is gone.
    """

    kind: str
    audience: Audience
    department: str
    subject: str
    before: str | None
    after: str | None
    zh: str
    en: str
    file: str
    line: int


@dataclass(frozen=True)
class Both:
    """Two packs, the older first, and what is said about them."""

    old: Pack
    new: Pack

    def en(self, text: str) -> str:
        """A text of the packs in English, as far as they say it."""
        return self.new.texts.get(text) or self.old.texts.get(text) or text

    def whose(self, lane: str | None) -> tuple[Audience, str]:
        """For whom a change in a lane matters."""
        spec = self.new.lanes.get(lane or "") or self.old.lanes.get(lane or "")
        return whose(spec, lane)

    def file(self, name: str, *, gone: bool = False) -> tuple[str, str]:
        """A file of the pack and its text."""
        pack = self.old if gone else self.new
        path = name.format(code=pack.code)
        return path, pack.files.get(path, "")


def whose(spec: LaneSpec | None, lane: str | None) -> tuple[Audience, str]:
    """The audience of a lane, and its name when it is a department."""
    if spec is not None and Post.WINDOW in spec.posts:
        return Audience.WINDOW, ""
    return (Audience.DEPARTMENT, lane) if lane else (Audience.DESIGNER, "")


def matched(old: Iterable[T], new: Iterable[T], *keys: Key[T]) -> tuple[list[tuple[T, T]], list[T], list[T]]:
    """Pairs of what is the same thing, what is gone, what is new. Each key decides about what the ones before left.

    Two are a pair when they are the only ones with a key's value; None is no value.
    """
    gone, come, pairs = list(old), list(new), []
    for key in keys:
        before, after = _only(gone, key), _only(come, key)
        found = [(before[value], after[value]) for value in before if value in after]
        pairs += found
        gone = [one for one in gone if not any(one is pair[0] for pair in found)]
        come = [one for one in come if not any(one is pair[1] for pair in found)]
    return pairs, gone, come


def _only(things: Sequence[T], key: Key[T]) -> dict[Hashable, T]:
    values = [key(one) for one in things]
    return {v: one for v, one in zip(values, things, strict=True) if v is not None and values.count(v) == 1}


def plain(text: str) -> str:
    """An expression without differences nobody means: spaces around signs, line breaks."""
    return _SPACE.sub(lambda m: m[1] or m[2] or " ", text.strip())


def plain_when(condition: Expression | None) -> str:
    """A condition without its spaces; a dash where there is none."""
    return plain(condition.source) if condition else "—"


def listed(names: Iterable[str], between: str = "、") -> str:
    """Names in one text; a dash for none."""
    return between.join(names) or "—"


def differing(before: Mapping[str, object], after: Mapping[str, object]) -> Iterator[tuple[str, object, object]]:
    """The names whose values differ."""
    for name in before:
        if before[name] != after[name]:
            yield name, before[name], after[name]

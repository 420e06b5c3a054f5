"""One evaluation: the names in scope, what it has cost so far, and what was doubtful."""

import datetime as dt
from collections.abc import Mapping
from typing import Protocol
from zoneinfo import ZoneInfo

from engine.feel import errors, limits, messages
from engine.feel.values import LABELS_ZH, Value, kind

HOME = ZoneInfo("Asia/Shanghai")


class TypeLookup(Protocol):
    """Knows the types a decision model defines, for `instance of` and typed parameters."""

    def conforms(self, value: Value, type_name: str) -> bool:
        """Whether `value` is of the type; False when there is no such type."""


class Budget:
    """What an evaluation has used up; shared by all expressions it leads to."""

    # Defaults of the class: most evaluations use nothing, and making an object that sets nothing is fastest.
    steps = 0
    calls = 0
    pattern_seconds = limits.PATTERNS_SECONDS


class Run:
    """The evaluation of one expression. `position` is where it is now, for errors raised far from the text."""

    position = 0

    def __init__(self, source: str, moment: dt.datetime | None = None, types: TypeLookup | None = None) -> None:
        self.source = source
        self.types = types
        self.budget = Budget()
        self.warnings: dict[tuple[str, int, str], errors.Warning] = {}
        self._moment = moment

    def within(self, source: str) -> "Run":
        """This run while it is in the text of another expression (a function defined there)."""
        if source is self.source or source == self.source:
            return self
        inner = Run(source, self._moment, self.types)
        inner.budget = self.budget
        inner.warnings = self.warnings
        return inner

    def unheard(self) -> "Run":
        """This run with warnings that nobody will see."""
        inner = Run(self.source, self._moment, self.types)
        inner.budget = self.budget
        return inner

    def tick(self, position: int) -> None:
        """Count one step at `position`. FeelLimit when there were too many."""
        self.position = position
        self.budget.steps += 1
        if self.budget.steps > limits.STEPS:
            raise self.limit(messages.TOO_MANY_STEPS, limits.STEPS)

    def spend(self, steps: int) -> None:
        """Count the weight of something large. FeelLimit when it was too much."""
        self.budget.steps += steps
        if self.budget.steps > limits.STEPS:
            raise self.limit(messages.TOO_MANY_STEPS, limits.STEPS)

    def read(self, value: Value) -> None:
        """Count the looking at a value that may be large."""
        if type(value) is str:
            self.spend(len(value) // limits.SCANNED_PER_STEP)
        elif type(value) is list or type(value) is dict:
            self.spend(len(value) // limits.ENTRIES_PER_STEP)

    def made(self, value: Value) -> Value:
        """Count and bound a value just built; gives it back."""
        if type(value) is str:
            if len(value) > limits.STRING:
                raise self.limit(messages.STRING_TOO_LONG, limits.STRING)
            self.spend(len(value) // limits.CHARACTERS_PER_STEP)
        elif type(value) is list or type(value) is dict:
            if len(value) > limits.LIST:
                raise self.limit(messages.LIST_TOO_LONG, limits.LIST)
            self.spend(len(value) // limits.ENTRIES_PER_STEP)
        return value

    def limit(self, message: messages.Message, limit: object = "") -> errors.FeelLimit:
        """The error for a bound reached where the run is now."""
        return errors.FeelLimit(message, position=self.position, expression=self.source, limit=limit)

    def warn(self, message: messages.Message, position: int, **facts: object) -> None:
        """Keep a warning, once for each place and sentence."""
        key = (self.source, position, message.en)
        if key in self.warnings or len(self.warnings) >= limits.WARNINGS:
            return
        self.warnings[key] = errors.Warning(
            position=position,
            expression=self.source,
            zh=message.zh.format(**facts),
            en=message.en.format(**facts),
            cure_zh=message.cure_zh.format(**facts),
            cure_en=message.cure_en.format(**facts),
        )

    def moment(self) -> dt.datetime:
        """The moment passed in, on the clock of Asia/Shanghai. FeelError when none was given."""
        if self._moment is None:
            raise errors.FeelError(messages.NO_MOMENT, position=self.position, expression=self.source)
        return self._moment.astimezone(HOME)


class Scope:
    """Names and their values; what is not here is looked up outside."""

    __slots__ = ("names", "outer", "run")

    def __init__(self, names: Mapping[str, Value], outer: "Scope | None", run: Run) -> None:
        self.names = names
        self.outer = outer
        self.run = run


def kinds(**values: Value) -> dict[str, str]:
    """The kinds of values for a message: {left: 数字, left_en: number, …}."""
    facts = {}
    for name, value in values.items():
        facts[name] = LABELS_ZH[kind(value)]
        facts[name + "_en"] = kind(value)
    return facts

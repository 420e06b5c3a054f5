"""One decision while it is being made: which types it sees, which rules matched, what was doubtful.

FEEL passes it through everything it calls (as what it asks about types), so logic of the model finds it again.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.dmn import limits
from engine.dmn.language import Run, Value
from engine.dmn.types import Book, conforms
from engine.feel.messages import UNKNOWN_TYPE, Message


@dataclass(frozen=True)
class MatchedRule:
    """A rule of a table that matched: its number as the table shows it, from 1, and its texts.

    `element` is the decision or knowledge model the table belongs to. `because` holds what was tested, for each input:
    its label, its value and the cell. `annotations` are (heading, text).
    """

    element: str
    table: str
    number: int
    rule: str
    annotations: tuple[tuple[str, str], ...]
    line: int
    because: tuple[tuple[str, Value, str], ...] = ()


@dataclass(frozen=True)
class Warning:  # noqa: A001  the word engine.feel uses; always written dmn.Warning
    """Something doubtful in a decision. `error`: the model or its data are wrong and null was given for safety.

    `line` is in the file of the model; `expression` and `position` say where in a FEEL text, if it was one.
    """

    decision: str
    line: int
    zh: str
    en: str
    cure_zh: str
    cure_en: str
    error: bool = False
    expression: str = ""
    position: int = 0

    def __str__(self) -> str:
        return f"{self.zh} / {self.en}"


@dataclass
class Notes:
    """What is written down while a decision is made; shared by the frames of the logic it calls.

    `moment` is what now() says, for decision services that start decisions of their own.
    """

    decision: str
    moment: dt.datetime | None = None
    matched: list[MatchedRule] = field(default_factory=list)
    warnings: dict[tuple[str, int], Warning] = field(default_factory=dict)


@dataclass
class Frame:
    """A decision being made, in one model."""

    book: Book
    notes: Notes
    run: Run | None = None

    def conforms(self, value: Value, type_name: str) -> bool:
        """Whether a value is of a type of the model, for `instance of` and typed parameters in FEEL."""
        wanted = self.book.named(type_name)
        if wanted is None:
            self.warn(UNKNOWN_TYPE, 0, name=type_name)
        return wanted is not None and self.run is not None and conforms(value, wanted, self.run, limited=False)

    def warn(self, message: Message, line: int, /, **facts: object) -> None:
        """Keep a warning, once for each place and sentence."""
        self._keep(message, line, False, facts)

    def fail(self, message: Message, line: int, /, **facts: object) -> None:
        """Keep the warning that null is given because the model or its data are wrong."""
        self._keep(message, line, True, facts)

    def _keep(self, message: Message, line: int, error: bool, facts: Mapping[str, object]) -> None:
        kept = self.notes.warnings
        said = message.en.format(**facts)
        if (said, line) in kept or len(kept) >= limits.WARNINGS:
            return
        kept[said, line] = Warning(
            self.notes.decision,
            line,
            message.zh.format(**facts),
            said,
            message.cure_zh.format(**facts),
            message.cure_en.format(**facts),
            error,
        )


def frame_of(run: Run) -> Frame:
    """The frame a run carries. TypeError when it carries none: a defect in the caller, not in a model."""
    if not isinstance(run.types, Frame):
        raise TypeError("logic of a decision model runs only inside Model.decide")
    return run.types

"""What a check found: wrong in a form, or in a pack."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class FieldError:
    """What is wrong with one field: its key in the form, its label, a message id and the facts the message names."""

    key: str
    label: str
    message: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    """One reason a pack is refused (or a warning): where, which rule, what is wrong and what to do, in both languages.

    `line` is 1-based; 0 when the finding is about the file as a whole.
    """

    file: str
    line: int
    rule: str
    zh: str
    en: str
    cure_zh: str = ""
    cure_en: str = ""
    element: str = ""
    warning: bool = False

    def __str__(self) -> str:
        return f"{self.file}:{self.line} [{self.rule}] {self.zh} {self.cure_zh} / {self.en} {self.cure_en}"

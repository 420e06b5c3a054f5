"""Why an expression is refused (FeelError) and what is doubtful about one that ran (Warning).

Both carry the place, the sentence in Chinese and English, and what to do about it. The sentences are in messages.py.
"""

from dataclasses import dataclass

from engine.feel.messages import Message


class FeelError(Exception):
    """The expression cannot be read or carried out.

    `position` counts characters from 0, `line` and `column` from 1, all within `expression`.
    """

    def __init__(self, message: Message, *, position: int = 0, expression: str = "", **facts: object) -> None:
        self.zh = message.zh.format(**facts)
        self.en = message.en.format(**facts)
        self.cure_zh = message.cure_zh.format(**facts)
        self.cure_en = message.cure_en.format(**facts)
        self.position = position
        self.expression = expression
        self.line = expression.count("\n", 0, position) + 1
        self.column = position - (expression.rfind("\n", 0, position) + 1) + 1
        super().__init__(f"{self.zh} / {self.en}")


class FeelSyntaxError(FeelError):
    """The text is not FEEL."""


class FeelLimit(FeelError):
    """The expression costs more than an expression may (limits.py)."""


@dataclass(frozen=True)
class Warning:  # noqa: A001  the word for it in FEEL tools; always used as feel.Warning
    """The expression gave a value, but something in it is doubtful: usually a null nobody meant."""

    position: int
    expression: str
    zh: str
    en: str
    cure_zh: str
    cure_en: str

    def __str__(self) -> str:
        return f"{self.zh} / {self.en}"

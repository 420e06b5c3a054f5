"""What can be asked of a model in vain. For designers and commands, so in both languages with the cure, as in FEEL."""

from engine.feel.messages import Message


class DmnError(Exception):
    """The model cannot answer; `zh`, `en`, `cure_zh` and `cure_en` say why and what to do."""

    def __init__(self, message: Message, **facts: object) -> None:
        self.zh = message.zh.format(**facts)
        self.en = message.en.format(**facts)
        self.cure_zh = message.cure_zh.format(**facts)
        self.cure_en = message.cure_en.format(**facts)
        super().__init__(f"{self.zh}{self.cure_zh} / {self.en} {self.cure_en}")


class NoSuchDecision(DmnError):
    """The model has no decision, service or knowledge model of this name."""


class NoVersion(DmnError):
    """On this day no version of the decision is in force, or more than one."""

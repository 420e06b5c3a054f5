"""Findings of one file, gathered so that its author sees everything at once."""

from dataclasses import dataclass, field

from engine.errors import Finding
from engine.feel import FeelError
from engine.feel.messages import Message


@dataclass
class Report:
    """Collects findings; `file` is the name they carry.

    `findings` make the model unreadable. `doubts` are for lint: the model can be read, but a part of it cannot be
    carried out and gives null with a warning, so it must not be published.
    """

    file: str
    findings: list[Finding] = field(default_factory=list)
    doubts: list[Finding] = field(default_factory=list)

    def add(self, rule: str, message: Message, line: int = 0, element: str = "", /, **facts: object) -> None:
        """One finding; the braces of the message are filled from `facts`."""
        self.findings.append(finding(self.file, rule, message, line, element, **facts))

    def doubt(self, rule: str, message: Message, line: int = 0, element: str = "", /, **facts: object) -> None:
        """One doubt."""
        self.doubts.append(finding(self.file, rule, message, line, element, **facts))

    def feel(self, error: FeelError, line: int, element: str = "") -> None:
        """An expression that cannot be read; `line` is where its text begins."""
        shown = error.expression if len(error.expression) <= 60 else error.expression[:60] + "…"
        self.findings.append(
            Finding(
                self.file,
                line + error.line - 1,
                "dmn-expression",
                f"表达式「{shown}」第 {error.column} 个字符：{error.zh}",
                f"Expression {shown!r}, character {error.column}: {error.en}",
                error.cure_zh,
                error.cure_en,
                element,
            )
        )


def finding(file: str, rule: str, message: Message, line: int = 0, element: str = "", /, **facts: object) -> Finding:
    """A finding from a message whose braces are filled from `facts`."""
    return Finding(
        file,
        line,
        rule,
        message.zh.format(**facts),
        message.en.format(**facts),
        message.cure_zh.format(**facts),
        message.cure_en.format(**facts),
        element,
    )

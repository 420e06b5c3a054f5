"""Collecting findings: every rule adds to one report, so a designer sees all problems at once."""

from collections.abc import Iterable, Set
from typing import Any

from lxml import etree

from engine.errors import Finding


class Report:
    """The findings of one drawing."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._findings: list[Finding] = []
        self.rules: set[str] = set()  # that found something

    def add(
        self, rule: str, line: int, element: str, said: tuple[str, str], cure: tuple[str, str], *, warning: bool = False
    ) -> None:
        """Add one finding. `said` and `cure` are (Chinese, English); what concerns the whole file is on line 1."""
        self.rules.add(rule)
        self._findings.append(Finding(self.file, max(line, 1), rule, *said, *cure, element=element, warning=warning))

    def at(
        self,
        rule: str,
        element: etree._Element,
        said: tuple[str, str],
        cure: tuple[str, str],
        *,
        warning: bool = False,
    ) -> None:
        """Add one finding about an XML element."""
        self.add(rule, line_of(element), str(element.get("id") or ""), said, cure, warning=warning)

    def unsupported(self, element: etree._Element, zh: str, en: str, cure: tuple[str, str]) -> None:
        """Add: this construct is not executed here."""
        self.at("bpmn-unsupported", element, (f"不支持{zh}。", f"{en} is not supported."), cure)

    def take(self, findings: Iterable[Finding]) -> None:
        """Add findings of another report about the same file."""
        for finding in findings:
            self.rules.add(finding.rule)
            self._findings.append(finding)

    @property
    def findings(self) -> list[Finding]:
        """All findings, by line."""
        return sorted(self._findings, key=lambda f: (f.line, f.rule, f.element, f.en))

    @property
    def refused(self) -> bool:
        """Whether there is more than warnings."""
        return any(not finding.warning for finding in self._findings)

    def refused_by(self, rules: Set[str]) -> bool:
        """Whether one of these rules found more than something to warn of."""
        return any(finding.rule in rules and not finding.warning for finding in self._findings)


def line_of(element: etree._Element) -> int:
    """The 1-based line of an element."""
    line: Any = element.sourceline  # the stubs say less than lxml gives
    return int(line or 0)

"""Small questions about parsed JSON and TOML whose answer may be a finding."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine import feel
from engine.errors import Finding
from engine.forms import clean, lines, rules
from engine.forms.rules import RULES, Rule

KINDS = {str: ("文本", "a text"), bool: ("true 或 false", "true or false"), int: ("整数", "a whole number"),
         list: ("列表", "a list"), dict: ("对象", "an object")}  # fmt: skip


@dataclass
class Reading:
    """A file being read: its name, its text, and what was found wrong so far."""

    name: str
    text: str
    findings: list[Finding] = field(default_factory=list)
    rules: Mapping[str, Rule] = field(default_factory=lambda: RULES)

    def refuse(self, rule: str, /, line: int = 0, **facts: object) -> None:
        """Note a finding; reading goes on so that everything wrong is named at once."""
        self.findings.append(rules.say(self.rules, self.name, line, rule, **facts))

    def string(self, document: Mapping[str, Any], name: str, where: str, line: int = 0) -> str:
        """A text, empty when missing."""
        return str(self._typed(document, name, str, where, line) or "")

    def boolean(self, document: Mapping[str, Any], name: str, where: str, line: int = 0) -> bool:
        """True or false, false when missing."""
        return bool(self._typed(document, name, bool, where, line))

    def integer(self, document: Mapping[str, Any], name: str, where: str, line: int = 0) -> int | None:
        """A whole number that is not negative, or None when missing."""
        found = self._typed(document, name, int, where, line)
        if found is not None and found < 0:
            self._not_a(name, int, where, line)
            return None
        return found if found is None else int(found)

    def objects(self, document: Mapping[str, Any], name: str, where: str, line: int = 0) -> list[dict[str, Any]]:
        """A list of objects, empty when missing; entries that are none are named and left out."""
        found = self._typed(document, name, list, where, line) or []
        for entry in found:
            if not isinstance(entry, dict):
                self._not_a(f"{name}[]", dict, where, line)
        return [entry for entry in found if isinstance(entry, dict)]

    def texts(self, document: Mapping[str, Any], name: str, where: str, line: int = 0) -> tuple[str, ...]:
        """A list of texts, empty when missing."""
        found = self._typed(document, name, list, where, line) or []
        if not all(isinstance(entry, str) for entry in found):
            self._not_a(f"{name}[]", str, where, line)
        return tuple(entry for entry in found if isinstance(entry, str))

    def table(self, document: Mapping[str, Any], name: str, where: str, line: int = 0) -> dict[str, Any]:
        """An object, empty when missing."""
        return self._typed(document, name, dict, where, line) or {}

    def plain(self, document: Mapping[str, Any], name: str, where: str, line: int = 0) -> str:
        """Words shown as they are: no expression, no template, no markup, nothing unprintable."""
        text = self.string(document, name, where, line)
        if text.startswith("=") or "{{" in text or "</" in text or "/>" in text or clean.fault(text, "\n\t"):
            self.refuse(
                "not-plain",
                line or lines.line_of_json(self.text, text),
                text=text.encode("utf-8", "replace").decode(),
            )
        return text

    def only(self, document: Mapping[str, Any], known: Iterable[str], where: str, line: int = 0) -> None:
        """Refuse every property that is not known."""
        allowed = sorted(known)
        for name in document:
            if name not in allowed:
                self.refuse("unknown-key", line, where=where, property=name, known=", ".join(allowed))

    def _typed(self, document: Mapping[str, Any], name: str, kind: type, where: str, line: int) -> Any:
        value = document.get(name)
        if value is None and name not in document:
            return None
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self._not_a(name, kind, where, line)
            return None
        return value

    def _not_a(self, name: str, kind: type, where: str, line: int) -> None:
        zh_kind, en_kind = KINDS[kind]
        self.refuse("value-type", line, where=f"{where} {name}".strip(), zh_kind=zh_kind, kind=en_kind)


def is_name(text: str) -> bool:
    """Whether an expression that says `text` reads just that: no keyword, no operator, no built-in function."""
    try:
        return feel.compile(text).names == {text}
    except feel.FeelError:
        return False


def nearest(name: str, known: Iterable[str]) -> tuple[str, str]:
    """The question whether somebody meant another name, in Chinese and English; both empty when none is near."""
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return (f"您是不是要写 {close[0]}？", f" Did you mean {close[0]}?") if close else ("", "")

"""`Template` and facts → HTML, every value escaped; and the value of each blank, to be kept with it."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from typing import Any

from engine import feel
from engine.letters import limits
from engine.letters.template import Blank, Element, Template
from engine.letters.words import seen, words

_FOLD = re.compile(r"\s*\n\s*")
Label = Callable[[str, Any], str | None]


class Unwritable(Exception):
    """A letter cannot be written from these facts; `zh` and `en` say why."""

    def __init__(self, zh: str, en: str) -> None:
        self.zh, self.en = zh, en
        super().__init__(en)


@dataclass(frozen=True)
class Written:
    """The HTML, and each blank that was filled in: what it asks and what it says, in the order of the letter."""

    html: str
    blanks: tuple[tuple[str, str], ...]


def write(template: Template, facts: Mapping[str, Any], *, now: datetime, label: Label | None = None) -> Written:
    """Fill in a letter. `label` may know better words for the value of a plain name, such as those of a choice.

    Raises `Unwritable` when an expression fails or the letter would become too large.
    """
    writer = _Writer(now, label or (lambda _name, _value: None))
    html = "".join(writer.element(template.article, dict(facts)))
    return Written(html, tuple(writer.blanks))


@dataclass
class _Writer:
    now: datetime
    label: Label
    blanks: list[tuple[str, str]] = field(default_factory=list)
    size: int = 0

    def element(self, element: Element, facts: dict[str, Any]) -> Iterator[str]:
        if element.each is None:
            yield from self._one(element, facts)
            return
        for entry in self._entries(element, facts):
            yield from self._one(element, {**facts, element.each.name: entry})

    def _one(self, element: Element, facts: dict[str, Any]) -> Iterator[str]:
        if element.condition and not self._holds(element.condition, facts):
            return
        said = "".join(f' {name}="{escape(value)}"' for name, value in element.attributes.items())
        yield self._counted(f"<{element.tag}{said}>")
        for part in element.parts:
            if isinstance(part, Element):
                yield from self.element(part, facts)
            else:
                said = _unfolded(part) if isinstance(part, str) else self._filled(part, facts)
                yield self._counted(escape(said).replace("\n", "<br>"))
        if element.tag != "br":
            yield self._counted(f"</{element.tag}>")

    def _entries(self, element: Element, facts: dict[str, Any]) -> list[Any]:
        assert element.each is not None
        found = self._value(element.each.of, facts)
        entries = [] if found is None else found if isinstance(found, list) else [found]
        if len(entries) > limits.ROWS:
            raise Unwritable(f"重复超过 {limits.ROWS} 次。", f"More than {limits.ROWS} repetitions.")
        return entries

    def _holds(self, blank: Blank, facts: dict[str, Any]) -> bool:
        found = self._value(blank, facts)
        if found is None or found is True or found is False:
            return found is True
        source = blank.expression.source
        raise Unwritable(f"条件“{source}”得到的不是真或假。", f"The condition {source!r} is neither true nor false.")

    def _filled(self, blank: Blank, facts: dict[str, Any]) -> str:
        value, source = self._value(blank, facts), blank.expression.source.strip()
        plain = blank.expression.names == {source}
        text = (self.label(source, value) if plain and value is not None else None) or words(value)
        if len(text) > limits.LONGEST:
            raise Unwritable(
                f"“{source}”超过 {limits.LONGEST} 个字。", f"{source!r} has more than {limits.LONGEST} characters."
            )
        self.blanks.append((source, text))
        return text

    def _value(self, blank: Blank, facts: dict[str, Any]) -> Any:
        try:
            return blank.expression.evaluate(facts, self.now).value
        except feel.FeelError as error:
            raise Unwritable(error.zh, error.en) from error

    def _counted(self, text: str) -> str:
        self.size += len(text)
        if self.size > limits.WHOLE:
            raise Unwritable(f"文书超过 {limits.WHOLE} 个字。", f"The letter has more than {limits.WHOLE} characters.")
        return text


def _unfolded(text: str) -> str:
    """The letter's own words without the line ends of its file: Chinese has no blanks between words."""
    return seen(_FOLD.sub("", text))

"""What a letter is, as values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from engine import feel

NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Blank:
    """A place for a value, a condition or a list: FEEL, and the line it stands in."""

    expression: feel.Expression
    line: int


@dataclass(frozen=True)
class Each:
    """An element that is there once for each entry of a list; inside, `name` is the entry."""

    name: str
    of: Blank


@dataclass(frozen=True)
class Element:
    """An allowed element with its allowed attributes and what is in it."""

    tag: str
    line: int
    attributes: Mapping[str, str]
    condition: Blank | None
    each: Each | None
    parts: tuple["str | Blank | Element", ...]


@dataclass(frozen=True)
class Read:
    """A name the letter reads. Names of repetitions are replaced by what they run over: `x.name` is `items.name`.

    `sure` is false for a name inside a filter, which may also be an entry of what is filtered.
    """

    name: str
    line: int
    sure: bool


@dataclass(frozen=True)
class Template:
    """A letter that has been read."""

    article: Element
    text: str = field(repr=False)

    @property
    def reads(self) -> tuple[Read, ...]:
        """Every name it reads from outside, in the order of the text."""
        return tuple(_reads(self.article, NOTHING))

    @property
    def words(self) -> str:
        """What it says by itself, without the blanks."""
        return "".join(_words(self.article))


def _words(element: Element) -> Iterator[str]:
    for part in element.parts:
        if isinstance(part, str):
            yield part
        elif isinstance(part, Element):
            yield from _words(part)


def _reads(element: Element, over: Mapping[str, str]) -> Iterator[Read]:
    if element.each:
        yield from _names(element.each.of, over)
        source = element.each.of.expression.source.strip()
        over = {**over, element.each.name: _outside(source, over)}
    if element.condition:
        yield from _names(element.condition, over)
    for part in element.parts:
        if isinstance(part, Blank):
            yield from _names(part, over)
        elif isinstance(part, Element):
            yield from _reads(part, over)


def _names(blank: Blank, over: Mapping[str, str]) -> Iterator[Read]:
    for names, sure in ((blank.expression.names, True), (blank.expression.filter_names, False)):
        for name in sorted(names):
            yield Read(_outside(name, over), blank.line, sure)


def _outside(name: str, over: Mapping[str, str]) -> str:
    """The name as somebody outside the repetition would write it."""
    first, dot, rest = name.partition(".")
    return f"{over[first]}{dot}{rest}" if first in over else name

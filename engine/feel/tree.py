"""The parsed expression: frozen nodes, each with `at`, the character where it starts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from engine.feel.values import Value


@dataclass(frozen=True, slots=True)
class Node:
    """Anything that has a value."""

    at: int


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A constant."""

    value: Value


@dataclass(frozen=True, slots=True)
class InvalidAt(Node):
    """@"text" whose text is no date, time or duration: null by the standard."""

    text: str


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A name in scope."""

    name: str


@dataclass(frozen=True, slots=True)
class Path(Node):
    """base.name"""

    base: Node
    name: str


@dataclass(frozen=True, slots=True)
class Filter(Node):
    """base[test]"""

    base: Node
    test: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    """function(arguments) or function(name: argument, …); `names` is None for the first form."""

    function: Node
    arguments: tuple[Node, ...]
    names: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Negation(Node):
    """-operand"""

    operand: Node


@dataclass(frozen=True, slots=True)
class Chain(Node):
    """first op operand op operand …, all of one precedence, from the left."""

    first: Node
    rest: tuple[tuple[str, int, Node], ...]


@dataclass(frozen=True, slots=True)
class Logic(Node):
    """All operands of a row of `and` or of `or`."""

    operator: str
    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    """left operator right, of = != < <= > >="""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Between(Node):
    """value between low and high"""

    value: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class CompareTest(Node):
    """< operand, tested against a value that stands elsewhere."""

    operator: str
    operand: Node


@dataclass(frozen=True, slots=True)
class ValueTest(Node):
    """An expression tested against a value that stands elsewhere; `asks` when it mentions that value as ?."""

    operand: Node
    asks: bool


Test: TypeAlias = CompareTest | ValueTest


@dataclass(frozen=True, slots=True)
class In(Node):
    """value in (tests)"""

    value: Node
    tests: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class UnaryTests(Node):
    """The cell of a decision table; no tests: any value."""

    tests: tuple[Test, ...]
    negated: bool


@dataclass(frozen=True, slots=True)
class Type:
    """number, list<number>, context<a: number>, function<number> -> string, or a name defined by a decision model."""

    name: str
    inner: tuple["Type", ...] | None = None
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InstanceOf(Node):
    """value instance of type"""

    value: Node
    type: Type


@dataclass(frozen=True, slots=True)
class If(Node):
    """if condition then … else …"""

    condition: Node
    then: Node
    otherwise: Node


@dataclass(frozen=True, slots=True)
class Iteration:
    """name in source, or name in source..end."""

    name: str
    source: Node
    end: Node | None


@dataclass(frozen=True, slots=True)
class For(Node):
    """for iterations return body"""

    iterations: tuple[Iteration, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class Quantified(Node):
    """some … satisfies (`wanted` True), every … satisfies (`wanted` False: it looks for the first false)."""

    wanted: bool
    iterations: tuple[Iteration, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a function definition."""

    name: str
    type: Type | None


@dataclass(frozen=True, slots=True)
class FunctionDefinition(Node):
    """function(parameters) body; the body is None for an external function."""

    parameters: tuple[Parameter, ...]
    body: Node | None


@dataclass(frozen=True, slots=True)
class ListOf(Node):
    """[items]"""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class ContextOf(Node):
    """{key: value, …}"""

    entries: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class RangeOf(Node):
    """[start..end], with either kind of bracket."""

    start: Node
    end: Node
    start_included: bool
    end_included: bool


@dataclass(frozen=True, slots=True)
class OpenRange(Node):
    """(< operand) as a value."""

    operator: str
    operand: Node


def children(node: Node) -> Sequence[Node]:
    """The nodes directly inside a node, in reading order."""
    if isinstance(node, Chain):
        return (node.first, *(operand for _, _, operand in node.rest))
    if isinstance(node, ContextOf):
        return tuple(value for _, value in node.entries)
    found: list[Node] = []
    for field in node.__dataclass_fields__:
        value = getattr(node, field)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Node):
                found.append(part)
            elif isinstance(part, Iteration):
                found += [part.source] if part.end is None else [part.source, part.end]
    return found

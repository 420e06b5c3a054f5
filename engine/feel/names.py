"""Which names an expression reads: what lint compares with the facts that exist."""

from collections.abc import Callable
from dataclasses import dataclass, field

from engine.feel import tree
from engine.feel.tree import Node


@dataclass(frozen=True)
class Names:
    """`read`: names and dotted paths that must be in scope.

    `perhaps`: names inside a filter, which are entries of the filtered things or names in scope; the data decide.
    """

    read: frozenset[str]
    perhaps: frozenset[str]


def find(node: Node, is_builtin: Callable[[str], bool]) -> Names:
    """The names read by `node`, without those it binds itself and without built-in functions."""
    finder = _Finder(is_builtin)
    finder.visit(node, frozenset(), False)
    return Names(frozenset(finder.read), frozenset(finder.perhaps))


def mentions(node: Node, name: str) -> bool:
    """Whether a name occurs anywhere in `node`."""
    return (isinstance(node, tree.Name) and node.name == name) or any(
        mentions(child, name) for child in tree.children(node)
    )


@dataclass
class _Finder:
    is_builtin: Callable[[str], bool]
    read: set[str] = field(default_factory=set)
    perhaps: set[str] = field(default_factory=set)

    def visit(self, node: Node, bound: frozenset[str], filtering: bool) -> None:
        visitor = _VISITORS.get(type(node))
        if visitor:
            visitor(self, node, bound, filtering)
            return
        for child in tree.children(node):
            self.visit(child, bound, filtering)

    def name(self, path: tuple[str, ...], bound: frozenset[str], filtering: bool) -> None:
        if path[0] in bound or path[0] == "?" or (len(path) == 1 and self.is_builtin(path[0])):
            return
        (self.perhaps if filtering else self.read).add(".".join(path))

    def single(self, node: tree.Name, bound: frozenset[str], filtering: bool) -> None:
        self.name((node.name,), bound, filtering)

    def path(self, node: tree.Path, bound: frozenset[str], filtering: bool) -> None:
        static = _static_path(node)
        if static:
            self.name(static, bound, filtering)
        else:
            self.visit(node.base, bound, filtering)

    def filter(self, node: tree.Filter, bound: frozenset[str], filtering: bool) -> None:
        self.visit(node.base, bound, filtering)
        self.visit(node.test, bound | {"item"}, True)

    def iterations(
        self, iterations: tuple[tree.Iteration, ...], bound: frozenset[str], filtering: bool
    ) -> frozenset[str]:
        for iteration in iterations:
            self.visit(iteration.source, bound, filtering)
            if iteration.end is not None:
                self.visit(iteration.end, bound, filtering)
            bound |= {iteration.name}
        return bound

    def loop(self, node: tree.For, bound: frozenset[str], filtering: bool) -> None:
        inner = self.iterations(node.iterations, bound, filtering)
        self.visit(node.body, inner | {"partial"}, filtering)

    def quantified(self, node: tree.Quantified, bound: frozenset[str], filtering: bool) -> None:
        self.visit(node.body, self.iterations(node.iterations, bound, filtering), filtering)

    def function(self, node: tree.FunctionDefinition, bound: frozenset[str], filtering: bool) -> None:
        if node.body is not None:
            self.visit(node.body, bound | {parameter.name for parameter in node.parameters}, filtering)

    def context(self, node: tree.ContextOf, bound: frozenset[str], filtering: bool) -> None:
        for key, value in node.entries:
            own = isinstance(value, tree.FunctionDefinition)  # a function may call itself by its key
            self.visit(value, bound | {key} if own else bound, filtering)
            bound |= {key}


def _static_path(node: Node) -> tuple[str, ...] | None:
    """a.b.c as its parts, None when the base is computed."""
    parts: list[str] = []
    while isinstance(node, tree.Path):
        parts.append(node.name)
        node = node.base
    return (node.name, *reversed(parts)) if isinstance(node, tree.Name) else None


_VISITORS: dict[type, Callable[..., None]] = {
    tree.Name: _Finder.single,
    tree.Path: _Finder.path,
    tree.Filter: _Finder.filter,
    tree.For: _Finder.loop,
    tree.Quantified: _Finder.quantified,
    tree.FunctionDefinition: _Finder.function,
    tree.ContextOf: _Finder.context,
}

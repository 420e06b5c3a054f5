"""Which names an expression reads: what lint compares with the facts that exist."""

from collections.abc import Callable, Mapping
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
    finder.visit(node, {}, False)
    return Names(frozenset(finder.read), frozenset(finder.perhaps))


def mentions(node: Node, name: str) -> bool:
    """Whether a name occurs anywhere in `node`."""
    return (isinstance(node, tree.Name) and node.name == name) or any(
        mentions(child, name) for child in tree.children(node)
    )


Bound = Mapping[str, tuple[str, ...]]  # names the expression binds itself; of what list they are the elements, by path


@dataclass
class _Finder:
    is_builtin: Callable[[str], bool]
    read: set[str] = field(default_factory=set)
    perhaps: set[str] = field(default_factory=set)

    def visit(self, node: Node, bound: Bound, filtering: bool) -> None:
        visitor = _VISITORS.get(type(node))
        if visitor:
            visitor(self, node, bound, filtering)
            return
        for child in tree.children(node):
            self.visit(child, bound, filtering)

    def name(self, path: tuple[str, ...], bound: Bound, filtering: bool) -> None:
        if path[0] in bound:
            self.inside(bound[path[0]], path[1:], filtering)
            return
        if path[0] == "?" or (len(path) == 1 and self.is_builtin(path[0])):
            return
        (self.perhaps if filtering else self.read).add(".".join(path))

    def inside(self, listed: tuple[str, ...], entry: tuple[str, ...], filtering: bool) -> None:
        """What is read of the elements of a list: `m.income` with m in members reads `members.income`."""
        if listed and entry:
            (self.perhaps if filtering else self.read).add(".".join((*listed, *entry)))

    def single(self, node: tree.Name, bound: Bound, filtering: bool) -> None:
        self.name((node.name,), bound, filtering)

    def path(self, node: tree.Path, bound: Bound, filtering: bool) -> None:
        static = _static_path(node)
        if static:
            self.name(static, bound, filtering)
            return
        listed = _static_path(node, filters=True)
        if listed:
            self.name(listed, bound, filtering)
        self.visit(node.base, bound, filtering)

    def filter(self, node: tree.Filter, bound: Bound, filtering: bool) -> None:
        self.visit(node.base, bound, filtering)
        self.visit(node.test, {**bound, "item": self.elements(node.base, bound)}, True)

    def iterations(
        self, iterations: tuple[tree.Iteration, ...], bound: Bound, filtering: bool
    ) -> Bound:
        for iteration in iterations:
            self.visit(iteration.source, bound, filtering)
            if iteration.end is not None:
                self.visit(iteration.end, bound, filtering)
            bound = {**bound, iteration.name: self.elements(iteration.source, bound)}
        return bound

    def elements(self, source: Node, bound: Bound) -> tuple[str, ...]:
        """The path of what is gone through, as far as it is one by name; empty when it is computed."""
        path = _static_path(source, filters=True) or ()
        if not path or path[0] not in bound:
            return path
        return bound[path[0]] + path[1:] if bound[path[0]] else ()

    def loop(self, node: tree.For, bound: Bound, filtering: bool) -> None:
        inner = self.iterations(node.iterations, bound, filtering)
        self.visit(node.body, {**inner, "partial": ()}, filtering)

    def quantified(self, node: tree.Quantified, bound: Bound, filtering: bool) -> None:
        self.visit(node.body, self.iterations(node.iterations, bound, filtering), filtering)

    def function(self, node: tree.FunctionDefinition, bound: Bound, filtering: bool) -> None:
        if node.body is not None:
            self.visit(node.body, {**bound, **dict.fromkeys((p.name for p in node.parameters), ())}, filtering)

    def context(self, node: tree.ContextOf, bound: Bound, filtering: bool) -> None:
        for key, value in node.entries:
            own = isinstance(value, tree.FunctionDefinition)  # a function may call itself by its key
            self.visit(value, {**bound, key: ()} if own else bound, filtering)
            bound = {**bound, key: ()}


def _static_path(node: Node, *, filters: bool = False) -> tuple[str, ...] | None:
    """a.b.c as its parts, with `filters` also a[1].b.c; None when the base is computed."""
    parts: list[str] = []
    while isinstance(node, tree.Path) or (filters and isinstance(node, tree.Filter)):
        parts += [node.name] if isinstance(node, tree.Path) else []
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

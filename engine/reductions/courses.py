"""How many tasks of a drawing one course does at most: ways that exclude each other are not added up. Pure.

Two tasks exclude each other when neither can follow the other and nothing that divides a course leads to both. So a
drawing that is odd counts too much rather than too little.
"""

from collections.abc import Collection, Iterator, Mapping
from itertools import combinations

from engine.catalog.ways import OUT, Ways
from engine.runtime import Model, Node

CHOICES = frozenset({"exclusiveGateway", "eventBasedGateway"})  # exactly one way is taken
Apart = Mapping[str, frozenset[str]]


def most(model: Model, names: Collection[str]) -> int:
    """The most of these nodes that can happen in one course, each counted once."""
    ways = Ways(model)
    divided = list(_divided(model, ways))
    behind = {name: ways.behind([name]) for name in names}
    alone: dict[str, set[str]] = {name: set() for name in names}
    for one, other in combinations(sorted(names), 2):
        follows = other in behind[one] or one in behind[other]
        if not follows and not any(_both(branches, one, other) for branches in divided):
            alone[one].add(other)
            alone[other].add(one)
    return _largest({name: frozenset(others) for name, others in alone.items()})


def _divided(model: Model, ways: Ways) -> Iterator[list[set[str]]]:
    """What lies on each branch of everything that sends a course on several at once, or sends several courses on."""
    yield [ways.behind([name]) | {name} for name in ways.first]
    for node in model.nodes.values():
        for name in (node.id, node.id + OUT):
            branches = [ways.behind([after]) | {after} for after in ways.after(name)]
            if _repeats(node):
                yield [*branches, *branches]
            elif not _chooses(model, node, ways.after(name)):
                yield branches


def _repeats(node: Node) -> bool:
    """Whether what comes behind it, or is in it, may be done several times, each time on another way."""
    return bool(node.loop) or node.gives > 1 or node.ad_hoc or not node.interrupting


def _chooses(model: Model, node: Node, after: Collection[str]) -> bool:
    """Whether only one of what can come after a node comes: at a choice, or because an event ends the activity."""
    if node.kind in CHOICES:
        return not node.all_of
    events = [model.nodes[name] for name in after if name in model.nodes and model.nodes[name].host == node.id]
    return all(event.interrupting for event in events) and len(after) - len(events) <= 1


def _both(branches: Collection[set[str]], one: str, other: str) -> bool:
    """Whether one lies on a branch and the other on another one."""
    first = {n for n, branch in enumerate(branches) if one in branch}
    second = {n for n, branch in enumerate(branches) if other in branch}
    return bool(first and second) and len(first | second) > 1


def _largest(apart: Apart) -> int:
    """The size of the largest set in which none excludes another: part by part, as parts do not meet."""
    return sum(_in_part({name: apart[name] for name in part}) for part in _parts(apart))


def _in_part(apart: Apart) -> int:
    name = max(apart, key=lambda each: len(apart[each]))
    if len(apart[name]) <= 1:  # alone, or a pair: one of them
        return 1
    with_it = 1 + _largest(_without(apart, apart[name] | {name}))
    return max(with_it, _largest(_without(apart, {name})))


def _without(apart: Apart, gone: Collection[str]) -> Apart:
    return {name: others - frozenset(gone) for name, others in apart.items() if name not in gone}


def _parts(apart: Apart) -> Iterator[set[str]]:
    """The names that hang together by what excludes what."""
    left = set(apart)
    while left:
        part, waiting = set(), [left.pop()]
        while waiting:
            name = waiting.pop()
            part.add(name)
            waiting += [other for other in apart[name] if other not in part and other not in waiting]
        left -= part
        yield part

"""Which tokens go and which come when a person changes where a scope stands. Pure: a net and a marking.

Several plans can carry out one change; the one that disturbs least and leaves the scope able to end is taken.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, product

from engine.runtime.repair_game import Fault, sound
from engine.runtime.repair_net import Marking, Net, Place

PLANS = 64  # looked at for one change


@dataclass(frozen=True)
class Plan:
    """Ids of the tokens that go, and places where new ones come."""

    gone: tuple[str, ...]
    come: tuple[Place, ...]


Tokens = Mapping[str, Place]  # the tokens of a scope by id


def best(net: Net, tokens: Tokens, plans: Iterator[Plan]) -> Plan | Fault | None:
    """The first plan that leaves the scope sound, else what is wrong with the first; None without any plan."""
    first: Fault | None = None
    for plan in islice(plans, PLANS):
        found = sound(net, tuple(sorted(tokens.values())), _then(tokens, plan))
        if found is None:
            return plan
        first = first or found
    return first


def moving(net: Net, token: str, node: str) -> Iterator[Plan]:
    """One token goes to a node; at a join it stands for one branch or the other."""
    for via in [f.id for f in net.into[node]] if net.joins(node) else [""]:
        yield Plan((token,), ((node, via),))


def reopening(net: Net, tokens: Tokens, node: str, done: Collection[str]) -> Iterator[Plan]:
    """A node opens again. `done` are the nodes that completed so far.

    The nearest token behind it goes, so that branches beside it are left alone; or, behind a join the branches met at,
    all of them go and the other branches wait at the join, as they were done. Last come tokens that a loop led before
    the node.
    """
    behind = net.after(node)
    near = sorted((t for t in tokens if _from(net, tokens[t], node, behind)), key=lambda t: behind[tokens[t][0]])
    yield from (Plan((token,), ((node, ""),)) for token in near)
    yield Plan(tuple(near), ((node, ""), *_met(net, node, behind, [tokens[t][0] for t in near], done, not tokens)))
    around = net.after(node, again=True)
    yield from (Plan((t,), ((node, ""),)) for t in tokens if t not in near and tokens[t][0] in around)


def leaving(net: Net, tokens: Tokens, ours: Collection[str], own: Collection[str]) -> Iterator[Plan]:
    """The tokens `ours` go on behind the last of the nodes `own`; the nearest places first.

    No plan when another token of the scope still comes to one of these nodes.
    """
    others = [place[0] for token, place in tokens.items() if token not in ours]
    if any(not net.after(node).keys().isdisjoint(own) for node in others):
        return
    for chosen in product(*(_exits(net, tokens[token][0], own) for token in ours)):
        yield Plan(tuple(ours), tuple(place for place in chosen if place))


def redone(net: Net, node: str, gone: Collection[str], over: bool) -> frozenset[str]:
    """What is done again when `node` opens: it, and what lies between it and the nodes `gone`, or the end if `over`."""
    behind = net.after(node)
    return frozenset({node, *(n for n in behind if over or n in gone or not net.after(n).keys().isdisjoint(gone))})


def _then(tokens: Tokens, plan: Plan) -> Marking:
    return tuple(sorted([*(p for t, p in tokens.items() if t not in plan.gone), *plan.come]))


def _from(net: Net, place: Place, node: str, behind: Collection[str]) -> bool:
    """Whether a token is behind `node`; one that waits at a join is, if it came from there."""
    if place[0] not in behind:
        return False
    sources = [f.source for f in net.into[place[0]] if place[1] in ("", f.id)]
    return not net.joins(place[0]) or any(source == node or source in behind for source in sources)


def _met(
    net: Net, node: str, behind: Collection[str], gone: Collection[str], done: Collection[str], over: bool
) -> list[Place]:
    """Where other branches met this one at a join behind it that was passed: there they wait again."""
    joins = [n for n in behind if net.joins(n) and net.nodes[n].kind == "parallelGateway" and n in done]
    passed = [n for n in joins if over or not net.after(n).keys().isdisjoint(gone)]
    flows = [f for join in passed for f in net.into[join] if f.source != node and f.source not in behind]
    return [(f.target, f.id) for f in flows]


def _exits(net: Net, node: str, own: Collection[str]) -> list[Place | None]:
    """Places behind `node` from which no node of `own` follows, the nearest first; last: nowhere at all."""
    behind = net.after(node)
    free = [n for n in behind if n not in own and net.after(n).keys().isdisjoint(own) and not net.nodes[n].host]
    near = sorted(free, key=lambda n: behind[n])
    return [*((n, via) for n in near for via in ([f.id for f in net.into[n]] if net.joins(n) else [""])), None]

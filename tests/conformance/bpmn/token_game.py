"""A token game by the letter of BPMN 2.0 chapter 13, to compare the runtime with. It knows gateways and tasks, no more.

It shares nothing with the runtime: tokens lie on flows, not on nodes, and what may happen next is chosen by chance.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

MOST_STEPS = 2_000


@dataclass
class Graph:
    """Nodes by name with their kind (start, task, xor, and, or, end); flows with whether they would be taken."""

    kinds: dict[str, str] = field(default_factory=dict)
    flows: list[tuple[str, str, bool]] = field(default_factory=list)

    def add(self, kind: str) -> str:
        """A new node."""
        name = f"{kind}{len(self.kinds)}"
        self.kinds[name] = kind
        return name

    def join(self, source: str, target: str, taken: bool = True) -> None:
        """A new flow."""
        self.flows.append((source, target, taken))

    def leaving(self, node: str) -> list[int]:
        """The numbers of the flows that leave a node."""
        return [i for i, (source, _, _) in enumerate(self.flows) if source == node]

    def arriving(self, node: str) -> list[int]:
        """The numbers of the flows that lead to a node."""
        return [i for i, (_, target, _) in enumerate(self.flows) if target == node]


@dataclass(frozen=True)
class Result:
    """How often each task ran, and whether nothing was left in the end."""

    ran: tuple[tuple[str, int], ...]
    done: bool


class Game:
    """The game on one graph: what does not change between two plays."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.into = {name: graph.arriving(name) for name in graph.kinds}
        self.out = {name: graph.leaving(name) for name in graph.kinds}
        joins = [name for name, kind in graph.kinds.items() if kind == "or"]
        self.ways = {(name, flow): self._ways(name, flow) for name in joins for flow in range(len(graph.flows))}

    def play(self, chance: Random) -> Result | None:
        """One play; None if it does not come to an end."""
        tokens: Counter[int] = Counter()
        ran: Counter[str] = Counter()
        self._send(next(n for n, kind in self.graph.kinds.items() if kind == "start"), tokens)
        for _ in range(MOST_STEPS):
            possible = list(self._possible(tokens))
            if not possible:
                return Result(tuple(sorted(ran.items())), not +tokens)
            node, taken = chance.choice(possible)
            tokens.subtract(taken)
            if self.graph.kinds[node] == "task":
                ran[node] += 1
            self._send(node, tokens)
        return None

    def _possible(self, tokens: Counter[int]) -> Iterator[tuple[str, list[int]]]:
        """Every node that may start now, and the tokens it would take."""
        for node, kind in self.graph.kinds.items():
            filled = [flow for flow in self.into[node] if tokens[flow] > 0]
            if not filled:
                continue
            if kind == "and":
                if len(filled) == len(self.into[node]):
                    yield node, filled
            elif kind == "or":
                if not self._awaits(node, filled, tokens):
                    yield node, filled
            else:
                yield from ((node, [flow]) for flow in filled)

    def _awaits(self, node: str, filled: list[int], tokens: Counter[int]) -> bool:
        """Table 13.4: a token may still come to an empty flow, and has no way to a filled one."""
        missing = set(self.into[node]) - set(filled)
        for flow, count in tokens.items():
            ways = self.ways[node, flow]
            if count > 0 and flow not in self.into[node] and ways & missing and not ways & set(filled):
                return True
        return False

    def _ways(self, gateway: str, first: int) -> set[int]:
        """The flows that can be reached from one without passing the gateway; the flow itself is one of them."""
        found, waiting = {first}, [first]
        while waiting:
            target = self.graph.flows[waiting.pop()][1]
            new = {flow for flow in self.out[target] if target != gateway} - found
            found |= new
            waiting += new
        return found

    def _send(self, node: str, tokens: Counter[int]) -> None:
        for flow in self.out[node]:
            if self.graph.flows[flow][2]:
                tokens[flow] += 1


def certain(graph: Graph, chance: Random, plays: int = 12) -> Result | None:
    """The one result of many plays; None when it depends on what happens first, or when a play does not end."""
    game = Game(graph)
    results = {game.play(chance) for _ in range(plays)}
    return results.pop() if len(results) == 1 else None

"""Random graphs of gateways and tasks, and the runtime on them: `python -m tests.conformance.bpmn.graphs 10000`.

Half of the graphs are built of blocks, half are drawn freely without loops; half of them have tasks of people, who
finish them in any order with the state saved and restored in between.
"""

import sys
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random

import simplejson

from engine import runtime
from engine.runtime import Advance, Model
from tests.conformance.bpmn.token_game import Graph, Result, certain

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
LARGEST = 40  # nodes
_NAMES = {"start": "startEvent", "end": "endEvent", "xor": "exclusiveGateway", "and": "parallelGateway",
          "or": "inclusiveGateway"}  # fmt: skip


@dataclass(frozen=True)
class Compared:
    """One graph: what the token game says, and what the runtime did."""

    graph: Graph
    people: bool
    expected: Result
    shown: Result

    @property
    def equal(self) -> bool:
        """Whether they agree. A process that stands still is an incident, and then nothing it did is kept."""
        return self.expected == self.shown if self.expected.done else self.expected.done == self.shown.done


def compare(seed: int) -> Compared | None:
    """Compare one random graph; None when its result depends on what happens first, or it is too large."""
    chance = Random(seed)
    graph = blocks(chance) if seed % 2 else free(chance)
    if graph is None or len(graph.kinds) > LARGEST:
        return None
    expected = certain(graph, chance)
    if expected is None:
        return None
    people = seed % 4 > 1
    return Compared(graph, people, expected, run(runtime.read(drawing(graph, people)), chance))


def blocks(chance: Random) -> Graph:
    """A graph of sequences and of splits with the join that belongs to them, some branches empty."""
    graph = Graph()
    start, end = graph.add("start"), graph.add("end")
    first, last = _block(graph, chance, 3)
    graph.join(start, first)
    graph.join(last, end)
    return graph


def free(chance: Random) -> Graph | None:
    """A graph in layers, any flow leading forward; None when something in it cannot be reached."""
    graph = Graph()
    layers = [[graph.add("start")]]
    for _ in range(5):
        kinds = [chance.choice(["task", "task", "and", "xor", "or"]) for _ in range(chance.randint(1, 3))]
        layers.append([graph.add(kind) for kind in kinds])
    for number, layer in enumerate(layers[1:], 1):
        for node in layer:
            _connect(graph, chance, node, layers[:number])
    end = graph.add("end")
    for node in [n for n in graph.kinds if n != end and not graph.leaving(n)]:
        graph.join(node, end)
    _choose(graph, chance)
    return graph if all(graph.arriving(n) for n, kind in graph.kinds.items() if kind != "start") else None


def drawing(graph: Graph, people: bool) -> bytes:
    """The graph as a drawing; conditions are `=true` and `=false`."""
    made = []
    for name, kind in graph.kinds.items():
        tag = _NAMES.get(kind) or ("userTask" if people else "task")
        taken = [i for i in graph.leaving(name) if graph.flows[i][2]]
        default = f'default="f{taken[0]}"' if kind == "xor" and len(graph.leaving(name)) > 1 else ""
        made.append(f'<{tag} id="{name}" name="{name}" {default}/>')
    for number, (source, target, taken_) in enumerate(graph.flows):
        condition = f"<conditionExpression>={str(taken_).lower()}</conditionExpression>"
        decides = graph.kinds[source] in ("xor", "or") and len(graph.leaving(source)) > 1
        decides = decides and not (graph.kinds[source] == "xor" and taken_)
        made.append(f'<sequenceFlow id="f{number}" sourceRef="{source}" targetRef="{target}">'
                    f"{condition if decides else ''}</sequenceFlow>")  # fmt: skip
    body = f'<process id="P" isExecutable="true">{"".join(made)}</process>'
    return f'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">{body}</definitions>'.encode()


def run(model: Model, chance: Random) -> Result:
    """Play a model to its end, or to an incident."""
    ran: Counter[str] = Counter()
    advance = runtime.start(model, {}, now=NOW)
    waiting = _note(advance, ran)
    while waiting and not advance.incident:
        token = waiting.pop(chance.randrange(len(waiting)))
        state = simplejson.loads(simplejson.dumps(advance.state))
        advance = runtime.finish(model, state, token, {}, {}, now=NOW)
        waiting += _note(advance, ran)
    return Result(tuple(sorted(ran.items())), advance.incident is None)


def main() -> int:
    """Compare as many graphs as asked for, print the counts and what differs."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    seed, equal = 0, 0
    while equal < wanted:
        seed += 1
        found = compare(seed)
        if found is None:
            continue
        if not found.equal:
            sys.stdout.write(f"seed {seed}: {found}\n")
            return 1
        equal += 1
    sys.stdout.write(f"gateway graphs equal to the token game {equal} of {equal}\n")
    return 0


def _block(graph: Graph, chance: Random, depth: int) -> tuple[str, str]:
    kind = chance.choice(["task", "sequence", "and", "xor", "or"]) if depth else "task"
    if kind == "task":
        task = graph.add("task")
        return task, task
    if kind == "sequence":
        (first, middle), (next_, last) = _block(graph, chance, depth - 1), _block(graph, chance, depth - 1)
        graph.join(middle, next_)
        return first, last
    split, join = graph.add(kind), graph.add(kind)
    for taken in _taken(kind, chance.randint(2, 3), chance):
        if chance.random() < 0.15:
            graph.join(split, join, taken)
            continue
        first, last = _block(graph, chance, depth - 1)
        graph.join(split, first, taken)
        graph.join(last, join)
    return split, join


def _taken(kind: str, ways: int, chance: Random) -> list[bool]:
    """Which ways of a split are taken: one, some but at least one, or all."""
    if kind == "and":
        return [True] * ways
    chosen = chance.randrange(ways)
    return [way == chosen or (kind == "or" and chance.random() < 0.6) for way in range(ways)]


def _connect(graph: Graph, chance: Random, node: str, before: list[list[str]]) -> None:
    """One flow from the layer before, and perhaps a second from anywhere before. A task has one way out."""
    open_ = [n for layer in before for n in layer if graph.kinds[n] not in ("task", "start") or not graph.leaving(n)]
    if not open_:
        return
    near = [n for n in open_ if n in before[-1]] or open_
    sources = {chance.choice(near)}
    for _ in range(2):
        if chance.random() < 0.5:
            sources.add(chance.choice(open_))
    for source in sorted(sources):
        graph.join(source, node)


def _choose(graph: Graph, chance: Random) -> None:
    """Decide which flows of the splits are taken."""
    for node, kind in graph.kinds.items():
        leaving = graph.leaving(node)
        if kind in ("xor", "or") and leaving:
            for flow, taken in zip(leaving, _taken(kind, len(leaving), chance), strict=True):
                graph.flows[flow] = (*graph.flows[flow][:2], taken)


def _note(advance: Advance, ran: Counter[str]) -> list[str]:
    ran.update(passed.node for passed in advance.passed if passed.kind.lower().endswith("task"))
    return [task.id for task in advance.opened]


if __name__ == "__main__":
    sys.exit(main())

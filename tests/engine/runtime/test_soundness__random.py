"""Soundness on random graphs: lint says what enumerating every marking says, and sound graphs run to the end."""

import random
from collections import Counter
from itertools import chain, combinations

import pytest

from engine import runtime
from tests.engine.runtime.drawings import NOW, boundary, drawing, timer

KINDS = {"xor": "exclusiveGateway", "and": "parallelGateway", "or": "inclusiveGateway", "task": "userTask"}
BESIDE = object()  # a reminder that is still there when the next one comes: nothing changes
RULES = ("bpmn-deadlock", "bpmn-unsynchronised", "bpmn-livelock")


class Graph:
    """Nodes by kind, flows as pairs. A `choose` task has conditions on what leaves it, `stop` is a terminate end."""

    def __init__(self):
        self.nodes, self.flows, self.events, self.besides = {"s": "start", "e": "end"}, [], {}, {}

    def add(self, kind):
        name = f"{kind}{len(self.nodes)}"
        self.nodes[name] = kind
        return name

    def leaving(self, name):
        return [i for i, (source, _) in enumerate(self.flows) if source == name]

    def arriving(self, name):
        return [i for i, (_, target) in enumerate(self.flows) if target == name]

    def sets(self, name):
        """The sets of flows a token on this node may take."""
        flows, kind = self.leaving(name), self.nodes[name]
        if kind == "xor" and flows:
            return [{flow} for flow in flows]
        if kind in ("or", "choose") and len(flows) > 1:
            return [set(c) for c in chain.from_iterable(combinations(flows, n) for n in range(1, len(flows) + 1))]
        return [set(flows)]


def block(graph, rng, depth):
    """A structured piece: its first and last node."""
    kind = rng.choice(["task", "task", "seq", "and", "xor", "or", "loop"]) if depth else "task"
    if kind == "task":
        name = graph.add("task")
        return name, name
    if kind == "seq":
        (a, b), (c, d) = block(graph, rng, depth - 1), block(graph, rng, depth - 1)
        graph.flows.append((b, c))
        return a, d
    split, join = graph.add("xor" if kind == "loop" else kind), graph.add("xor" if kind == "loop" else kind)
    a, b = block(graph, rng, depth - 1)
    graph.flows += [(split, a), (b, join)]
    if kind == "loop":
        graph.flows.append((join, split))
    else:
        c, d = block(graph, rng, depth - 1)
        graph.flows += [(split, c), (d, join)]
    return split, join


def spoilt(rng):
    """A structured graph, then changed a little: other kinds, more flows, another end."""
    graph = Graph()
    first, last = block(graph, rng, 2)
    graph.flows += [("s", first), (last, "e")]
    inner = [name for name in graph.nodes if name not in "se"]
    for _ in range(rng.randint(0, 3)):
        name, what = rng.choice(inner), rng.random()
        if what < 0.3 and graph.nodes[name] != "stop":
            graph.nodes[name] = rng.choice(["xor", "and", "or", "task", "choose"])
        elif what < 0.7:
            graph.flows.append((name, rng.choice(inner)))
        elif what < 0.85:
            graph.flows.append((name, "e"))
        else:
            graph.flows.append((name, graph.add("stop")))
    for name in inner:
        if graph.nodes[name] == "task" and rng.random() < 0.1:
            graph.events[name] = rng.choice(inner)
        elif graph.nodes[name] == "task" and rng.random() < 0.1:
            graph.besides[name] = rng.choice([*inner, graph.add("task")])
    return graph


def tangle(rng):
    """Any nodes, any flows."""
    graph = Graph()
    inner = [graph.add(rng.choice(["xor", "and", "or", "task", "xor", "and"])) for _ in range(rng.randint(2, 7))]
    graph.flows = [("s", inner[0]), *((a, rng.choice([*inner, "e"])) for a in inner)]
    graph.flows += [(rng.choice(inner), rng.choice([*inner, "e"])) for _ in range(rng.randint(1, 4))]
    return graph


def xml(graph):
    """The graph as BPMN; a boundary event of a task leads where `events` says."""
    parts, flows = [], []
    choosing = [name for name, kind in graph.nodes.items() if kind == "xor" and len(graph.leaving(name)) > 1]
    last = {name: f"f{graph.leaving(name)[-1]}" for name in choosing}
    for name, kind in graph.nodes.items():
        if kind in ("start", "end"):
            parts.append(f'<{kind}Event id="{name}"/>')
        elif kind == "stop":
            parts.append(f'<endEvent id="{name}"><terminateEventDefinition/></endEvent>')
        else:
            default = f' default="{last[name]}"' if name in last else ""
            parts.append(f'<{KINDS.get(kind, "userTask")} id="{name}" name="{name}"{default}/>')
    for events, cancels in ((graph.events, "true"), (graph.besides, "false")):
        for host, target in events.items():
            parts.append(boundary(f"b{host}", host, timer("timeDuration", "PT1S"), cancels))
            flows.append(f'<sequenceFlow id="g{host}" sourceRef="b{host}" targetRef="{target}"/>')
    for number, (source, target) in enumerate(graph.flows):
        asks = graph.nodes[source] in ("xor", "or", "choose") and len(graph.leaving(source)) > 1
        asks = asks and f"f{number}" not in last.values()
        condition = f"<conditionExpression>=f{number}</conditionExpression>" if asks else ""
        flows.append(
            f'<sequenceFlow id="f{number}" sourceRef="{source}" targetRef="{target}">{condition}</sequenceFlow>'
        )
    return drawing("".join(parts + flows), "")


class Enumeration:
    """Every marking of a graph, with a token a flow: nothing is made smaller."""

    def __init__(self, graph):
        self.graph = graph
        self.ends = [target for _, target in [*graph.flows, *graph.events.items(), *graph.besides.items()]]
        self.starts = [source for source, _ in [*graph.flows, *graph.events.items(), *graph.besides.items()]]
        self.events = {host: len(graph.flows) + i for i, host in enumerate(graph.events)}
        self.besides = {host: len(graph.flows) + len(graph.events) + i for i, host in enumerate(graph.besides)}
        self.idle, self.main = self._idle(), self._main()
        self.twice, self.dead, self.seen = set(), set(), {}
        self.into = {n: [i for i, end in enumerate(self.ends) if end == n] for n in graph.nodes}
        self.reach = {n: self._reach(n) for n, kind in graph.nodes.items() if kind == "or"}
        begin = self._put(frozenset(), graph.leaving("s"))
        self.todo = [begin] if begin is not None else []
        while self.todo:
            self._look(self.todo.pop())

    def _idle(self):
        idle = {"e"}
        for _ in self.graph.nodes:
            for name, kind in self.graph.nodes.items():
                targets = [self.ends[i] for i in self.graph.leaving(name)]
                if kind == "xor" and targets and set(targets) <= idle:
                    idle.add(name)
        return idle

    def _main(self):
        """The nodes of the flow itself; what is only reached besides it may well be there twice."""
        main = {"s"}
        for _ in self.graph.nodes:
            flows = set(range(len(self.ends))) - set(self.besides.values())
            main |= {self.ends[flow] for flow in flows if self.starts[flow] in main}
        return main

    def _reach(self, gateway):
        found = {}
        for flow in range(len(self.ends)):
            seen, todo = {flow}, [flow]
            while todo:
                node = self.ends[todo.pop()]
                for after in (i for i, start in enumerate(self.starts) if start == node and node != gateway):
                    if after not in seen:
                        seen.add(after)
                        todo.append(after)
            found[flow] = seen
        return found

    def _look(self, marking):
        if marking in self.seen:
            return
        after = self.seen[marking] = []
        ready = list(self._ready(marking))
        for node, taken in ready:
            if self.graph.nodes[node] == "stop":
                after.append(frozenset())
                continue
            sets = self.graph.sets(node)
            sets = [*sets, {self.events[node]}] if node in self.events else sets
            after += [self._put(marking - taken, flows) for flows in sets]
            after += [self._put(marking, {self.besides[node]})] if node in self.besides else []
        after[:] = [marking if m is BESIDE else m for m in after]
        if not ready:
            self.dead |= {self.ends[flow] for flow in marking}
        self.todo += [m for m in after if m is not None]

    def _ready(self, marking):
        for node, kind in self.graph.nodes.items():
            into = self.into[node]
            have = [flow for flow in into if flow in marking]
            if kind == "and" and len(into) > 1:
                if len(have) == len(into):
                    yield node, set(have)
            elif kind == "or" and len(into) > 1:
                if have and not self._coming(node, marking, have):
                    yield node, set(have)
            else:
                yield from ((node, {flow}) for flow in have)

    def _coming(self, node, marking, have):
        empty = set(self.into[node]) - set(have)
        reached = (self.reach[node][flow] for flow in marking if self.ends[flow] != node)
        return any(r & empty and not r & set(have) for r in reached)

    def _put(self, marking, flows):
        """The marking with tokens on these flows; None where one meets another."""
        counted = Counter(marking)
        counted.update(flow for flow in flows if self.ends[flow] not in self.idle)
        joins = {n for n, kind in self.graph.nodes.items() if kind in ("and", "or") and len(self.into[n]) > 1}
        places = Counter()
        for flow, number in counted.items():
            places[flow if self.ends[flow] in joins else self.ends[flow]] += number
        full = [place for place, number in places.items() if number > 1]
        self.twice |= {self.ends[place] if isinstance(place, int) else place for place in full} & self.main
        if full and not {self.ends[place] if isinstance(place, int) else place for place in full} & self.main:
            return BESIDE
        return None if full else frozenset(counted)

    @property
    def circling(self):
        """Whether a marking leads neither to the end nor to a standstill."""
        good = {m for m, after in self.seen.items() if not m or not after or None in after}
        before = {}
        for marking, after in self.seen.items():
            for other in after:
                before.setdefault(other, []).append(marking)
        todo = list(good)
        while todo:
            for marking in before.get(todo.pop(), ()):
                if marking not in good:
                    good.add(marking)
                    todo.append(marking)
        return len(good) < len(self.seen)


def verdict(graph):
    """Rule → elements it was found at."""
    found = {rule: set() for rule in (*RULES, "bpmn-soundness-open")}
    for finding in runtime.lint(xml(graph)):
        if finding.rule in found:
            found[finding.rule].add(finding.element)
    return found


def compare(graph):
    """Lint against enumeration; where a token can come twice, what lies behind it is not asked."""
    found, known = verdict(graph), Enumeration(graph)
    shown = xml(graph).decode()
    if found["bpmn-soundness-open"]:
        assert len(known.seen) > 2000, shown
        return "open"
    assert bool(found["bpmn-unsynchronised"] & known.main) == bool(known.twice), (shown, known.twice)
    assert not known.twice or found["bpmn-unsynchronised"] & known.twice, (shown, known.twice)
    assert found["bpmn-deadlock"] <= known.dead, (shown, known.dead)
    if not known.twice:
        assert bool(found["bpmn-deadlock"]) == bool(known.dead), (shown, known.dead)
        assert bool(found["bpmn-livelock"]) == known.circling, shown
    return "twice" if known.twice else "dead" if known.dead else "circling" if known.circling else "sound"


@pytest.mark.parametrize(("make", "count"), [(spoilt, 800), (tangle, 1500)])
def test_the_verdict_is_that_of_plain_enumeration(make, count):
    """On thousands of graphs lint finds a standstill, a doubled token or an endless loop exactly where one is."""
    rng = random.Random(20261125)
    told = Counter(compare(make(rng)) for _ in range(count))
    assert min(told[word] for word in ("twice", "dead", "circling", "sound")) > count / 100, told


def answers(graph, rng):
    """What the conditions say next: of every split at least one holds."""
    facts = {f"f{number}": rng.random() < 0.5 for number in range(len(graph.flows))}
    for name in graph.nodes:
        facts |= {f"f{number}": True for number in rng.sample(graph.leaving(name), bool(graph.leaving(name)))}
    return facts


def run(graph, rng):
    """Play a graph, tasks finished in any order; whether it ended within the steps a person would wait for."""
    model = runtime.read(xml(graph))
    advance = runtime.start(model, answers(graph, rng), now=NOW)
    tasks = {}
    for _ in range(150):
        assert advance.incident is None, (xml(graph), advance.incident)
        tasks |= {task.id: task.node for task in advance.opened}
        for gone in advance.closed:
            tasks.pop(gone, None)
        if advance.ended:
            return True
        assert len(set(tasks.values())) == len(tasks), (xml(graph), tasks)
        chosen = rng.choice(list(tasks))
        del tasks[chosen]
        advance = runtime.finish(model, advance.state, chosen, {}, answers(graph, rng), now=NOW)
    return False


def test_what_is_called_sound_runs_to_its_end():
    """The runtime never stands still in a graph lint finds sound, and never offers the same task twice."""
    rng = random.Random(20261126)
    ended = []
    while len(ended) < 200:
        graph = spoilt(rng)
        rules = {finding.rule for finding in runtime.lint(xml(graph))}
        if not rules & {*RULES, "bpmn-soundness-open", "bpmn-busy-loop", "bpmn-unreachable"}:
            ended.append(run(graph, rng))
    assert sum(ended) > 185

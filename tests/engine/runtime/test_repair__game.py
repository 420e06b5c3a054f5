"""The token game looks at one order of the branches only, and sees what looking at all orders would see."""

import random
from collections import deque
from itertools import pairwise
from types import SimpleNamespace

import pytest

from engine import runtime
from engine.runtime.repair_game import fault
from engine.runtime.repair_net import Net, moved
from engine.runtime.repair_standing import scopes
from engine.runtime.values import Flow, Node
from tests.engine.runtime import drawings as d
from tests.engine.runtime.test_repair__property import MODELS, states


def everything(net, marking):
    """What goes wrong in some course when every order is looked at: kinds of faults, without any reduction."""
    before, waiting, found = {marking: []}, deque([marking]), set()
    while waiting:
        here = waiting.popleft()
        twice = [a for a, b in pairwise(here) if a == b and net.nodes[a[0]].needs == 1]
        found |= {"twice"} if twice else set()
        if twice:
            continue  # surplus tokens may multiply for ever
        for there in (m for place in dict.fromkeys(here) for m in moved(net, here, place)):
            if there not in before:
                before[there] = []
                waiting.append(there)
            before[there].append(here)
    ending = deque([()] if () in before else [])
    good = set(ending)
    while ending:
        for earlier in before[ending.popleft()]:
            if earlier not in good:
                good.add(earlier)
                ending.append(earlier)
    return found or ({"stuck"} if before.keys() - good else set())


@pytest.mark.parametrize("name", MODELS)
def test_one_order_shows_what_all_orders_show(name):
    """For every marking one token away from a reachable one: a fault is found exactly where the full game has one."""
    model = runtime.read(d.drawing(*MODELS[name]))
    net, tried = Net.of(model, model.process_id), {}
    for walk in states(model):
        places = list(runtime_places(model, walk.state, net))
        for index in range(len(places)):
            for node in net.nodes:
                for via in [f.id for f in net.into[node]] if net.joins(node) else [""]:
                    marking = tuple(sorted([*places[:index], (node, via), *places[index + 1 :]]))
                    if not net.nodes[node].by_event and not net.nodes[node].undoes:
                        tried[marking] = bool(fault(net, marking))
    assert tried
    wrong = [marking for marking, seen in tried.items() if seen != bool(everything(net, marking))]
    assert not wrong


KINDS = ("userTask", "userTask", "exclusiveGateway", "parallelGateway", "inclusiveGateway")


def random_net(luck, loops):
    """A row of nodes with some more flows, forwards and, with `loops`, back."""
    names = [f"n{i}" for i in range(luck.randint(3, 8))]
    row = ["s", *names, "e"]
    kinds = {"s": "startEvent", "e": "endEvent"} | {name: luck.choice(KINDS) for name in names}
    pairs = list(pairwise(row))
    for _ in range(luck.randint(1, 4)):
        here, there = luck.randint(1, len(names)), luck.randint(1, len(names) + 1)
        if there > here + 1 or (loops and there <= here):
            pairs.append((row[here], row[there]))
    flows = {
        f"{a}_{b}": Flow(f"{a}_{b}", a, b, condition="=x" if kinds[a] == "inclusiveGateway" else "") for a, b in pairs
    }
    nodes = {name: Node(name, kind, "", 1, "P") for name, kind in kinds.items()}
    return Net.of(SimpleNamespace(nodes=nodes, flows=flows), "P"), names


def test_one_order_shows_what_all_orders_show_on_random_graphs():
    """Two thousand graphs of gateways and tasks, each begun and with two tokens anywhere: the verdicts agree."""
    seen = {True: 0, False: 0}
    for seed in range(2_000):
        luck = random.Random(seed)
        net, names = random_net(luck, loops=seed % 3 == 0)
        anywhere = tuple(sorted(net.place(name, net.into[name][0].id) for name in luck.sample(names, 2)))
        for marking in (net.begun, anywhere):
            found = bool(fault(net, marking))
            assert found == bool(everything(net, marking)), (seed, marking)
            seen[found] += 1
    assert min(seen.values()) > 500


def runtime_places(model, state, net):
    """The places of the process itself."""
    return scopes(model, state)[0].places(net).values()


def test_many_branches_are_no_trouble():
    """Twelve departments with three steps each: sixteen million markings, of which a few hundred are looked at."""
    body = d.ENDS + d.nodes("parallelGateway", "f", "j") + "".join(d.user(f"t{i}{k}") for i in range(12) for k in "abc")
    flows = "s -> f\nj -> e\n" + "\n".join(f"f -> t{i}a -> t{i}b -> t{i}c -> j" for i in range(12))
    model = runtime.read(d.drawing(body, flows))
    net = Net.of(model, model.process_id)
    standing = tuple(sorted((f"t{i}a", "") for i in range(12)))
    assert fault(net, standing) is None
    assert fault(net, (*standing[:-1], ("e", ""))).kind == "stuck"

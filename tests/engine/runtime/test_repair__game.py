"""The token game looks at one order of the branches only, and sees what looking at all orders would see."""

from collections import deque
from itertools import pairwise

import pytest

from engine import runtime
from engine.runtime.repair_game import fault
from engine.runtime.repair_net import Net, moved
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


def runtime_places(model, state, net):
    """The places of the process itself."""
    from engine.runtime.repair_standing import scopes

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

"""Complex gateways against table 13.5 of BPMN 2.0, read once more and naively: every order in which tokens can come."""

from itertools import permutations

import pytest

from engine import runtime
from tests.conformance.bpmn.models import element, model
from tests.engine.runtime.drawings import NOW, written

SIZES = [(flows, needed) for flows in (2, 3, 4) for needed in range(1, flows + 1)]


def _expected(order, needed):
    """How often the gateway starts and resets when one token comes on each flow, in this order."""
    here, took, coming = set(), None, set(order)
    starts = resets = 0
    for flow in order:
        here.add(flow)
        coming.discard(flow)
        if took is None and len(here) >= needed:
            took, here, starts = here, set(), starts + 1
        if took is not None and not (coming - took):
            took, here, resets = None, set(), resets + 1
    return starts, resets


@pytest.mark.parametrize(("flows", "needed"), SIZES)
def test_a_partial_join_starts_once_and_resets_once(flows, needed):
    """Whatever the order: a way for the start is taken when enough came, the way for the reset when all came."""
    names = [f"u{number}" for number in range(flows)]
    gateway = element("complexGateway", f"<activationCondition>=activationCount &gt;= {needed}</activationCondition>")
    ways = "; ".join(f"g {name} y" for name in names)
    read = runtime.read(model(f"s g; {ways}; y [=waitingForStart] z e; y [=not(waitingForStart)] r e2", y=gateway))
    for order in permutations(names):
        advance = runtime.start(read, {}, now=NOW)
        tasks, passed = {task.node: task.id for task in advance.opened}, []
        for name in order:
            advance = runtime.finish(read, written(advance.state), tasks[name], {}, {}, now=NOW)
            passed += [p.node for p in advance.passed]
        assert (passed.count("z"), passed.count("r")) == _expected(order, needed), order
        assert advance.ended is not None

"""Random graphs of gateways: the runtime does what the token game of BPMN 2.0 chapter 13 says."""

from random import Random

import pytest

from engine import runtime
from tests.conformance.bpmn import graphs
from tests.conformance.bpmn.token_game import Graph, certain

CHUNK = 500


@pytest.mark.parametrize("chunk", range(6))
def test_random_graphs_are_equal(chunk):
    """Each graph ends as the token game ends, with every task done as often; `make conformance` plays 10,000."""
    found = [graphs.compare(seed) for seed in range(chunk * CHUNK, (chunk + 1) * CHUNK)]
    compared = [one for one in found if one]
    assert len(compared) > CHUNK // 2
    assert [one for one in compared if not one.equal] == []


def test_the_graphs_are_of_all_kinds():
    """Among them are graphs that stop, graphs with several tokens on a flow, and inclusive joins."""
    compared = [one for seed in range(CHUNK) if (one := graphs.compare(seed))]
    assert any(not one.expected.done for one in compared)
    assert any(count > 1 for one in compared for _, count in one.expected.ran)
    assert any("or" in one.graph.kinds.values() and one.people for one in compared)


def test_a_difference_would_be_seen():
    """The comparison is no formality: a graph whose flows are not those of the drawing is told apart."""
    graph = Graph()
    start, split, task, end = (graph.add(kind) for kind in ("start", "and", "task", "end"))
    for source, target in ((start, split), (split, task), (split, end), (task, end)):
        graph.join(source, target)
    model = runtime.read(graphs.drawing(graph, False))
    graph.flows[1] = (split, task, False)
    assert graphs.run(model, Random(1)) != certain(graph, Random(1))

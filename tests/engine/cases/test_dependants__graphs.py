"""An item falls with what it depends on, and with nothing else: over random graphs, and in a drawing."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import cases, catalog, runtime
from engine.cases import dependants
from engine.cases.dependants import LOST, fallen
from engine.catalog import ItemSpec
from engine.words import Outcome
from tests import guided

NOW = datetime(2026, 11, 25, 2, tzinfo=UTC)


@st.composite
def graphs(draw):
    """Items in an order in which each may depend on earlier ones, and outcomes of some of them."""
    size = draw(st.integers(1, 8))
    specs = []
    for n in range(size):
        depends = draw(st.sets(st.integers(0, n - 1), max_size=3)) if n else set()
        otherwise = draw(st.sampled_from([None, Outcome.NOT_NEEDED, Outcome.TERMINATED]))
        before = tuple(f"i{d}" for d in sorted(depends))
        specs.append(ItemSpec(f"i{n}", "", "", (), None, before, None, otherwise=otherwise))
    ended = draw(st.dictionaries(st.sampled_from([s.code for s in specs]), st.sampled_from(sorted(Outcome))))
    return draw(st.permutations(specs)), ended


def below(specs, code):
    """Everything that depends on an item, directly or not."""
    found = {code}
    while more := {s.code for s in specs if found & set(s.depends)} - found:
        found |= more
    return found - {code}


@given(graphs())
def test_siblings_are_never_dragged(graph):
    """What fell depends, through items that fell, on one that was lost; with nothing lost nothing falls."""
    specs, ended = graph
    lost = {code for code, how in ended.items() if how in LOST}
    found = fallen(specs, ended)
    reach = set().union(*(below(specs, code) for code in lost)) if lost else set()
    assert found.keys() <= reach
    for spec in specs:
        wanted = bool(spec.otherwise and ended.get(spec.code, spec.otherwise) == spec.otherwise)
        ground_gone = bool((lost | found.keys()) & set(spec.depends))
        assert (spec.code in found) == (wanted and ground_gone)
        assert found.get(spec.code, spec.otherwise) == spec.otherwise


@given(graphs(), st.randoms())
def test_order_does_not_count(graph, random):
    """Two items ending at once, in either order, lead to the same."""
    specs, ended = graph
    again = list(specs)
    random.shuffle(again)
    assert fallen(specs, ended) == fallen(again, ended)


CHAIN = {
    "grant": 'depends = ["permit"]\notherwise = "not_needed"\n',
    "burial": 'depends = ["grant"]\notherwise = "terminated"\n',
}


CODES = ["permit", "grant", "burial"]


def decided(extra, decision):
    """The pack, the first step and the step after the permit was decided, with what fell."""
    pack = guided.pack(extra=extra)
    answers = {"years": 70, "muslim": False, "person": {"name": "方知远"}}
    facts = catalog.facts_at_start(pack, answers, CODES, "n", "330802006", date(2026, 11, 25))
    start = runtime.start(pack.model, facts, now=NOW)
    task = next(one for one in start.opened if one.item == "permit")
    step = runtime.finish(pack.model, start.state, task.id, {"decision": decision}, start.facts, now=NOW)
    return pack, start, cases.followed(pack, CODES, {}, step, now=NOW)


def test_open_tasks_of_what_falls_are_taken_away():
    """Refusing the permit ends the grant and what depends on it; their tasks are cancelled and the case ends."""
    _, start, whole = decided(CHAIN, "refused")
    assert {one.item: one.outcome for one in whole.outcomes} == {
        "permit": "refused", "grant": "not_needed", "burial": "terminated",
    }  # fmt: skip
    assert set(whole.closed) >= {one.id for one in start.opened if one.item in ("grant", "burial")}
    assert whole.ended is not None


@pytest.mark.parametrize(
    ("decision", "left"), [("approved", ["review_burial", "review_grant"]), ("refused", ["review_burial"])]
)
def test_what_does_not_depend_goes_on(decision, left):
    """The refusal ends the grant alone; the burial, which depends on nothing, stays where it is."""
    pack, _, whole = decided({"grant": CHAIN["grant"]}, decision)
    standing = sorted(one.node for one in runtime.standing(pack.model, whole.state) if one.kind == "task")
    assert standing == left


def test_opening_again_takes_back_what_fell():
    """When the permit is opened again, the grant that had fallen with it is open as well."""
    pack = guided.pack(extra=CHAIN)
    ended = {"permit": "refused", "grant": "not_needed", "burial": "terminated"}
    assert dependants.reopened(pack.items, ended, ["permit"]) == {"permit", "grant", "burial"}

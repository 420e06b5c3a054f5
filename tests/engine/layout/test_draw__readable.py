"""Drawings are readable by number: no overlaps, nothing crossed, everything inside of what it belongs to, once."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from engine import layout
from engine.errors import PackInvalid
from engine.layout.old import BPMNDI, read_old
from engine.layout.reading import read_planes
from tests.engine.layout.models import file, model

ROOT = Path(__file__).resolve().parents[3]
SHARED = ROOT.parent / "shared"
FOLDERS = ["corpus/zeebe", "corpus/miwg", "lab/bpmn/repro"]
FOREIGN = sorted(path for folder in FOLDERS for path in (SHARED / folder).glob("*.bpmn"))
SEEDS = st.integers(0, 2**32)
BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"


def wrongs(drawing):
    """What is wrong in any plane of a file, without what is right."""
    return {
        plane: {name: each for name, each in found.wrongs.items() if each}
        for plane, found in layout.judge(drawing).items()
        if not found.readable
    }


def bare(drawing):
    """The file without its diagrams."""
    root = etree.fromstring(drawing)
    for diagram in root.findall(f"{{{BPMNDI}}}BPMNDiagram"):
        root.remove(diagram)
    return etree.tostring(root)


def check(drawing, may=()):
    """Draw, then hold the result against every measure but those that `may` be wrong; gives the result."""
    drawn = layout.draw(drawing)
    assert not [found for found in wrongs(drawn).values() if found.keys() - set(may)]
    root = etree.fromstring(drawn)
    shown = Counter(each.get("bpmnElement") for each in root.iter(f"{{{BPMNDI}}}BPMNShape", f"{{{BPMNDI}}}BPMNEdge"))
    wanted = [name for plane in read_planes(root, read_old(root)) for name in names(plane)]
    assert shown == Counter(wanted)
    assert set(shown.values()) <= {1}
    ids = [each.get("id") for each in root.iter("*") if each.get("id")]
    assert len(ids) == len(set(ids))
    return drawn


def names(plane):
    """Ids of everything a plane shows."""
    lanes = [lane.id for scope in plane.scopes() for root in scope.lanes for lane in root.all()]
    pools, groups = [pool.id for pool in plane.pools], [group.id for group in plane.all_groups()]
    return [*pools, *lanes, *plane.nodes(), *groups, *(link.id for link in plane.all_links())]


@pytest.mark.parametrize("path", FOREIGN, ids=lambda path: path.name)
def test_other_peoples_models(path):
    """Models of other tools, with their drawing and without."""
    drawing = path.read_bytes()
    try:
        layout.judge(drawing)
    except PackInvalid as refused:
        pytest.skip(f"not a file we read: {refused}")
    check(drawing)
    check(bare(drawing))


def test_other_peoples_models_are_there():
    """The models of other tools were looked at, or the shared folder is absent."""
    if not SHARED.exists():
        pytest.skip("no shared folder beside the project")
    assert len(FOREIGN) > 200


def test_family_pack():
    """The family pack without its drawing: every flow node, flow, lane and pool, few crossings, mostly to the right."""
    drawing = bare((ROOT / "workflows/family/process.bpmn").read_bytes())
    [found] = layout.judge(check(drawing)).values()
    assert found.crossings <= 16
    assert found.forward > 0.8


@settings(max_examples=60)
@given(SEEDS)
def test_random_models(seed):
    """Any model: lanes in lanes, sub-processes, boundary events, loops, data, notes, messages between pools.

    Where more lines meet at a gateway than it has corners, two may share a piece; nothing else may be wrong.
    """
    check(model(seed), may={"shared"})


@settings(max_examples=10)
@given(SEEDS)
def test_same_input_same_output(seed):
    """Drawing is deterministic, and drawing what was drawn changes nothing."""
    drawn = layout.draw(model(seed))
    assert layout.draw(model(seed)) == drawn
    assert layout.draw(drawn) == drawn


def test_a_chain_is_straight():
    """A sequence is one straight line from left to right, whatever the sizes of its nodes."""
    chain = "".join(
        f'<bpmn:task id="t{n}"/><bpmn:sequenceFlow id="f{n}" sourceRef="t{n}" targetRef="t{n + 1}"/>' for n in range(9)
    )
    [found] = layout.judge(
        layout.draw(file(f'<bpmn:process id="p">{chain}<bpmn:endEvent id="t9"/></bpmn:process>'))
    ).values()
    assert (found.bends, found.crossings, found.forward) == (0, 0, 1.0)


def test_five_hundred_steps_do_not_recurse():
    """A long process is drawn: nothing recurses over its steps."""
    chain = "".join(
        f'<bpmn:task id="t{n}"/><bpmn:sequenceFlow id="f{n}" sourceRef="t{n}" targetRef="t{n + 1}"/>'
        for n in range(400)
    )
    drawn = layout.draw(file(f'<bpmn:process id="p">{chain}<bpmn:endEvent id="t400"/></bpmn:process>'))
    assert not wrongs(drawn)


def test_too_much_to_be_read_again_is_refused(monkeypatch):
    """Shapes count towards the size of a file: one that could not be read again is not written."""
    model = file(f'<bpmn:process id="p">{"".join(f"""<bpmn:task id="t{n}"/>""" for n in range(20))}</bpmn:process>')
    monkeypatch.setattr("engine.runtime.drawing.LARGEST", len(model) + 1000)
    with pytest.raises(PackInvalid):
        layout.draw(model)

"""What a drawing keeps: everything in the file but the diagram, and with `keep` every shape a person placed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from engine import layout
from engine.errors import PackInvalid
from engine.layout.old import BPMNDI, read_old
from engine.layout.values import Box
from tests.engine.layout.models import file, model

SEEDS = st.integers(0, 2**32)
FOREIGN = b"""<?xml version="1.0" encoding="UTF-8"?>
<!-- drawn by hand -->
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:x="urn:x"
    targetNamespace="urn:t" id="d" x:note="n">
  <!-- the process -->
  <process id="p" isExecutable="true">
    <extensionElements><x:anything b="2" a="1">&lt;text&gt;</x:anything></extensionElements>
    <startEvent id="s" name="&#x53D7;&#x7406;"/>
    <?tool data?>
    <sequenceFlow sourceRef="s" targetRef="e"/>
    <endEvent id="e"/>
  </process>
  <bpmndi:BPMNDiagram xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" id="g">
    <bpmndi:BPMNPlane id="own_plane" bpmnElement="p">
      <bpmndi:BPMNShape id="own_shape" bpmnElement="s" x:colour="red">
        <dc:Bounds xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" x="500.4" y="700" width="36" height="36"/>
      </bpmndi:BPMNShape>
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</definitions>
"""
PROCESS = (
    '<bpmn:process id="p"><bpmn:startEvent id="s"/><bpmn:task id="t"/>{0}'
    '<bpmn:sequenceFlow id="f" sourceRef="s" targetRef="t"/></bpmn:process>'
)


def shapes(drawing):
    """Where every shape is."""
    return read_old(etree.fromstring(drawing)).boxes


def forget(drawing, every):
    """The drawing without the shape of every n-th flow node, and without every n-th line."""
    root = etree.fromstring(drawing)
    containers = {each.get("id") for each in root.iter("{*}lane", "{*}participant", "{*}subProcess")}
    for number, shape in enumerate(list(root.iter(f"{{{BPMNDI}}}BPMNShape"))):
        if shape.get("bpmnElement") not in containers and not number % every:
            shape.getparent().remove(shape)
    for edge in list(root.iter(f"{{{BPMNDI}}}BPMNEdge"))[::every]:
        edge.getparent().remove(edge)
    return etree.tostring(root)


def completed(drawing):
    """The drawing with what was missing, or the findings that say why not."""
    try:
        return layout.draw(drawing, keep=True), []
    except PackInvalid as invalid:
        return None, invalid.findings


def outside(drawing):
    """Everything but the diagrams, in canonical form, without the ids that were added."""
    root = etree.fromstring(drawing)
    for diagram in root.findall(f"{{{BPMNDI}}}BPMNDiagram"):
        root.remove(diagram)
    for each in root.iter("{*}sequenceFlow"):
        each.attrib.pop("id", None)
    before = [etree.tostring(each, with_tail=False) for each in root.itersiblings(preceding=True)]
    return before, etree.tostring(root, method="c14n2", strip_text=True)


def test_the_rest_of_the_file_stays():
    """Comments, instructions, foreign elements and attributes, their order: only the diagram is another."""
    drawn = layout.draw(FOREIGN)
    assert outside(drawn) == outside(FOREIGN)
    kept = FOREIGN.decode().split("    <sequenceFlow")[0].replace("&#x53D7;&#x7406;", "受理")
    assert drawn.decode().startswith(kept.replace('"urn:x"\n   ', '"urn:x"'))


def test_ids_and_colours_of_shapes_stay():
    """A shape drawn anew has the id and the foreign attributes it had; a flow without id gets one to be drawn."""
    root = etree.fromstring(layout.draw(FOREIGN))
    [shape] = root.xpath("//*[@bpmnElement='s']")
    assert (shape.get("id"), shape.get("{urn:x}colour")) == ("own_shape", "red")
    [flow] = root.iter("{*}sequenceFlow")
    assert root.xpath(f"//*[local-name()='BPMNEdge'][@bpmnElement='{flow.get('id')}']")


def test_a_placed_shape_stays():
    """With `keep` the start event stays where it is and the end is put right of it."""
    found = shapes(layout.draw(FOREIGN, keep=True))
    assert found["s"] == Box(500, 700, 36, 36)
    assert found["e"].x > found["s"].right
    assert found["e"].centre[1] == found["s"].centre[1]


@settings(max_examples=40)
@given(SEEDS, st.integers(2, 5))
def test_no_shape_is_ever_moved(seed, every):
    """Some shapes are forgotten: the others stay where they are; if there is no room, that is said."""
    before = forget(layout.draw(model(seed)), every)
    after, refused = completed(before)
    assert {finding.rule for finding in refused} <= {"layout-room"}
    if refused:
        return
    kept, found = shapes(before), shapes(after)
    growing = {each.get("id") for each in etree.fromstring(before).iter("{*}lane", "{*}participant", "{*}subProcess")}
    assert {name: box for name, box in kept.items() if name not in growing} == {
        name: found[name] for name in kept if name not in growing
    }
    assert all(found[name].holds(kept[name]) and found[name][:2] == kept[name][:2] for name in kept.keys() & growing)
    assert not any(
        each.missing or each.overlaps or each.outside or each.adrift for each in layout.judge(after).values()
    )


@settings(max_examples=10)
@given(SEEDS)
def test_a_complete_drawing_stays(seed):
    """With nothing missing, `keep` changes nothing."""
    drawn = layout.draw(model(seed))
    assert layout.draw(drawn, keep=True) == drawn


def test_a_new_task_finds_a_free_place():
    """A task added to the model goes near the one before, not onto anything, and its flow is drawn."""
    old = layout.draw(file(PROCESS.format("")))
    more = '<bpmn:task id="new"/><bpmn:sequenceFlow id="g" sourceRef="t" targetRef="new"/>'
    both = old.replace(b'<bpmn:sequenceFlow id="f"', more.encode() + b'<bpmn:sequenceFlow id="f"')
    drawn = layout.draw(both, keep=True)
    assert {name: shapes(drawn)[name] for name in ("s", "t")} == shapes(old)
    assert all(found.readable for found in layout.judge(drawn).values())


def test_a_collapsed_sub_process_stays_collapsed():
    """What was collapsed is drawn small, and its content on a plane of its own."""
    inner = '<bpmn:subProcess id="sub"><bpmn:task id="inside"/></bpmn:subProcess>'
    drawn = layout.draw(file(PROCESS.format(inner)))
    assert list(layout.judge(drawn)) == ["p"]
    drawn = layout.draw(drawn.replace(b'bpmnElement="sub" isExpanded="true"', b'bpmnElement="sub" isExpanded="false"'))
    assert list(layout.judge(drawn)) == ["p", "sub"]
    assert shapes(drawn)["sub"][2:] == (100, 80)


@pytest.mark.parametrize("number", ["1e308", "nan", "-1", "999999", "x", ""])
@pytest.mark.parametrize("keep", [True, False])
def test_absurd_numbers(number, keep):
    """Numbers nobody can have meant are no place, or cost no more than others; the file can be drawn and judged."""
    drawing = FOREIGN.replace(b'width="36"', f'width="{number}"'.encode())
    layout.judge(drawing)
    assert b"BPMNEdge" in layout.draw(drawing, keep=keep)

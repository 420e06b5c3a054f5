"""Every measure finds what it is for: a drawing with one thing wrong is not readable, and the thing is named."""

import pytest
from lxml import etree

from engine import layout
from engine.layout import measures
from engine.layout.values import Link, Picture
from tests.engine.layout.models import file

MODEL = file(
    '<bpmn:collaboration id="c"><bpmn:participant id="pool" processRef="p"/></bpmn:collaboration><bpmn:process id="p">'
    '<bpmn:laneSet><bpmn:lane id="l1"><bpmn:flowNodeRef>a</bpmn:flowNodeRef><bpmn:flowNodeRef>b</bpmn:flowNodeRef>'
    "<bpmn:flowNodeRef>c1</bpmn:flowNodeRef><bpmn:flowNodeRef>e</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>"
    '<bpmn:task id="a"/><bpmn:task id="b"/><bpmn:task id="c1"/><bpmn:endEvent id="e" name="办结"/>'
    '<bpmn:boundaryEvent id="x" attachedToRef="a"/><bpmn:sequenceFlow id="f1" sourceRef="a" targetRef="b" name="是"/>'
    '<bpmn:sequenceFlow id="f2" sourceRef="b" targetRef="c1"/><bpmn:sequenceFlow id="f3" sourceRef="c1" targetRef="e"/>'
    "</bpmn:process>"
)


@pytest.fixture
def drawn():
    """The model, drawn readably."""
    drawn = layout.draw(MODEL)
    assert all(found.readable for found in layout.judge(drawn).values())
    return etree.fromstring(drawn)


def bounds(root, name, label=False):
    """The numbers of a shape, or of its label."""
    [shape] = root.xpath(f"//*[@bpmnElement='{name}']")
    return next(each for each in shape.iter("{*}Bounds") if label == each.getparent().tag.endswith("BPMNLabel"))


def judged(root):
    """The measures of the only plane."""
    [found] = layout.judge(etree.tostring(root)).values()
    assert not found.readable
    return found


def place(box, onto, dx=0, dy=0):
    """Move a box beside the corner of another."""
    box.set("x", str(float(onto.get("x")) + dx))
    box.set("y", str(float(onto.get("y")) + dy))


def reroute(root, name, *points):
    """Give an edge other points."""
    [edge] = root.xpath(f"//*[@bpmnElement='{name}']")
    for point, (x, y) in zip(list(edge.iter("{*}waypoint")), points, strict=True):
        point.set("x", str(x))
        point.set("y", str(y))


def middle(box):
    """The middle of some bounds."""
    x, y, width, height = (float(box.get(each)) for each in ("x", "y", "width", "height"))
    return x + width / 2, y + height / 2


def test_missing(drawn):
    """A node without shape."""
    [shape] = drawn.xpath("//*[@bpmnElement='b']")
    shape.getparent().remove(shape)
    assert "b" in judged(drawn).missing


def test_overlaps(drawn):
    """A task on another."""
    place(bounds(drawn, "c1"), bounds(drawn, "b"), 20, 10)
    assert judged(drawn).overlaps == (("b", "c1"),)


def test_through(drawn):
    """A flow straight through the task between its ends."""
    [flow] = drawn.xpath("//*[local-name()='sequenceFlow'][@id='f1']")
    flow.set("targetRef", "c1")
    (x1, y1), (x2, _) = middle(bounds(drawn, "a")), middle(bounds(drawn, "c1"))
    reroute(drawn, "f1", (x1 + 50, y1), (x2 - 50, y1))
    assert ("f1", "b") in judged(drawn).through


def test_outside(drawn):
    """A task beyond its lane."""
    place(bounds(drawn, "c1"), bounds(drawn, "c1"), 0, 500)
    assert ("c1", "l1") in judged(drawn).outside


def test_adrift(drawn):
    """A boundary event away from its activity."""
    place(bounds(drawn, "x"), bounds(drawn, "x"), 0, 40)
    assert "x" in judged(drawn).adrift


def test_covered(drawn):
    """A name on a task."""
    place(bounds(drawn, "e", label=True), bounds(drawn, "b"), 20, 20)
    assert ("e", "b") in judged(drawn).covered


def test_struck(drawn):
    """A flow through a name."""
    x, y = middle(bounds(drawn, "b"))
    label = bounds(drawn, "f1", label=True)
    label.set("x", str(x + 52))
    label.set("y", str(y - 7))
    assert ("f1", "f2") in judged(drawn).struck


def test_shared():
    """Two flows with different ends on top of one another; those that come together at one end may be."""
    links = [
        Link("f", "sequenceFlow", "a", "b"),
        Link("g", "sequenceFlow", "c", "d"),
        Link("h", "sequenceFlow", "c", "b"),
    ]
    paths = {"f": ((0, 0), (100, 0)), "g": ((90, 50), (90, 0), (20, 0)), "h": ((50, 0), (150, 0))}
    assert list(measures.shared(links, Picture(paths=paths))) == [("f", "g")]


def test_crossings():
    """Two lines that cross."""
    links = [Link("f", "sequenceFlow", "a", "b"), Link("g", "sequenceFlow", "c", "d")]
    paths = {"f": ((0, 0), (100, 0)), "g": ((50, -50), (50, 50), (80, 50))}
    assert measures.crossings(links, Picture(paths=paths)) == 1

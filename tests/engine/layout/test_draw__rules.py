"""Rules a designer expects, each on the smallest model that shows it."""

from lxml import etree

from engine import layout
from engine.layout.old import read_old
from tests.engine.layout.models import file


def drawn(*parts):
    """Boxes and paths of a model."""
    old = read_old(etree.fromstring(layout.draw(file(*parts))))
    return old.boxes, old.paths


def flow(name, source, target):
    """A sequence flow."""
    return f'<bpmn:sequenceFlow id="{name}" sourceRef="{source}" targetRef="{target}"/>'


def test_lanes_are_bands_in_the_order_of_the_file():
    """Lanes lie under each other without gap, as wide as the pool; an outer lane lies around its inner ones."""
    inner = "".join(
        f'<bpmn:lane id="{lane}"><bpmn:flowNodeRef>{node}</bpmn:flowNodeRef></bpmn:lane>'
        for lane, node in (("l2", "b"), ("l3", "c"))
    )
    boxes, _ = drawn(
        '<bpmn:collaboration id="k"><bpmn:participant id="pool" processRef="p"/></bpmn:collaboration>'
        '<bpmn:process id="p"><bpmn:laneSet><bpmn:lane id="l1"><bpmn:flowNodeRef>a</bpmn:flowNodeRef></bpmn:lane>'
        f'<bpmn:lane id="outer"><bpmn:childLaneSet>{inner}</bpmn:childLaneSet></bpmn:lane></bpmn:laneSet>'
        '<bpmn:task id="a"/><bpmn:task id="b"/><bpmn:task id="c"/></bpmn:process>'
    )
    assert boxes["l1"].y == boxes["pool"].y
    assert boxes["l1"].bottom == boxes["outer"].y == boxes["l2"].y
    assert boxes["l2"].bottom == boxes["l3"].y
    assert boxes["l3"].bottom == boxes["outer"].bottom == boxes["pool"].bottom
    assert {boxes[each].right for each in ("l1", "l2", "l3", "outer", "pool")} == {boxes["pool"].right}
    assert boxes["pool"].x < boxes["outer"].x < boxes["l2"].x


def test_a_boundary_event_leads_down():
    """It sits on the lower border, its line leaves from below, and what it leads to stands lower than its activity."""
    boxes, paths = drawn(
        '<bpmn:process id="p"><bpmn:task id="a"/><bpmn:task id="b"/><bpmn:task id="c"/>'
        '<bpmn:boundaryEvent id="x" attachedToRef="a"/>',
        flow("f", "a", "b"), flow("g", "x", "c"), "</bpmn:process>",
    )  # fmt: skip
    assert boxes["x"].centre[1] == boxes["a"].bottom
    assert paths["g"][0] == (boxes["x"].centre[0], boxes["x"].bottom)
    assert boxes["c"].y > boxes["a"].bottom
    assert boxes["b"].centre[1] == boxes["a"].centre[1]


def test_a_step_that_only_leads_back_stands_at_what_it_leads_back_to():
    """Handing in what was missing stands in the column of the review, and the main way stays straight."""
    boxes, paths = drawn(
        '<bpmn:process id="p"><bpmn:startEvent id="s"/><bpmn:task id="review"/><bpmn:exclusiveGateway id="g"/>'
        '<bpmn:task id="supply"/><bpmn:endEvent id="e"/>',
        flow("f1", "s", "review"), flow("f2", "review", "g"), flow("f3", "g", "e"), flow("f4", "g", "supply"),
        flow("f5", "supply", "review"), "</bpmn:process>",
    )  # fmt: skip
    assert boxes["supply"].centre[0] == boxes["review"].centre[0]
    assert all(len(paths[name]) == 2 for name in ("f1", "f2", "f3", "f5"))


def test_a_flow_enters_at_the_left_and_leaves_at_the_right():
    """Where nothing is in the way, an activity is entered at its left side and left at its right."""
    boxes, paths = drawn(
        '<bpmn:process id="p"><bpmn:startEvent id="s"/><bpmn:parallelGateway id="g"/><bpmn:task id="a"/>'
        '<bpmn:task id="b"/><bpmn:parallelGateway id="j"/>',
        flow("f1", "s", "g"), flow("f2", "g", "a"), flow("f3", "g", "b"), flow("f4", "a", "j"), flow("f5", "b", "j"),
        "</bpmn:process>",
    )  # fmt: skip
    assert {paths[name][-1][0] - boxes[task].x for name, task in (("f2", "a"), ("f3", "b"))} == {0}
    assert {paths[name][0][0] - boxes[task].right for name, task in (("f4", "a"), ("f5", "b"))} == {0}


def test_messages_run_between_pools():
    """Pools lie under each other, and a message to a black box is one straight line."""
    boxes, paths = drawn(
        '<bpmn:collaboration id="k"><bpmn:participant id="citizen"/><bpmn:participant id="office" processRef="p"/>'
        '<bpmn:messageFlow id="m" sourceRef="citizen" targetRef="s"/></bpmn:collaboration>'
        '<bpmn:process id="p"><bpmn:startEvent id="s"/></bpmn:process>'
    )
    assert boxes["citizen"].bottom < boxes["office"].y
    assert boxes["citizen"].w == boxes["office"].w
    assert paths["m"] == ((boxes["s"].centre[0], boxes["citizen"].bottom), (boxes["s"].centre[0], boxes["s"].y))


def test_a_group_lies_around_its_category():
    """The nodes that name the group's category value lie inside of it."""
    value = "<bpmn:categoryValueRef>v</bpmn:categoryValueRef>"
    boxes, _ = drawn(
        '<bpmn:category id="k"><bpmn:categoryValue id="v" value="联办"/></bpmn:category><bpmn:process id="p">'
        f'<bpmn:task id="a">{value}</bpmn:task><bpmn:task id="b">{value}</bpmn:task><bpmn:endEvent id="c"/>',
        flow("f", "a", "b"), flow("g", "b", "c"), '<bpmn:group id="around" categoryValueRef="v"/></bpmn:process>',
    )  # fmt: skip
    assert boxes["around"].holds(boxes["a"])
    assert boxes["around"].holds(boxes["b"])
    assert not boxes["around"].meets(boxes["c"])


def test_chinese_is_twice_as_wide():
    """A name in Chinese gets twice the room of one in Latin letters of the same length."""
    widths = []
    for name in ("不符合条件", "refuse"):
        drawn_file = layout.draw(file(f'<bpmn:process id="p"><bpmn:endEvent id="e" name="{name[:5]}"/></bpmn:process>'))
        widths.append(read_old(etree.fromstring(drawn_file)).labels["e"].w)
    assert widths[0] - 4 == 2 * (widths[1] - 4)

"""How many tasks one course does at most: what excludes each other is not added up, and what is odd counts too much."""

from itertools import pairwise

import pytest

from engine import runtime
from engine.reductions.courses import most

SPACE = 'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"'
KINDS = {"s": "startEvent", "e": "endEvent", "x": "exclusiveGateway", "a": "parallelGateway", "o": "inclusiveGateway"}


IF = '<conditionExpression xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="tFormalExpression">=n = 1'


def flow(source, target):
    """A flow, with a condition behind a choice."""
    said = f"{IF}</conditionExpression>" if source[0] in "xo" else ""
    return f'<sequenceFlow id="{source}-{target}" sourceRef="{source}" targetRef="{target}">{said}</sequenceFlow>'


def drawn(*chains, more=""):
    """The tasks (t…) of a drawing of these chains; x, a, o and their like are gateways, `more` is XML beside them."""
    names = dict.fromkeys(name for chain in chains for name in chain.split())
    flows = dict.fromkeys(pair for chain in chains for pair in pairwise(chain.split()))
    nodes = "".join(f'<{KINDS.get(name[0], "userTask")} id="{name}"/>' for name in names if f'id="{name}"' not in more)
    lines = "".join(flow(a, b) for a, b in flows)
    text = f'<definitions {SPACE}><process id="P" isExecutable="true">{nodes}{more}{lines}</process></definitions>'
    model = runtime.read(text.encode())
    return model, [node.id for node in model.nodes.values() if node.kind == "userTask"]


@pytest.mark.parametrize(
    ("chains", "tasks"),
    [
        (("s t1 t2 t3 e",), 3),
        (("s t1 x1 t2 t3 x2 t9 e", "x1 t4 x2"), 4),  # 1, 2, 3, 9
        (("s t1 x1 t2 e1", "x1 t3 t4 e2"), 3),
        (("s x1 t1 x2 t3 e", "x1 t2 x2", "x2 t4 e2"), 2),  # one of 1, 2 and one of 3, 4
        (("s a1 t1 t2 a2 e", "a1 t3 a2", "a1 t4 a2"), 4),
        (("s a1 x1 t1 x2 a2 e", "x1 t2 x2", "a1 x3 t3 x4 a2", "x3 t4 t5 x4"), 3),  # one of 1, 2 beside 4, 5
        (("s o1 t1 o2 e", "o1 t2 o2"), 2),
        (("s t1 x1 t2 e", "x1 t3 t1"), 3),  # back and on again
        (("s x0 t1 x1 t2 x0", "x1 t3 x0", "x1 e"), 3),  # both in turn
        (("s t1 e", "t1 t2 e"), 2),  # an activity with two ways out takes both
        (("s e",), 0),
    ],
)
def test_ways_that_exclude_each_other(chains, tasks):
    """Counted by hand; two ways out of an activity are no choice, and what can be done in turn is done."""
    assert most(*drawn(*chains)) == tasks


def test_some_of_the_tasks():
    """Only those that are asked for count."""
    model, _ = drawn("s t1 x1 t2 t3 x2 t9 e", "x1 t4 x2")
    assert most(model, ["t2", "t4"]) == 1
    assert most(model, ["t4", "t9"]) == 2
    assert most(model, []) == 0


def boundary(name, host, interrupting):
    """An event on the edge of an activity."""
    said = "true" if interrupting else "false"
    timer = "<timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition>"
    return f'<boundaryEvent id="{name}" attachedToRef="{host}" cancelActivity="{said}">{timer}</boundaryEvent>'


@pytest.mark.parametrize(("interrupting", "tasks"), [(True, 3), (False, 4)])
def test_events_on_the_edge(interrupting, tasks):
    """One that ends its activity leads one way or the other, one that does not both; the activity counts anyhow."""
    model, names = drawn("s t1 t2 e", "b t3 t4 e3", more=boundary("b", "t1", interrupting))
    assert most(model, names) == tasks


LOOP = "<multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics>"
INNER = (
    '<startEvent id="i1"/><exclusiveGateway id="x1"/><userTask id="t1"/><userTask id="t2"/>'
    + flow("i1", "x1")
    + flow("x1", "t1")
    + flow("x1", "t2")
)


@pytest.mark.parametrize(("loop", "tasks"), [("", 1), (LOOP, 2)])
def test_a_part_done_for_each_of_several(loop, tasks):
    """What excludes each other once may both be done when the part is done twice."""
    model, names = drawn("s p e", more=f'<subProcess id="p">{loop}{INNER}</subProcess>')
    assert most(model, names) == tasks


@pytest.mark.parametrize(("interrupting", "tasks"), [(True, 2), (False, 3)])
def test_what_an_event_leads_to_again_and_again(interrupting, tasks):
    """An event that does not end its activity may happen twice, and lead another way each time."""
    model, names = drawn("s t1 e", "b x1 t3 e3", "x1 t4 e4", more=boundary("b", "t1", interrupting))
    assert most(model, names) == tasks


def test_two_tokens_into_one_choice():
    """What two branches send into one choice may take both ways."""
    assert most(*drawn("s a1 x1", "a1 x2 x1", "x1 t1 e", "x1 t2 e2")) == 2


def test_many_choices_are_quick():
    """Forty choices of three ways in a row, each of one task: forty."""
    chains = [f"x{n} t{n}{way} x{n + 1}" for n in range(40) for way in "abc"]
    assert most(*drawn("s x0", "x40 e", *chains)) == 40

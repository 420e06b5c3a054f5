"""Every state that any case of the conformance suite ever has can be moved: to its own drawing, and to a longer one."""

import pytest
from lxml import etree

from engine import runtime
from engine.runtime import state
from engine.runtime.counterparts import Counterparts
from engine.runtime.migrate import _Moving, migrate
from engine.runtime.standing import can_tell
from tests.conformance.bpmn.cases import CASES
from tests.conformance.bpmn.play import Player, same

UNDOING = "Something is being undone; wait until it is."
SURE = "The ways changed, and there are complex gateways, quantities or too many conditions to be sure."
REFUSALS = {  # the sentences with which a case may stay where it is, and what its drawing has then
    UNDOING: b"compensate",
    SURE: b"complexGateway",
    "An ad-hoc sub-process is running, and what is in it or its ordering changed.": b"adHocSubProcess",
}
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
PLAYED = [case for case in CASES if case.plays]


@pytest.fixture
def moving(monkeypatch):
    """Whatever state is loaded is translated and looked at first; what was objected to, by drawing."""
    objections = []
    load = state.load

    def unlike(pairs, scope):
        """Look at the tokens themselves wherever they can be followed, although the drawing is the same."""
        node = pairs.new.nodes.get(scope)
        return bool(node and node.ad_hoc) or not can_tell(pairs.new, scope)

    def looked_at(document, run):
        moving = _Moving(Counterparts(run.model, run.model, {}))
        moving.stand(moving.document(document))
        objections.extend(said.en for said in moving.obstacles if said.en != UNDOING)
        return load(document, run)

    monkeypatch.setattr(Counterparts, "alike", unlike)
    monkeypatch.setattr(state, "load", looked_at)
    return objections


@pytest.mark.parametrize("case", PLAYED, ids=lambda case: case.name)
def test_no_state_is_objected_to(case, moving):
    """No state a drawing really comes to is called impossible for it."""
    for steps, _ in case.plays:
        Player(case, True).play(steps)
    assert moving == []


def longer(xml):
    """The drawing with a silent event on each of its flows, but those behind a gateway of events.

    The second half of a flow keeps its id, the first one its condition.
    """
    root = etree.fromstring(xml)
    events = {e.get("id") for e in root.iter(f"{BPMN}eventBasedGateway")}
    for number, flow in enumerate([f for f in root.iter(f"{BPMN}sequenceFlow") if f.get("sourceRef") not in events]):
        source, target = flow.get("sourceRef"), flow.get("targetRef")
        etree.SubElement(flow.getparent(), f"{BPMN}intermediateThrowEvent", id=f"quiet_{number}")
        rest = {"id": flow.get("id") or f"rest_{number}", "sourceRef": f"quiet_{number}", "targetRef": target}
        etree.SubElement(flow.getparent(), f"{BPMN}sequenceFlow", rest)
        flow.set("id", f"first_{number}")
        flow.set("targetRef", f"quiet_{number}")
        for other in root.iter():
            if other.get("id") == source and other.get("default") == rest["id"]:
                other.set("default", f"first_{number}")
    for named in [*root.iter(f"{BPMN}incoming"), *root.iter(f"{BPMN}outgoing")]:
        named.getparent().remove(named)
    return etree.tostring(root)


class Moved(Player):
    """A run that is moved between two drawings after each of its steps, as long as it may."""

    def __init__(self, case, other):
        super().__init__(case, True)
        self.other = runtime.read(other, decisions=case.decisions, drawings=case.drawings)
        self.moves, self.refusals = 0, []

    def _take(self, advance):
        super()._take(advance)
        if advance is None or advance.incident or self.ended or not self.state:
            return
        found = migrate(self.model, self.other, self.state, self.facts, renamed={}, now=self.now)
        if found.advance is None:
            self.refusals += [said.en for said in found.obstacles]
            return
        self.moves += 1
        self.model, self.other = self.other, self.model
        super()._take(found.advance)


@pytest.mark.parametrize("case", PLAYED, ids=lambda case: case.name)
def test_moved_to_the_same_drawing_everything_goes_on(case):
    """A copy of the drawing: whatever happens, every case shows what it would have shown without the moves."""
    for steps, expected in case.plays:
        run = Moved(case, case.xml + b"<!-- the same -->")
        assert (same(shown := run.play(steps), expected), shown) == (True, shown)
        assert set(run.refusals) <= {UNDOING}


@pytest.mark.parametrize("case", PLAYED, ids=lambda case: case.name)
def test_moved_to_a_longer_drawing_everything_goes_on(case):
    """A silent event on every flow, there and back: a case shows what it would have shown, or stays with a reason."""
    other = longer(case.xml)
    for steps, expected in case.plays:
        run = Moved(case, other)
        assert (same(shown := run.play(steps), expected), shown) == (True, shown)
        assert all(REFUSALS[said] in case.xml for said in run.refusals)

"""Every state that any case of the conformance suite ever has can be moved to the same drawing."""

import pytest

from engine.runtime import state
from engine.runtime.counterparts import Counterparts
from engine.runtime.migrate import _Moving
from tests.conformance.bpmn.cases import CASES
from tests.conformance.bpmn.play import judge

UNDOING = "Something is being undone; wait until it is."


@pytest.fixture
def moving(monkeypatch):
    """Whatever state is loaded is translated and looked at first; what was objected to, by drawing."""
    objections = []
    load = state.load

    def looked_at(document, run):
        moving = _Moving(Counterparts(run.model, run.model, {}))
        moving.stand(moving.document(document))
        if all(n.needs == n.gives == 1 for n in run.model.nodes.values()):
            objections.extend(said.en for said in moving.obstacles if said.en != UNDOING)
        return load(document, run)

    monkeypatch.setattr(state, "load", looked_at)
    return objections


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_no_state_is_objected_to(case, moving):
    """No state a drawing really comes to is called impossible for it."""
    judge(case)
    assert moving == []

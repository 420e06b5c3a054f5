"""States written by earlier versions of the code still load, and their processes end as they would have ended then."""

import pytest

from tests.conformance.bpmn import states
from tests.conformance.bpmn.play import same

FILES = sorted(states.PLACE.glob("*.json.gz"))


@pytest.mark.parametrize("file", FILES, ids=[file.name for file in FILES])
def test_kept_states_go_on(file):
    """Every state of every case that was kept goes on as it did in the version that wrote it."""
    kept = states.read(file)
    assert len(kept) > 200
    wrong = [
        (one.case.name, one.steps, states.resumed(one)) for one in kept if not same(states.resumed(one), one.expected)
    ]
    assert wrong == []


def test_there_are_kept_states():
    """The first version's are among them."""
    assert "0.1.0.json.gz" in [file.name for file in FILES]

import pytest

from tests.conformance.dmn import tck


def test_the_standing_of_the_kit() -> None:
    """Level 2 whole; of level 3 only functions written in Java fail, and only those that expect their result."""
    root = tck.folder()
    if not root.is_dir():
        pytest.skip(f"the DMN TCK is not at {root}; set DMN_TCK")
    outcomes = list(tck.run(root))
    failing = [outcome for outcome in outcomes if outcome.failure]
    assert not [outcome for outcome in outcomes if outcome.level == 2 and outcome.failure]
    assert {outcome.name.split("/")[0] for outcome in failing} <= {"0076-feel-external-java"}
    assert all(outcome.expects_value for outcome in failing)


def test_the_score_is_three_lines() -> None:
    """What make conformance ends with."""
    outcomes = [
        tck.Outcome(2, "a/1", True, ""),
        tck.Outcome(3, "b/1", True, "wrong"),
        tck.Outcome(3, "b/2", True, ""),
        tck.Outcome(3, "b/3", False, ""),
    ]
    assert tck.lines(outcomes) == ["DMN TCK CL2 1/1", "DMN TCK CL3 2/3", "DMN TCK CL3 values 1/2"]

"""Models broken at random: lint and the runtime have a verdict on every one."""

from collections import Counter

from tests.conformance.bpmn.mutations import broken

MODELS = 300


def test_whatever_is_drawn_is_refused_or_played():
    """Nothing raises, nothing is refused without a finding, nothing with a finding is read; and some are played."""
    found = list(broken(MODELS, seed=3))
    words = Counter(one.word for one in found)
    assert words.keys() == {"refused", "played"}, [one for one in found if one.word not in ("refused", "played")]
    assert words["played"] > MODELS // 20

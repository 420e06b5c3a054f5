"""A notice has a Chinese word for everything a case can say."""

import pytest

from engine.notices import facts
from engine.words import CaseOutcome, MaterialState, Outcome


@pytest.mark.parametrize(
    ("words", "kind"), [(facts.OUTCOMES, Outcome), (facts.WHOLE, CaseOutcome), (facts.STATES, MaterialState)]
)
def test_no_word_is_missing(words, kind):
    """A new word in the vocabulary needs one here, or issuing a letter would break."""
    assert set(words) == set(kind)

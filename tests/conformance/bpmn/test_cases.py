"""The BPMN cases: right or refused, never wrong; and the page made from them."""

from collections import Counter

import pytest

from tests.conformance.bpmn import docs
from tests.conformance.bpmn.cases import CASES
from tests.conformance.bpmn.play import Case, judge


@pytest.mark.parametrize("tried", CASES, ids=[case.name for case in CASES])
def test_case_is_right_or_refused(tried: Case):
    """The model does what BPMN 2.0 asks, straight and saved and restored, or lint refuses it by the rule named."""
    verdict = judge(tried)
    assert verdict.word == ("refused" if tried.refused else "right"), verdict.why


def test_every_case_has_a_name_of_its_own():
    """A name in docs/bpmn.md means one case."""
    assert [name for name, count in Counter(case.name for case in CASES).items() if count > 1] == []


def test_the_page_is_fresh():
    """docs/bpmn.md says what the cases show; run python -m tests.conformance.bpmn.docs after changing one."""
    assert docs.PLACE.read_text("utf-8") == docs.text()

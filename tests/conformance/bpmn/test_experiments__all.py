"""Every experiment of the study has its case here; none is silently wrong, and most are right."""

import json
from pathlib import Path

import pytest

from tests.conformance.bpmn.cases import CASES
from tests.conformance.bpmn.experiments import pairs

STUDY = Path(__file__).resolve().parents[4] / "shared" / "lab" / "bpmn" / "repro_results_host.json"
RIGHT = 195  # of the 219; the others are refused with a reason


def test_every_experiment_has_a_case():
    """219 experiments, each with a case that exists; whether it is right or refused `test_cases` proves."""
    cases = {case.name: case for case in CASES}
    asked = [cases[name] for name in pairs().values()]
    assert len(asked) == 219
    assert sum(not case.refused for case in asked) >= RIGHT


def test_the_experiments_are_those_of_the_study():
    """Not one is left out."""
    if not STUDY.exists():
        pytest.skip("the study is not beside this checkout (../shared/lab/bpmn)")
    assert {one["id"] for one in json.loads(STUDY.read_text("utf-8"))} == set(pairs())

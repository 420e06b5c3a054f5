"""How often and how far apart a job is tried, as the drawing says."""

from datetime import timedelta

import pytest

from engine import runtime
from tests.engine.runtime.drawings import ENDS, Case, drawing, extension


def service(retries="", backoff=""):
    """A drawing with one service task."""
    tries = f' retries="{retries}"' if retries else ""
    header = f'<zeebe:header key="retryBackoff" value="{backoff}"/>' if backoff else ""
    inside = extension(f'<zeebe:taskDefinition type="x"{tries}/><zeebe:taskHeaders>{header}</zeebe:taskHeaders>')
    return drawing(ENDS + f'<serviceTask id="t" name="t">{inside}</serviceTask>')


def test_three_tries_are_usual():
    """Nothing said: three tries, and the worker chooses the distance."""
    [job] = Case(service()).jobs.values()
    assert (job.retries, job.backoff) == (3, None)


@pytest.mark.parametrize(("retries", "facts", "count"), [("7", {}, 7), ("=n * 2", {"n": 2}, 4)])
def test_the_drawing_says_more(retries, facts, count):
    """A number or FEEL, and an ISO 8601 distance."""
    [job] = Case(service(retries, "PT1M30S"), facts).jobs.values()
    assert (job.retries, job.backoff) == (count, timedelta(seconds=90))


@pytest.mark.parametrize("value", ["=0", "=101", "=1.5", "=true", "=null"])
def test_a_number_that_is_none_stops_the_step(value):
    """What cannot be a number of tries is an incident, not a default."""
    assert Case(service(value)).incident.node == "t"


@pytest.mark.parametrize(
    ("retries", "backoff"), [("0", ""), ("many", ""), ("-1", ""), ("3", "30"), ("3", "P1M"), ("3", "P40D")]
)
def test_lint_finds_what_is_no_number_or_no_duration(retries, backoff):
    """Wrong tries are found before anybody depends on them."""
    assert [f.rule for f in runtime.lint(service(retries, backoff), "x.bpmn")] == ["bpmn-retries"]

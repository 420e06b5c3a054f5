"""The same case as the tests of supervision: married on Monday, the police have two items to do."""

import pytest

from tests import story, timed
from tests.engine.supervision.conftest import CERTIFICATE, COPIES


@pytest.fixture
def url(database_url: str) -> str:
    """Each database in turn."""
    return database_url


@pytest.fixture
def case_id(city):
    """Accepted and married on Monday 2026-11-23 at nine; two items of the police run."""
    timed.publish(city.engine)
    case = story.accepted(city.engine, city.actor("wangfang"), situation={"want_birth": "no"})
    story.decide(city.engine, city.actor("zhangwei"), "review_marriage")
    story.decide(city.engine, city.actor("zhangwei"), "issue_marriage", **CERTIFICATE, **COPIES)
    return case

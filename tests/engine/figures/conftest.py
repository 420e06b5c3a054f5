"""The same case as the tests of supervision: married on Monday, the police have two items to do."""

import pytest

from tests import timed


@pytest.fixture
def url(database_url: str) -> str:
    """Each database in turn."""
    return database_url


@pytest.fixture
def case_id(city):
    """Accepted and married on Monday 2026-11-23 at nine; two items of the police run."""
    return timed.married(city)

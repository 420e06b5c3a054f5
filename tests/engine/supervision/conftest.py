"""What holds for one database must hold for the other; and a case whose police items have begun."""

import pytest

from tests import timed


@pytest.fixture
def url(database_url: str) -> str:
    """Each database in turn."""
    return database_url


@pytest.fixture
def case_id(city):
    """Accepted and married on Monday 2026-11-23 at nine: the police have two items to do."""
    return timed.married(city)

"""What holds for one database must hold for the other: every test here runs on SQLite and on PostgreSQL."""

import pytest

from tests import asking, story


@pytest.fixture
def url(database_url: str) -> str:
    """Each database in turn."""
    return database_url


@pytest.fixture
def office(city):
    """The demo city with a family pack that first asks another department."""
    asking.publish(city.engine, asking.first(asking.ask()))
    return city


@pytest.fixture
def case_id(office):
    """A case that waits for the other department."""
    return story.accepted(office.engine, office.actor("wangfang"))

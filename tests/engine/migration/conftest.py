"""What holds for one database must hold for the other: every test here runs on SQLite and on PostgreSQL."""

import pytest


@pytest.fixture
def url(database_url: str) -> str:
    """Each database in turn."""
    return database_url

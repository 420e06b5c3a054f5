"""What holds for one database must hold for the other; and a case whose police items have begun."""

import pytest

from tests import story, timed

CERTIFICATE = {"certificate_number": "J330802-2026-000101", "registered_on": "2026-11-23", "registrar": "郑明理"}
COPIES = {"groom_copy": "3300000101", "bride_copy": "3300000102"}


@pytest.fixture
def url(database_url: str) -> str:
    """Each database in turn."""
    return database_url


@pytest.fixture
def case_id(city):
    """Accepted and married on Monday 2026-11-23 at nine: the police have two items to do."""
    timed.publish(city.engine)
    case = story.accepted(city.engine, city.actor("wangfang"), situation={"want_birth": "no"})
    story.decide(city.engine, city.actor("zhangwei"), "review_marriage")
    story.decide(city.engine, city.actor("zhangwei"), "issue_marriage", **CERTIFICATE, **COPIES)
    return case

"""Local switches in a running case: what held on the day it was accepted holds until its end."""

import pytest

from engine import cases, drafts
from tests import guided
from tests.engine.catalog.test_regions__nearest import CITY_OFF, LANE, WORDS

WINDOW, AREA = "zw-330802", "330802006"
UNTIL = LANE.replace("from = 2026-01-01", "from = 2026-01-01\nuntil = 2026-11-23").replace('"township"', '"city"')


@pytest.fixture
def accepted(city):
    """A case of the pack with a switch that ends on the day it is accepted."""
    guided.release(city.engine, more=CITY_OFF + UNTIL, words=WORDS)
    clerk = city.actor("wangfang")
    with city.engine.begin(clerk) as work:
        draft = drafts.start(work, "guided", WINDOW)
        drafts.situate(work, draft, {"years": "70"}, AREA, page="p", revision=1)
    with city.engine.begin(clerk) as work:
        return drafts.accept(work, draft, {"person.name": "方知远"}, {"card": "original"}, page="p", revision=-1)


def test_the_case_follows_the_switch_of_its_area(city, accepted):
    """The item that is off is no part of it, and the lane's tasks lie at the city, also when it is read days later."""
    clerk = city.actor("wangfang")
    with city.engine.begin(clerk) as work:
        before = cases.view(work, accepted)
    city.engine.clock.now = city.engine.clock.now.replace(day=27)
    with city.engine.begin(clerk) as work:
        after = cases.view(work, accepted)
    for case in (before, after):
        assert [item.spec.code for item in case.items] == ["permit", "burial"]
        assert {task.department.region for task in case.tasks} == {"330800"}
        assert {lane.level for lane in case.pack.lanes.values()} == {"city"}

"""Long lists are counted only as far as anybody pages."""

import pytest

from engine import tasks
from engine.cases import pages, shown_total
from engine.tasks import Box
from tests import story


@pytest.fixture
def three(city, monkeypatch):
    """Three waiting reviews, and lists that count to two."""
    story.publish_family(city.engine)
    for _ in range(3):
        story.accepted(city.engine, city.actor("wangfang"))
    monkeypatch.setattr(pages, "MOST", 2)
    monkeypatch.setattr(pages, "SIZE", 1)
    return city


def test_a_long_list_says_that_there_are_more(three):
    """The total stops one above the most, the pages at the most."""
    with three.engine.look(three.actor("zhangwei")) as work:
        assert tasks.count(work, Box.FREE) == 3
        page = tasks.inbox(work, Box.FREE, page=99)
        assert (page.total, page.last, page.number, shown_total(page.total)) == (3, 2, 2, "2+")


def test_searching_narrows_a_long_list(three):
    """What one cannot page to is found by its name."""
    with three.engine.look(three.actor("zhangwei")) as work:
        assert tasks.inbox(work, Box.FREE, search="李志远").total == 3
        assert tasks.inbox(work, Box.FREE, search="没有").total == 0

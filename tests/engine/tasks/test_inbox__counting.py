"""Long lists are counted only as far as anybody pages."""

import pytest
from sqlalchemy import select

from engine import tasks
from engine.cases import pages, shown_total
from engine.store import Task
from engine.tasks import Box
from engine.work import SYSTEM, Actor
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


@pytest.mark.parametrize("size", [1, 2, 20])
def test_several_departments_are_one_list(three, monkeypatch, size):
    """Somebody with posts in two departments reads the tasks of both, oldest first, page by page."""
    monkeypatch.undo()
    monkeypatch.setattr(pages, "SIZE", size)
    with three.engine.begin(SYSTEM) as work:
        work.session.scalars(select(Task).order_by(Task.id)).all()[1].department_id = "ga-330802006"
    both = [three.actor(login) for login in ("zhangwei", "hejie")]
    actor = Actor("both", "both", both[0].appointments | both[1].appointments)
    with three.engine.look(actor) as work:
        first = tasks.inbox(work, Box.FREE)
        rest = [tasks.inbox(work, Box.FREE, page=n) for n in range(2, first.last + 1)]
        found = [line for page in (first, *rest) for line in page.lines]
        assert (tasks.count(work, Box.FREE), first.total) == (len(found), len(found))
        assert tasks.inbox(work, Box.FREE, search="李志远").total == len(found)
    alone = []
    for one in both:
        with three.engine.look(one) as work:
            monkeypatch.setattr(pages, "SIZE", 20)
            alone += tasks.inbox(work, Box.FREE).lines
    assert len({line.department.id for line in found}) == 2
    assert [line.id for line in found] == [
        line.id for line in sorted(alone, key=lambda line: (line.opened_at, line.id))
    ]

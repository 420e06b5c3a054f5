"""The tabs of an inbox: what is in hand, what I did, what is under supervision."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from engine import supervision, tasks
from engine.cases import pages
from engine.store import Clock, Slip, Task
from engine.tasks import Box
from engine.work import SYSTEM
from tests import story


@pytest.fixture
def url(database_url):
    """Both databases must hold these promises."""
    return database_url


@pytest.fixture
def three(city, clock, monkeypatch):
    """Three waiting reviews that were accepted a minute apart, and pages of one line."""
    monkeypatch.setattr(pages, "SIZE", 1)
    story.publish_family(city.engine)
    for _ in range(3):
        story.accepted(city.engine, city.actor("wangfang"))
        clock.forward(minutes=1)
    return city


def read(city, login, box, **asked):
    """A page of somebody's tab."""
    with city.engine.look(city.actor(login)) as work:
        return tasks.inbox(work, box, **asked)


def open_tasks(city):
    """Ids of the waiting reviews, the oldest first."""
    with city.engine.look(SYSTEM) as work:
        wanted = select(Task.id).where(Task.node == "review_marriage", Task.state == "open").order_by(Task.opened_at)
        return list(work.session.scalars(wanted))


def supervised(city, task):
    """Give the department of a task a slip about its item; returns the id."""
    with city.engine.begin(SYSTEM) as work:
        row = work.session.get_one(Task, task)
        clock = work.session.scalars(select(Clock).where(Clock.case_id == row.case_id, Clock.item == row.item)).first()
        slip = Slip(number=f"DB{task}", case_id=row.case_id, clock_id=clock.id, department_id=row.department_id)
        slip.issued_at = slip.due_at = work.now
        work.session.add(slip)
        work.session.flush()
        return slip.id


def test_what_i_did_is_read_from_a_place_on(three, clock):
    """Newest first, one page after the other; a decision made meanwhile neither hides a line nor shows one twice."""
    waiting = open_tasks(three)
    for task in waiting[:2]:
        story.submit(three.engine, three.actor("zhangwei"), task)
        clock.forward(minutes=1)
    first = read(three, "zhangwei", Box.DONE)
    story.submit(three.engine, three.actor("zhangwei"), waiting[2])
    second = read(three, "zhangwei", Box.DONE, after=first.beyond)
    assert [line.id for page in (first, second) for line in page.lines] == waiting[1::-1]
    assert (first.total, second.total, second.beyond) == (2, 3, "")
    assert read(three, "zhangwei", Box.DONE).lines[0].id == waiting[2]


def test_decisions_of_one_moment_are_all_read(three):
    """Two decisions in the same instant are told apart by their ids."""
    waiting = open_tasks(three)
    for task in waiting:
        story.submit(three.engine, three.actor("zhangwei"), task)
    found, after = [], ""
    for _ in waiting:
        page = read(three, "zhangwei", Box.DONE, after=after)
        found += [line.id for line in page.lines]
        after = page.beyond
    assert (sorted(found), after) == (sorted(waiting), "")


@pytest.mark.parametrize("nonsense", ["", "x", "2026-11-23", "2026-11-23T00:00:00 x", "2027-11-23T00:00:00+00:00 \0"])
def test_a_place_that_is_none_is_the_beginning(three, nonsense):
    """Whatever stands in the address, the list is shown."""
    story.submit(three.engine, three.actor("zhangwei"), open_tasks(three)[0])
    assert len(read(three, "zhangwei", Box.DONE, after=nonsense).lines) == 1


def test_in_hand_what_is_due_first_comes_first(three):
    """Not what waits longest; what stands still comes last."""
    oldest, middle, newest = open_tasks(three)
    with three.engine.begin(SYSTEM) as work:
        for task, days in ((oldest, None), (middle, 5), (newest, 2)):
            row = work.session.get_one(Task, task)
            item = next(item for item in row.case.items if item.code == row.item)
            item.due_at = work.now + timedelta(days=days) if days else None
    for task in (oldest, middle, newest):
        with three.engine.begin(three.actor("zhangwei")) as work:
            tasks.claim(work, task)
    found = [read(three, "zhangwei", Box.MINE, page=n).lines[0].id for n in (1, 2, 3)]
    assert found == [newest, middle, oldest]


def test_a_slip_puts_a_task_under_supervision(three):
    """The reviewer of its department finds it in a tab of its own until the slip is answered; the police do not."""
    task = open_tasks(three)[1]
    assert read(three, "zhangwei", Box.WATCHED).total == 0
    slip = supervised(three, task)
    (line,) = read(three, "zhangwei", Box.WATCHED).lines
    assert (line.id, line.slip) == (task, slip)
    assert read(three, "zhangwei", Box.FREE, page=2).lines[0].slip == slip
    assert read(three, "hejie", Box.WATCHED).total == 0
    with three.engine.begin(three.actor("zhangwei")) as work:
        tasks.claim(work, task)
    assert read(three, "zhangwei", Box.WATCHED).total == 1
    assert read(three, "liuyang", Box.WATCHED).total == 0
    with three.engine.begin(three.actor("zhangwei")) as work:
        supervision.answer(work, slip, "正在核对，两日内办结。")
    assert read(three, "zhangwei", Box.WATCHED).total == 0


def test_a_slip_about_another_item_is_not_about_this_task(three):
    """Only the work on the item that is late is under supervision."""
    task = open_tasks(three)[0]
    slip = supervised(three, task)
    with three.engine.begin(SYSTEM) as work:
        row = work.session.get_one(Slip, slip)
        other = Clock(case_id=row.case_id, item="other", kind="promise", amount=1, unit="工作日", started_at=work.now)
        work.session.add(other)
        work.session.flush()
        row.clock_id = other.id
    assert read(three, "zhangwei", Box.WATCHED).total == 0

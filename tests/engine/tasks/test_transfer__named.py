"""A task is passed on to a colleague by name; the ledger says who gave it to whom, and why."""

import pytest
from sqlalchemy import select

from engine import tasks
from engine.errors import ConflictOfInterest, FormInvalid, KeyReused, NotFound, NotPassedOn, ReceiverUnable, TaskHeld
from engine.store import Entry, Holding, Task, User
from engine.tasks import Box
from engine.work import SYSTEM
from tests import story

WHY = "本周出差，请代为审查。"
BACK = "与当事人系亲属，应当回避。"


@pytest.fixture
def url(database_url):
    """Both databases must hold these promises."""
    return database_url


@pytest.fixture
def office(city):
    """The demo city with the family pack."""
    story.publish_family(city.engine)
    return city


@pytest.fixture
def task(office):
    """A case waiting for the registrar's review; the id of that task."""
    story.accepted(office.engine, office.actor("wangfang"))
    return story.waiting(office.engine, office.actor("zhangwei"))["review_marriage"]


def give(city, task, giver="zhangwei", receiver="liuyang", reason=WHY, key=""):
    with city.engine.begin(city.actor(giver)) as work:
        tasks.transfer(work, task, city.actor(receiver).id, reason, key=key)


def give_back(city, task, login="liuyang", reason=BACK, key=""):
    with city.engine.begin(city.actor(login)) as work:
        tasks.give_back(work, task, reason, key=key)


def mine(city, login):
    with city.engine.look(city.actor(login)) as work:
        return tasks.inbox(work, Box.MINE).lines


def told(city, kind):
    with city.engine.look(SYSTEM) as work:
        rows = work.session.scalars(select(Entry).where(Entry.kind == kind).order_by(Entry.seq))
        return [(row.actor_name, row.facts["receiver"], row.facts["reason"]) for row in rows]


def appoint(city, login, post="reviewer"):
    """Give somebody a post in the registrar's department as well."""
    with city.engine.begin(SYSTEM) as work:
        user = work.session.scalars(select(User).where(User.login == login)).one()
        work.session.add(Holding(user_id=user.id, department_id="mz-330802", post=post))


def test_the_receiver_has_it_and_reads_why(office, task):
    """It leaves the others' lists, the receiver sees from whom and why, decides; the sender cannot any more."""
    give(office, task)
    (line,) = mine(office, "liuyang")
    assert (line.id, line.passed.giver, line.passed.reason, line.passed.mine) == (task, "张伟", WHY, True)
    assert mine(office, "zhangwei") == ()
    with pytest.raises(TaskHeld):
        story.submit(office.engine, office.actor("zhangwei"), task)
    story.submit(office.engine, office.actor("liuyang"), task)
    assert told(office, "task:transferred") == [("张伟", "刘洋", WHY)]


def test_it_is_given_back_with_a_reason(office, task):
    """Whoever passed it on has it again and reads why; giving back is not possible twice."""
    give(office, task)
    give_back(office, task)
    (line,) = mine(office, "zhangwei")
    assert (line.passed.receiver, line.passed.answer, line.passed.mine) == ("刘洋", BACK, False)
    assert told(office, "task:returned") == [("刘洋", "张伟", BACK)]
    with pytest.raises(TaskHeld):
        give_back(office, task)
    with pytest.raises(NotPassedOn):
        give_back(office, task, "zhangwei")


def test_it_goes_back_to_the_department_when_the_sender_left(office, task):
    """Somebody whose account was closed gets nothing back."""
    give(office, task)
    with office.engine.begin(SYSTEM) as work:
        work.session.scalars(select(User).where(User.login == "zhangwei")).one().disabled = True
    give_back(office, task)
    with office.engine.look(SYSTEM) as work:
        assert work.session.get_one(Task, task).holder is None
    assert told(office, "task:returned") == [("刘洋", "", BACK)]


def test_a_double_click_passes_it_on_once(office, task):
    """The same key twice is one transfer; with other content it is refused."""
    for _ in range(2):
        give(office, task, key="k1")
    with pytest.raises(KeyReused):
        give(office, task, reason="另一个理由说明", key="k1")
    for _ in range(2):
        give_back(office, task, key="k2")
    assert (len(told(office, "task:transferred")), len(told(office, "task:returned"))) == (1, 1)


@pytest.mark.parametrize("receiver", ["hejie", "xuyan", "wangfang", "zhangwei"])
def test_only_who_may_do_it_gets_it(office, task, receiver):
    """Not the police, not a handler without the post, not the clerk, and not oneself."""
    with pytest.raises(ReceiverUnable):
        give(office, task, receiver=receiver)
    assert told(office, "task:transferred") == []


def test_who_accepted_does_not_review(office, task):
    """The clerk who took the case holds the post as well: they are not offered and cannot be named."""
    appoint(office, "wangfang")
    appoint(office, "lina")
    with office.engine.begin(office.actor("zhangwei")) as work:
        names = {name for _, name in tasks.view(work, task).receivers}
    assert "李娜" in names
    assert "王芳" not in names
    with pytest.raises(ConflictOfInterest) as conflict:
        give(office, task, receiver="wangfang")
    assert conflict.value.facts["name"] == "王芳"
    give(office, task, receiver="lina")


def test_a_task_in_other_hands_stays_there(office, task):
    """A colleague cannot pass on what somebody claimed, another department does not find it."""
    with office.engine.begin(office.actor("liuyang")) as work:
        tasks.claim(work, task)
    with pytest.raises(TaskHeld):
        give(office, task, receiver="liuyang")
    with pytest.raises(NotFound):
        give(office, task, giver="hejie")


@pytest.mark.parametrize("reason", ["", "出差", "长" * 201])
def test_a_reason_is_needed(office, task, reason):
    """Without one nothing moves, neither there nor back."""
    with pytest.raises(FormInvalid):
        give(office, task, reason=reason)
    give(office, task)
    with pytest.raises(FormInvalid):
        give_back(office, task, reason=reason)
    assert mine(office, "liuyang")[0].id == task

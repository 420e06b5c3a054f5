"""A substitute decides in the name of an absent colleague: same department and post, for some days, both named."""

from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select

from engine import tasks
from engine.errors import FormInvalid, KeyReused, NotFound, SubstituteThere, SubstituteUnable, TaskHeld
from engine.store import Entry, Holding, Task, User
from engine.tasks import Box
from engine.words import Post
from engine.work import SYSTEM, Appointment
from tests import story
from tests.engine.tasks.test_tasks__assigned import begun

REVIEWER = Appointment("mz-330802", Post.REVIEWER)
MONDAY = date(2026, 11, 23)
WHY = "外出培训一周"


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
    """A review that 张伟 has claimed."""
    story.accepted(office.engine, office.actor("wangfang"))
    found = story.waiting(office.engine, office.actor("zhangwei"))["review_marriage"]
    claim(office, "zhangwei", found)
    return found


def claim(city, login, task):
    with city.engine.begin(city.actor(login)) as work:
        tasks.claim(work, task)


def name(city, by="zhangwei", person="liuyang", since=MONDAY, until=MONDAY + timedelta(days=4), post=REVIEWER, **more):
    with city.engine.begin(city.actor(by)) as work:
        told = {"reason": WHY, "key": "", **more}
        tasks.name_substitute(work, post, city.actor(person).id, since, until, **told)


def standing(city, login):
    with city.engine.look(city.actor(login)) as work:
        return tasks.substitutes(work)


def end(city, login, standing):
    with city.engine.begin(city.actor(login)) as work:
        tasks.end_substitution(work, standing.id)


def box(city, login, which=Box.MINE):
    with city.engine.look(city.actor(login)) as work:
        assert tasks.count(work, which) == tasks.inbox(work, which).total
        return {line.id: line.instead for line in tasks.inbox(work, which).lines}


def appoint(city, login, post):
    with city.engine.begin(SYSTEM) as work:
        user = work.session.scalars(select(User).where(User.login == login)).one()
        work.session.add(Holding(user_id=user.id, department_id="mz-330802", post=post))


def test_the_substitute_decides_and_both_are_named(office, task):
    """Nothing before; then the colleague's work is in the substitute's list and the ledger says who for whom."""
    with pytest.raises(TaskHeld):
        story.submit(office.engine, office.actor("liuyang"), task)
    name(office)
    assert box(office, "liuyang") == {task: True}
    assert box(office, "zhangwei") == {task: False}
    with office.engine.begin(office.actor("liuyang")) as work:
        assert tasks.view(work, task).instead
    story.submit(office.engine, office.actor("liuyang"), task)
    assert task in box(office, "liuyang", Box.DONE)
    with office.engine.look(SYSTEM) as work:
        entry = work.session.scalars(select(Entry).where(Entry.kind == "task:completed")).one()
        assert (entry.actor_name, entry.facts["instead_of"]) == ("刘洋", "张伟")


def test_ones_own_decision_is_for_nobody(office, task):
    """The absent colleague may decide themselves; then no other name is in the ledger."""
    name(office)
    story.submit(office.engine, office.actor("zhangwei"), task)
    with office.engine.look(SYSTEM) as work:
        entry = work.session.scalars(select(Entry).where(Entry.kind == "task:completed")).one()
        assert "instead_of" not in entry.facts


def test_it_begins_and_ends_by_itself(office, task, clock):
    """Not the day before the first, on the last day still, not the day after."""
    name(office, since=MONDAY + timedelta(days=1), until=MONDAY + timedelta(days=2))
    found = []
    for _ in range(4):
        found.append(bool(box(office, "liuyang")))
        clock.forward(days=1)
    assert found == [False, True, True, False]
    with pytest.raises(TaskHeld):
        story.submit(office.engine, office.actor("liuyang"), task)
    (shown,) = standing(office, "liuyang")
    assert (shown.absent, shown.substitute, shown.over, shown.mine) == ("张伟", "刘洋", True, False)


def test_it_is_ended_early(office, task):
    """By the absent colleague, at once and once; not by the substitute."""
    name(office)
    (shown,) = standing(office, "zhangwei")
    with pytest.raises(NotFound):
        end(office, "liuyang", shown)
    for _ in range(2):
        end(office, "zhangwei", shown)
    assert box(office, "liuyang") == {}
    assert standing(office, "zhangwei")[0].over


@pytest.mark.parametrize("login", ["zhangwei", "liuyang"])
def test_who_loses_the_post_is_out(office, task, login):
    """A substitute without the post sees nothing; for somebody without it nobody stands in."""
    name(office)
    with office.engine.begin(SYSTEM) as work:
        work.session.execute(delete(Holding).where(Holding.user_id == office.actor(login).id))
    assert box(office, "liuyang") == {}


def test_only_work_of_that_post(office, task):
    """Who stands in as approver does not review."""
    for login in ("zhangwei", "liuyang"):
        appoint(office, login, "approver")
    name(office, post=Appointment("mz-330802", Post.APPROVER))
    assert box(office, "liuyang") == {}
    with pytest.raises(TaskHeld):
        story.submit(office.engine, office.actor("liuyang"), task)


def test_who_accepted_does_not_review_as_a_substitute_either(office, task):
    """A clerk who is a reviewer as well keeps out of what they accepted."""
    appoint(office, "wangfang", "reviewer")
    name(office, person="wangfang")
    with pytest.raises(TaskHeld):
        story.submit(office.engine, office.actor("wangfang"), task)


def test_what_is_kept_for_somebody_stays_with_them(office):
    """A drawing that names who does it means them: it is neither listed nor found."""
    kept = begun(office.engine, 'candidateUsers="zhangwei"')
    claim(office, "zhangwei", kept)
    name(office)
    assert box(office, "liuyang") == {}
    with pytest.raises(NotFound):
        story.submit(office.engine, office.actor("liuyang"), kept)


@pytest.mark.parametrize(
    ("person", "post"),
    [
        ("zhangwei", REVIEWER),
        ("hejie", REVIEWER),
        ("xuyan", REVIEWER),
        ("liuyang", Appointment("mz-330802", Post.HANDLER)),
        ("liuyang", Appointment("ga-330802", Post.REVIEWER)),
    ],
)
def test_both_hold_the_post(office, person, post):
    """Not oneself, not another department's, not another post's, and nothing one does not hold."""
    with pytest.raises(SubstituteUnable):
        name(office, person=person, post=post)


@pytest.mark.parametrize(("since", "until"), [(-1, 1), (2, 1), (0, 400), (400, 401), (2_900_000, 2_900_000)])
def test_the_days_are_ahead_and_bounded(office, since, until):
    """Not since yesterday, not backwards, not for ever."""
    with pytest.raises(FormInvalid):
        name(office, since=MONDAY + timedelta(days=since), until=MONDAY + timedelta(days=until))


def test_one_at_a_time(office):
    """Two substitutes on one day are refused; sent twice is one; after it was ended another one may be named."""
    for _ in range(2):
        name(office, key="k")
    with pytest.raises(KeyReused):
        name(office, key="k", reason="另一个理由")
    with pytest.raises(SubstituteThere):
        name(office, since=MONDAY + timedelta(days=4), until=MONDAY + timedelta(days=9))
    name(office, since=MONDAY + timedelta(days=5), until=MONDAY + timedelta(days=9))
    end(office, "zhangwei", standing(office, "zhangwei")[0])
    name(office, since=MONDAY + timedelta(days=5), until=MONDAY + timedelta(days=9))
    assert len(standing(office, "zhangwei")) == 3


def test_an_administrator_names_it_for_somebody(office, task):
    """The one who fell ill cannot; nobody else may, and the list says who did."""
    with pytest.raises(NotFound):
        name(office, by="liuyang", login="zhangwei")
    name(office, by="pengbin", login="zhangwei")
    assert box(office, "liuyang") == {task: True}
    (shown,) = standing(office, "zhangwei")
    assert (shown.named_by, shown.mine) == (office.actor("pengbin").name, True)
    with office.engine.look(office.actor("pengbin")) as work:
        assert "刘洋" in {each.name for each in tasks.choices(work, "zhangwei")}
    end(office, "pengbin", shown)
    assert box(office, "liuyang") == {}


def test_colleagues_of_ones_posts_are_offered(office):
    """Each with the department and post for which they would stand in; never oneself."""
    with office.engine.look(office.actor("zhangwei")) as work:
        found = {(each.department.id, each.post, each.name) for each in tasks.choices(work)}
    assert ("mz-330802", Post.REVIEWER, "刘洋") in found
    assert "张伟" not in {each[2] for each in found}


def test_a_free_task_needs_no_substitute(office):
    """What nobody has claimed is everybody's with the post, substitute or not."""
    story.accepted(office.engine, office.actor("wangfang"))
    found = story.waiting(office.engine, office.actor("zhangwei"))["review_marriage"]
    name(office)
    assert box(office, "liuyang", Box.FREE) == {found: False}
    with office.engine.look(SYSTEM) as work:
        assert work.session.get_one(Task, found).holder is None

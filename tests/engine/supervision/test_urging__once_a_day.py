"""Urging: who answers to the applicant asks a department to get on; it is seen there, recorded, and bounded."""

import pytest
from sqlalchemy import select

from engine import notices, releases, supervision, tasks
from engine.errors import FormInvalid, KeyReused, NotFound, NothingToUrge, UrgedAlready
from engine.store import Case, Entry, Task
from engine.tasks import Box
from engine.work import SYSTEM
from tests import story, timed
from tests.engine.migration.edited import ENGLISH, PACK
from tests.engine.notices.conftest import letter

NOTE = "群众来电催问，请尽快审查。"


@pytest.fixture
def office(city):
    """The demo city with the family pack."""
    story.publish_family(city.engine)
    return city


@pytest.fixture
def task(office):
    """A case waiting for the registrar's review since Monday at nine; the id of that task."""
    story.accepted(office.engine, office.actor("wangfang"))
    return story.waiting(office.engine, office.actor("zhangwei"))["review_marriage"]


def urge(city, task, login="wangfang", note=NOTE, key=""):
    with city.engine.begin(city.actor(login)) as work:
        return supervision.urge(work, task, note, key=key)


def told(city):
    with city.engine.look(SYSTEM) as work:
        rows = work.session.scalars(select(Entry).where(Entry.kind == "task:urged").order_by(Entry.seq))
        return [(row.actor_name, row.facts["reason"]) for row in rows]


def lines(city, box, login="zhangwei"):
    with city.engine.look(city.actor(login)) as work:
        return tasks.inbox(work, box).lines


@pytest.mark.parametrize("login", ["wangfang", "lina", "yangmin", "sunhui"])
def test_window_coordinator_and_supervisor_urge(office, task, login):
    """The department sees who asks and for what, in the list, at the task, and under supervision until it is done."""
    assert lines(office, Box.WATCHED) == ()
    urge(office, task, login)
    name = office.actor(login).name
    for box in (Box.FREE, Box.WATCHED):
        (line,) = lines(office, box)
        assert (line.id, line.urged.by, line.urged.note) == (task, name, NOTE)
    with office.engine.begin(office.actor("zhangwei")) as work:
        assert tasks.view(work, task).urged.note == NOTE
    assert told(office) == [(name, NOTE)]
    story.submit(office.engine, office.actor("zhangwei"), task)
    assert lines(office, Box.WATCHED) == ()


@pytest.mark.parametrize("login", ["zhangwei", "hejie", "liuqiang", "guoqin", "hanxia", "chenjing"])
def test_others_cannot(office, task, login):
    """Neither who has to do it, nor other windows, other counties, auditors, approvers."""
    with pytest.raises(NotFound):
        urge(office, task, login)
    assert told(office) == []


@pytest.mark.parametrize(("hours", "again"), [(8, False), (24, True), (24 * 4, True), (24 * 5, True)])
def test_once_a_working_day(office, task, clock, hours, again):
    """Not twice on one day, whoever asks; the next working day again."""
    urge(office, task)
    clock.forward(hours=hours)
    if not again:
        with pytest.raises(UrgedAlready):
            urge(office, task, "sunhui")
    else:
        urge(office, task, "sunhui")
    assert len(told(office)) == 1 + again


def test_a_weekend_is_one_day(office, task, clock):
    """Urged on Friday, it can be urged on Monday: on Saturday and Sunday nobody could have done anything."""
    clock.forward(days=4)
    urge(office, task)
    for _ in range(2):
        clock.forward(days=1)
        with pytest.raises(UrgedAlready):
            urge(office, task)
    clock.forward(days=1)
    urge(office, task)
    assert len(told(office)) == 2
    assert lines(office, Box.WATCHED)[0].urged.at == clock.now


def test_a_double_click_urges_once(office, task):
    """The same key twice is one urge; with other words it is refused."""
    assert urge(office, task, key="k") == urge(office, task, key="k")
    with pytest.raises(KeyReused):
        urge(office, task, note="请今日办结。", key="k")
    assert len(told(office)) == 1


def test_nothing_to_urge(office, task):
    """What is done needs no urging, and urging needs words."""
    with pytest.raises(FormInvalid):
        urge(office, task, note="快")
    story.submit(office.engine, office.actor("zhangwei"), task)
    with pytest.raises(NothingToUrge):
        urge(office, task)
    with pytest.raises(NotFound):
        urge(office, "no such task")


def test_only_who_may_is_offered_the_button(office, task):
    """The page about time lists the open tasks for the window, not for the department itself."""
    with office.engine.begin(office.actor("wangfang")) as work:
        case = work.session.get_one(Task, task).case_id
        assert [each.id for each in supervision.desk(work, case).urgeable] == [task]
    with office.engine.begin(office.actor("zhangwei")) as work:
        assert supervision.desk(work, case).urgeable == ()


def test_a_pack_may_have_a_reminder_slip(city):
    """催办单: a letter of the pack for the occasion says who urges what, between offices only."""
    files = timed.files()
    files[PACK] += letter("催办单", "item:urged", kind="JB")
    text = "<article><p>{= notice.said.by }：{= notice.said.task }，{= notice.said.note }</p></article>"
    files["workflows/family/letters/more.html"] = text
    files[ENGLISH] += '"催办单" = "Reminder slip"\n'
    with city.engine.begin(SYSTEM) as work:
        releases.publish(work, files)
    case = story.accepted(city.engine, city.actor("wangfang"), situation={"want_birth": "no"})
    urge(city, story.waiting(city.engine, city.actor("zhangwei"))["review_marriage"])
    with city.engine.begin(SYSTEM) as work:
        found = notices.listed(work, work.session.get_one(Case, case))
    (body,) = [each.body for each in found if each.kind == "JB"]
    assert body == f"<article><p>王芳：结婚登记审查，{NOTE}</p></article>"

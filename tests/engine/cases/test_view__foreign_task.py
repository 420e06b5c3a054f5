"""Who does a task of an item that another department answers for sees what that item needs."""

from sqlalchemy import update

from engine import cases
from engine.store import Task
from engine.work import SYSTEM
from tests import story

ELSEWHERE = "rs-330802"  # has no item in the case


def seen(city, case_id, login):
    """Keys of the application, and answers of tasks, this person reads."""
    with city.engine.begin(city.actor(login)) as work:
        view = cases.view(work, case_id)
    return {shown.field.key for section in view.sections for shown in section.fields}, {
        task.node for task in view.tasks if task.answers
    }


def test_the_county_sees_what_it_decides_about(city):
    """Another department than the item's issues the certificate: it reads the couple, and what was answered before."""
    story.publish_family(city.engine)
    case_id = story.accepted(city.engine, city.actor("wangfang"))
    story.decide(city.engine, city.actor("zhangwei"), "review_marriage")
    with city.engine.begin(SYSTEM) as work:
        work.session.execute(update(Task).where(Task.node == "issue_marriage").values(department_id=ELSEWHERE))
    keys, answered = seen(city, case_id, "wangjian")
    assert "groom.id_number" in keys
    assert "birth.child_order" not in keys, "no more than the item needs"
    assert answered == {"review_marriage"}

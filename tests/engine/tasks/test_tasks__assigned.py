"""A drawing may say who does a task: the assignee holds it, candidate users have it for themselves."""

from datetime import UTC, datetime

import pytest

from engine import cases, catalog, releases, tasks
from engine.errors import NotFound, TaskHeld
from engine.store import Entry, Task, User
from engine.tasks import Box
from engine.work import SYSTEM
from tests import story

DRAWING = "workflows/family/process.bpmn"
BEFORE = '<zeebe:formDefinition formId="shared/decide" />'


@pytest.fixture
def url(database_url):
    """Both databases must hold these promises."""
    return database_url


@pytest.fixture
def office(city):
    """The demo city, without a pack."""
    return city.engine


def begun(office, assignment="", schedule=""):
    """A case whose registrar's review says who does it; the id of that task."""
    files = catalog.files_of(catalog.content_root(), "family")
    start = files[DRAWING].index('<bpmn:userTask id="review_marriage"')
    said = f"<zeebe:assignmentDefinition {assignment} />" if assignment else ""
    said += f"<zeebe:taskSchedule {schedule} />" if schedule else ""
    changed = files[DRAWING][:start] + files[DRAWING][start:].replace(BEFORE, BEFORE + said, 1)
    with office.begin(SYSTEM) as work:
        releases.publish(work, files | {DRAWING: changed})
    case = story.accepted(office, story.person(office, "wangfang"))
    with office.look(SYSTEM) as work:
        return next(t.id for t in work.session.query(Task).filter_by(case_id=case, node="review_marriage"))


def boxes(office, login, task):
    """The boxes of this person in which the task lies."""
    with office.look(story.person(office, login)) as work:
        return [box for box in Box if task in {line.id for line in tasks.inbox(work, box).lines}]


def opening(office, task):
    """What the ledger says of the opening of the task."""
    with office.look(SYSTEM) as work:
        kept = work.session.query(Entry).filter_by(kind="task:opened")
        return next(entry.facts for entry in kept if entry.facts["task"] == task)


def test_an_assignee_holds_the_task(office):
    """It lies with 张伟 from the start; 刘洋 reads who has it, and 张伟 can give it to all."""
    task = begun(office, 'assignee="zhangwei"')
    assert boxes(office, "zhangwei", task) == [Box.MINE]
    assert boxes(office, "liuyang", task) == []
    with pytest.raises(TaskHeld) as held:
        story.submit(office, story.person(office, "liuyang"), task)
    assert held.value.facts["by"] == "张伟"
    with office.begin(story.person(office, "zhangwei")) as work:
        tasks.release(work, task)
    assert boxes(office, "liuyang", task) == [Box.FREE]


def test_an_assignee_completes_the_task(office):
    """What is assigned is decided as anything else."""
    task = begun(office, "assignee='=\"zhangwei\"'")
    story.submit(office, story.person(office, "zhangwei"), task)
    assert boxes(office, "zhangwei", task) == [Box.DONE]


@pytest.mark.parametrize("login", ["nobody", "wangfang"])
def test_an_assignee_without_the_post_does_not_count(office, login):
    """Neither an unknown login nor one of another department: the task is everybody's there, and the ledger says so."""
    task = begun(office, f'assignee="{login}"')
    assert boxes(office, "zhangwei", task) == boxes(office, "liuyang", task) == [Box.FREE]
    assert boxes(office, "wangfang", task) == []
    with pytest.raises(NotFound), office.begin(story.person(office, "wangfang")) as work:
        tasks.claim(work, task)
    assert opening(office, task)["unknown"] == [login]


def test_candidate_users_have_the_task_for_themselves(office):
    """To colleagues of the same post the task does not exist: neither list, page, claim nor decision."""
    task = begun(office, 'candidateUsers="liuyang, wangfang"')
    assert boxes(office, "liuyang", task) == [Box.FREE]
    assert boxes(office, "zhangwei", task) == boxes(office, "wangfang", task) == []
    assert opening(office, task)["unknown"] == ["wangfang"]
    other = story.person(office, "zhangwei")
    for attempt in (tasks.view, tasks.claim, tasks.release):
        with pytest.raises(NotFound), office.begin(other) as work:
            attempt(work, task)
    with pytest.raises(NotFound), office.begin(other) as work:
        tasks.keep_opinion(work, task, {"decision": "approved"})
    with pytest.raises(NotFound):
        story.submit(office, other, task)
    with office.look(other) as work:
        assert tasks.count(work, Box.FREE) == 0
    story.submit(office, story.person(office, "liuyang"), task)


def test_several_candidates_share_the_task(office):
    """Each of them may claim it; then it is the claimer's."""
    task = begun(office, 'candidateUsers="liuyang, zhangwei"')
    assert boxes(office, "liuyang", task) == boxes(office, "zhangwei", task) == [Box.FREE]
    with office.begin(story.person(office, "zhangwei")) as work:
        tasks.claim(work, task)
    assert boxes(office, "liuyang", task) == []


def test_a_task_whose_candidates_left_is_everybodys(office):
    """Nothing waits for an account that was closed."""
    task = begun(office, 'candidateUsers="liuyang"')
    with office.begin(SYSTEM) as work:
        work.session.query(User).filter_by(login="liuyang").one().disabled = True
    assert boxes(office, "zhangwei", task) == [Box.FREE]
    story.submit(office, story.person(office, "zhangwei"), task)


def test_due_and_follow_up_are_shown(office):
    """Both moments stand on the task's page."""
    moments = 'dueDate="2026-12-01T17:00:00+08:00" followUpDate="2026-11-25"'
    task = begun(office, schedule=moments)
    with office.begin(story.person(office, "zhangwei")) as work:
        shown = tasks.view(work, task).task
    assert shown.due == datetime(2026, 12, 1, 9, tzinfo=UTC)
    assert shown.follow_up == datetime(2026, 11, 24, 16, tzinfo=UTC)


def test_a_task_nobody_is_named_for_is_everybodys(office):
    """Without an assignment nothing changes, and the ledger is as it was."""
    task = begun(office)
    assert boxes(office, "zhangwei", task) == boxes(office, "liuyang", task) == [Box.FREE]
    assert opening(office, task).keys() == {"task", "name", "item", "department"}
    with office.begin(story.person(office, "zhangwei")) as work:
        assert cases.view(work, tasks.view(work, task).case.id)

"""Two people and one task: one wins, the other reads who was first, and nothing typed is lost."""

import threading

import pytest

from engine import cases, tasks
from engine.errors import Busy, KeyReused, NotFound, TaskGone, TaskHeld
from engine.tasks import Box
from tests import story


@pytest.fixture
def url(database_url):
    """Both databases must hold these promises."""
    return database_url


@pytest.fixture
def office(city):
    """The demo city with the family pack."""
    story.publish_family(city.engine)
    return city.engine


@pytest.fixture
def task(office):
    """A case waiting for the registrar's review; the id of that task."""
    story.accepted(office, story.person(office, "wangfang"))
    return story.waiting(office, story.person(office, "zhangwei"))["review_marriage"]


def test_second_reviewer_reads_who_was_first(office, task):
    """张伟 decides; 刘洋, who had the page open, is told so with name and time."""
    story.submit(office, story.person(office, "zhangwei"), task)
    with pytest.raises(TaskGone) as gone:
        story.submit(office, story.person(office, "liuyang"), task)
    assert gone.value.facts["by"] == "张伟"
    assert gone.value.facts["at"] is not None


def test_two_at_the_same_moment(office, task):
    """Ten threads of two reviewers submit together: exactly one is accepted, every other is told, none is half done."""
    people = [story.person(office, login) for login in ("zhangwei", "liuyang")] * 5
    start, results = threading.Barrier(len(people)), []

    def press(actor):
        start.wait()
        try:
            results.append(story.submit(office, actor, task))
        except (TaskGone, Busy) as refused:
            results.append(refused)

    threads = [threading.Thread(target=press, args=(p,)) for p in people]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert sum(isinstance(r, tasks.Completed) for r in results) == 1
    assert not [r for r in results if isinstance(r, Busy)]
    with office.begin(people[0]) as work:
        entries = cases.view(work, _case(office, people[0], task)).entries
    assert [e.kind for e in entries].count("task:completed") == 1
    assert [e.seq for e in entries] == list(range(1, len(entries) + 1))


def test_double_click_changes_nothing(office, task):
    """The same key twice gives the same result and one ledger entry; the key with other content is refused."""
    registrar = story.person(office, "zhangwei")
    first = story.submit(office, registrar, task, "key-1")
    assert story.submit(office, registrar, task, "key-1").case_id == first.case_id
    with office.begin(registrar) as work:
        entries = cases.view(work, first.case_id).entries
    assert [e.kind for e in entries].count("task:completed") == 1
    with pytest.raises(KeyReused):
        story.submit(office, registrar, task, "key-1", decision="refused", reason="x", legal_basis="y")


def test_claimed_task_is_the_holders(office, task):
    """A claimed task leaves the others' list, and their submission names the holder; released, it is free again."""
    first, second = story.person(office, "zhangwei"), story.person(office, "liuyang")
    with office.begin(first) as work:
        tasks.claim(work, task)
    with office.look(second) as work:
        assert tasks.inbox(work, Box.FREE).total == 0
    with pytest.raises(TaskHeld) as held:
        story.submit(office, second, task)
    assert held.value.facts["by"] == "张伟"
    with office.begin(first) as work:
        tasks.release(work, task)
    story.submit(office, second, task)


def test_other_departments_do_not_find_the_task(office, task):
    """Police cannot open, claim or decide the registrar's task; it looks as if it did not exist."""
    police = story.person(office, "hejie")
    for act in (tasks.view, tasks.claim, tasks.release):
        with pytest.raises(NotFound), office.begin(police) as work:
            act(work, task)
    with pytest.raises(NotFound):
        story.submit(office, police, task)


def test_words_of_the_loser_are_kept(office, task):
    """What the second reviewer typed is still on their page after somebody else was first."""
    second = story.person(office, "liuyang")
    with office.begin(second) as work:
        tasks.keep_opinion(work, task, {"decision": "refused", "reason": "㼆𠅤"})
    story.submit(office, story.person(office, "zhangwei"), task)
    with office.begin(second) as work:
        assert tasks.view(work, task).values["reason"] == "㼆𠅤"


def test_a_wrong_answer_moves_nothing(office, task):
    """A refusal without its reason is turned back whole: the task stays open and the ledger has no new entry."""
    from engine.errors import FormInvalid

    registrar = story.person(office, "zhangwei")
    with pytest.raises(FormInvalid) as invalid:
        story.submit(office, registrar, task, decision="refused")
    assert {e.key for e in invalid.value.errors} == {"reason", "legal_basis"}
    assert task in story.waiting(office, registrar).values()


def _case(engine, actor, task):
    with engine.begin(actor) as work:
        return tasks.view(work, task).case.id

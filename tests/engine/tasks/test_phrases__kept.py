"""Phrases: a person's own and their department's, kept once, offered at every task, put into the opinion."""

import pytest

from engine import tasks
from engine.errors import FormInvalid, NotFound, PhrasesFull
from tests import story

REFUSED = {"decision": "refused"}


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


def add(city, login, text, department=""):
    with city.engine.begin(city.actor(login)) as work:
        tasks.add_phrase(work, text, department)


def of(city, login):
    with city.engine.look(city.actor(login)) as work:
        return tasks.phrases(work)


def insert(city, task, raw, phrase, login="zhangwei"):
    with city.engine.begin(city.actor(login)) as work:
        return tasks.insert_phrase(work, task, raw, phrase)


def values(city, task, login="zhangwei"):
    with city.engine.begin(city.actor(login)) as work:
        return tasks.view(work, task).values


def test_own_phrases_are_ones_own(office):
    """Kept once, also when sent twice; nobody else sees or removes them; removed twice is removed."""
    for _ in range(2):
        add(office, "zhangwei", " 同意 ")
    (phrase,) = of(office, "zhangwei")
    assert (phrase.text, phrase.department, phrase.mine) == ("同意", "", True)
    assert of(office, "liuyang") == ()
    with pytest.raises(NotFound), office.engine.begin(office.actor("liuyang")) as work:
        tasks.remove_phrase(work, phrase.id)
    for _ in range(2):
        with office.engine.begin(office.actor("zhangwei")) as work:
            tasks.remove_phrase(work, phrase.id)
    assert of(office, "zhangwei") == ()


def test_a_department_has_phrases_of_its_head(office):
    """Its approving leader keeps them, everybody in it finds them after their own, nobody else does."""
    (department,) = office.actor("zhangwei").departments()
    with office.engine.look(office.actor("chenjing")) as work:
        assert department in {each.id for each in tasks.headed(work)}
    add(office, "chenjing", "材料齐全，符合法定条件。", department)
    add(office, "zhangwei", "同意。")
    own, shared = of(office, "zhangwei")
    assert (own.text, shared.text, shared.mine) == ("同意。", "材料齐全，符合法定条件。", False)
    assert shared.department
    assert of(office, "hejie") == ()
    with pytest.raises(NotFound):
        add(office, "zhangwei", "不归我管", department)
    with pytest.raises(NotFound), office.engine.begin(office.actor("zhangwei")) as work:
        tasks.remove_phrase(work, shared.id)


@pytest.mark.parametrize("text", ["", "  ", "长" * 201])
def test_a_phrase_is_some_words(office, text):
    """Nothing, and more than anybody inserts, is turned back."""
    with pytest.raises(FormInvalid):
        add(office, "zhangwei", text)


def test_there_are_so_many_and_no_more(office):
    """A list nobody finds anything in is refused; one that is there already still is no mistake."""
    for number in range(30):
        add(office, "zhangwei", f"意见{number}")
    add(office, "zhangwei", "意见29")
    with pytest.raises(PhrasesFull):
        add(office, "zhangwei", "意见30")


def test_a_phrase_goes_after_what_was_typed(office, task):
    """Without scripts: the rest of what was typed stays, the words come after those that were there."""
    add(office, "zhangwei", "证件不齐。")
    (phrase,) = of(office, "zhangwei")
    assert insert(office, task, REFUSED, phrase.id)
    assert values(office, task)["reason"] == "证件不齐。"
    assert insert(office, task, {**REFUSED, "reason": "照片不符。", "legal_basis": "第七条"}, phrase.id)
    found = values(office, task)
    assert (found["decision"], found["reason"], found["legal_basis"]) == ("refused", "照片不符。\n证件不齐。", "第七条")


def test_words_go_where_some_are_asked_for(office, task):
    """An approval asks for no reason, so they are the opinion; a step without such a field keeps what was typed."""
    add(office, "zhangwei", "同意。")
    (phrase,) = of(office, "zhangwei")
    assert insert(office, task, {"decision": "approved"}, phrase.id)
    found = values(office, task)
    assert (found["decision"], found["opinion"]) == ("approved", "同意。")
    story.submit(office.engine, office.actor("zhangwei"), task)
    issue = story.waiting(office.engine, office.actor("zhangwei"))["issue_marriage"]
    assert not insert(office, issue, {"registrar": "郑明理"}, phrase.id)
    assert values(office, issue)["registrar"] == "郑明理"


def test_only_ones_own_words_at_ones_own_task(office, task):
    """Another person's phrase and another department's task are not there."""
    add(office, "hejie", "警方用语")
    (phrase,) = of(office, "hejie")
    with pytest.raises(NotFound):
        insert(office, task, REFUSED, phrase.id)
    with pytest.raises(NotFound):
        insert(office, task, REFUSED, phrase.id, login="hejie")


def test_a_task_offers_them(office, task):
    """The page of a task has the phrases of whoever opens it."""
    add(office, "zhangwei", "同意。")
    with office.engine.begin(office.actor("zhangwei")) as work:
        assert [each.text for each in tasks.view(work, task).phrases] == ["同意。"]

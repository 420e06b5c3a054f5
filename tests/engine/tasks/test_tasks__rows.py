"""A supplement corrects the rows of a list: only what its item sees of them, and nothing of the rest is lost."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from engine import drafts, tasks
from engine.errors import FormInvalid
from engine.store import Case, Task
from engine.words import TaskState
from tests import household, story

TYPED = {
    "applicant.name": "李志远",
    "applicant.id_number": "330802198801039976",
    "applicant.phone": "19900001000",
    "members": ["", "4", "7"],
    "members.4.name": "黄雨欣",
    "members.4.id_number": "330822198902019961",
    "members.4.income": "1800.50",
    "members.4.health": "ill",
    "members.4.illness": "样例病",
    "members.7.name": "李小宝",
    "members.7.id_number": "330802198801039976",
    "members.7.income": "0",
    "members.7.health": "well",
}


@pytest.fixture
def sent_back(engine, city):
    """A case whose relief was sent back: the task at the window, with the clerk."""
    household.publish_household(engine)
    clerk, reviewer = story.person(engine, "wangfang"), story.person(engine, "zhangwei")
    with engine.begin(clerk) as work:
        draft = drafts.start(work, "household", "zw-330802")
    with engine.begin(clerk) as work:
        drafts.situate(work, draft, {"wants_care": "yes"}, story.AREA, page="p", revision=1)
    with engine.begin(clerk) as work:
        drafts.accept(work, draft, TYPED, {}, page="p", revision=-1)
    decision = {"decision": "supplement", "missing": "收入证明"}
    with engine.begin(reviewer) as work:
        tasks.complete(work, task_at(work, "review_relief"), decision, key="k1")
    with engine.look(clerk) as work:
        return clerk, task_at(work, "supplement_relief")


def task_at(work, node):
    """The open task of a node."""
    return work.session.scalar(select(Task.id).where(Task.node == node, Task.state == TaskState.OPEN))


def shown(engine, clerk, task):
    """The page of the task."""
    with engine.begin(clerk) as work:
        return tasks.view(work, task)


def test_the_page_shows_what_the_item_sees(engine, sent_back):
    """The rows as they were accepted, counted from one, without what another item asked; nothing to add or remove."""
    view = shown(engine, *sent_back)
    assert view.values["members"] == ["1", "2"]
    assert view.values["members.1.income"] == "1800.50"
    assert not [key for key in view.values if "health" in key or "illness" in key]
    assert view.application.by_key["members"].rows.fixed


def test_a_corrected_row_keeps_the_rest(engine, sent_back):
    """The income is new, the computed sum follows, the illness only the other department sees is still there."""
    clerk, task = sent_back
    values = shown(engine, clerk, task).values
    corrected = {k: v for k, v in values.items() if k != "total"} | {"members.1.income": "2000", "brought": "收入证明"}
    with engine.begin(clerk) as work:
        tasks.complete(work, task, corrected, key="k2")
        facts = work.session.scalars(select(Case)).one().facts
    assert facts["members"][0]["income"] == Decimal(2000)
    assert facts["members"][0]["illness"] == "样例病"
    assert [row["health"] for row in facts["members"]] == ["ill", "well"]
    assert facts["total"] == Decimal(2000)


@pytest.mark.parametrize("marks", [["1"], ["1", "2", "3"], ["2", "1"], ["1", "1"]])
def test_rows_seen_in_part_are_neither_added_nor_removed(engine, sent_back, marks):
    """Another number or order of rows is refused, and nothing changes."""
    clerk, task = sent_back
    values = shown(engine, clerk, task).values
    typed = {**values, "members": marks, "brought": "收入证明"}
    if "3" in marks:
        typed |= {"members.3.name": "三", "members.3.id_number": TYPED["applicant.id_number"], "members.3.income": "1"}
    with engine.begin(clerk) as work, pytest.raises(FormInvalid) as caught:
        tasks.complete(work, task, typed, key="k3")
    assert "members" in [error.key for error in caught.value.errors]

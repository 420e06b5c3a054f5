"""How much a decision asks of the database, by what it leads to: a budget for each kind of decision."""

import pytest
from sqlalchemy import event, select

from engine import tasks
from engine.store import Task
from engine.words import TaskState
from engine.work import SYSTEM
from tests import story

ISSUED = {
    "certificate_number": "J330802-2026-000123",
    "registered_on": "2026-11-23",
    "groom_copy": "33080200123",
    "bride_copy": "33080200124",
    "registrar": "张伟",
}
PAGE = {"page_issued_on": "2026-11-23", "id_renewal": "no"}
HANDED = {"handover.handed_on": "2026-11-23", "handover.receiver": "李志远"}
YES = {"decision": "approved"}
LOOKED, WRITTEN = 3, 3  # lock, key, what the case is made of; case, task, ledger
TASK, CLOCKS, ITEMS, STARTED, MESSAGE, JOBS, LETTER = 1, 1, 1, 1, 1, 1, 5
DECISIONS = [  # in the order of the story: where, who, what is said, what it leads to beside
    ("review_marriage", "zhangwei", YES, [TASK]),
    ("issue_marriage", "zhangwei", ISSUED, [TASK, CLOCKS, ITEMS, STARTED, MESSAGE]),
    ("review_status_groom", "hejie", YES, [CLOCKS, ITEMS]),
    ("review_status_bride", "hejie", YES, [TASK, CLOCKS, ITEMS, STARTED]),
    ("review_migration", "hejie", YES, [TASK, CLOCKS, ITEMS, STARTED]),
    ("issue_page", "hejie", PAGE, [CLOCKS, ITEMS]),
    ("review_birth", "tangyan", YES, [TASK, CLOCKS, ITEMS]),
    ("deliver", "wangfang", HANDED, [JOBS, LETTER]),
]


@pytest.fixture
def url(database_url):
    """Both databases are asked the same."""
    return database_url


def asked(engine, actor, task, answers):
    """What a decision says to the database, without the beginning and the end of its transaction."""
    said = []

    def hear(_connection, _cursor, statement, *_rest):
        said.append(statement)

    event.listen(engine.database, "before_cursor_execute", hear)
    with engine.begin(actor) as work:
        tasks.complete(work, task, answers, key=f"{task}-once")
    event.remove(engine.database, "before_cursor_execute", hear)
    return [statement for statement in said if not statement.startswith(("BEGIN", "PRAGMA"))]


def test_each_kind_of_decision_keeps_its_budget(city):
    """Opening the next task, ending an item, starting others, ending the case: none asks more than it is allowed."""
    story.publish_family(city.engine)
    story.accepted(city.engine, city.actor("wangfang"))
    for node, login, answers, beside in DECISIONS:
        with city.engine.look(SYSTEM) as work:
            task = work.session.scalars(select(Task.id).where(Task.node == node, Task.state == TaskState.OPEN)).one()
        said = asked(city.engine, city.actor(login), task, answers)
        assert len(said) <= LOOKED + WRITTEN + sum(beside), "\n".join([node, *said])
        story.checked(city.engine)

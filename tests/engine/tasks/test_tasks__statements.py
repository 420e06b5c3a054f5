"""How much a decision asks of the database."""

from sqlalchemy import event

from engine import tasks
from tests import story

MOST = 10


def test_a_decision_takes_few_statements(city):
    """Completing a task that opens the next one, from the lock to the last row, stays within its budget."""
    story.publish_family(city.engine)
    story.accepted(city.engine, city.actor("wangfang"))
    registrar = city.actor("zhangwei")
    task = story.waiting(city.engine, registrar)["review_marriage"]
    said = []

    def count(_connection, _cursor, statement, *_rest):
        said.append(statement)

    event.listen(city.engine.database, "before_cursor_execute", count)
    with city.engine.begin(registrar) as work:
        tasks.complete(work, task, {"decision": "approved"}, key="once")
    counted = [statement for statement in said if not statement.startswith(("BEGIN", "PRAGMA"))]
    assert len(counted) <= MOST, "\n".join(counted)

"""The audit finds what should never be; in a healthy installation it finds nothing."""

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import delete, func, insert, select, update

from engine import audit, messages
from engine.store import Awaited, Case, Entry, Item, Job, Message, Task, Timer
from engine.work import SYSTEM
from tests import asking, story
from tests.conftest import START
from tests.engine.cases.test_fire__timers import waiting_case
from tests.engine.messages import test_messages__once as post


def _twice(kind):
    """The statement that writes an entry of this kind once more."""
    names = [column.name for column in Entry.__table__.columns]
    last = select(func.max(Entry.seq) + 1).scalar_subquery()
    taken = select(*(last if name == "seq" else getattr(Entry, name) for name in names)).where(Entry.kind == kind)
    return insert(Entry).from_select(names, taken)


@pytest.fixture
def case_id(city):
    """A case in which a decision was made and others wait."""
    story.publish_family(city.engine)
    made = story.accepted(city.engine, city.actor("wangfang"))
    story.decide(city.engine, city.actor("zhangwei"), "review_marriage")
    return made


def found(city):
    with city.engine.look(SYSTEM) as work:
        return [one.en for one in audit.audit(work)]


def test_a_healthy_case_has_no_discrepancy(city, case_id):
    """Nothing is found that is not there."""
    assert case_id
    assert found(city) == []


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        ("UPDATE notice SET body = '另一回事'", "not what was issued"),
        ("UPDATE notice SET serial = 7", "the last one is 7"),
        ("DELETE FROM notice", "notices are not those of the ledger"),
    ],
)
def test_a_notice_changed_past_its_lock_is_found(city, case_id, damage, says):
    """Somebody with the database in hand takes the lock away and changes, renumbers or removes a notice."""
    assert case_id
    with closing(sqlite3.connect(city.engine.database.url.database)) as direct, direct:
        direct.execute("DROP TRIGGER notice_kept_update")
        direct.execute("DROP TRIGGER notice_kept_delete")
        direct.execute(damage)
    assert [line for line in found(city) if says in line]


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (delete(Entry).where(Entry.seq == 3), "gap"),
        (delete(Entry).where(Entry.seq == 1), "gap"),
        (update(Task).values(state="cancelled"), "tasks"),
        (update(Task).where(Task.state == "open").values(node="other"), "tasks"),
        (update(Case).values(process={}), "state cannot be read"),
        (update(Case).values(state="ended"), "something still waits"),
        (update(Case).values(state="ended", outcome="all"), "an item has no outcome"),
        (update(Case).values(state="incident"), "does not say why"),
        (update(Case).values(outcome="all"), "does not follow from its items"),
        (update(Item).values(state="waiting"), "does not follow from its tasks"),
        (delete(Entry).where(Entry.kind == "task:completed"), "not those of the ledger"),
        (_twice("task:completed"), "happened twice"),
        (update(Task).where(Task.state == "done").values(state="cancelled"), "not those of the ledger"),
    ],
)
@pytest.mark.usefixtures("case_id")
def test_damage_is_found(city, damage, says):
    """A lost entry, a task that is not the process's, a lost state, an end that is none."""
    with city.engine.begin(SYSTEM) as work:
        work.session.execute(damage)
    assert any(says in one for one in found(city))


@pytest.mark.parametrize("damage", [update(Job).values(state="cancelled"), update(Job).values(node="wait")])
def test_a_lost_job_is_found(city, damage):
    """The process waits for an answer nobody asks for."""
    asking.publish(city.engine, asking.first(asking.ask()))
    story.accepted(city.engine, city.actor("wangfang"))
    assert found(city) == []
    with city.engine.begin(SYSTEM) as work:
        work.session.execute(damage)
    assert found(city) == ["Its jobs are not those the process waits for."]


@pytest.mark.parametrize("values", [{"due": START}, {"node": "wait"}, None])
def test_a_lost_timer_is_found(city, values):
    """A deadline that is gone, moved, or of another step."""
    waiting_case(city, interrupting=True)
    assert found(city) == []
    with city.engine.begin(SYSTEM) as work:
        work.session.execute(delete(Timer) if values is None else update(Timer).values(**values))
    assert found(city) == ["Its timers are not those the process waits for."]


@pytest.mark.parametrize("values", [{"key": "other"}, {"name": "other"}, {"node": "other"}, {"signal": True}, None])
def test_what_is_not_awaited_any_more_is_found(city, values):
    """The row by which a message would find the case is gone or another."""
    awaiting(city)
    assert found(city) == []
    with city.engine.begin(SYSTEM) as work:
        work.session.execute(delete(Awaited) if values is None else update(Awaited).values(**values))
    assert found(city) == ["The messages awaited are not those the process waits for."]


def test_a_message_only_its_row_knows_of_is_found(city):
    """It says that a case took it, and the case does not."""
    case_id = awaiting(city)
    with city.engine.begin(post.CLIENT) as work:
        messages.receive(work, "permit.issued", "nobody", {}, "m1")
    assert found(city) == []
    with city.engine.begin(SYSTEM) as work:
        work.session.execute(update(Message).values(case_id=case_id))
    assert found(city) == ["A message it took is not in the ledger."]


def awaiting(city):
    """A case that waits for a message."""
    element = post.CATCH.format(mapping="", kind="message", ref='messageRef="m_permit"')
    asking.publish(city.engine, post.pack(element))
    return story.accepted(city.engine, city.actor("wangfang"))


@pytest.mark.parametrize("table", ["task", "item", "material", "timer", "entry", "command"])
def test_rows_without_their_case_are_found(city, case_id, table):
    """Written past the keys of the database, as by a restore by hand."""
    column = "result" if table == "command" else "case_id"
    with city.engine.begin(SYSTEM) as work:
        if table == "timer":
            said = {"id": "t", "case_id": case_id, "node": "x", "due": work.now}
            work.session.execute(insert(Timer).values(said))
    with closing(sqlite3.connect(city.engine.database.url.database)) as past:  # knows nothing of foreign keys
        past.execute(f"UPDATE {table} SET {column} = 'nobody'")
        past.commit()
    with city.engine.look(SYSTEM) as work:
        assert f"{table}.{column}" in {one.case for one in audit.audit(work)}


def test_every_step_of_a_case_agrees(city, case_id):
    """After each decision up to the end rows and states agree."""
    certificate = {"certificate_number": "J330802-2026-000101", "registered_on": "2026-11-23", "registrar": "郑明理"}
    registrar, police, health = (city.actor(name) for name in ("zhangwei", "hejie", "tangyan"))
    story.decide(city.engine, registrar, "issue_marriage", **certificate, groom_copy="1", bride_copy="2")
    assert found(city) == []
    story.decide(city.engine, health, "review_birth")
    for node in ("review_status_groom", "review_status_bride", "review_migration"):
        story.decide(city.engine, police, node)
        assert found(city) == []
    with city.engine.look(SYSTEM) as work:
        assert work.session.query(Item).filter_by(case_id=case_id, state="ended").count() >= 4

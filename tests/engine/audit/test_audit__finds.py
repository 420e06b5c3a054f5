"""The audit finds what should never be; in a healthy installation it finds nothing."""

import pytest
from sqlalchemy import delete, update

from engine import audit
from engine.store import Case, Entry, Item, Task
from engine.work import SYSTEM
from tests import story


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
        (delete(Entry).where(Entry.seq == 3), "gap"),
        (delete(Entry).where(Entry.seq == 1), "gap"),
        (update(Task).values(state="cancelled"), "tasks"),
        (update(Task).where(Task.state == "open").values(node="other"), "tasks"),
        (update(Case).values(process={}), "state cannot be read"),
        (update(Case).values(state="ended"), "something still waits"),
        (update(Case).values(state="ended", outcome="all"), "an item has no outcome"),
    ],
)
@pytest.mark.usefixtures("case_id")
def test_damage_is_found(city, damage, says):
    """A lost entry, a task that is not the process's, a lost state, an end that is none."""
    with city.engine.begin(SYSTEM) as work:
        work.session.execute(damage)
    assert any(says in one for one in found(city))


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

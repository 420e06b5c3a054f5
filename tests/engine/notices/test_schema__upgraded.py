"""An installation that issued notices before one letter told everything that is still needed."""

from datetime import date

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import inspect, text
from sqlalchemy.exc import DatabaseError

from engine import cases, store
from engine.store.database import MIGRATIONS
from tests import story
from tests.engine.notices.conftest import issued
from tests.engine.notices.test_issue__occasions import MISSING
from tests.engine.notices.test_states__kept import WHY, renamed

ALL = text("SELECT * FROM notice ORDER BY id")


def downgraded(engine, revision):
    """Back to the schema of before."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.database.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)


def rows(engine):
    """Every column of every notice."""
    with engine.database.connect() as connection:
        return [tuple(row) for row in connection.execute(ALL)]


def replaced(office):
    """A case with a notice that was printed and replaced by another; its id."""
    clerk = story.person(office, "wangfang")
    case_id = story.accepted(office, clerk)
    renamed(office, case_id, "李志达")
    old = issued(office, case_id)[0]
    with office.begin(clerk) as work:
        cases.printed(work, old.id)
    with office.begin(clerk) as work:
        cases.corrected(work, old.id, WHY, key="k")
    return case_id


def test_notices_of_before_are_as_they_were(office):
    """Down and up again: every column, who replaces whom, the copies, the lock and the check; then the new word."""
    case_id = replaced(office)
    before, seen = rows(office), issued(office, case_id)
    downgraded(office, "0016")
    assert rows(office) == before
    store.upgrade(office.database, blind=office.vault.blind)
    assert (rows(office), issued(office, case_id)) == (before, seen)
    assert [(each.replaced_by != "", each.copies) for each in seen] == [(True, 1), (False, 0)]
    with pytest.raises(DatabaseError, match="never changes"), office.database.begin() as connection:
        connection.execute(text("DELETE FROM notice"))
    story.decide(office, story.person(office, "zhangwei"), "review_marriage", **MISSING)
    with office.begin(story.person(office, "wangfang")) as work:
        cases.tell(work, case_id, date(2026, 12, 10))
    assert [each.kind for each in issued(office, case_id)][-1] == "SGZ"
    sound(office)


def test_the_check_of_before_does_not_know_the_word(office):
    """Before the upgrade the database refuses the new occasion; and it never loses a notice that has it."""
    case_id = replaced(office)
    downgraded(office, "0016")
    assert "case:supplement" not in occasions(office)
    store.upgrade(office.database, blind=office.vault.blind)
    assert "case:supplement" in occasions(office)
    story.decide(office, story.person(office, "zhangwei"), "review_marriage", **MISSING)
    with office.begin(story.person(office, "wangfang")) as work:
        cases.tell(work, case_id, date(2026, 12, 10))
    with pytest.raises(RuntimeError, match="case:supplement"):
        downgraded(office, "0016")
    assert len(issued(office, case_id)) == 3


def occasions(engine):
    """What the database asks of an occasion, as it says itself."""
    checks = inspect(engine.database).get_check_constraints("notice")
    return next(check["sqltext"] for check in checks if "item:approved" in check["sqltext"])


def sound(engine):
    """SQLite finds nothing wrong with its file."""
    if engine.database.dialect.name == "sqlite":
        with engine.database.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalars().all() == ["ok"]
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []

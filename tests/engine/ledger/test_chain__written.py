"""How entries come into their chain: in one batch, with their case where that is written, alone where it is not."""

import threading

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import event

from engine import cases, ledger, store, tasks
from engine.errors import MovedOn
from engine.store import Case
from engine.store.database import MIGRATIONS
from engine.words import EntryKind
from engine.work import SYSTEM
from tests import story


@pytest.fixture
def url(database_url):
    """On both databases."""
    return database_url


@pytest.fixture
def case_id(city):
    """A case that waits for its first review."""
    story.publish_family(city.engine)
    return story.accepted(city.engine, city.actor("wangfang"))


def whole(engine):
    with engine.snapshot(SYSTEM) as work:
        return [one.flaw for one in ledger.verify(work) if one.flaw] == []


def statements(city, act):
    """What was said to the database while `act` ran."""
    said = []

    def count(_connection, _cursor, statement, *_rest):
        said.append(statement)

    event.listen(city.engine.database, "before_cursor_execute", count)
    act()
    event.remove(city.engine.database, "before_cursor_execute", count)
    return said


def test_a_decision_writes_its_case_once(city, case_id):
    """The end of the chain goes with the case that changes anyway, and all entries are one batch."""
    registrar = city.actor("zhangwei")
    task = story.waiting(city.engine, registrar)["review_marriage"]

    def decide():
        with city.engine.begin(registrar) as work:
            tasks.complete(work, task, {"decision": "approved"}, key="once")

    said = statements(city, decide)
    assert len([each for each in said if each.startswith('UPDATE "case"')]) == 1
    assert len([each for each in said if each.startswith("INSERT INTO entry")]) == 1
    assert not [each for each in said if "FROM entry" in each]
    assert whole(city.engine)
    assert case_id


def test_reading_leaves_the_revision(city, case_id):
    """Who reads writes an entry and nothing that a correction prepared before would fail by."""
    with city.engine.look(SYSTEM) as work:
        before = work.session.get_one(Case, case_id).revision
    with city.engine.begin(city.actor("wangfang")) as work:
        cases.view(work, case_id)
    with city.engine.look(SYSTEM) as work:
        case = work.session.get_one(Case, case_id)
        assert case.revision == before
        assert case.ledger_length == len(ledger.entries(work, case_id))
    assert whole(city.engine)


def test_many_read_and_write_one_case_at_once(city, case_id):
    """Nobody's entry is lost or out of place when several people have the case before them."""

    def read():
        for _ in range(5):
            with city.engine.begin(city.actor("wangfang")) as work:
                cases.view(work, case_id)

    together = [threading.Thread(target=read) for _ in range(4)]
    for each in together:
        each.start()
    for each in together:
        each.join()
    with city.engine.look(SYSTEM) as work:
        kinds = [one.kind for one in ledger.entries(work, case_id)]
    assert kinds.count(EntryKind.CASE_READ) == 20
    assert whole(city.engine)


def _fail(work, case, *, flush):
    with ledger.undoable(work):
        case.trouble = "within"
        ledger.record(work, case.id, EntryKind.CASE_DOUBLED, other="x", reason="y")
        if flush:
            work.session.flush()
        raise ZeroDivisionError


def test_what_is_undone_has_no_place(city, case_id):
    """A part undone leaves neither entries nor a longer chain, whether its rows were written meanwhile or not."""
    for flush in (False, True):
        with city.engine.begin(SYSTEM) as work:
            case = cases.locked(work, case_id)
            case.trouble = "before"
            ledger.record(work, case_id, EntryKind.CASE_COMPARED)
            with pytest.raises(ZeroDivisionError):
                _fail(work, case, flush=flush)
            ledger.record(work, case_id, EntryKind.CASE_READ)
    with city.engine.look(SYSTEM) as work:
        kinds = [one.kind for one in ledger.entries(work, case_id)]
    assert kinds[-4:] == [EntryKind.CASE_COMPARED, EntryKind.CASE_READ] * 2
    assert EntryKind.CASE_DOUBLED not in kinds
    assert whole(city.engine)


def test_two_cases_in_one_transaction(city, case_id):
    """Each has its own chain; what was said last is written last."""
    other = story.accepted(city.engine, city.actor("wangfang"))
    with city.engine.begin(SYSTEM) as work:
        for each in (case_id, other, case_id):
            cases.locked(work, each)
            ledger.record(work, each, EntryKind.CASE_COMPARED)
    with city.engine.look(SYSTEM) as work:
        assert [e.kind for e in ledger.entries(work, case_id)][-2:] == [EntryKind.CASE_COMPARED] * 2
    assert whole(city.engine)


def test_entries_made_before_there_was_a_chain(city, case_id):
    """The upgrade chains and seals them as they stand, and the case goes on from there; without the secret it stops."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with city.engine.database.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0016")
    with pytest.raises(RuntimeError, match="secret"):
        store.upgrade(city.engine.database)
    store.upgrade(city.engine.database, blind=city.engine.vault.blind)
    assert whole(city.engine)
    with city.engine.begin(city.actor("wangfang")) as work:
        cases.view(work, case_id)
    assert whole(city.engine)


def test_who_read_without_the_lock_comes_too_late(city, case_id):
    """An entry placed after an end that is no longer the end is refused whole, not written twice under one number."""
    if city.engine.database.dialect.name == "sqlite":
        pytest.skip("SQLite lets one writer in at a time: nobody comes between")
    with pytest.raises(MovedOn):
        _too_late(city, case_id)
    assert whole(city.engine)


def _too_late(city, case_id):
    with city.engine.begin(SYSTEM) as late:
        case = late.session.get_one(Case, case_id)
        ledger.record(late, case.id, EntryKind.CASE_COMPARED)
        with city.engine.begin(city.actor("wangfang")) as other:
            cases.view(other, case_id)

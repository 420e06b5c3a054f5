"""What a transaction promises on every database."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from threading import Thread
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError, StatementError

from engine.app import Engine
from engine.errors import Busy, MovedOn
from engine.store import Counter, Department, Draft, Region, Release, Throttle, User
from engine.work import PUBLIC

AT = datetime(2026, 11, 23, 1, 0, 0, 123456, tzinfo=UTC)


def test_moment_keeps_its_instant(engine: Engine) -> None:
    """A moment given in Shanghai comes back as the same instant in UTC, to the microsecond."""
    shanghai = AT.astimezone(ZoneInfo("Asia/Shanghai"))
    with engine.begin(PUBLIC) as work:
        work.session.add(Throttle(key="k", since=shanghai, count=1))
    with engine.look(PUBLIC) as work:
        kept = work.session.scalar(select(Throttle.since))
    assert kept == AT
    assert kept.utcoffset() == timedelta(0)


def test_naive_moment_refused(engine: Engine) -> None:
    """A moment without a zone is refused: nobody can tell which hour it means."""
    with pytest.raises(StatementError, match="without a time zone"), engine.begin(PUBLIC) as work:
        work.session.add(Throttle(key="k", since=AT.replace(tzinfo=None), count=1))


def test_document_stays_exact(engine: Engine) -> None:
    """Decimals, large whole numbers and characters beyond the basic plane come back as they went in."""
    files: Any = {"元": Decimal("0.10"), "n": 10**20, "名": "㼆𠅤", "深": [{"空": None, "真": True}]}
    with engine.begin(PUBLIC) as work:
        work.session.add(_release(files))
    with engine.look(PUBLIC) as work:
        kept = work.session.scalar(select(Release.files))
    assert kept == files
    assert str(kept["元"]) == "0.10"


def test_second_writer_is_told(engine: Engine) -> None:
    """Who changes a row that somebody else changed since it was read gets MovedOn, and nothing of theirs is stored."""
    draft_id = _draft(engine)
    with engine.look(PUBLIC) as work:
        stale = work.session.get_one(Draft, draft_id)
        work.session.expunge(stale)
    with engine.begin(PUBLIC) as work:
        work.session.get_one(Draft, draft_id).situation = {"first": True}
    stale.situation = {"second": True}
    with pytest.raises(MovedOn), engine.begin(PUBLIC) as work:
        work.session.add_all([Counter(name="c", value=1), stale])
    with engine.look(PUBLIC) as work:
        assert work.session.get_one(Draft, draft_id).situation == {"first": True}
        assert work.session.get(Counter, "c") is None


def test_look_cannot_write(engine: Engine) -> None:
    """A transaction for reading refuses to write, and the next one for writing is not affected."""
    with pytest.raises((DBAPIError, Busy)), engine.look(PUBLIC) as work:
        work.session.add(Counter(name="c", value=1))
    with engine.begin(PUBLIC) as work:
        assert work.session.get(Counter, "c") is None
        work.session.add(Counter(name="c", value=2))
    with engine.look(PUBLIC) as work:
        assert work.session.get_one(Counter, "c").value == 2


def test_raising_rolls_back(engine: Engine) -> None:
    """An exception leaves nothing behind."""
    with pytest.raises(ZeroDivisionError):
        _write_and_fail(engine)
    with engine.look(PUBLIC) as work:
        assert work.session.get(Counter, "c") is None


def test_reader_does_not_wait_for_writer(engine: Engine) -> None:
    """While somebody writes, others read what was committed before."""
    with engine.begin(PUBLIC) as writer:
        writer.session.add(Counter(name="c", value=1))
        writer.session.flush()
        with engine.look(PUBLIC) as reader:
            assert reader.session.scalar(select(func.count()).select_from(Counter)) == 0


def test_threads_write_together(engine: Engine) -> None:
    """Threads that write at the same time all get their turn; none is told that the database is locked."""
    with engine.begin(PUBLIC) as work:
        work.session.add(Counter(name="c", value=0))
    failures: list[BaseException] = []

    def count() -> None:
        try:
            for _ in range(25):
                with engine.begin(PUBLIC) as work:
                    work.session.scalars(select(Counter).with_for_update()).one().value += 1
        except BaseException as failure:
            failures.append(failure)

    threads = [Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with engine.look(PUBLIC) as work:
        assert work.session.scalars(select(Counter.value)).one() == 100


def test_foreign_keys_hold(engine: Engine) -> None:
    """A department in a region that does not exist is refused."""
    with pytest.raises(DBAPIError, match=r"(?i)foreign key"), engine.begin(PUBLIC) as work:
        work.session.add(Department(id="d", kind="zw", name="n", short="s", region="999999"))


def _write_and_fail(engine: Engine) -> None:
    with engine.begin(PUBLIC) as work:
        work.session.add(Counter(name="c", value=1))
        work.session.flush()
        _ = 1 // 0


def _draft(engine: Engine) -> str:
    with engine.begin(PUBLIC) as work:
        work.session.add_all([
            Region(code="330800", name="衢州市", level="city"),
            User(id="u", login="u", name="u", password="-"),
            _release({}),
        ])  # fmt: skip
        work.session.flush()
        work.session.add(Department(id="d", kind="zw", name="n", short="s", region="330800"))
        work.session.flush()
        draft = Draft(user_id="u", window_id="d", pack="p", release_hash="h", created_at=AT, saved_at=AT)
        draft.situation, draft.answers, draft.papers = {}, {}, {}
        work.session.add(draft)
        work.session.flush()
        return draft.id


def _release(files: dict[str, str]) -> Release:
    return Release(hash="h", pack="p", number=1, files=files, published_at=AT, published_by="u")


def test_every_statement_is_planned_for_its_values(engine: Engine) -> None:
    """A statement sent often is still planned anew: one plan for any limit made an inbox wait for seconds."""
    if engine.database.dialect.name != "postgresql":
        return  # SQLite keeps no plan for other values
    with engine.look(PUBLIC) as work:
        for most in range(1, 20):
            work.session.execute(select(User.id).order_by(User.id).limit(most)).all()
        asked = text(
            "SELECT sum(custom_plans), sum(generic_plans) FROM pg_prepared_statements WHERE statement LIKE '%user%'"
        )
        custom, generic = work.session.execute(asked).one()
    assert custom > 5
    assert generic == 0

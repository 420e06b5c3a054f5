"""A release never changes: the database refuses it, and one that was changed all the same is not used."""

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import DBAPIError

from engine import releases, store
from engine.errors import ReleaseTampered
from engine.releases import shelf
from engine.work import SYSTEM
from tests import story


@pytest.fixture
def published(engine):
    """The hash of a published release."""
    return story.publish_family(engine)


@pytest.mark.parametrize("change", [{"files": {}}, {"hash": "0" * 64}, {"number": 7}, {"published_by": "x"}])
def test_database_refuses_to_change_a_release(engine, published, change):
    """No column of a release can be changed, whoever asks."""
    with pytest.raises(DBAPIError, match="never changes"), engine.begin(SYSTEM) as work:
        work.session.execute(update(store.Release).values(**change))


@pytest.mark.parametrize("row", [store.Release, store.Period])
def test_database_refuses_to_delete(engine, published, row):
    """Neither a release nor what was said about its period can be deleted."""
    with pytest.raises(DBAPIError, match=r"never changes|(?i:foreign key)"), engine.begin(SYSTEM) as work:
        work.session.execute(delete(row))


def test_database_refuses_to_rewrite_a_period(engine, published):
    """What was said about a period stays said; another row has to say something else."""
    with pytest.raises(DBAPIError, match="never changes"), engine.begin(SYSTEM) as work:
        work.session.execute(update(store.Period).values(until=None, note="x"))


def test_tampered_release_is_refused(engine, published, monkeypatch):
    """Files that do not give the release's hash are refused with its name when they are first read."""
    monkeypatch.setattr(shelf, "_shelf", {})
    with engine.begin(SYSTEM) as work:
        _unlock(work)
        files = dict(work.session.get_one(store.Release, published).files)
        changed = {**files, "workflows/family/README.md": "changed"}
        work.session.execute(update(store.Release).values(files=changed))
    with pytest.raises(ReleaseTampered, match="Release 1 of family"), engine.look(SYSTEM) as work:
        releases.current(work, "family")


def _unlock(work):
    """What somebody with the database's own tools can do."""
    if work.session.get_bind().dialect.name == "postgresql":
        work.session.execute(text("DROP TRIGGER release_kept ON release"))
    else:
        work.session.execute(text("DROP TRIGGER release_kept_update"))

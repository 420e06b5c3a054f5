"""A short storm on each database: what was acknowledged is there once, and every case can be finished."""

import pytest

from tests import postgres
from tests.faults.soak import storm


def test_a_storm_on_sqlite(sqlite_url):
    """Kills at any statement, a full disk, clocks that are wrong, two nodes with the same commands."""
    counts = storm(sqlite_url, 6)
    assert counts.wrong == []
    assert counts.met["kill"] >= 10
    # Whether a full disk is met depends on the free pages of the file, and so on how the nodes came together; `make
    # soak` counts it over many rounds.
    assert counts.commands >= 80


def test_a_storm_on_postgresql(cluster):
    """The same with cut connections, and a server that crashes in the middle of a round and recovers."""
    assert cluster  # skipped without PostgreSQL
    with postgres.running(postgres.DURABLE) as durable:
        counts = storm(durable.create(), 6)
    assert counts.wrong == []
    assert counts.met["kill"] >= 10
    assert counts.met["cut"] >= 1
    assert counts.met["crash"] == 1
    assert counts.commands >= 80


@pytest.mark.parametrize(("mutant", "found"), [("forgets keys", "doubled"), ("answers first", "lost")])
def test_a_broken_engine_is_caught(sqlite_url, mutant, found):
    """The checker sees an engine that forgets keys, and one that answers before it commits."""
    assert found in {one.kind for one in storm(sqlite_url, 4, mutant=mutant, every=2).wrong}

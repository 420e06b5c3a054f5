"""Starting an installation."""

import threading

import pytest

from engine import cli, releases
from engine.work import SYSTEM


@pytest.fixture
def url(database_url):
    """Both databases must hold this promise."""
    return database_url


def test_two_processes_may_start_at_once(engine):
    """On one empty database both come up, with one demo city and one release of each pack."""
    start, troubles = threading.Barrier(2), []

    def prepare():
        start.wait()
        try:
            cli.prepare(engine, demonstrate=True)
        except Exception as trouble:
            troubles.append(trouble)

    threads = [threading.Thread(target=prepare) for _ in range(2)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert troubles == []
    with engine.look(SYSTEM) as work:
        assert [(found.pack.code, found.number) for found in releases.in_force(work)] == [("family", 1)]

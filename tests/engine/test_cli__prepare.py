"""Starting an installation."""

import threading

import pytest

from engine import catalog, cli, releases
from engine.work import SYSTEM


@pytest.fixture
def url(database_url):
    """Both databases must hold this promise."""
    return database_url


def test_several_processes_may_start_at_once(engine):
    """On one empty database all of them come up, with one demo city and one release of each pack."""
    start, troubles = threading.Barrier(4), []

    def prepare(demonstrate):
        start.wait()
        try:
            cli.prepare(engine, demonstrate=demonstrate)
        except Exception as trouble:
            troubles.append(trouble)

    threads = [threading.Thread(target=prepare, args=(n % 2 == 0,)) for n in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert troubles == []
    with engine.look(SYSTEM) as work:
        packs = [(found.pack.code, found.number) for found in releases.in_force(work)]
    assert sorted(packs) == [(code, 1) for code in catalog.packs_on_disk(catalog.content_root())]

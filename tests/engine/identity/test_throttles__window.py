"""How often something may be tried."""

from threading import Barrier, Thread

import pytest

from engine import identity
from engine.app import Engine
from engine.errors import TooManyTries
from engine.work import PUBLIC


@pytest.fixture
def url(database_url: str) -> str:
    """Counting is one statement of each database's own, so these run on both."""
    return database_url


def test_window(engine: Engine, clock) -> None:
    """Three tries in ten minutes pass, the fourth is told how long to wait, and afterwards it starts anew."""
    for _ in range(3):
        _try(engine, "progress:a")
        clock.forward(minutes=2)
    with pytest.raises(TooManyTries) as refused:
        _try(engine, "progress:a")
    assert refused.value.facts == {"minutes": 4}
    _try(engine, "progress:b")
    clock.forward(minutes=4)
    for _ in range(3):
        _try(engine, "progress:a")
    with pytest.raises(TooManyTries):
        _try(engine, "progress:a")


def test_together(engine: Engine) -> None:
    """Of eight tries that arrive at once exactly the allowed three pass."""
    barrier, passed = Barrier(8), []

    def run() -> None:
        barrier.wait()
        try:
            _try(engine, "progress:a")
        except TooManyTries:
            return
        passed.append(True)

    threads = [Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(passed) == 3


def _try(engine: Engine, key: str) -> None:
    with engine.begin(PUBLIC) as work:
        identity.throttle(work, key, 3, 10)

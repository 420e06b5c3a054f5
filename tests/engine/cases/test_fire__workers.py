"""Timers with several workers and a clock that jumps: nothing is lost and nothing doubled, on both databases."""

import threading

import pytest

from engine import cases, worker
from engine.errors import TaskCancelled
from engine.work import SYSTEM
from tests import story
from tests.engine.cases.test_fire__timers import kinds, timers, waiting_case


@pytest.fixture
def url(database_url):
    """Each database in turn."""
    return database_url


def test_workers_that_sweep_at_once_fire_once(city, clock):
    """Four workers on five cases: each deadline is in the ledger once."""
    ids = [waiting_case(city, interrupting=False)]
    ids += [story.accepted(city.engine, city.actor("wangfang")) for _ in range(4)]
    clock.forward(days=2)
    together = threading.Barrier(4)

    def sweep():
        together.wait()
        worker.sweep(city.engine)

    workers = [threading.Thread(target=sweep) for _ in range(4)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    while worker.sweep(city.engine):  # a case somebody held at that moment is left for the next sweep
        pass
    assert [kinds(city, case_id).count("timer:fired") for case_id in ids] == [1] * 5
    assert timers(city) == []


def test_a_case_in_somebodys_hands_is_left_for_the_next_sweep(city, clock):
    """Workers do not queue for a case that a person is deciding; it stays due."""
    case_id = waiting_case(city, interrupting=False)
    clock.forward(days=2)
    if city.engine.database.dialect.name != "postgresql":
        pytest.skip("SQLite lets one writer in at a time, so nobody can meet")
    with city.engine.begin(SYSTEM) as work:
        cases.locked(work, case_id)
        assert worker.sweep(city.engine) == 1
        assert len(timers(city)) == 1
    worker.sweep(city.engine)
    assert kinds(city, case_id).count("timer:fired") == 1


def test_a_clock_that_jumps_back_doubles_nothing(city, clock):
    """An hour too far and back again: what fired stays fired, what is not due does not fire."""
    case_id = waiting_case(city, interrupting=False)
    clock.forward(days=2, hours=1)
    assert worker.sweep(city.engine) == 1
    clock.forward(hours=-2)
    other = story.accepted(city.engine, city.actor("wangfang"))
    assert worker.sweep(city.engine) == 0
    clock.forward(hours=3)
    assert worker.sweep(city.engine) == 0
    clock.forward(days=2)
    assert worker.sweep(city.engine) == 1
    assert [kinds(city, each).count("timer:fired") for each in (case_id, other)] == [1, 1]


@pytest.mark.parametrize("turn", range(5))
def test_a_decision_and_a_deadline_at_the_same_moment(city, clock, turn):
    """One of the two wins, whole; the other finds nothing left to do, and the person is told so in words."""
    case_id = waiting_case(city, interrupting=True)
    registrar = city.actor("zhangwei")
    task = story.waiting(city.engine, registrar)["review_marriage"]
    clock.forward(days=2)
    together, refused = threading.Barrier(2), []

    def decide():
        together.wait()
        try:
            story.submit(city.engine, registrar, task)
        except TaskCancelled as told:
            refused.append(told)

    person = threading.Thread(target=decide)
    person.start()
    together.wait()
    worker.sweep(city.engine)
    person.join()
    worker.sweep(city.engine)
    happened = kinds(city, case_id)
    fired, done = happened.count("timer:fired"), happened.count("task:completed")
    assert (fired, done, len(refused)) in ((1, 0, 1), (0, 1, 0))
    assert timers(city) == []

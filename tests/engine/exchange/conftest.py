"""A sandbox on a real socket and a case that asks it."""

import pytest

from engine import exchange, jobs, sandbox, worker
from engine.work import SYSTEM
from tests import asking


@pytest.fixture
def peer():
    """Other departments, answering on a port of this machine."""
    with sandbox.Sandbox() as running:
        yield running


@pytest.fixture
def network(peer):
    """The connectors of an installation that knows this sandbox."""
    return exchange.Exchange(sandbox.offices(peer.address))


@pytest.fixture
def office(city):
    """The demo city with a family pack that first asks whether the groom is married."""
    asking.publish(city.engine, asking.first(asking.ask()))
    return city


@pytest.fixture
def perform(office, network):
    """Do everything that is due now; returns how many jobs there were."""

    def perform():
        with office.engine.begin(SYSTEM) as work:
            errands = jobs.claim(work, "me", limit=10)
        for errand in errands:
            worker.perform(office.engine, errand, worker.desk(network))
        return len(errands)

    return perform

"""How a case ended follows from how its items ended, and an older installation learns the new words."""

from itertools import product

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text, update

from engine import store
from engine.cases.outcome import GRANTED, case_outcome
from engine.store import Case, Item
from engine.store.database import MIGRATIONS
from engine.words import CaseOutcome, Outcome
from tests import story

A, R, T, N = Outcome.APPROVED, Outcome.REFUSED, Outcome.TOLERATED, Outcome.NOT_NEEDED
X, W, F, Z = Outcome.NOT_ACCEPTED, Outcome.WITHDRAWN, Outcome.FORWARDED, Outcome.TERMINATED


@pytest.mark.parametrize(
    ("items", "whole"),
    [
        ([A, T], CaseOutcome.ALL),
        ([A, N], CaseOutcome.ALL),
        ([A, R], CaseOutcome.PARTLY),
        ([A, W], CaseOutcome.PARTLY),
        ([A, Z], CaseOutcome.PARTLY),
        ([A, F], CaseOutcome.PARTLY),
        ([F], CaseOutcome.PARTLY),
        ([F, R], CaseOutcome.PARTLY),
        ([R, N], CaseOutcome.NONE),
        ([X], CaseOutcome.NONE),
        ([R, W, Z], CaseOutcome.NONE),
        ([W, N], CaseOutcome.WITHDRAWN),
        ([W, Z], CaseOutcome.WITHDRAWN),
        ([Z], CaseOutcome.TERMINATED),
        ([N, N], CaseOutcome.TERMINATED),
    ],
)
def test_table_of_outcomes(items, whole):
    """The five words of domain.md 0.1, each from what makes it."""
    assert case_outcome(items) is whole


def test_every_combination_of_three():
    """The order does not count; all means all granted; none and withdrawn never hide something granted."""
    for items in product(Outcome, repeat=3):
        whole = case_outcome(items)
        assert whole is case_outcome(items[::-1])
        granted = [one for one in items if one in GRANTED]
        counted = [one for one in items if one is not N]
        assert (whole is CaseOutcome.ALL) == (bool(counted) and len(granted) == len(counted))
        assert whole in (CaseOutcome.ALL, CaseOutcome.PARTLY) or not granted


def moved(engine, revision):
    """Bring the database to another revision."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.database.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)


@pytest.fixture
def url(database_url):
    """Both databases are upgraded."""
    return database_url


def test_older_cases_learn_the_words(city):
    """A case of before whose items were all withdrawn was called none, and is called withdrawn after the upgrade."""
    engine = city.engine
    story.publish_family(engine)
    case_id = story.accepted(engine, city.actor("wangfang"))
    with engine.database.begin() as connection:
        connection.execute(update(Item).values(outcome="withdrawn"))
        connection.execute(update(Case).values(outcome="withdrawn"))
    moved(engine, "0006")
    with engine.database.begin() as connection:
        assert connection.execute(text('SELECT outcome FROM "case"')).scalar_one() == "none"
    store.upgrade(engine.database, blind=engine.vault.blind)
    with engine.database.begin() as connection:
        assert connection.execute(text('SELECT id, outcome FROM "case"')).one() == (case_id, "withdrawn")
        with pytest.raises(store.Trouble):
            connection.execute(update(Case).values(outcome="nonsense"))

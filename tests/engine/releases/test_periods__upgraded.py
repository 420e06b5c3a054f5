"""An installation made before releases had periods."""

from datetime import date

from alembic import command
from alembic.config import Config

from engine import releases, store
from engine.store.database import MIGRATIONS
from engine.work import SYSTEM
from tests import story


def test_releases_made_before_get_the_period_of_their_pack(engine):
    """After the upgrade every older release has the dates of its pack.toml, by whom it was published, and is locked."""
    name = story.publish_family(engine)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.database.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
    store.upgrade(engine.database)
    with engine.look(SYSTEM) as work:
        (said,) = releases.history(work, name)
        assert (said.since, said.until, said.by, said.at) == (date(2025, 5, 10), None, "system", work.now)
        assert releases.current(work, "family").number == 1

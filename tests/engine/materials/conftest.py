"""A city whose family pack has a paper that may follow, be committed to, taken over, and used once."""

from dataclasses import replace

import pytest

from engine import demo, drafts, releases
from engine.app import Engine
from engine.vault import Vault
from engine.work import SYSTEM
from tests import story
from tests.conftest import City
from tests.engine.cases.test_incidents__scope import ISSUED
from tests.engine.materials import samples


@pytest.fixture
def url(database_url):
    """All of this holds on both databases."""
    return database_url


@pytest.fixture
def office(engine, tmp_path):
    """The demo city with a folder for scans."""
    kept: Engine = replace(engine, vault=Vault(tmp_path / "files", "geheim", megabytes=1, pages=3))
    with kept.begin(SYSTEM) as work:
        demo.load(work)
    return City(kept)


@pytest.fixture
def publish(office):
    """Publish the pack; its photo may follow as `tolerable` says."""

    def publish(tolerable=""):
        with office.engine.begin(SYSTEM) as work:
            return releases.publish(work, samples.family(tolerable))

    return publish


@pytest.fixture
def intake(office):
    """A complete draft, ready to be accepted: its id and what to send; `photo` says how the photo is satisfied."""

    def intake(photo, **changes):
        clerk = office.actor("wangfang")
        draft = story.situated(office.engine, clerk)
        said = story.told(office.engine, clerk, draft, **changes)
        return draft, said.answers, {**said.papers, "photo": photo}

    return intake


@pytest.fixture
def accept(office, intake):
    """Accept such a draft; returns the case's id."""

    def accept(photo, files=(), reason="", **changes):
        clerk = office.actor("wangfang")
        draft, answers, papers = intake(photo, **changes)
        if files:
            with office.engine.begin(clerk) as work:
                drafts.attach(work, draft, "photo", files)
        with office.engine.begin(clerk) as work:
            said = {**papers, "photo.reason": reason}
            case = drafts.accept(work, draft, answers, said, page="p", revision=-1)
        story.checked(office.engine)
        return case

    return accept


@pytest.fixture
def running(office, publish, accept):
    """A case whose police items are both being reviewed."""
    publish()
    case_id = accept("original")
    story.decide(office.engine, office.actor("zhangwei"), "review_marriage")
    story.decide(office.engine, office.actor("zhangwei"), "issue_marriage", **ISSUED)
    return case_id

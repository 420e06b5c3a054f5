"""Many demo cases: copies are cases like any other."""

from collections import Counter

import pytest
from sqlalchemy import select

from engine import audit, cases, catalog, cli, forms, releases, store, tasks
from engine.seed import PLAYED, accepted, seed
from engine.tasks import Box
from engine.work import SYSTEM
from tests import story


@pytest.fixture
def url(database_url):
    """Made on both databases."""
    return database_url


def test_copies_are_cases_like_any_other(city):
    """Rows and states agree, numbers and names differ, and a copy's task can be finished."""
    for code in ("family", "newborn"):  # one whose cases wait for moments as well
        with city.engine.begin(SYSTEM) as work:
            releases.publish(work, catalog.files_of(catalog.content_root(), code))
    heard = []
    assert seed(city.engine, PLAYED + 60, heard.append) == PLAYED + 60
    assert heard[-1] == PLAYED + 60
    with city.engine.look(SYSTEM) as work:
        assert list(audit.audit(work)) == []
        found = work.session.query(store.Case).all()
        assert len({case.number for case in found}) == len(found) == PLAYED + 60
        assert len({case.applicant for case in found}) > 20
        assert all(case.facts["case"]["number"] == case.number for case in found)
        assert {case.state for case in found} == {"running", "ended"}
    reviewer = city.actor("zhangwei")
    with city.engine.look(reviewer) as work:
        line = next(one for one in tasks.inbox(work, Box.FREE).lines if one.stage == "review")
    story.submit(city.engine, reviewer, line.id)
    with city.engine.begin(reviewer) as work:
        assert Counter(t.state for t in cases.view(work, line.case_id).tasks)["done"] == 1


def test_every_one_thing_has_its_share(city):
    """A seeded city shows what it does, not the first packs alone: as many packs as cases are played."""
    cli.prepare(city.engine, demonstrate=True)
    packs = set(catalog.packs_on_disk(catalog.content_root()))
    seed(city.engine, 3 * len(packs), lambda _: None)
    with city.engine.look(SYSTEM) as work:
        assert set(work.session.scalars(select(store.Case.pack))) == packs


def test_a_story_played_twice_is_of_other_people(city):
    """Nobody applies twice: the ID numbers are new and right, of the same day and sex."""
    with city.engine.begin(SYSTEM) as work:
        releases.publish(work, catalog.files_of(catalog.content_root(), "family"))
        release = releases.current(work, "family")
        told = catalog.scenarios(release.pack)[0]
        made = [accepted(work, release, told, "330802006") for _ in range(2)]
        grooms = [work.session.get_one(store.Case, name).facts["groom"]["id_number"] for name in made]
    assert len({told.answers["groom.id_number"], *grooms}) == 3
    assert {number[6:17] for number in grooms} == {told.answers["groom.id_number"][6:17]}
    assert all(number[0] == "9" and forms.id_number(number) == number for number in grooms)

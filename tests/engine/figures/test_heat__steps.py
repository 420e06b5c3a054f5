"""The drawing's steps: how often and how long, for the cases of the newest release, in the actor's areas."""

from datetime import datetime

import pytest

from engine import figures
from engine.errors import NotFound
from engine.words import CITY
from engine.work import SYSTEM
from tests import story


def steps(city, login="sunhui", name="2026-Q4"):
    """Decided, open, median and level by step."""
    with city.engine.look(city.actor(login)) as work:
        found = figures.heat(work, "family", figures.term(work.now, name))
    return {step.id: (step.done, step.open, step.median, step.level) for step in found.steps}


def test_counted_by_hand(city, case_id, clock):
    """Each step once; the police decide the next Monday, five working days later; the other step waits."""
    clock.now = datetime(2026, 11, 30, 9, tzinfo=CITY)
    story.decide(city.engine, city.actor("hejie"), "review_status_groom", decision="approved")
    found = steps(city)
    assert found["review_marriage"] == (1, 0, 0, 5)
    assert found["review_status_groom"] == (1, 0, 5, 5)
    assert found["review_status_bride"] == (0, 1, None, 0)
    assert steps(city, name="2026-10")["review_marriage"] == (0, 0, None, 0)


def test_the_most_taken_step_is_the_hottest(city, case_id):
    """Levels are parts of the step taken most often; what was taken at all is never cold."""
    for _ in range(2):
        story.accepted(city.engine, city.actor("wangfang"), situation={"want_birth": "no"})
        story.decide(city.engine, city.actor("zhangwei"), "review_marriage")
    found = steps(city)
    assert (found["review_marriage"][0], found["review_marriage"][3]) == (3, 5)
    assert (found["issue_marriage"][0], found["issue_marriage"][3]) == (1, 2)


def test_areas_bound_it(city, case_id):
    """Another county's coordinator sees the steps and nothing done in them."""
    assert {said[:2] for said in steps(city, "wuqian").values()} == {(0, 0)}
    assert steps(city, "yangmin") == steps(city)


def test_earlier_releases_do_not_count(city, case_id):
    """Another drawing has other steps: cases that stay on it are left out."""
    with city.engine.look(SYSTEM) as work:
        before = figures.heat(work, "family", figures.term(work.now)).release.number
    story.publish_family(city.engine)
    with city.engine.look(SYSTEM) as work:
        assert figures.heat(work, "family", figures.term(work.now)).release.number == before + 1
    assert {done for done, *_ in steps(city).values()} == {0}


def test_unknown_packs_are_refused(city):
    """There is no drawing of a pack nobody published."""
    with pytest.raises(NotFound), city.engine.look(SYSTEM) as work:
        figures.heat(work, "nothing", figures.term(work.now))
